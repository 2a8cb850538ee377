import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalAgent, openLocalAgent } from '../../agent/src/local-agent.ts';
import { openTracingHost } from '../../agent/src/trace/host.ts';
import { hostMachine } from '../support/host-machine.ts';
import { nodeAddress } from '../support/node-network.ts';
import { NodeWithPods, type ShownPod } from '../support/node-with-pods.ts';
import { PodTrace } from '../support/pod-trace.ts';
import { usualCpuShare } from '../support/usual-cpu-share.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const trafficTool = join(import.meta.dirname, '..', 'support', 'traffic.py');

/** A host beyond the node, and the node's own address on the way to it (RFC 5737, RFC 3849). */
const outside = { 4: '203.0.113.2', 6: '2001:db8:f::2' } as const;
const uplink = { 4: '203.0.113.1', 6: '2001:db8:f::1' } as const;
const [answered, closed, tcpPort] = [4_013, 4_014, 80];

/** A packet's way through devices: what a session of pods takes to load grows with the number of functions. */
const functions = '^(netif_receive_skb|net_dev_start_xmit|kfree_skb|consume_skb)$';

type IpVersion = 4 | 6;

/** Packets of pods leave the node under its own address; what comes back is for the node. */
describe('a session of a pod behind a node that masquerades', () => {
  let node: NodeWithPods;
  let agent: LocalAgent;
  let client: ShownPod;
  let stranger: ShownPod;
  let server: string;

  beforeEach(async () => {
    node = await NodeWithPods.create();
    server = node.netns.replace('pwru-n-', 'pwru-p-').concat('-out');
    agent = openLocalAgent(
      await openTracingHost({ node: 'n1', log, pods: node, cpuShare: usualCpuShare() }),
      {
        ...{ node: 'n1', log },
      },
    );
    await hostMachine.mustRun(`set -e
      ip netns add ${server}
      ip -n ${server} link set lo up
      ip link add up0 netns ${node.netns} type veth peer name eth0 netns ${server}
      end() { ip -n $1 addr add $3/24 dev $2; ip -n $1 addr add $4/64 dev $2 nodad; ip -n $1 link set $2 up; }
      end ${node.netns} up0 ${uplink[4]} ${uplink[6]}; end ${server} eth0 ${outside[4]} ${outside[6]}
      nsenter --net=/run/netns/${node.netns} sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
      nsenter --net=/run/netns/${node.netns} nft 'add table inet pwru_nat; add chain inet pwru_nat post { type nat hook postrouting priority 100; }; add rule inet pwru_nat post oifname up0 masquerade'`);
    [client, stranger] = [await node.add('client'), await node.add('stranger')];
    for (const { netns } of [client, stranger]) {
      await hostMachine.mustRun(`ip -n ${netns} route add default via ${nodeAddress[6]}`);
    }
    await node.show(client);
    await node.show(stranger);
  });

  afterEach(async () => {
    await agent.close();
    await hostMachine.run(`ip netns del ${server}`);
    await node[Symbol.asyncDispose]();
  });

  /** Answers are not translated back: they die in the node. */
  const breakAnswers = () =>
    hostMachine.mustRun(
      `nsenter --net=/run/netns/${node.netns} nft 'add table inet pwru_raw; add chain inet pwru_raw pre { type filter hook prerouting priority -300; }; add rule inet pwru_raw pre iifname up0 notrack'`,
    );

  async function listen(command: string) {
    const listener = await hostMachine.start(
      `exec nsenter --net=/run/netns/${server} python3 ${trafficTool} ${command}`,
    );
    await listener.waitForOutput(/^ready$/m);
    return listener;
  }

  /** Sends a datagram, and waits for its answer or its error: one that finds no socket is lost. */
  const send = (netns: string, version: IpVersion, port: number) =>
    hostMachine.run(
      `nsenter --net=/run/netns/${netns} bash -c 'exec 3<> /dev/udp/${outside[version]}/${port}; printf xx >&3; timeout 0.5 head -c 1 <&3 > /dev/null'`,
    );

  const connect = (netns: string, version: IpVersion) =>
    hostMachine.run(
      `timeout 0.5 nsenter --net=/run/netns/${netns} bash -c 'exec 3<> /dev/tcp/${outside[version]}/${tcpPort}'`,
    );

  /** Starts a trace of the client's packets, and lets the stranger talk to the same ports beside it. */
  async function traced(
    filter: string,
    version: IpVersion,
    options: { readonly dropsOnly: boolean },
  ) {
    await using _udp = await listen(`answer-udp ${outside[version]} ${answered}`);
    await using _tcp = await listen(`serve ${outside[version]} ${tcpPort} 10`);
    await using trace = await PodTrace.start(agent, {
      ...{ targets: [{ pod: { namespace: 'demo', name: 'client' } }], filter, track: true },
      ...options,
      functionRegex: functions,
    });
    for (const { netns } of [stranger, client, stranger]) {
      await send(netns, version, answered);
      await send(netns, version, closed);
      await connect(netns, version);
    }
    await hostMachine.mustRun('sleep 0.5');
    const { events } = await trace.stop();
    return events;
  }

  test.for([4, 6] as const)(
    'shows answers that die in the node, and none of another pod, by IPv%i',
    async (version) => {
      await breakAnswers();
      for (const [filter, port] of [
        [`udp dst port ${answered}`, answered],
        [`tcp dst port ${tcpPort}`, tcpPort],
      ] as const) {
        const events = await traced(filter, version, { dropsOnly: true });
        const drops = events.filter(({ dropReason }) => dropReason !== '');
        expect(drops.length, filter).toBeGreaterThan(0);
        for (const drop of drops) {
          expect(drop).toMatchObject({ place: 'node', dropReason: 'NO_SOCKET' });
          expect(drop.from).toBe(`${outside[version]} ${port}`);
          expect(drop.to).toMatch(new RegExp(`^${uplink[version]} \\d+$`));
        }
        // One socket of the client's: answers to the stranger's are for another port.
        expect(new Set(drops.map(({ to }) => to)).size).toBe(1);
      }
    },
  );

  test.for([4, 6] as const)(
    'says nothing of answers that are translated back, by IPv%i',
    async (version) => {
      const filter = `udp dst port ${answered} or tcp dst port ${tcpPort}`;
      const events = await traced(filter, version, { dropsOnly: true });
      expect(events).toEqual([]);
    },
  );

  test.for([4, 6] as const)(
    'shows an answer from its arrival at the node on, where the filter takes it, by IPv%i',
    async (version) => {
      const events = await traced(`udp port ${answered} or udp port ${closed}`, version, {
        dropsOnly: false,
      });
      const arriving = events.filter(
        ({ from, to }) =>
          from === `${outside[version]} ${answered}` && to.startsWith(`${uplink[version]} `),
      );
      expect(new Set(arriving.map(({ place }) => place))).toEqual(new Set(['node']));
      // Of one of the three sockets that have sent.
      expect(new Set(arriving.map(({ to }) => to)).size).toBe(1);
      const ids = new Set(arriving.map(({ packetId }) => packetId));
      expect(ids.size).toBe(1);
      const inPod = events.filter(
        ({ packetId, place }) => ids.has(packetId) && place === 'demo/client',
      );
      expect(inPod.length).toBeGreaterThan(0);
      // What is about a translated packet is the flow's, too.
      const errors = events.filter(
        ({ from, to }) => from === `${outside[version]} 0` && to === `${uplink[version]} 0`,
      );
      expect(new Set(errors.map(({ place }) => place))).toEqual(new Set(['node']));
      expect(new Set(errors.map(({ packetId }) => packetId)).size).toBe(1);
      const strangers = [stranger.address, stranger.address6];
      expect(
        events.filter(({ from, to }) =>
          strangers.some((own) => `${from} ${to}`.includes(`${own} `)),
        ),
      ).toEqual([]);
    },
  );
});
