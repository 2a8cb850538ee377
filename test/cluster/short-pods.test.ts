import { expect } from 'vitest';
import type { JsonPodStatus } from '../../plugin/src/events/json-shapes.ts';
import { hostMachine } from '../support/host-machine.ts';
import { withCluster } from '../support/machine.ts';
import { Trace, withoutErrors } from '../support/trace.ts';
import { test } from './agents-test.ts';
import type { Cluster } from './lab/cluster.ts';
import { podTemplate, startPod } from './pods.ts';

/*
 * Pods that send one packet at once and are gone two seconds later.
 */

const deployMs = 600_000;

/** A pod that does nothing on every node, so that every node is traced before the others come. */
async function startIdlePods(cluster: Cluster, namespace: string): Promise<void> {
  for (const { name: node } of cluster.nodes) {
    await startPod(cluster, { namespace, name: `idle-${node}`, node });
  }
}

/** Jobs whose pods ping 192.0.2.NUMBER once, before anything else, and end. */
async function runJobs(
  cluster: Cluster,
  namespace: string,
  numbers: readonly number[],
): Promise<void> {
  for (const number of numbers) {
    const command = ['sh', '-c', `ping -c1 -W1 192.0.2.${number}; sleep 1; exit 0`];
    await cluster.apply({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { namespace, name: `short-${number}` },
      spec: {
        template: { spec: { ...podTemplate({ command }), restartPolicy: 'Never' } },
      },
    });
  }
  const names = numbers.map((number) => `job/short-${number}`);
  await cluster.kubectl(
    ['-n', namespace, 'wait', '--for=condition=complete', '--timeout=60s', ...names],
    { timeoutMs: 70_000 },
  );
}

/** Which of the Jobs' packets were seen, in the sender's own namespace. */
function senders(events: Awaited<ReturnType<Trace['end']>>['events']): Map<string, string> {
  return new Map(
    withoutErrors(events).flatMap(({ tuple, netns }) =>
      netns?.pod === undefined || netns.pod === null
        ? []
        : [[tuple?.destinationAddress ?? '', netns.pod.name] as const],
    ),
  );
}

test('the first packets of pods that live for two seconds are seen, or their absence is told', {
  timeout: deployMs,
}, async ({ cluster, namespace }) => {
  await startIdlePods(cluster, namespace);
  const machine = withCluster(hostMachine, cluster.kubeconfig);
  await using trace = await Trace.start(
    machine,
    `-n ${namespace} --all --include-status -- icmp and dst net 192.0.2.0/24`,
  );
  const numbers = [71, 72, 73, 74, 75];
  await runJobs(cluster, namespace, numbers);
  const { events, statuses, exitCode } = await trace.stop();
  expect(exitCode).toBe(0);
  const seen = senders(events);
  const told = statuses.filter(
    (status): status is JsonPodStatus => status.type === 'pod' && status.untracedMs > 0,
  );
  const missing = numbers.filter((number) => {
    const job = `short-${number}-`;
    return (
      !seen.get(`192.0.2.${number}`)?.startsWith(job) &&
      !told.some(({ name }) => name.startsWith(job))
    );
  });
  process.stdout.write(`seen ${seen.size} of 5, told ${JSON.stringify(told)}\n`);
  expect(missing).toEqual([]);
});

test('a pod on a node that is not traced yet is told', async ({ lab: cluster, namespace }) => {
  const own = `${namespace}-late`;
  const [first, second] = cluster.nodes.map(({ name }) => name);
  await cluster.makeNamespace(own);
  try {
    await startPod(cluster, { namespace: own, name: 'idle', node: first ?? '' });
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(
      machine,
      `-n ${own} --all --include-status -- icmp and dst net 192.0.2.0/24`,
    );
    const command = ['sh', '-c', 'ping -c1 -W1 192.0.2.91; exit 0'];
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: own, name: 'short' },
      spec: { ...podTemplate({ command, node: second ?? '' }), restartPolicy: 'Never' },
    });
    await trace.process.waitForOutput(/pod\/short \(node .*\): .* not seen|none of its .* seen/, {
      timeoutMs: 30_000,
    });
    const { statuses, stderr } = await trace.stop();
    expect(stderr).toMatch(/^Not seen: pod\/short /m);
    expect(statuses.at(-1)).toMatchObject({ type: 'summary', unseenPods: [{ name: 'short' }] });
  } finally {
    await cluster.kubectl(['delete', 'namespace', own, '--wait=false']);
  }
});

test('a pod whose sandbox is made anew is seen from its first packet there on', async ({
  lab: cluster,
  namespace,
}) => {
  const [node] = cluster.nodes;
  if (node === undefined) throw new Error('A node is needed');
  const own = `${namespace}-again`;
  await cluster.makeNamespace(own);
  try {
    const command = ['sh', '-c', 'ping -c1 -W1 192.0.2.95; exec sleep 1000000'];
    await startPod(cluster, { namespace: own, name: 'again', node: node.name, command });
    const uid = await cluster.kubectl([
      ...['-n', own, 'get', 'pod', 'again', '-o', 'jsonpath={.metadata.uid}'],
    ]);
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(
      machine,
      `pod/again -n ${own} --include-status -- icmp and dst net 192.0.2.0/24`,
    );
    // All its processes, that of the sandbox among them.
    await node.run('sh', [
      '-c',
      `for p in $(grep -l pod${uid} /proc/[0-9]*/cgroup); do p=\${p%/cgroup}; kill -9 \${p#/proc/}; done`,
    ]);
    await trace.process.waitForOutput(/has a new sandbox/, { timeoutMs: 60_000 });
    await expect
      .poll(() => trace.process.stdout.includes('192.0.2.95'), { timeout: 60_000 })
      .toBe(true);
    const { events, statuses } = await trace.stop();
    expect(senders(events)).toEqual(new Map([['192.0.2.95', 'again']]));
    expect(statuses.at(-1)).toMatchObject({ type: 'summary', unseenPods: [] });
  } finally {
    await cluster.kubectl(['delete', 'namespace', own, '--wait=false']);
  }
});

test('the first packet of an init container is seen', async ({ cluster, namespace }) => {
  const own = `${namespace}-init`;
  await cluster.makeNamespace(own);
  try {
    await startIdlePods(cluster, own);
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(
      machine,
      `-n ${own} --all -- icmp and dst net 192.0.2.0/24`,
    );
    const template = podTemplate({ command: ['sh', '-c', 'exit 0'] }) as {
      containers: ReadonlyArray<object>;
    };
    const [main] = template.containers;
    const command = ['sh', '-c', 'ping -c1 -W1 192.0.2.96; exit 0'];
    await cluster.apply({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { namespace: own, name: 'begins' } },
      spec: {
        ...template,
        restartPolicy: 'Never',
        initContainers: [{ ...main, name: 'init', command }],
      },
    });
    await expect
      .poll(() => trace.process.stdout.includes('192.0.2.96'), { timeout: 60_000 })
      .toBe(true);
    const { events } = await trace.stop();
    expect(senders(events)).toEqual(new Map([['192.0.2.96', 'begins']]));
  } finally {
    await cluster.kubectl(['delete', 'namespace', own, '--wait=false']);
  }
});

test('nothing is shown of new pods that are no targets', async ({ cluster, namespace }) => {
  const other = `${namespace}-other`;
  await cluster.makeNamespace(other);
  try {
    await startIdlePods(cluster, namespace);
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    await using trace = await Trace.start(
      machine,
      `-n ${namespace} --all --include-status -- icmp and dst net 192.0.2.0/24`,
    );
    await runJobs(cluster, other, [81, 82, 83]);
    const { events, exitCode, stderr } = await trace.stop();
    expect(exitCode).toBe(0);
    expect(events).toEqual([]);
    expect(stderr).toMatch(/\b0 packets, 0 events delivered, 0 lost/);
  } finally {
    await cluster.kubectl(['delete', 'namespace', other, '--wait=false']);
  }
});
