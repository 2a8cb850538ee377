import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { FollowedLine } from '../../testing/follow-line.ts';
import { MemoryKubeApi } from '../../testing/memory-kube-api.ts';
import {
  createPod,
  deletePod,
  ownerReference,
  type PodParts,
  setPod,
} from '../../testing/memory-workloads.ts';
import { KubeError, type KubeObject } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import { TargetError } from './pod-source.ts';

/** A workload whose selector is `app=NAME`. */
function workload(
  api: MemoryKubeApi,
  kind: 'deployment' | 'statefulSet' | 'replicaSet',
  name: string,
) {
  return api.create<KubeObject>(kinds[kind], {
    ...{ kind: kinds[kind].kind, metadata: { name, labels: { app: name } } },
    spec: { selector: { matchLabels: { app: name } } },
  });
}

function replicaSet(api: MemoryKubeApi, deployment: KubeObject, name: string): KubeObject {
  return api.create(kinds.replicaSet, {
    kind: 'ReplicaSet',
    metadata: {
      ...{ name, labels: { ...deployment.metadata?.labels } },
      ownerReferences: [ownerReference(deployment)],
    },
  });
}

function ownedPod(api: MemoryKubeApi, owner: KubeObject, parts: PodParts): V1Pod {
  return createPod(api, { ...parts, owner, labels: { ...owner.metadata?.labels } });
}

async function errorOf(api: MemoryKubeApi, line: string): Promise<TargetError | KubeError> {
  try {
    (await FollowedLine.open(api, line))[Symbol.dispose]();
  } catch (thrown) {
    if (thrown instanceof TargetError || thrown instanceof KubeError) {
      expect(api.openWatches).toBe(0);
      return thrown;
    }
    throw thrown;
  }
  throw new Error('There was no error');
}

describe('pod/NAME', () => {
  test('follows the pod of that name from node to node, by one watch of it alone', async () => {
    const api = new MemoryKubeApi();
    const first = createPod(api, { name: 'foo', node: 'n1', addresses: ['10.0.0.1', 'fd00::1'] });
    createPod(api, { name: 'bar', node: 'n1' });
    createPod(api, { name: 'foo', namespace: 'other', node: 'n3' });
    {
      using line = await FollowedLine.open(api, 'pod/foo');
      expect(line.nodes).toBe('n1: foo');
      expect(line.said).toEqual([]);
      expect([...line.follower.state.pods.values()]).toEqual([
        {
          ...{ namespace: 'demo', name: 'foo', uid: first.metadata?.uid, node: 'n1' },
          addresses: ['10.0.0.1', 'fd00::1'],
          ...{ hostNetwork: false, targets: ['pod/foo'], followName: true },
          ...{ hostPorts: [], addressesOnly: false },
        },
      ]);
      deletePod(api, first);
      await line.untilNodes('');
      const second = createPod(api, { name: 'foo' });
      setPod(api, second, { spec: { nodeName: 'n2' }, status: { phase: 'Running' } });
      await line.untilNodes('n2: foo');
      expect(line.said).toEqual([
        '- demo/foo on n1: deleted',
        '+ demo/foo on n2: recreated on another node',
      ]);
    }
    expect(api.requests).toEqual(['watch pods in demo where metadata.name=foo']);
    expect(api.openWatches).toBe(0);
  });

  test('says so when a pod ends that was traced', async () => {
    const api = new MemoryKubeApi();
    const pod = createPod(api, { name: 'foo', node: 'n1' });
    using line = await FollowedLine.open(api, 'foo');
    setPod(api, pod, { status: { phase: 'Succeeded' } });
    await line.untilNodes('');
    expect(line.said).toEqual(['- demo/foo on n1: completed']);
  });

  test('waits for a pod that is not scheduled yet', async () => {
    const api = new MemoryKubeApi();
    const pod = createPod(api, { name: 'foo' });
    using line = await FollowedLine.open(api, 'foo');
    expect(line.nodes).toBe('');
    expect(line.follower.state.unscheduled.map(({ name }) => name)).toEqual(['foo']);
    setPod(api, pod, { spec: { nodeName: 'n1' } });
    await line.untilNodes('n1: foo');
    expect(line.said).toEqual([
      'pod demo/foo: not scheduled yet, traced as soon as it is',
      '+ demo/foo on n1: named',
    ]);
  });

  test('finds pods of other namespaces, several at once', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', node: 'n1' });
    createPod(api, { name: 'b', namespace: 'other', node: 'n2' });
    using line = await FollowedLine.open(api, 'a other/pod/b');
    expect(line.nodes).toBe('n1: a, n2: b');
    expect(line.follower.namespaces).toEqual(['demo', 'other']);
  });

  test.each([
    ['foo', 'Error from server (NotFound): pods "foo" not found'],
    ['deploy/foo', 'Error from server (NotFound): deployments.apps "foo" not found'],
    ['job/foo', 'Error from server (NotFound): jobs.batch "foo" not found'],
    ['rc/foo', 'Error from server (NotFound): replicationcontrollers "foo" not found'],
    ['svc/foo', 'Error from server (NotFound): services "foo" not found'],
    ['node/foo', 'Error from server (NotFound): nodes "foo" not found'],
    ['there --to svc/foo', 'Error from server (NotFound): services "foo" not found'],
    ['there --from node/foo', 'Error from server (NotFound): nodes "foo" not found'],
  ])('%s: %s', async (line, message) => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'there', node: 'n1', addresses: ['10.0.0.1'] });
    expect(await errorOf(api, line)).toMatchObject({ message, reason: 'NotFound' });
  });

  test('passes on what is forbidden in the words of the server', async () => {
    const api = new MemoryKubeApi();
    api.forbid(kinds.pod, 'demo');
    expect((await errorOf(api, 'foo')).message).toBe(
      'Error from server (Forbidden): pods is forbidden: User "alice" cannot list resource "pods" in API group "" in the namespace "demo"',
    );
  });
});

describe('a workload', () => {
  test('is its pods by selector and owner, and a rollout is followed', async () => {
    const api = new MemoryKubeApi();
    const deployment = workload(api, 'deployment', 'web');
    const old = replicaSet(api, deployment, 'web-1');
    const first = ownedPod(api, old, { name: 'web-1-a', node: 'n1' });
    // Of nobody, and of another Deployment whose selector is wider than it should be.
    createPod(api, { name: 'stranger', labels: { app: 'web' }, node: 'n1' });
    const stray = api.create<KubeObject>(kinds.deployment, {
      ...{ kind: 'Deployment', metadata: { name: 'other', labels: { app: 'web' } } },
      spec: { selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } },
    });
    ownedPod(api, replicaSet(api, stray, 'other-1'), { name: 'other-1-a', node: 'n1' });
    using line = await FollowedLine.open(api, 'deploy/web');
    expect(line.nodes).toBe('n1: web-1-a');
    const scaled = ownedPod(api, old, { name: 'web-1-b', node: 'n2' });
    await line.untilNodes('n1: web-1-a, n2: web-1-b');
    const next = replicaSet(api, deployment, 'web-2');
    ownedPod(api, next, { name: 'web-2-a', node: 'n3' });
    await line.untilNodes('n1: web-1-a, n2: web-1-b, n3: web-2-a');
    const second = ownedPod(api, next, { name: 'web-2-b', node: 'n3' });
    await line.untilNodes('n1: web-1-a, n2: web-1-b, n3: web-2-a web-2-b');
    deletePod(api, second);
    setPod(api, first, { metadata: { deletionTimestamp: new Date() } });
    await line.untilNodes('n1: web-1-a, n2: web-1-b, n3: web-2-a');
    deletePod(api, first);
    await line.untilNodes('n2: web-1-b, n3: web-2-a');
    deletePod(api, scaled);
    await line.untilNodes('n3: web-2-a');
    expect(line.said).toEqual([
      '+ demo/web-1-b on n2: new pod of deploy/web',
      '+ demo/web-2-a on n3: deploy/web rolled out',
      '+ demo/web-2-b on n3: deploy/web rolled out',
      '- demo/web-2-b on n3: deleted',
      '- demo/web-1-a on n1: deleted',
      '- demo/web-1-b on n2: deleted',
    ]);
    expect(api.requests).toEqual([
      'watch deployments in demo where metadata.name=web',
      'watch replicasets in demo where app=web',
      'watch pods in demo where app=web',
    ]);
  });

  test('that is made anew with another selector is followed', async () => {
    const api = new MemoryKubeApi();
    const before = workload(api, 'deployment', 'web');
    ownedPod(api, replicaSet(api, before, 'web-1'), { name: 'web-1-a', node: 'n1' });
    using line = await FollowedLine.open(api, 'deploy/web');
    api.delete(kinds.deployment, before);
    const after = api.create<KubeObject>(kinds.deployment, {
      ...{ kind: 'Deployment', metadata: { name: 'web', labels: { app: 'web', v: '2' } } },
      spec: { selector: { matchLabels: { app: 'web', v: '2' } } },
    });
    ownedPod(api, replicaSet(api, after, 'web-2'), { name: 'web-2-a', node: 'n2' });
    await line.untilNodes('n2: web-2-a');
    expect(api.openWatches).toBe(3);
  });

  test('keeps trying when the new selector cannot be watched', async () => {
    const api = new MemoryKubeApi();
    const before = workload(api, 'replicaSet', 'web');
    ownedPod(api, before, { name: 'web-a', node: 'n1' });
    using line = await FollowedLine.open(api, 'rs/web');
    api.forbid(kinds.pod, 'demo');
    api.update(kinds.replicaSet, before, (object) => ({
      ...object,
      spec: { selector: { matchLabels: { app: 'web', v: '2' } } },
    }));
    await line.untilSaid(
      'The targets cannot be followed for now: Error from server (Forbidden): pods is forbidden: User "alice" cannot list resource "pods" in API group "" in the namespace "demo"',
    );
    expect(line.nodes).toBe('n1: web-a');
    api.allow(kinds.pod, 'demo');
    await line.untilSaid('The targets are followed again');
    await line.untilNodes('');
  });

  test('of a StatefulSet names come again', async () => {
    const api = new MemoryKubeApi();
    const set = workload(api, 'statefulSet', 'db');
    const pod = ownedPod(api, set, { name: 'db-0', node: 'n1' });
    using line = await FollowedLine.open(api, 'sts/db');
    deletePod(api, pod);
    await line.untilNodes('');
    ownedPod(api, set, { name: 'db-0', node: 'n1' });
    await line.untilNodes('n1: db-0');
    expect(line.said).toEqual(['- demo/db-0 on n1: deleted', '+ demo/db-0 on n1: recreated']);
    expect([...line.follower.state.pods.values()][0]?.followName).toBe(true);
  });

  test('of a ReplicationController has plain labels as its selector', async () => {
    const api = new MemoryKubeApi();
    const rc = api.create<KubeObject>(kinds.replicationController, {
      ...{ kind: 'ReplicationController', metadata: { name: 'old', labels: { a: 'b' } } },
      spec: { selector: { a: 'b', c: 'd' } },
    });
    createPod(api, { name: 'old-1', node: 'n1', labels: { a: 'b', c: 'd' }, owner: rc });
    using line = await FollowedLine.open(api, 'rc/old');
    expect(line.nodes).toBe('n1: old-1');
    expect(api.requests.at(-1)).toBe('watch pods in demo where a=b,c=d');
  });

  test.each([
    ['batch/v1', kinds.cronJob],
    ['batch/v1beta1', kinds.cronJobBeta],
  ])('of a CronJob (%s) is the pods of its jobs, also of those to come', async (version, kind) => {
    const api = new MemoryKubeApi();
    if (version === 'batch/v1beta1') api.withhold(kinds.cronJob);
    const cron = api.create<KubeObject>(kind, { kind: 'CronJob', metadata: { name: 'nightly' } });
    const job = (name: string, owner?: KubeObject) =>
      api.create<KubeObject>(kinds.job, {
        kind: 'Job',
        metadata: {
          ...{ name, labels: { 'job-name': name } },
          ...(owner === undefined ? {} : { ownerReferences: [ownerReference(owner)] }),
        },
      });
    using line = await FollowedLine.open(api, 'cronjob/nightly');
    expect(line.nodes).toBe('');
    const pod = ownedPod(api, job('nightly-1', cron), { name: 'nightly-1-a', node: 'n1' });
    ownedPod(api, job('manual'), { name: 'manual-a', node: 'n1' });
    await line.untilNodes('n1: nightly-1-a');
    setPod(api, pod, { status: { phase: 'Failed' } });
    await line.untilNodes('');
    ownedPod(api, job('nightly-2', cron), { name: 'nightly-2-a', node: 'n2' });
    await line.untilNodes('n2: nightly-2-a');
    expect(line.said).toEqual([
      '+ demo/nightly-1-a on n1: new pod of cronjob/nightly',
      '- demo/nightly-1-a on n1: failed',
      '+ demo/nightly-2-a on n2: cronjob/nightly started a job',
    ]);
  });
});

describe('a selection', () => {
  test('leaves selectors to the server, and notices pods that enter and leave it', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', labels: { app: 'x' }, node: 'n1' });
    createPod(api, { name: 'b', labels: { app: 'y' }, node: 'n2' });
    const pod = createPod(api, { name: 'c', labels: { app: 'z' }, node: 'n3' });
    const selector = 'app in (x,y,w),!gone';
    using line = await FollowedLine.open(api, [
      ...['-l', selector, '--field-selector', 'spec.nodeName!=n2'],
    ]);
    expect(line.nodes).toBe('n1: a');
    const moved = setPod(api, pod, { metadata: { labels: { app: 'w' } } });
    await line.untilNodes('n1: a, n3: c');
    setPod(api, moved, { metadata: { labels: { app: 'w', gone: '' } } });
    await line.untilNodes('n1: a');
    const text = `-l ${selector} --field-selector spec.nodeName!=n2`;
    expect(line.said).toEqual([
      `+ demo/c on n3: new pod of ${text}`,
      `- demo/c on n3: deleted, or no longer selected by ${text}`,
    ]);
    expect(api.requests).toEqual([`watch pods in demo where ${selector} and spec.nodeName!=n2`]);
  });

  test('of all pods, in the namespace or everywhere, counts them first', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', node: 'n1' });
    createPod(api, { name: 'b', namespace: 'other', node: 'n2' });
    {
      using all = await FollowedLine.open(api, '--all');
      expect(all.nodes).toBe('n1: a');
      expect(all.follower.namespaces).toEqual(['demo']);
    }
    using everywhere = await FollowedLine.open(api, '-A');
    expect(everywhere.nodes).toBe('n1: a, n2: b');
    expect(everywhere.follower.namespaces).toBeUndefined();
    expect(api.requests).toEqual([
      'page of pods in demo',
      'watch pods in demo',
      'page of pods',
      'watch pods',
    ]);
  });

  test('of more pods than can be followed is refused before they are asked for', async () => {
    const api = new MemoryKubeApi();
    for (let index = 0; index <= 10_000; index++) createPod(api, { name: `p${index}` });
    expect((await errorOf(api, '-A')).message).toBe(
      'error: Cannot follow 10001 pods: at most 10000; narrow them down with -n or -l',
    );
    expect(api.requests).toEqual(['page of pods']);
  });

  test.each(['-l app=x', '--all', '-A', '-A -l app=x', '--field-selector spec.nodeName=n1'])(
    '%s without pods waits for some',
    async (words) => {
      const api = new MemoryKubeApi();
      using line = await FollowedLine.open(api, words);
      expect(line.nodes).toBe('');
      createPod(api, { name: 'a', node: 'n1', labels: { app: 'x' } });
      await line.untilNodes('n1: a');
    },
  );

  test('of pods that have all ended waits for others', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', node: 'n1', labels: { app: 'x' }, phase: 'Succeeded' });
    createPod(api, { name: 'b', node: 'n1', labels: { app: 'x' }, phase: 'Failed' });
    using line = await FollowedLine.open(api, '-l app=x');
    expect(line.said).toEqual([
      'pod demo/a: completed, not traced',
      'pod demo/b: failed, not traced',
    ]);
    createPod(api, { name: 'c', node: 'n2', labels: { app: 'x' } });
    await line.untilNodes('n2: c');
  });

  test.each([
    ['-l app=x', 2, /it uses the network of its node n1; --host-network=node traces all of that$/],
    ['-l app=x --node n2', 2, /it is on node n1, not on n2$/],
  ])('of pods that it cannot trace does not wait: %s', async (words, exitCode, message) => {
    const api = new MemoryKubeApi();
    for (const name of ['n1', 'n2']) api.create(kinds.node, { metadata: { name } });
    const hostNetwork = !words.includes('--node');
    createPod(api, { name: 'a', node: 'n1', labels: { app: 'x' }, phase: 'Failed' });
    createPod(api, { name: 'b', node: 'n1', labels: { app: 'x' }, hostNetwork });
    const error = await errorOf(api, words);
    expect(error).toMatchObject({ message: expect.stringMatching(message), exitCode });
  });
});

describe('a workload without pods', () => {
  const labels = { app: 'x' };

  test.each([
    ['deploy/web', 'Deployment', kinds.deployment, kinds.replicaSet],
    ['sts/web', 'StatefulSet', kinds.statefulSet, undefined],
    ['ds/web', 'DaemonSet', kinds.daemonSet, undefined],
    ['rs/web', 'ReplicaSet', kinds.replicaSet, undefined],
    ['job/web', 'Job', kinds.job, undefined],
  ])('is waited for: %s', async (words, kind, resource, between) => {
    const api = new MemoryKubeApi();
    const spec = { selector: { matchLabels: labels } };
    const workload = api.create<KubeObject>(resource, { kind, metadata: { name: 'web' }, spec });
    using line = await FollowedLine.open(api, words);
    expect(line.nodes).toBe('');
    const owner =
      between === undefined
        ? workload
        : api.create<KubeObject>(between, {
            kind: 'ReplicaSet',
            metadata: { name: 'web-1', labels, ownerReferences: [ownerReference(workload)] },
          });
    createPod(api, { name: 'web-1-a', node: 'n1', labels, owner });
    await line.untilNodes('n1: web-1-a');
  });

  test('is not, when it is a Job that has ended, or is not there', async () => {
    const api = new MemoryKubeApi();
    const spec = { selector: { matchLabels: labels } };
    const job = api.create<KubeObject>(kinds.job, {
      kind: 'Job',
      metadata: { name: 'once' },
      spec,
    });
    createPod(api, { name: 'once-a', node: 'n1', labels, owner: job, phase: 'Succeeded' });
    expect((await errorOf(api, 'job/once')).message).toBe(
      'error: Cannot trace pod demo/once-a: it has completed, and has no network any more',
    );
    expect((await errorOf(api, 'deploy/nobody')).message).toBe(
      'Error from server (NotFound): deployments.apps "nobody" not found',
    );
  });
});

describe('pods that are not traced', () => {
  test('are named with the reason', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'runs', node: 'n1' });
    createPod(api, { name: 'done', node: 'n1', phase: 'Succeeded' });
    for (const name of ['h1', 'h2', 'h3', 'h4', 'h5'])
      createPod(api, { name, node: 'n1', hostNetwork: true });
    using line = await FollowedLine.open(api, '--all');
    expect(line.nodes).toBe('n1: runs');
    createPod(api, { name: 'late', node: 'n2', hostNetwork: true });
    await line.untilSaid(
      "pod demo/late: not traced, since its packets are its node's; --host-network=node traces the whole node",
    );
    expect(line.said).toEqual([
      'pod demo/done: completed, not traced',
      "pod demo/h1, pod demo/h2, pod demo/h3 and 2 more pods: not traced, since its packets are its node's; --host-network=node traces the whole node",
      "pod demo/late: not traced, since its packets are its node's; --host-network=node traces the whole node",
    ]);
  });

  test('are traced on the host network when asked for', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'h', node: 'n1', hostNetwork: true });
    using line = await FollowedLine.open(api, 'h --host-network node');
    expect(line.nodes).toBe('n1: h');
    expect([...line.follower.state.pods.values()][0]?.hostNetwork).toBe(true);
  });

  test.each<[string, PodParts, string, number]>([
    [
      'foo',
      { name: 'foo', node: 'n1', phase: 'Succeeded' },
      'error: Cannot trace pod demo/foo: it has completed, and has no network any more',
      1,
    ],
    [
      'foo',
      { name: 'foo', node: 'n1', phase: 'Failed' },
      'error: Cannot trace pod demo/foo: it has failed, and has no network any more',
      1,
    ],
    [
      'foo',
      { name: 'foo', node: 'n1', hostNetwork: true },
      'error: Cannot trace pod demo/foo: it uses the network of its node n1; --host-network=node traces all of that',
      2,
    ],
    [
      'foo --node n2,n3',
      { name: 'foo', node: 'n1' },
      'error: Cannot trace pod demo/foo: it is on node n1, not on n2 or n3',
      2,
    ],
  ])('%s, %j: %s', async (line, pod, message, exitCode) => {
    const api = new MemoryKubeApi();
    for (const name of ['n1', 'n2', 'n3']) api.create(kinds.node, { metadata: { name } });
    createPod(api, pod);
    expect(await errorOf(api, line)).toMatchObject({ message, exitCode });
  });
});

describe('nodes', () => {
  const withNodes = (count: number) => {
    const api = new MemoryKubeApi();
    for (let index = 1; index <= count; index++) {
      const name = `n${index}`;
      api.create(kinds.node, {
        metadata: { name, labels: { 'kubernetes.io/os': index === 3 ? 'windows' : 'linux' } },
      });
    }
    return api;
  };

  test.each([
    ['node/n1 node/n2', 'n1 (whole):, n2 (whole):'],
    ['--node n1,n2', 'n1 (whole):, n2 (whole):'],
    ['--all-nodes', 'n1 (whole):, n2 (whole):, n4 (whole):'],
    ['node/n1 pod/p', 'n1 (whole):, n2: p'],
    ['--all --node n2', 'n2: p'],
  ])('%s', async (words, nodes) => {
    const api = withNodes(4);
    createPod(api, { name: 'p', node: 'n2' });
    if (words.startsWith('--all ')) createPod(api, { name: 'q', node: 'n1' });
    using line = await FollowedLine.open(api, words);
    expect(line.nodes).toBe(nodes);
  });

  test('that join are traced with --all-nodes', async () => {
    const api = withNodes(1);
    using line = await FollowedLine.open(api, '--all-nodes');
    api.create(kinds.node, { metadata: { name: 'n9' } });
    await line.untilNodes('n1 (whole):, n9 (whole):');
  });

  test('need not be readable to be named', async () => {
    const api = withNodes(0);
    api.forbid(kinds.node);
    using line = await FollowedLine.open(api, 'node/n1');
    expect(line.nodes).toBe('n1 (whole):');
  });

  test.each([
    ['--all-nodes', 'error: Cannot trace 3 nodes: at most 2 are traced without --max-nodes 3'],
    ['--all', 'error: Cannot trace 3 nodes: at most 2 are traced without --max-nodes 3'],
  ])('%s are refused beyond --max-nodes', async (line, message) => {
    const api = withNodes(3);
    for (const node of ['n1', 'n2', 'n3']) createPod(api, { name: `on-${node}`, node });
    expect(await errorOf(api, `${line} --max-nodes 2`)).toMatchObject({ message, exitCode: 2 });
    if (line === '--all-nodes') expect(api.requests).toEqual(['page of nodes']);
  });

  test('beyond --max-nodes that come later are left out, and named', async () => {
    const api = withNodes(2);
    const first = createPod(api, { name: 'a', node: 'n1' });
    using line = await FollowedLine.open(api, '--all --max-nodes 1');
    createPod(api, { name: 'b', node: 'n2' });
    await line.untilSaid('pod demo/b: on one node more than --max-nodes allows, not traced');
    expect(line.nodes).toBe('n1: a');
    // Its place becomes free.
    deletePod(api, first);
    await line.untilNodes('n2: b');
  });
});

describe('troubles', () => {
  test('are told once, and that they are over', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', node: 'n1' });
    const pod = createPod(api, { name: 'b', node: 'n2' });
    using line = await FollowedLine.open(api, 'a b');
    const error = new KubeError('error: You must be logged in to the server (Unauthorized)', {
      ...{ reason: 'Unauthorized', status: 401 },
    });
    await api.breakWatches(error);
    await api.breakWatches(error);
    expect(line.nodes).toBe('n1: a, n2: b');
    deletePod(api, pod);
    await api.breakWatches(undefined);
    await line.untilNodes('n1: a');
    expect(line.said).toEqual([
      'The targets cannot be followed for now: error: You must be logged in to the server (Unauthorized)',
      'The targets are followed again',
      '- demo/b on n2: deleted',
    ]);
  });
});

test('more than 32 named targets are refused', async () => {
  const words = Array.from({ length: 33 }, (_, index) => `p${index}`).join(' ');
  expect(await errorOf(new MemoryKubeApi(), words)).toMatchObject({
    message: 'error: Cannot follow 33 targets: at most 32 by name; use -l for more',
    exitCode: 2,
  });
});
