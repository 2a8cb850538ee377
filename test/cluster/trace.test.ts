import { describe, expect } from 'vitest';
import { hostMachine } from '../support/host-machine.ts';
import { withCluster } from '../support/machine.ts';
import { placeOf, placesOf, Trace, withoutErrors } from '../support/trace.ts';
import { agentNamespace } from './agents.ts';
import { test } from './agents-test.ts';
import type { Cluster } from './lab/cluster.ts';
import { podTemplate, startPod } from './pods.ts';

/*
 * `kubectl pwru` as a user runs it, against agents as they are shipped, on a real cluster.
 */

const deployMs = 600_000;

interface Pod {
  readonly namespace: string;
  readonly name: string;
}

/** Sends datagrams from a pod, to a port where nothing listens. */
async function sendUdp(
  cluster: Cluster,
  from: Pod,
  to: { readonly address: string; readonly port: number; readonly count: number },
): Promise<void> {
  // Busybox's nc has no UDP. Its traceroute sends the first datagram to the port after the one that it is given.
  const send = `traceroute -n -q 1 -m 1 -w 1 -p ${to.port - 1} ${to.address}`;
  await runInPod(cluster, from, `for i in $(seq ${to.count}); do ${send}; done`);
}

/** Runs a script of busybox's in a pod, whatever it comes to. */
async function runInPod(cluster: Cluster, pod: Pod, script: string): Promise<void> {
  const shell = ['--', 'sh', '-c', `${script}; true`];
  await cluster.kubectl(['-n', pod.namespace, 'exec', pod.name, ...shell]);
}

describe('kubectl pwru', () => {
  test('shows the way of a packet that a rule in a pod drops, with names and the reason', {
    timeout: deployMs,
  }, async ({ lab: cluster, namespace }) => {
    const [client, server] = ['client', 'server'].map((name) => ({ namespace, name }));
    const [nodeA, nodeB] = cluster.nodes.map(({ name }) => name);
    if (!client || !server || !nodeA || !nodeB) throw new Error('Two nodes are needed');
    await startPod(cluster, { ...client, node: nodeA });
    const address = await startPod(cluster, { ...server, node: nodeB });
    const network = await cluster.podNetwork({ namespace, pod: 'server' });
    await hostMachine.mustRun(
      `nsenter --net=${network} iptables -A INPUT -p tcp --dport 80 -j DROP`,
    );
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(
      machine,
      `pod/client pod/server -n ${namespace} --dst-port 80`,
    );
    await runInPod(cluster, client, `nc -w 1 ${address} 80`);
    const { events, exitCode, stderr } = await trace.stop();
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Traced for .*2 pods on 2 nodes/m);
    expect(placesOf(events)).toEqual(new Set(['client', 'node', 'server']));
    const names = events.map(({ tuple }) => [
      tuple?.sourceName?.name,
      tuple?.destinationName?.name,
    ]);
    expect(names).toContainEqual(['client', 'server']);
    const drops = events.filter(({ drop }) => drop?.reason === 'NETFILTER_DROP');
    expect(drops.map((event) => [event.node, placeOf(event)])).toEqual([[nodeB, 'server']]);
    // Each by the agent of its node, and merged by time.
    for (const { node, netns } of events) {
      if (netns?.pod?.name === 'client') expect(node).toBe(nodeA);
      if (netns?.pod?.name === 'server') expect(node).toBe(nodeB);
    }
    const times = events.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
    const seen = events.map(({ node, skb, bootTimeNs, function: { name } }) =>
      [node, skb, bootTimeNs, name].join(),
    );
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('follows a pod that is deleted and made again', async ({ cluster, namespace }) => {
    const pod = { namespace, name: 'again' };
    const node = cluster.nodes[0]?.name ?? '';
    await startPod(cluster, { ...pod, node });
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(machine, `again -n ${namespace} -- udp port 4001`);
    await sendUdp(cluster, pod, { address: '127.0.0.1', port: 4001, count: 3 });
    await cluster.kubectl(['-n', namespace, 'delete', 'pod', 'again']);
    await startPod(cluster, { ...pod, node });
    const sendUntilSeen = async () => {
      await sendUdp(cluster, pod, { address: '127.0.0.1', port: 4001, count: 1 });
      return new Set(trace.process.stdout.match(/"uid":"[^"]+"/g)).size;
    };
    await expect.poll(sendUntilSeen, { timeout: 60_000, interval: 100 }).toBe(2);
    const { events, exitCode } = await trace.stop();
    expect(exitCode).toBe(0);
    expect(placesOf(events)).toEqual(new Set(['again']));
    expect(new Set(events.map(({ netns }) => netns?.pod?.uid)).size).toBe(2);
  });

  test('goes on with a Deployment that is rolled out', async ({ cluster, namespace }) => {
    const labels = { app: 'web' };
    const deployment = (version: string) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace, name: 'web' },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, annotations: { version } },
          spec: podTemplate({}),
        },
      },
    });
    const rollOut = async (version: string) => {
      await cluster.apply(deployment(version));
      await cluster.kubectl(['-n', namespace, 'rollout', 'status', 'deploy/web', '--timeout=60s']);
      const path = `{.items[?(@.metadata.annotations.version=="${version}")].metadata.name}`;
      const name = await cluster.kubectl([
        ...['-n', namespace, 'get', 'pods', '-l', 'app=web', '-o', `jsonpath=${path}`],
      ]);
      return { namespace, name };
    };
    const first = await rollOut('1');
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(machine, `deploy/web -n ${namespace} -- udp port 4002`);
    await sendUdp(cluster, first, { address: '127.0.0.1', port: 4002, count: 2 });
    const second = await rollOut('2');
    await trace.process.waitForOutput(new RegExp(`\\+ .*${second.name}`), { timeoutMs: 10_000 });
    // Its node may have to be opened first.
    const isSeen = async () => {
      await sendUdp(cluster, second, { address: '127.0.0.1', port: 4002, count: 1 });
      return trace.process.stdout.includes(second.name);
    };
    await expect.poll(isSeen, { timeout: 60_000, interval: 500 }).toBe(true);
    const { events } = await trace.stop();
    expect(placesOf(events)).toEqual(new Set([first.name, second.name]));
  });

  test('shows a gap when an agent is replaced, and goes on with the new one', async ({
    cluster,
    namespace,
    agents,
  }) => {
    const pod = { namespace, name: 'steady' };
    const node = cluster.nodes[0]?.name ?? '';
    await startPod(cluster, { ...pod, node });
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(
      machine,
      `steady -n ${namespace} -- udp dst portrange 4003-4004`,
    );
    await sendUdp(cluster, pod, { address: '127.0.0.1', port: 4003, count: 1 });
    const agent = (await agents.pods()).get(node) ?? '';
    await cluster.kubectl([
      '-n',
      agentNamespace,
      'delete',
      'pod',
      agent,
      '--grace-period=0',
      '--force',
    ]);
    await trace.process.waitForOutput(/: lost, .*tried again: /, { timeoutMs: 10_000 });
    await trace.process.waitForOutput(/traced.* it was not /, { timeoutMs: 60_000 });
    await sendUdp(cluster, pod, { address: '127.0.0.1', port: 4004, count: 1 });
    const { events, exitCode, stderr } = await trace.stop();
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/1 gap/);
    const ports = new Set(withoutErrors(events).map(({ tuple }) => tuple?.destinationPort));
    expect(ports).toEqual(new Set([4003, 4004]));
  });

  test('names of ports and protocols are known in the image', async ({ cluster, namespace }) => {
    const pod = { namespace, name: 'asker' };
    await startPod(cluster, pod);
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    const names = [
      ...['udp port domain', 'portrange http-https', 'ip proto ospf', 'ip6 proto ospf'],
      'ether proto \\aarp',
    ].join(' or ');
    await using trace = await Trace.start(machine, `pod/asker -n ${namespace} -- '${names}'`);
    await sendUdp(cluster, pod, { address: '127.0.0.1', port: 53, count: 1 });
    await sendUdp(cluster, pod, { address: '127.0.0.1', port: 54, count: 1 });
    const { events, exitCode } = await trace.stop();
    expect(exitCode).toBe(0);
    const ports = withoutErrors(events).map(({ tuple }) => tuple?.destinationPort);
    expect(new Set(ports)).toEqual(new Set([53]));
    const unknown = await Trace.start(
      machine,
      `pod/asker -n ${namespace} -- ip proto nosuch`,
    ).catch((failure: Error) => failure.message);
    expect(unknown).toContain("Cannot compile the filter: unknown ip proto 'nosuch'");
  });

  test('words and exit codes are those of kubectl', async ({ cluster, namespace }) => {
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    const missing = await Trace.start(machine, `pod/none -n ${namespace}`).catch(
      (failure: Error) => failure.message,
    );
    expect(missing).toContain('Error from server (NotFound): pods "none" not found');
    expect(missing).toContain('exit code 1 ');
    const forbidden = await Trace.start(machine, `pod/none -n ${namespace} --as nobody`).catch(
      (failure: Error) => failure.message,
    );
    expect(forbidden).toContain('Error from server (Forbidden): pods "none" is forbidden');
    expect(forbidden).toContain('exit code 4 ');
  });
});
