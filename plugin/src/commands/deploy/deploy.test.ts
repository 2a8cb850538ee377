import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { MemoryCluster } from '../../../testing/commands/memory-cluster.ts';
import { queryAgent } from '../../../testing/commands/query-agent.ts';
import { RecordedOutput } from '../../../testing/commands/recorded-output.ts';
import { shippedManifests } from '../../../testing/commands/shipped-manifests.ts';
import { parseCommand } from '../../cli/parse-command.ts';
import { KubeError, type KubeObject, type ResourceKind } from '../../kubernetes/kube-api.ts';
import { kinds } from '../../kubernetes/resources.ts';
import { commandFailure } from '../command-error.ts';
import { deploy } from '../deploy.ts';
import { undeploy } from '../undeploy.ts';
import { agentImage } from './manifests.ts';
import type { DaemonSet } from './rollout.ts';

const configMaps = { ...kinds.pod, kind: 'ConfigMap', plural: 'configmaps' };

function deployOptions(...args: string[]) {
  const command = parseCommand(['deploy', ...args]);
  if (command.kind !== 'deploy') throw new Error('Not deploy');
  return command.options;
}

async function runDeploy(cluster: MemoryCluster, ...args: string[]) {
  const output = new RecordedOutput();
  const options = deployOptions(...args);
  const manifests = shippedManifests(options.agentNamespace);
  const exitCode = await deploy(cluster, manifests, { options, output });
  return { exitCode, output };
}

async function runUndeploy(cluster: MemoryCluster, agentNamespace = 'pwru') {
  const output = new RecordedOutput();
  const options = { connection: {}, agentNamespace, wait: true, timeoutMs: 1_000 };
  const manifests = shippedManifests(agentNamespace);
  const exitCode = await undeploy(cluster, manifests, { options, output });
  return { exitCode, output };
}

async function failureOf(work: Promise<unknown>) {
  return work.then(
    () => undefined,
    (thrown: unknown) => commandFailure(thrown),
  );
}

function setStatus(cluster: MemoryCluster, daemonSet: KubeObject, status: object): KubeObject {
  return cluster.update(kinds.daemonSet, daemonSet as DaemonSet, (before) => ({
    ...before,
    status: { observedGeneration: 1, ...status },
  }));
}

/** A pod of the agents that waits, for a reason, to run this image. */
function addWaitingPod(
  cluster: MemoryCluster,
  daemonSet: KubeObject,
  {
    node,
    reason,
    image,
  }: { readonly node: string; readonly reason: string; readonly image: string },
): KubeObject {
  return cluster.create(kinds.pod, {
    metadata: {
      ...{ name: `pwru-agent-${node}`, namespace: 'pwru' },
      ownerReferences: [{ kind: 'DaemonSet', controller: true, uid: daemonSet.metadata?.uid }],
    },
    spec: { nodeName: node, containers: [{ name: 'agent', image }] },
    status: {
      phase: 'Pending',
      containerStatuses: [{ state: { waiting: { reason, message: 'Back-off pulling image' } } }],
    },
  });
}

function bindingKind(kind: string): ResourceKind {
  return {
    ...{ group: 'rbac.authorization.k8s.io', version: 'v1', kind },
    ...{ plural: `${kind.toLowerCase()}s`, namespaced: kind === 'RoleBinding' },
  };
}

const builtIn = agentImage(shippedManifests());

describe('deploy', () => {
  test('applies every manifest, and waits until all agents are ready', async () => {
    const cluster = new MemoryCluster();
    const running = runDeploy(cluster);
    await expect.poll(() => cluster.openWatches).toBe(2);
    let daemonSet = await cluster.get<KubeObject>(kinds.daemonSet, 'pwru-agent', 'pwru');
    daemonSet = setStatus(cluster, daemonSet, { desiredNumberScheduled: 2, numberAvailable: 2 });
    for (const [updatedNumberScheduled, numberAvailable] of [
      [1, 1],
      [2, 1],
      [2, 2],
    ]) {
      // Until the watches have the one before.
      for (let turn = 0; turn < 3; turn++) await setImmediate();
      daemonSet = setStatus(cluster, daemonSet, {
        desiredNumberScheduled: 2,
        ...{ updatedNumberScheduled, numberAvailable },
      });
    }
    const { exitCode, output } = await running;
    expect(exitCode).toBe(0);
    expect(output.stdout).toHaveLength(shippedManifests().length);
    expect(output.stdout.at(0)).toBe('namespace/pwru serverside-applied');
    expect(output.stdout.at(-1)).toBe('daemonset.apps/pwru-agent serverside-applied');
    // An agent of the version before does not count.
    expect(output.stderr).toEqual([
      'pwru-agent: 0 of 2 nodes ready',
      'pwru-agent: 1 of 2 nodes ready',
      'pwru-agent: 2 of 2 nodes ready',
    ]);
    expect(cluster.openWatches).toBe(0);
  });

  test('gives up in the end, and says which agents are not ready and why', async () => {
    const cluster = new MemoryCluster();
    await using agent = await queryAgent();
    await runDeploy(cluster, '--wait=false');
    const daemonSet = await cluster.get<KubeObject>(kinds.daemonSet, 'pwru-agent', 'pwru');
    setStatus(cluster, daemonSet, { desiredNumberScheduled: 3, numberAvailable: 1 });
    cluster.addNode('n1', { agent });
    cluster.addNode('n2', { agent, notReady: 'ImagePullBackOff' });
    const pods = await cluster.list<KubeObject>(kinds.pod, { namespace: 'pwru' });
    for (const pod of pods) {
      cluster.update(kinds.pod, pod, (before) => ({
        ...before,
        metadata: {
          ...before.metadata,
          ownerReferences: [
            {
              ...{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'pwru-agent' },
              ...{ controller: true, uid: daemonSet.metadata?.uid ?? '' },
            },
          ],
        },
      }));
    }
    cluster.create(
      { ...kinds.pod, kind: 'Event', plural: 'events' },
      {
        metadata: { name: 'pwru-agent.1', namespace: 'pwru' },
        ...{ type: 'Warning', reason: 'FailedCreate', message: 'exceeded quota' },
        involvedObject: { kind: 'DaemonSet', name: 'pwru-agent' },
      },
    );
    const output = new RecordedOutput();
    const options = deployOptions('--timeout', '2s');
    const failure = await failureOf(deploy(cluster, shippedManifests(), { options, output }));
    expect(failure).toEqual({
      exitCode: 1,
      lines: [
        'error: Gave up after 2 s: not every node has an agent that is ready (--timeout waits longer)',
      ],
    });
    expect(output.stderr).toEqual([
      'pwru-agent: 0 of 3 nodes ready',
      'pod pwru-agent-n2 on n2 is not ready: ImagePullBackOff',
      'FailedCreate: exceeded quota',
    ]);
  });

  test('ends at once when an image cannot be pulled, and says where and why', async () => {
    const cluster = new MemoryCluster();
    await runDeploy(cluster, '--wait=false');
    const daemonSet = await cluster.get<KubeObject>(kinds.daemonSet, 'pwru-agent', 'pwru');
    setStatus(cluster, daemonSet, { desiredNumberScheduled: 2 });
    const output = new RecordedOutput();
    const options = deployOptions('--timeout', '60s');
    const failure = failureOf(deploy(cluster, shippedManifests(), { options, output }));
    await expect.poll(() => output.stderr).toEqual(['pwru-agent: 0 of 2 nodes ready']);
    // It may succeed when it is tried again.
    addWaitingPod(cluster, daemonSet, { node: 'n1', reason: 'ErrImagePull', image: builtIn });
    // A pod of the version before, which is about to go.
    addWaitingPod(cluster, daemonSet, { node: 'n2', reason: 'ImagePullBackOff', image: 'old:1' });
    const reason = 'ImagePullBackOff';
    addWaitingPod(cluster, daemonSet, { node: 'n3', reason, image: builtIn });
    expect(await failure).toEqual({
      exitCode: 1,
      lines: [
        `error: Cannot deploy: ${builtIn} cannot be pulled on n3 (ImagePullBackOff: Back-off pulling image); deploy another one with --image, or the same one when it is there`,
      ],
    });
    expect(cluster.openWatches).toBe(0);
  });

  test.each(['ErrImagePull', 'ContainerCreating', 'CrashLoopBackOff'])(
    'waits on while a pod waits for what may come: %s',
    async (reason) => {
      const cluster = new MemoryCluster();
      await runDeploy(cluster, '--wait=false');
      const daemonSet = await cluster.get<KubeObject>(kinds.daemonSet, 'pwru-agent', 'pwru');
      setStatus(cluster, daemonSet, { desiredNumberScheduled: 1 });
      addWaitingPod(cluster, daemonSet, { node: 'n1', reason, image: builtIn });
      const failure = await failureOf(runDeploy(cluster, '--timeout', '500ms'));
      expect(failure?.lines[0]).toMatch(/^error: Gave up after 0\.5 s/);
    },
  );

  test('waits also for one who may not look at pods', async () => {
    const cluster = new MemoryCluster();
    await runDeploy(cluster, '--wait=false');
    cluster.forbid(kinds.pod, 'pwru');
    const daemonSet = await cluster.get<KubeObject>(kinds.daemonSet, 'pwru-agent', 'pwru');
    const running = runDeploy(cluster);
    await expect.poll(() => cluster.openWatches).toBe(1);
    setStatus(cluster, daemonSet, {
      ...{ desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1 },
    });
    expect((await running).exitCode).toBe(0);
  });

  test('is done when its node selector matches no node, and says so', async () => {
    const cluster = new MemoryCluster();
    await runDeploy(cluster, '--wait=false');
    const daemonSet = await cluster.get<KubeObject>(kinds.daemonSet, 'pwru-agent', 'pwru');
    setStatus(cluster, daemonSet, { desiredNumberScheduled: 0 });
    const { exitCode, output } = await runDeploy(cluster);
    expect(exitCode).toBe(0);
    expect(output.stderr).toEqual(['pwru-agent: no node matches its node selector']);
  });

  test('tells a conflict with another manager in one line, and what is forbidden as kubectl does', async () => {
    const cluster = new MemoryCluster();
    const answer = (reason: string, status: number, message: string) => {
      cluster.refusal = ({ path }) =>
        path.endsWith('/daemonsets/pwru-agent')
          ? new KubeError(`Error from server (${reason}): ${message}`, { reason, status })
          : undefined;
    };
    answer('Conflict', 409, 'Apply failed with 1 conflict: conflict with "helm":\n.spec.x');
    expect(await failureOf(runDeploy(cluster))).toEqual({
      exitCode: 1,
      lines: [
        'error: Cannot apply daemonset.apps/pwru-agent: Error from server (Conflict): Apply failed with 1 conflict: conflict with "helm": .spec.x; change it there, or remove what the other one has made',
      ],
    });
    answer('Forbidden', 403, 'daemonsets.apps is forbidden: User "alice" cannot patch\n it');
    expect(await failureOf(runDeploy(cluster))).toEqual({
      exitCode: 4,
      lines: [
        'Error from server (Forbidden): daemonsets.apps is forbidden: User "alice" cannot patch',
        ' it',
      ],
    });
  });

  test('installs into the namespace of -n', async () => {
    const cluster = new MemoryCluster();
    await runDeploy(cluster, '--wait=false', '-n', 'monitoring');
    const daemonSet = ['pwru-agent', 'monitoring'] as const;
    expect(await cluster.get(kinds.daemonSet, ...daemonSet)).toBeDefined();
    await expect(cluster.get(kinds.daemonSet, 'pwru-agent', 'pwru')).rejects.toThrow('not found');
    const command = parseCommand(['undeploy', '-n', 'monitoring']);
    if (command.kind !== 'undeploy') throw new Error('Not undeploy');
    await runUndeploy(cluster, command.options.agentNamespace);
    await expect(cluster.get(kinds.daemonSet, ...daemonSet)).rejects.toThrow('not found');
  });

  test('refuses a second installation, and one into what is being deleted', async () => {
    const cluster = new MemoryCluster();
    await runDeploy(cluster, '--wait=false');
    const before = cluster.changes.length;
    expect(await failureOf(runDeploy(cluster, '--agent-namespace', 'other'))).toEqual({
      exitCode: 1,
      lines: [
        'error: Cannot deploy to namespace other: the agents are in namespace pwru; use --agent-namespace pwru, or remove them first',
      ],
    });
    expect(cluster.changes).toHaveLength(before);
    const namespace = await cluster.get<KubeObject>(kinds.namespace, 'pwru');
    cluster.update(kinds.namespace, namespace, (object) => ({
      ...object,
      metadata: { ...object.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    }));
    expect(await failureOf(runDeploy(cluster))).toEqual({
      exitCode: 1,
      lines: ['error: Cannot deploy: namespace/pwru is still being deleted; wait until it is gone'],
    });
  });
});

describe('undeploy', () => {
  test('removes what deploy has made, and nothing else', async () => {
    const cluster = new MemoryCluster();
    await runDeploy(cluster, '--wait=false');
    cluster.create(configMaps, { metadata: { name: 'kube-root-ca.crt', namespace: 'pwru' } });
    const { exitCode, output } = await runUndeploy(cluster);
    expect(exitCode).toBe(0);
    expect(output.stdout.at(0)).toBe('daemonset.apps/pwru-agent deleted');
    expect(output.stdout.at(-1)).toBe('namespace/pwru deleted');
    expect(output.stdout).toHaveLength(shippedManifests().length);
    expect(await runUndeploy(cluster)).toMatchObject({
      exitCode: 0,
      output: { stdout: [], stderr: ['Nothing to remove was found.'] },
    });
  });

  test.each<[string, (cluster: MemoryCluster) => void, string]>([
    [
      'was there before',
      (cluster) => cluster.create(kinds.namespace, { metadata: { name: 'pwru' } }),
      'namespace/pwru stays: it was there before the agents',
    ],
    [
      'holds something else',
      (cluster) =>
        cluster.create(configMaps, { metadata: { name: 'settings', namespace: 'pwru' } }),
      'namespace/pwru stays: it also holds configmaps/settings',
    ],
    [
      'may hold what cannot be seen',
      (cluster) => cluster.forbid(configMaps, 'pwru'),
      'namespace/pwru stays: it cannot be seen whether it holds other things (Error from server (Forbidden): configmaps is forbidden: User "alice" cannot list resource "configmaps" in API group "" in the namespace "pwru")',
    ],
  ])(
    'leaves a namespace that %s, without the labels that were for the agents',
    async (_, prepare, line) => {
      const cluster = new MemoryCluster();
      prepare(cluster);
      await runDeploy(cluster, '--wait=false');
      const { exitCode, output } = await runUndeploy(cluster);
      expect(exitCode).toBe(0);
      expect(output.stderr).toEqual([line]);
      expect(output.stdout).toHaveLength(shippedManifests().length - 1);
      const { metadata } = await cluster.get<KubeObject>(kinds.namespace, 'pwru');
      expect(metadata?.labels).toBeUndefined();
    },
  );

  test('names the bindings that others have made to its roles, with what removes them, also later', async () => {
    const cluster = new MemoryCluster();
    cluster.resources.set('/apis/rbac.authorization.k8s.io/v1', ['rolebindings']);
    await runDeploy(cluster, '--wait=false');
    const bind = (kind: string, name: string, roleRef: object, namespace?: string) =>
      cluster.create(bindingKind(kind), {
        metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
        roleRef,
      });
    const agents = { kind: 'Role', name: 'pwru-agents' };
    bind('RoleBinding', 'tracer-agents', agents, 'pwru');
    // Another role of that name.
    bind('RoleBinding', 'others', agents, 'shop');
    bind('RoleBinding', 'tracer', { kind: 'ClusterRole', name: 'pwru-trace-namespace' }, 'shop');
    bind('ClusterRoleBinding', 'everyone', { kind: 'ClusterRole', name: 'pwru-trace' });
    bind('ClusterRoleBinding', 'unrelated', { kind: 'ClusterRole', name: 'view' });
    const lines = [
      'clusterrolebinding/everyone stays, and ClusterRole pwru-trace that it gives is gone: kubectl delete clusterrolebinding everyone',
      'rolebinding/tracer-agents in namespace pwru stays, and Role pwru-agents that it gives is gone: kubectl delete rolebinding -n pwru tracer-agents',
      'rolebinding/tracer in namespace shop stays, and ClusterRole pwru-trace-namespace that it gives is gone: kubectl delete rolebinding -n shop tracer',
    ];
    const stays = 'namespace/pwru stays: it also holds rolebindings/tracer-agents';
    expect((await runUndeploy(cluster)).output.stderr).toEqual([stays, ...lines]);
    expect((await runUndeploy(cluster)).output.stderr.slice(-lines.length)).toEqual(lines);
  });

  test('says nothing of bindings that the user may not see', async () => {
    const cluster = new MemoryCluster();
    await runDeploy(cluster, '--wait=false');
    cluster.create(bindingKind('RoleBinding'), {
      metadata: { name: 'tracer', namespace: 'shop' },
      roleRef: { kind: 'ClusterRole', name: 'pwru-trace-namespace' },
    });
    cluster.forbid(bindingKind('RoleBinding'));
    const { exitCode, output } = await runUndeploy(cluster);
    expect({ exitCode, stderr: output.stderr }).toEqual({ exitCode: 0, stderr: [] });
  });

  test('leaves what something else has applied, and fails', async () => {
    const cluster = new MemoryCluster();
    cluster.addDaemonSet();
    expect(await runUndeploy(cluster)).toMatchObject({
      exitCode: 1,
      output: {
        stdout: [],
        stderr: [
          'error: Cannot remove daemonset.apps/pwru-agent: "kubectl pwru deploy" has not applied it; remove it by what has',
        ],
      },
    });
    expect(cluster.changes).toEqual([]);
  });

  test('does not touch the roles of agents in another namespace', async () => {
    const cluster = new MemoryCluster();
    await runDeploy(cluster, '--wait=false', '--agent-namespace', 'other');
    const before = cluster.changes.length;
    expect(await failureOf(runUndeploy(cluster))).toMatchObject({
      lines: [
        'error: Cannot undeploy namespace pwru: the agents are in namespace other; use --agent-namespace other, or remove them first',
      ],
    });
    expect(cluster.changes).toHaveLength(before);
  });

  test('gives up in the end, naming what is still there', async () => {
    const cluster = new MemoryCluster();
    await runDeploy(cluster, '--wait=false');
    const remove = cluster.delete.bind(cluster);
    cluster.delete = (kind, object) => {
      if (kind.plural !== 'daemonsets') remove(kind, object);
    };
    const output = new RecordedOutput();
    const options = { connection: {}, agentNamespace: 'pwru', wait: true, timeoutMs: 10 };
    const work = undeploy(cluster, shippedManifests(), { options, output });
    expect(await failureOf(work)).toEqual({
      exitCode: 1,
      lines: ['error: Gave up after 0.01 s: daemonset.apps/pwru-agent is still being deleted'],
    });
    expect(output.stderr).toEqual(['Waiting until daemonset.apps/pwru-agent is gone']);
  });
});
