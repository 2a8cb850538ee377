import { describe, expect } from 'vitest';
import type { KubeApi } from '../../plugin/src/kubernetes/kube-api.ts';
import { openKubeApi } from '../../plugin/src/kubernetes/open-kube-api.ts';
import { kinds } from '../../plugin/src/kubernetes/resources.ts';
import { AddressNames } from '../../plugin/src/names/address-names.ts';
import { FollowedLine } from '../../plugin/testing/follow-line.ts';
import { test } from './cluster-test.ts';
import type { Cluster } from './lab/cluster.ts';
import { namedClusterSettings, needsLab } from './lab/named-cluster.ts';
import { startCluster } from './lab/start-cluster.ts';
import { waitUntil } from './lab/wait-until.ts';
import { podTemplate, startPod } from './pods.ts';

/** From a change in the cluster to the follower, at most. */
const FOLLOW_MS = 5_000;

interface OpenApi extends AsyncDisposable {
  readonly api: KubeApi;
}

async function openApi(cluster: Cluster, namespace: string, as?: string): Promise<OpenApi> {
  const api = await openKubeApi({ kubeconfig: cluster.kubeconfig, namespace, as });
  return { api, [Symbol.asyncDispose]: () => api.close() };
}

function deployment(namespace: string, name: string, replicas: number): object {
  const labels = { app: name };
  return {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace, name } },
    spec: {
      ...{ replicas, selector: { matchLabels: labels } },
      template: {
        metadata: { labels },
        spec: {
          ...podTemplate({}),
          topologySpreadConstraints: [
            {
              ...{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname' },
              ...{ whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: labels } },
            },
          ],
        },
      },
    },
  };
}

/** `node-1: a b, node-2: c` of the pods that kubectl lists, as FollowedLine.nodes writes it. */
async function podsByNode(cluster: Cluster, namespace: string, selector: string): Promise<string> {
  const path = '{range .items[*]}{.spec.nodeName} {.metadata.name}{"\\n"}{end}';
  const list = await cluster.kubectl([
    ...['-n', namespace, 'get', 'pods', '-l', selector, '-o', `jsonpath=${path}`],
  ]);
  const byNode = new Map<string, string[]>();
  for (const line of list.trim().split('\n')) {
    const [node = '', name = ''] = line.split(' ');
    byNode.set(node, [...(byNode.get(node) ?? []), name]);
  }
  return [...byNode]
    .map(([node, names]) => `${node}: ${names.sort().join(' ')}`)
    .sort()
    .join(', ');
}

/** What kubectl writes to stderr. */
async function kubectlError(cluster: Cluster, args: readonly string[]): Promise<string> {
  const failure: unknown = await cluster.kubectl(args).catch((thrown: unknown) => thrown);
  return typeof failure === 'object' && failure !== null && 'stderr' in failure
    ? String(failure.stderr).trim()
    : '';
}

async function messageOf(api: KubeApi, line: string): Promise<string> {
  const opening = FollowedLine.open(api, line);
  const failure: unknown = await opening.then(
    (followed) => followed[Symbol.dispose](),
    (thrown: unknown) => thrown,
  );
  return failure instanceof Error ? failure.message : '';
}

describe('targets', () => {
  test('follow a Deployment through a rollout, and its pods only', async ({
    lab: cluster,
    namespace,
  }) => {
    // A ReplicaSet gives its pods a label; the stranger has only the Deployment's.
    const owned = 'app=web,pod-template-hash';
    await cluster.apply(deployment(namespace, 'web', 2));
    const rollout = ['-n', namespace, 'rollout', 'status', 'deploy/web', '--timeout=60s'];
    await cluster.kubectl(rollout);
    await cluster.apply({
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: { namespace, name: 'stranger', labels: { app: 'web' } },
      spec: podTemplate({}),
    });
    await using open = await openApi(cluster, namespace);
    using line = await FollowedLine.open(open.api, 'deploy/web');
    const before = await podsByNode(cluster, namespace, owned);
    expect(line.nodes).toBe(before);
    expect(before).toMatch(/^node-1: .*, node-2: /);
    expect(before).not.toContain('stranger');
    await cluster.kubectl(['-n', namespace, 'set', 'env', 'deploy/web', 'VERSION=2']);
    await cluster.kubectl(rollout);
    const list = ['-n', namespace, 'get', 'pods', '-l', owned, '-o', 'name'];
    await waitUntil(async () => (await cluster.kubectl(list)).trim().split('\n').length === 2, {
      goal: 'without the old pods',
    });
    const after = await podsByNode(cluster, namespace, owned);
    expect(after).not.toBe(before);
    await line.untilNodes(after, FOLLOW_MS);
    const added = line.said.filter((text) => text.startsWith('+'));
    expect(added).toHaveLength(2);
    for (const text of added) expect(text).toMatch(/: deploy\/web rolled out$/);
    const removed = line.said.filter((text) => text.startsWith('-'));
    expect(removed).toHaveLength(2);
    for (const text of removed) expect(text).toMatch(/^- .*: deleted$/);
  });

  test('follow a pod to another node within five seconds', async ({ lab: cluster, namespace }) => {
    await startPod(cluster, { namespace, name: 'moving', node: 'node-1' });
    await using open = await openApi(cluster, namespace);
    using line = await FollowedLine.open(open.api, 'pod/moving');
    expect(line.nodes).toBe('node-1: moving');
    await cluster.kubectl(['-n', namespace, 'delete', 'pod', 'moving']);
    await line.untilNodes('', FOLLOW_MS);
    await cluster.apply({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name: 'moving' } },
      spec: podTemplate({ node: 'node-2' }),
    });
    await line.untilNodes('node-2: moving', FOLLOW_MS);
    expect(line.said).toEqual([
      `- ${namespace}/moving on node-1: deleted`,
      `+ ${namespace}/moving on node-2: recreated on another node`,
    ]);
  });

  test('of a service are its endpoints, with a selector and without', async ({
    lab: cluster,
    namespace,
  }) => {
    const labels = { app: 'behind' };
    await cluster.apply({
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: { namespace, name: 'behind', labels },
      spec: podTemplate({ node: 'node-1' }),
    });
    const ready = ['-n', namespace, 'wait', '--for=condition=Ready', 'pod/behind'];
    await cluster.kubectl(ready);
    const service = (name: string, spec: object) =>
      cluster.apply({
        ...{ apiVersion: 'v1', kind: 'Service', metadata: { namespace, name } },
        spec: { ports: [{ port: 80 }], ...spec },
      });
    await service('selecting', { selector: labels });
    await service('plain', {});
    const pod = JSON.parse(
      await cluster.kubectl(['-n', namespace, 'get', 'pod', 'behind', '-o', 'json']),
    ) as { metadata: { uid: string }; status: { podIP: string } };
    // Kubernetes makes an EndpointSlice of it.
    await cluster.apply({
      ...{ apiVersion: 'v1', kind: 'Endpoints', metadata: { namespace, name: 'plain' } },
      subsets: [
        {
          ports: [{ port: 80 }],
          addresses: [
            {
              ip: pod.status.podIP,
              targetRef: { kind: 'Pod', namespace, name: 'behind', uid: pod.metadata.uid },
            },
            { ip: '192.0.2.7' },
          ],
        },
      ],
    });
    const clusterIp = async (name: string) =>
      cluster.kubectl(['-n', namespace, 'get', 'svc', name, '-o', 'jsonpath={.spec.clusterIP}']);
    await using open = await openApi(cluster, namespace);
    await waitUntil(async () => (await messageOf(open.api, 'svc/plain')) === '', {
      goal: 'ready with EndpointSlices of both services',
    });
    using selecting = await FollowedLine.open(open.api, 'svc/selecting');
    expect(selecting.nodes).toBe('node-1: behind');
    expect(selecting.follower.state.serviceAddresses).toEqual([await clusterIp('selecting')]);
    using plain = await FollowedLine.open(open.api, 'svc/plain');
    expect(plain.nodes).toBe('node-1: behind');
    expect(plain.follower.state.serviceAddresses).toEqual([await clusterIp('plain'), '192.0.2.7']);
    using to = await FollowedLine.open(open.api, 'behind --to svc/plain');
    const addresses = [await clusterIp('plain'), '192.0.2.7', pod.status.podIP].sort();
    expect(to.follower.filterTerms).toEqual([`dst host (${addresses.join(' or ')})`]);
    // Another pod comes behind it.
    await cluster.apply({
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: { namespace, name: 'another', labels },
      spec: podTemplate({ node: 'node-2' }),
    });
    await selecting.untilNodes('node-1: behind, node-2: another', 2 * FOLLOW_MS);
  });

  test('of a CronJob (v1beta1) are the pods of its jobs to come', async ({
    lab: cluster,
    namespace,
  }) => {
    await cluster.apply({
      ...{ apiVersion: 'batch/v1beta1', kind: 'CronJob', metadata: { namespace, name: 'nightly' } },
      spec: {
        // Never in the time of this test.
        ...{ schedule: '0 0 31 2 *' },
        jobTemplate: {
          spec: {
            template: {
              spec: { ...podTemplate({ command: ['sleep', '2'] }), restartPolicy: 'Never' },
            },
          },
        },
      },
    });
    await using open = await openApi(cluster, namespace);
    using line = await FollowedLine.open(open.api, 'cronjob/nightly');
    expect(line.nodes).toBe('');
    await cluster.kubectl(['-n', namespace, 'create', 'job', 'tonight', '--from=cronjob/nightly']);
    await waitUntil(async () => line.said.length === 2, { goal: 'done with the job' });
    expect(line.said).toEqual([
      expect.stringMatching(/^\+ .*\/tonight-\w+ on node-\d: new pod of cronjob\/nightly$/),
      expect.stringMatching(/^- .*\/tonight-\w+ on node-\d: completed$/),
    ]);
    // It is over, and a job is no CronJob.
    expect(await messageOf(open.api, 'job/tonight')).toMatch(
      /^error: Cannot trace pod .*\/tonight-\w+: it has completed, and has no network any more$/,
    );
  });

  test('are refused in the words of kubectl', async ({ cluster, namespace }) => {
    await using open = await openApi(cluster, namespace);
    const kinds = ['pod', 'deploy', 'sts', 'ds', 'rs', 'rc', 'job', 'cronjob', 'svc', 'node'];
    for (const kind of kinds) {
      const expected = await kubectlError(cluster, ['-n', namespace, 'get', `${kind}/nobody`]);
      expect(expected).toContain('not found');
      expect(await messageOf(open.api, `${kind}/nobody`)).toBe(expected);
    }
    await using jane = await openApi(cluster, namespace, 'jane');
    const forbidden = await kubectlError(cluster, ['--as=jane', '-n', namespace, 'get', 'pods']);
    expect(forbidden).toContain('"jane" cannot list resource "pods"');
    expect(await messageOf(jane.api, '-l app=nobody')).toBe(forbidden);
    // Of these kubectl says that there are none; a trace waits for some.
    for (const line of ['-l app=nobody', '-A -l app=nobody']) {
      expect(await messageOf(open.api, line)).toBe('');
    }
    expect(await messageOf(open.api, '--all-nodes --max-nodes 1')).toBe(
      'error: Cannot trace 2 nodes: at most 1 are traced without --max-nodes 2',
    );
  });

  test('are followed on after the API server was away', async ({ lab: cluster, namespace }) => {
    await startPod(cluster, { namespace, name: 'staying', node: 'node-1' });
    await using open = await openApi(cluster, namespace);
    using line = await FollowedLine.open(open.api, 'pod/staying');
    {
      await using _outage = await cluster.apiServer.takeDown();
      await waitUntil(async () => line.said.length > 0, { goal: 'missed' });
      expect(line.said[0]).toMatch(/^The targets cannot be followed for now: /);
      expect(line.nodes).toBe('node-1: staying');
    }
    await line.untilSaid('The targets are followed again', 30_000);
    await cluster.kubectl(['-n', namespace, 'delete', 'pod', 'staying']);
    await line.untilNodes('', FOLLOW_MS);
    expect(line.said).toHaveLength(3);
  });
});

describe('names', () => {
  test('of pods, services and nodes are known by the rights of the user', async ({
    lab: cluster,
    namespace,
  }) => {
    const address = await startPod(cluster, { namespace, name: 'known', node: 'node-2' });
    const notes: string[] = [];
    const note = (text: string) => notes.push(text);
    await using open = await openApi(cluster, namespace);
    using all = new AddressNames(open.api, { namespaces: [namespace], note, now: Date.now });
    await all.ready;
    expect(all.nameOf(address, Date.now())).toEqual({
      ...{ kind: 'pod', namespace, name: 'known', node: 'node-2' },
    });
    expect(all.nameOf('10.96.0.1', Date.now())).toEqual({
      ...{ kind: 'service', namespace: 'default', name: 'kubernetes' },
    });
    const nodeAddress = await cluster.kubectl([
      ...['get', 'node', 'node-2', '-o'],
      'jsonpath={.status.addresses[?(@.type=="InternalIP")].address}',
    ]);
    expect(all.nameOf(nodeAddress, Date.now())).toEqual({ kind: 'node', name: 'node-2' });
    expect(notes).toEqual([]);
    await cluster.kubectl([
      ...['-n', namespace, 'create', 'rolebinding', 'viewer', '--clusterrole=view', '--user=jane'],
    ]);
    await using jane = await openApi(cluster, namespace, 'jane');
    using some = new AddressNames(jane.api, { namespaces: [namespace], note, now: Date.now });
    await some.ready;
    expect(some.nameOf(address, Date.now())?.name).toBe('known');
    expect(some.nameOf('10.96.0.1', Date.now())).toBeUndefined();
    expect(notes).toEqual([
      `Some addresses have no names: pods (forbidden) outside ${namespace}, services (forbidden) outside ${namespace}, nodes (forbidden)`,
    ]);
  });

  test('are right for an address that a finished pod had and a live one has', async ({ skip }) => {
    skip(namedClusterSettings() !== undefined, needsLab);
    await using cluster = await startCluster({ nodes: [{ podSubnet: '10.244.9.0/29' }] });
    await using open = await openApi(cluster, 'default');
    const names = new AddressNames(open.api, {
      ...{ namespaces: ['default'], note: () => {}, now: Date.now },
    });
    using _names = names;
    await names.ready;
    // Five addresses: all are in use but the one that is finished with.
    await cluster.apply({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'default', name: 'done' } },
      spec: { ...podTemplate({ command: ['true'] }), restartPolicy: 'Never' },
    });
    const phase = ['get', 'pod', 'done', '-o', 'jsonpath={.status.phase} {.status.podIP}'];
    await waitUntil(async () => (await cluster.kubectl(phase)).startsWith('Succeeded'), {
      goal: 'done with a pod',
    });
    const [, address = ''] = (await cluster.kubectl(phase)).split(' ');
    const whileDone = Date.now();
    await waitUntil(async () => names.nameOf(address, whileDone)?.name === 'done', {
      goal: 'known for a pod that is done',
    });
    // The kubelet tells when a pod began in whole seconds: the next owner must not begin in the same one.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const live = ['a', 'b', 'c', 'd', 'e'];
    const addresses = await Promise.all(
      live.map((name) => startPod(cluster, { namespace: 'default', name })),
    );
    const owner = live[addresses.indexOf(address)];
    expect(owner).toBeDefined();
    await waitUntil(async () => names.nameOf(address, Date.now())?.name === owner, {
      goal: 'known for the pod that has the address now',
    });
    expect(names.nameOf(address, whileDone)?.name).toBe('done');
    // Deleting the one that is done takes nothing from the one that lives.
    await cluster.kubectl(['delete', 'pod', 'done']);
    await cluster.kubectl(['delete', 'pod', live.find((name) => name !== owner) ?? '']);
    await waitUntil(
      async () => (await open.api.list(kinds.pod, { namespace: 'default' })).length === 4,
      { goal: 'rid of two pods' },
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(names.nameOf(address, Date.now())?.name).toBe(owner);
    expect(names.nameOf(address, Date.now() + 120_000)?.name).toBe(owner);
  });
});
