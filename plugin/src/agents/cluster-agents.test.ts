import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { MemoryKubeApi } from '../../testing/memory-kube-api.ts';
import { ownerReference } from '../../testing/memory-workloads.ts';
import { KubeError, type KubeObject } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import { ClusterAgents } from './cluster-agents.ts';

const namespace = 'pwru';
const never = new AbortController().signal;

class Lab {
  readonly api = new MemoryKubeApi();
  readonly notes: string[] = [];
  readonly daemonSet = this.api.create(kinds.daemonSet, {
    ...{ metadata: { name: 'pwru-agent', namespace }, kind: 'DaemonSet' },
  });

  open(): Promise<ClusterAgents> {
    return ClusterAgents.open(this.api, {
      agentNamespace: namespace,
      note: (text) => this.notes.push(text),
    });
  }

  pod(name: string, status: object): KubeObject {
    const ownerReferences = [ownerReference(this.daemonSet)];
    const metadata = { name, namespace, ownerReferences };
    return this.api.create(kinds.pod, { metadata, spec: { nodeName: 'n1' }, status });
  }
}

const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
const waiting = {
  phase: 'Pending',
  containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff', message: 'no image' } } }],
};

describe('ClusterAgents.open of a node', () => {
  test('says what is there in place of an agent', async () => {
    const lab = new Lab();
    using agents = await lab.open();
    await expect(agents.open('n1', never)).rejects.toMatchObject({
      kind: 'unreachable',
      reason: 'DaemonSet pwru-agent in namespace pwru has no pod there',
    });
    lab.pod('pwru-agent-1', waiting);
    await agents.changed('n1', never);
    await expect(agents.open('n1', never)).rejects.toMatchObject({
      reason: 'pod pwru/pwru-agent-1 is not ready: ImagePullBackOff: no image',
    });
  });

  test('fails as the tunnel does', async () => {
    const lab = new Lab();
    using agents = await lab.open();
    lab.pod('pwru-agent-1', ready);
    await agents.changed('n1', never);
    lab.api.connectToPod = () =>
      Promise.reject(new KubeError('no rights', { reason: 'Forbidden', status: 403 }));
    await expect(agents.open('n1', never)).rejects.toMatchObject({
      ...{ kind: 'forbidden', message: 'Cannot reach the agent at n1: no rights' },
    });
  });

  test('does not wait for a tunnel when the trace is stopped', async () => {
    const lab = new Lab();
    using agents = await lab.open();
    lab.pod('pwru-agent-1', ready);
    await agents.changed('n1', never);
    lab.api.connectToPod = () => new Promise(() => {});
    const stop = new AbortController();
    const opening = agents.open('n1', stop.signal);
    stop.abort();
    await expect(opening).rejects.toMatchObject({ kind: 'lost' });
  });
});

describe('ClusterAgents.changed', () => {
  test("resolves when the node's agent is another one, and not for the sake of others", async () => {
    const lab = new Lab();
    const pod = lab.pod('pwru-agent-1', ready);
    using agents = await lab.open();
    // That there is one is news, too.
    await agents.changed('n1', never);
    let isChanged = false;
    const changed = agents.changed('n1', never).then(() => {
      isChanged = true;
    });
    lab.api.create(kinds.pod, { metadata: { name: 'other', namespace }, spec: { nodeName: 'n1' } });
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(isChanged).toBe(false);
    lab.api.delete(kinds.pod, pod);
    await changed;
    await agents.changed('n1', AbortSignal.abort());
  });
});

test('ClusterAgents asks for no more than the agents of the nodes that it is asked about', async () => {
  const lab = new Lab();
  using agents = await lab.open();
  lab.pod('pwru-agent-1', ready);
  await agents.changed('n1', never);
  await agents.changed('n1', AbortSignal.abort());
  const unscheduled = 'watch pods in pwru where spec.nodeName=';
  expect(lab.api.requests.slice(1)).toEqual([unscheduled, `${unscheduled}n1`]);
  const nodes = Array.from({ length: 60 }, (_, index) => `m${index}`);
  await Promise.allSettled(nodes.map((node) => agents.open(node, new AbortController().signal)));
  const pods = lab.api.requests.filter((request) => request.startsWith('watch pods in pwru'));
  expect(pods.filter((request) => request.includes('where'))).toHaveLength(1 + 50);
  expect(pods.filter((request) => !request.includes('where'))).toHaveLength(1);
});

test('ClusterAgents leaves the signal of a node when an attempt is over, however it went', async () => {
  const lab = new Lab();
  using agents = await lab.open();
  const { signal } = new AbortController();
  const failed: unknown[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    await agents.open('n1', signal).catch((thrown: unknown) => failed.push(thrown));
  }
  expect(failed).toHaveLength(12);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  const changed = agents.changed('n1', signal);
  await expect.poll(() => getEventListeners(signal, 'abort')).toHaveLength(1);
  lab.pod('pwru-agent-1', ready);
  await changed;
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('ClusterAgents knows of a pod that waits for its node to take it', async () => {
  const lab = new Lab();
  using agents = await lab.open();
  const fields = [{ key: 'metadata.name', operator: 'In', values: ['n1'] }];
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchFields: fields }],
    },
  };
  lab.api.create(kinds.pod, {
    metadata: { name: 'pwru-agent-1', namespace, ownerReferences: [ownerReference(lab.daemonSet)] },
    spec: { affinity: { nodeAffinity } },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
    },
  });
  await agents.changed('n1', never);
  await expect(agents.open('n1', never)).rejects.toMatchObject({
    reason: 'pod pwru/pwru-agent-1 is not ready: Unschedulable',
  });
});

test('ClusterAgents says why the agent of a node cannot be found', async () => {
  const lab = new Lab();
  using agents = await lab.open();
  lab.api.forbid(kinds.pod, namespace);
  await expect(agents.open('n1', never)).rejects.toMatchObject({
    kind: 'forbidden',
    message: expect.stringMatching(/^Cannot find the agent on n1: Error from server \(Forbidden\)/),
  });
  lab.api.allow(kinds.pod, namespace);
  await expect(agents.open('n1', never)).rejects.toMatchObject({ kind: 'unreachable' });
});

test('ClusterAgents tells when the agents cannot be watched', async () => {
  const lab = new Lab();
  using _agents = await lab.open();
  const trouble = new KubeError('Unable to connect to the server: EOF', { reason: '', status: 0 });
  await lab.api.breakWatches(trouble);
  await lab.api.breakWatches(undefined);
  expect(lab.notes).toEqual([
    'The agents cannot be watched for now: Unable to connect to the server: EOF',
    'The agents are watched again',
  ]);
});

test('ClusterAgents cannot be opened without the right to list pods', async () => {
  const lab = new Lab();
  lab.api.forbid(kinds.pod, namespace);
  await expect(lab.open()).rejects.toMatchObject({ status: 403 });
});
