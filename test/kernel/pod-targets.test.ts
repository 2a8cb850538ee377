import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalAgent, openLocalAgent } from '../../agent/src/local-agent.ts';
import { openTracingHost } from '../../agent/src/trace/host.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { sendUdp } from '../scenario/traffic.ts';
import { hostMachine } from '../support/host-machine.ts';
import { nodeAddress } from '../support/node-network.ts';
import { bytesOf, NodeWithPods } from '../support/node-with-pods.ts';
import { PodTrace } from '../support/pod-trace.ts';
import { usualCpuShare } from '../support/usual-cpu-share.ts';

const { PodTargetState, HostNetwork } = pwru.v1;
const stateNames = (states: readonly pwru.v1.PodTargetState[]) =>
  states.map((state) => PodTargetState[state].replace('POD_TARGET_STATE_', ''));

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe('a session with pods', () => {
  let node: NodeWithPods;
  let agent: LocalAgent;

  beforeEach(async () => {
    node = await NodeWithPods.create();
    agent = openLocalAgent(
      await openTracingHost({ node: 'n1', log, pods: node, cpuShare: usualCpuShare() }),
      {
        node: 'n1',
        log,
      },
    );
  });

  afterEach(async () => {
    await agent.close();
    await node[Symbol.asyncDispose]();
  });

  const targetOf = (name: string) => ({ pod: { namespace: 'demo', name } });

  test('shows the way between a pod and another, in both namespaces and on the node, with their names', async () => {
    const [client, server] = [await node.add('client'), await node.add('server')];
    await node.show(client);
    await node.show(server);
    await using trace = await PodTrace.start(agent, {
      targets: [targetOf('client')],
      filter: 'udp port 4000',
      track: true,
    });
    await sendUdp(hostMachine, {
      netns: client.netns,
      address: server.address,
      port: 4000,
      count: 5,
    });
    const { events, states } = await trace.stop();
    expect(stateNames(states)).toEqual(['RESOLVED']);
    const places = new Set(events.map((event) => event.place));
    expect(places).toEqual(new Set(['demo/client', 'node', 'demo/server']));
  });

  test('follows a packet in namespaces of its node only', async () => {
    const [client, stranger] = [await node.add('client'), await node.add('stranger')];
    await node.show(client);
    await using trace = await PodTrace.start(agent, {
      targets: [targetOf('client')],
      filter: 'udp port 4009',
      track: true,
    });
    const flow = { netns: client.netns, address: stranger.address, port: 4009, count: 3 };
    await sendUdp(hostMachine, flow);
    const { events } = await trace.stop();
    expect(new Set(events.map((event) => event.place))).toEqual(new Set(['demo/client', 'node']));
  });

  test('shows what comes for the pod and dies on the node, by interface and by both kinds of address', async () => {
    const [client, server] = [await node.add('client'), await node.add('server')];
    await node.show(server);
    await hostMachine.mustRun(`nsenter --net=/run/netns/${node.netns} nft -f - <<'RULES'
table bridge pwru_test {
  chain forward {
    type filter hook forward priority 0
    udp dport 4001 drop
  }
}
RULES`);
    await using trace = await PodTrace.start(agent, {
      targets: [targetOf('server')],
      filter: 'udp port 4001',
    });
    for (const address of [server.address, server.address6]) {
      await sendUdp(hostMachine, { netns: client.netns, address, port: 4001, count: 3 });
    }
    const { events } = await trace.stop();
    expect(new Set(events.map((event) => event.place))).toEqual(new Set(['node']));
    for (const version of [4, 6]) {
      const drops = events.filter(
        (event) => event.ipVersion === version && event.dropReason !== '',
      );
      expect(new Set(drops.map((event) => event.dropReason))).toEqual(new Set(['NETFILTER_DROP']));
      expect(drops).toHaveLength(3);
    }
  });

  test('shows the later fragments of a datagram for a pod that die on the node', async () => {
    const [client, server] = [await node.add('client'), await node.add('server')];
    await node.show(server);
    await hostMachine.mustRun(`nsenter --net=/run/netns/${node.netns} nft -f - <<'RULES'
table bridge pwru_test {
  chain prerouting {
    type filter hook prerouting priority -450
    ip frag-off & 0x1fff != 0 drop
  }
}
RULES`);
    await using trace = await PodTrace.start(agent, {
      ...{ targets: [targetOf('server')], filter: 'udp port 4011', track: true, dropsOnly: true },
    });
    const flow = { netns: client.netns, address: server.address, count: 2, bytes: 3_000 };
    await sendUdp(hostMachine, { ...flow, port: 4012 });
    await sendUdp(hostMachine, { ...flow, port: 4011 });
    const { events } = await trace.stop();
    const drops = events.filter(({ dropReason }) => dropReason === 'NETFILTER_DROP');
    expect(drops).toHaveLength(4);
    for (const drop of drops) {
      expect(drop).toMatchObject({
        place: 'node',
        from: `${client.address} 0`,
        to: `${server.address} 0`,
      });
    }
    expect(new Set(drops.map(({ packetId }) => packetId)).size).toBe(2);
    const ids = new Set(
      events.filter(({ to }) => to === `${server.address} 4011`).map(({ packetId }) => packetId),
    );
    expect(ids).toEqual(new Set(drops.map(({ packetId }) => packetId)));
  });

  test("shows what goes to a service's address, on the node", async () => {
    const client = await node.add('client');
    await using trace = await PodTrace.start(agent, {
      podsOnly: true,
      addresses: [Uint8Array.of(198, 51, 100, 9)],
      filter: 'udp port 4008',
    });
    const flow = { netns: client.netns, port: 4008, count: 3 };
    await sendUdp(hostMachine, { ...flow, address: '198.51.100.9' });
    await sendUdp(hostMachine, { ...flow, address: '198.51.100.8' });
    const { events } = await trace.stop();
    expect(new Set(events.map((event) => event.place))).toEqual(new Set(['node']));
    expect(new Set(events.map((event) => event.packetId)).size).toBe(3);
  });

  test('shows what goes to a port of an address, and what comes from it, and nothing else of the address', async () => {
    const client = await node.add('client');
    const [tcp, udp] = [6, 17];
    await using trace = await PodTrace.start(agent, {
      podsOnly: true,
      ports: [
        // Of the node itself.
        { port: 30_080, protocol: udp },
        { port: 30_080, protocol: tcp },
        { address: bytesOf(nodeAddress[6]), port: 30_090, protocol: udp },
        { address: Uint8Array.of(198, 51, 100, 7), port: 80, protocol: udp },
      ],
    });
    const flow = { netns: client.netns, count: 1 };
    const shown = [
      { address: nodeAddress[4], port: 30_080 },
      { address: nodeAddress[6], port: 30_090 },
      { address: '198.51.100.7', port: 80 },
    ];
    const others = [
      { address: nodeAddress[4], port: 30_090 },
      { address: nodeAddress[6], port: 30_080 },
      { address: '198.51.100.7', port: 81 },
      { address: '198.51.100.8', port: 80 },
    ];
    for (const to of [...others, ...shown]) await sendUdp(hostMachine, { ...flow, ...to });
    for (const port of [30_080, 30_081]) {
      await hostMachine.run(
        `nsenter --net=/run/netns/${client.netns} bash -c 'exec 3<> /dev/tcp/${nodeAddress[4]}/${port}'`,
      );
    }
    const { events } = await trace.stop();
    expect(new Set(events.map((event) => event.place))).toEqual(new Set(['node']));
    // A datagram to each of the three, a SYN, and the RST that comes back.
    const ends = events.flatMap(({ from, to }) => [from, to]);
    const known = ends.filter(
      (end) => !end.startsWith(client.address) && !end.startsWith(client.address6),
    );
    expect(new Set(known)).toEqual(
      new Set([`${nodeAddress[4]} 30080`, `${nodeAddress[6]} 30090`, '198.51.100.7 80']),
    );
    expect(events.some(({ from }) => from === `${nodeAddress[4]} 30080`)).toBe(true);
  });

  test('shows of a client only what it has to do with the addresses and ports of the session', async () => {
    const [client, server] = [await node.add('client'), await node.add('server')];
    await node.show(client);
    await node.show(server);
    await using trace = await PodTrace.start(agent, {
      targets: [
        targetOf('server'),
        { pod: { namespace: 'demo', name: 'client', addressesOnly: true } },
      ],
      addresses: [Uint8Array.of(198, 51, 100, 9)],
      ports: [{ address: Uint8Array.of(198, 51, 100, 10), port: 80, protocol: 17 }],
    });
    const flow = { netns: client.netns, count: 1 };
    for (const [address, port] of [
      [server.address, 4000],
      ['198.51.100.9', 4001],
      ['198.51.100.10', 80],
      ['198.51.100.10', 81],
      ['198.51.100.11', 80],
      ['127.0.0.1', 4002],
    ] as const)
      await sendUdp(hostMachine, { ...flow, address, port });
    const { events } = await trace.stop();
    const inClient = events.filter(({ place, from }) => place === 'demo/client' && from !== '');
    const ends = new Set(
      inClient.map(({ from, to }) => (from.startsWith(client.address) ? to : from)),
    );
    for (const end of [`${server.address} 4000`, '198.51.100.9 4001', '198.51.100.10 80'])
      expect(ends).toContain(end);
    for (const end of ends) expect(end).not.toMatch(/ 81$|100\.11|127\.0/);
  });

  test("shows nothing of a pod that gives itself another pod's address", async () => {
    const [honest, forger] = [await node.add('honest'), await node.add('forger')];
    await node.show(honest);
    await node.show(forger);
    await hostMachine.mustRun(`ip -n ${forger.netns} addr add ${honest.address}/32 dev lo`);
    await using trace = await PodTrace.start(agent, {
      targets: [targetOf('honest')],
      filter: 'udp port 4002',
      track: true,
    });
    const flow = { port: 4002, count: 10 };
    await sendUdp(hostMachine, { ...flow, netns: forger.netns, address: honest.address });
    await sendUdp(hostMachine, { ...flow, netns: honest.netns, address: '127.0.0.1' });
    const { events } = await trace.stop();
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events.map((event) => event.place))).toEqual(new Set(['demo/honest']));
  });

  test('waits for a pod, follows it to its next sandbox, and forgets the last one', async () => {
    await using trace = await PodTrace.start(agent, {
      targets: [targetOf('web')],
      filter: 'udp port 4003',
    });
    const flow = { address: '127.0.0.1', port: 4003, count: 3 };
    const first = await node.add('web');
    await sendUdp(hostMachine, { ...flow, netns: first.netns });
    await node.show(first);
    await sendUdp(hostMachine, { ...flow, netns: first.netns });
    const seenFirst = await trace.untilEvents((events) => events.length > 0);
    await node.remove(first);
    const second = await node.add('web');
    await sendUdp(hostMachine, { ...flow, netns: second.netns });
    await node.show(second);
    await sendUdp(hostMachine, { ...flow, netns: second.netns });
    const { events, states } = await trace.stop();
    expect(stateNames(states)).toEqual(['WAITING', 'RESOLVED', 'GONE', 'REPLACED']);
    // As many of the second sandbox as of the first: none from before it was known.
    const uids = events.map((event) => event.podUid);
    expect(uids.filter((uid) => uid === first.pod.uid)).toHaveLength(seenFirst.length);
    expect(uids.filter((uid) => uid === second.pod.uid)).toHaveLength(seenFirst.length);
    expect(uids).toHaveLength(2 * seenFirst.length);
  });

  test('shows nothing of a stranger that gets address and interface of a pod that has ended', async () => {
    const first = await node.add('web');
    await node.show(first);
    await using trace = await PodTrace.start(agent, {
      ...{ targets: [targetOf('web')], filter: 'udp port 4010', track: true },
    });
    const flow = { address: '198.51.100.77', port: 4010, count: 2 };
    await sendUdp(hostMachine, { ...flow, netns: first.netns });
    const seen = await trace.untilEvents((events) =>
      events.some((event) => event.place === 'node'),
    );
    await node.remove(first);
    const stranger = await node.add('stranger');
    await hostMachine.mustRun(`set -e
      ip -n ${stranger.netns} addr flush dev eth0
      ip -n ${stranger.netns} addr add ${first.address}/24 dev eth0
      ip -n ${stranger.netns} route add default via ${nodeAddress[4]}`);
    await node.show({ ...stranger, address: first.address });
    await sendUdp(hostMachine, { ...flow, netns: stranger.netns });
    const { events } = await trace.stop();
    expect(events).toHaveLength(seen.length);
  });

  test('begins without pods, and takes other ones while it runs', async () => {
    const [a, b] = [await node.add('a'), await node.add('b')];
    await node.show(a);
    await node.show(b);
    await using trace = await PodTrace.start(agent, { podsOnly: true, filter: 'udp port 4004' });
    const flows = async () => {
      for (const { netns } of [a, b]) {
        await sendUdp(hostMachine, { netns, address: '127.0.0.1', port: 4004, count: 2 });
      }
    };
    await flows();
    trace.setPods([{ namespace: 'demo', name: 'b' }]);
    await trace.untilStates((states) => states.length === 1);
    await flows();
    trace.setPods([
      { namespace: 'demo', name: 'a' },
      { namespace: 'demo', name: 'b', uid: 'another' },
    ]);
    await trace.untilStates((states) => states.length === 3);
    await flows();
    const { events, states } = await trace.stop();
    expect(stateNames(states)).toEqual(['RESOLVED', 'RESOLVED', 'WAITING']);
    const places = events.map((event) => event.place);
    expect([...new Set(places)]).toEqual(['demo/b', 'demo/a']);
  });

  test("traces the node's own namespace for a pod that has it, only when asked", async () => {
    const pod = { namespace: 'demo', name: 'proxy', uid: 'proxy-1' };
    node.set(pod, { kind: 'host-network' });
    const filter = 'udp port 4005';
    const flow = { netns: node.netns, address: '127.0.0.1', port: 4005, count: 2 };
    {
      await using trace = await PodTrace.start(agent, { targets: [targetOf('proxy')], filter });
      await sendUdp(hostMachine, flow);
      const { events, states } = await trace.stop();
      expect(stateNames(states)).toEqual(['HOST_NETWORK']);
      expect(events).toEqual([]);
    }
    const hostNetwork = HostNetwork.HOST_NETWORK_NODE;
    await using trace = await PodTrace.start(agent, {
      targets: [{ pod: { namespace: 'demo', name: 'proxy', hostNetwork } }],
      filter,
    });
    await sendUdp(hostMachine, flow);
    const { events, states } = await trace.stop();
    expect(stateNames(states)).toEqual(['RESOLVED']);
    expect(new Set(events.map((event) => event.place))).toEqual(new Set(['node']));
  });

  test('says when everything up to a time was sent, also when nothing happens', async () => {
    await using trace = await PodTrace.start(agent, { podsOnly: true, watermarkIntervalMs: 50 });
    const { watermarks } = await trace.untilWatermarks(10);
    expect([...watermarks].sort((a, b) => Number(a - b))).toEqual(watermarks);
    const spanMs = Number((watermarks.at(-1) ?? 0n) - (watermarks[0] ?? 0n)) / 1e6;
    expect(spanMs).toBeGreaterThan(9 * 45);
  });

  test('is refused by an agent that knows no pods, and cannot be made of a session without', async () => {
    const alone = openLocalAgent(
      await openTracingHost({ node: 'n1', log, cpuShare: usualCpuShare() }),
      { node: 'n1', log },
    );
    try {
      await expect(PodTrace.start(alone, { targets: [targetOf('a')] })).rejects.toThrow(
        /Cannot trace pods: this agent does not watch the pods/,
      );
    } finally {
      await alone.close();
    }
    await using trace = await PodTrace.start(agent, { filter: 'udp port 4006' });
    trace.setPods([{ namespace: 'demo', name: 'a' }]);
    await expect(trace.stop()).rejects.toThrow(/began without pods_only/);
  });
});
