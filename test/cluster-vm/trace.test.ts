import { test as base, describe, expect } from 'vitest';
import { DeployedAgents, getAgentImage, processOf, shippedProcess } from '../cluster/agents.ts';
import { type OwnedCluster, startCluster } from '../cluster/lab/start-cluster.ts';
import { waitUntil } from '../cluster/lab/wait-until.ts';
import { startPod } from '../cluster/pods.ts';
import { hostMachine } from '../support/host-machine.ts';
import { withCluster } from '../support/machine.ts';
import { placeOf, placesOf, pwru, Trace, type TracedEvent } from '../support/trace.ts';
import { GuestNode } from './lab/guest-node.ts';
import { NodeClocks, wallNs } from './node-clocks.ts';

/*
 * A cluster of two kernels: node-1 on this machine's own, and vm-1, a lab guest, which has kprobe.multi and a clock that is
 * some seconds ahead. Emulation is slow, on a busy machine a hundred times slower than what it stands for: waits are long.
 */

const clockAheadMs = 3_700;
const readyWithinS = 300;
const namespace = 'demo';
const client = { namespace, name: 'client' };

const test = base.extend<{
  hostNodes: number;
  cluster: OwnedCluster;
  vm: GuestNode;
  agents: DeployedAgents;
}>({
  hostNodes: [1, { scope: 'file' }],
  cluster: [
    async ({ hostNodes }, use) => {
      await using cluster = await startCluster({ nodes: hostNodes });
      await cluster.makeNamespace(namespace);
      await use(cluster);
    },
    { scope: 'file' },
  ],
  vm: [
    async ({ cluster }, use) => {
      await using vm = await GuestNode.join(cluster, {
        ...{ name: 'vm-1', number: 2, kernel: '6.12', clockAheadMs },
        images: [await getAgentImage()],
      });
      const [boot, images, ready] = [vm.times.bootMs, vm.times.imagesMs, vm.times.readyMs].map(
        (ms) => `${(ms / 1_000).toFixed(1)} s`,
      );
      process.stdout.write(`vm-1: boot ${boot}, images ${images}, node ready after ${ready}\n`);
      await startPod(cluster, { ...client, node: vm.name, readyWithinS });
      await use(vm);
    },
    { scope: 'file' },
  ],
  agents: [
    async ({ cluster, vm }, use) => {
      expect(vm.name).toBe('vm-1');
      const startMs = performance.now();
      // They go with the cluster: to remove them from it would take a minute.
      const agents = await DeployedAgents.deploy(cluster, readyWithinS);
      await untilTraced(cluster);
      const ms = performance.now() - startMs;
      process.stdout.write(
        `agents deployed, and a first trace done, after ${(ms / 1_000).toFixed(1)} s\n`,
      );
      await use(agents);
    },
    { scope: 'file' },
  ],
});

describe('the agent on a node with kprobe.multi', () => {
  test('is no root, has five capabilities, and can write nowhere', async ({
    cluster,
    vm,
    agents,
  }) => {
    const pod = (await agents.pods()).get(vm.name) ?? '';
    expect(await processOf(cluster, pod)).toEqual(shippedProcess);
  });

  test('shows each function on the way of a packet that a rule in a pod drops', async ({
    cluster,
    vm,
    agents,
  }) => {
    expect((await agents.pods()).size).toBe(2);
    const server = { namespace, name: 'server' };
    const address = await startPod(cluster, { ...server, node: vm.name, readyWithinS });
    await dropPort80(vm, server.name);
    // So that neighbours know each other and the SYN goes its way in one piece.
    await sendFromClient(cluster, `ping -c 1 -w 10 ${address}`);
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(machine, `pod/client -n ${namespace} --dst-port 80`);
    await sendFromClient(cluster, `nc -w 2 ${address} 80`);
    const { events, exitCode, stderr } = await trace.stop();
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Tracing .* on vm-1 .* by kprobe\.multi/m);
    expect(stderr).toMatch(/ 0 lost/);
    const drop = events.find((event) => event.drop !== null);
    expect(drop).toMatchObject({
      drop: { reason: 'NETFILTER_DROP' },
      netns: { pod: { namespace, name: 'server' } },
      tuple: { sourceName: { name: 'client' }, destinationName: { name: 'server' } },
    });
    // TCP keeps one skb to send again, and sends a clone of it.
    const way = events.filter(
      ({ packetId, skb }) => packetId === drop?.packetId && skb === drop?.skb,
    );
    expect(placesOf(way.filter(({ netns }) => netns !== null))).toEqual(
      new Set(['client', 'node', 'server']),
    );
    const names = way.map((event) => event.function.name);
    process.stdout.write(`${new Set(names).size} functions on the way of one packet\n`);
    expect(new Set(names).size).toBeGreaterThanOrEqual(15);
    for (const name of ['ip_output', '__dev_queue_xmit', 'ip_rcv', 'kfree_skb'])
      expect(names).toContain(name);
  });
});

describe('one stream of two machines', () => {
  test('whose clocks differ is in the order in which things happened, as far as clocks can be compared', async ({
    cluster,
    vm,
    agents,
  }) => {
    expect((await agents.pods()).size).toBe(2);
    const far = { namespace, name: 'far' };
    const address = await startPod(cluster, { ...far, node: 'node-1' });
    const network = await cluster.podNetwork({ namespace, pod: far.name });
    await hostMachine.mustRun(`nsenter --net=${network} ${dropRule}`);
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(
      machine,
      `pod/client pod/far -n ${namespace} --include-status --sort-window 10s -- 'icmp or tcp dst port 80'`,
    );
    await trace.process.waitForOutput(/"node":"vm-1","state":"tracing"/, { timeoutMs: 120_000 });
    await sendFromClient(cluster, `ping -c 1 -w 10 ${address}; nc -w 2 ${address} 80`);
    const bounds = await clockBounds(vm);
    const ended = await trace.stop();
    const { events, exitCode, stderr } = ended;
    expect(exitCode).toBe(0);

    // The offset is right, and told.
    const clocks = new NodeClocks(ended);
    const { offsetMs, uncertaintyMs } = clocks.of(vm.name);
    process.stdout.write(`vm-1's clock: ${offsetMs} ms ahead, to within ${uncertaintyMs} ms\n`);
    expect(offsetMs).toBeGreaterThan(bounds.leastMs - uncertaintyMs);
    expect(offsetMs).toBeLessThan(bounds.mostMs + uncertaintyMs);
    expect(stderr).toMatch(
      /^The clock of (vm-1 is \d{4}\.\d ms ahead|node-1 is \d{4}\.\d ms behind) \(to within [\d.]+ ms\)/m,
    );

    // Lines are in the order of corrected times, each node's own order included.
    const times = events.map((event) => clocks.correctedNs(event));
    expect(times).toEqual([...times].sort((one, other) => (one < other ? -1 : 1)));

    // And that is the order of cause and effect, on the way there and back: what leaves one node comes to the other later.
    const toleranceNs =
      BigInt(Math.ceil((uncertaintyMs + clocks.of('node-1').uncertaintyMs) * 1_000)) * 1_000n;
    const sentBy = (source: string) => (event: TracedEvent) =>
      event.tuple?.protocol === 'icmp' && event.tuple.sourceName?.name === source;
    for (const [source, from, to] of [
      ['client', vm.name, 'node-1'],
      ['far', 'node-1', vm.name],
    ] as const) {
      const packet = events.filter(sentBy(source));
      const sent = packet.filter(({ node, ...event }) => node === from && isSending(event));
      const received = packet.filter(({ node }) => node === to);
      const [last, first] = [sent.at(-1), received[0]];
      if (last === undefined || first === undefined) throw new Error(`${source}: ${stderr}`);
      const passedNs = clocks.correctedNs(first) - clocks.correctedNs(last);
      process.stdout.write(
        `${source}: ${Number(passedNs) / 1e6} ms from ${from} to ${to}, by their own clocks ${Number(wallNs(first) - wallNs(last)) / 1e6} ms\n`,
      );
      expect(passedNs).toBeGreaterThan(-toleranceNs);
      expect(passedNs).toBeLessThan(toleranceNs + 2_000_000_000n);
    }

    const drops = events.filter(({ drop }) => drop?.reason === 'NETFILTER_DROP');
    expect(new Set(drops.map((event) => `${event.node} ${placeOf(event)}`))).toEqual(
      new Set(['node-1 far']),
    );
    // What frees a packet sees no namespace any more.
    const placed = events.filter(({ netns }) => netns !== null);
    expect(placesOf(placed)).toEqual(new Set(['client', 'node', 'far']));
  });
});

const dropRule = 'iptables -A INPUT -p tcp --dport 80 -j DROP';

async function dropPort80(vm: GuestNode, pod: string): Promise<void> {
  await vm.guest.mustRun(`nsenter --net=${await vm.podNetwork(namespace, pod)} ${dropRule}`);
}

/** Runs a script of busybox's in pod/client, whatever it comes to. */
async function sendFromClient(cluster: OwnedCluster, script: string): Promise<void> {
  const shell = ['sh', '-c', `${script}; true`];
  await cluster.kubectl(['-n', namespace, 'exec', client.name, '--', ...shell], {
    timeoutMs: 120_000,
  });
}

/** Hands a packet to a device. */
function isSending({ function: { name } }: Pick<TracedEvent, 'function'>): boolean {
  return /^(net_dev_(queue|start_xmit)|__dev_queue_xmit|dev_hard_start_xmit)$/.test(name);
}

/** Between what the guest's clock is ahead, by asking it once. */
async function clockBounds({
  guest,
}: GuestNode): Promise<{ readonly leastMs: number; readonly mostMs: number }> {
  const beforeMs = Date.now();
  const guestMs = Number(await guest.mustRun('echo $EPOCHREALTIME')) * 1_000;
  return { leastMs: guestMs - Date.now(), mostMs: guestMs - beforeMs };
}

/** The first session of an agent takes longer than a client waits for it: its code is compiled, it reads the kernel's tables. */
async function untilTraced(cluster: OwnedCluster): Promise<void> {
  const trace = `${pwru} pod/client -n ${namespace} --timeout 1s --kubeconfig ${cluster.kubeconfig} -- udp port 9`;
  await waitUntil(
    async () => (await hostMachine.run(trace, { timeoutMs: 200_000 })).exitCode === 0,
    {
      ...{ goal: 'tracing on vm-1', timeoutMs: 400_000, intervalMs: 1_000 },
    },
  );
}
