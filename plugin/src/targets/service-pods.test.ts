import type { V1Pod, V1Service, V1ServiceSpec, V1ServiceStatus } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { FollowedLine } from '../../testing/follow-line.ts';
import { MemoryKubeApi } from '../../testing/memory-kube-api.ts';
import { createPod, deletePod, setPod } from '../../testing/memory-workloads.ts';
import type { KubeObject, ResourceKind } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import { portText } from './service-ports.ts';

interface ServiceParts {
  readonly name?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly clusterIPs?: readonly string[];
}

function createService(api: MemoryKubeApi, parts: ServiceParts): KubeObject {
  const { name = 'web', selector, clusterIPs = ['10.96.0.9', 'fd96::9'] } = parts;
  return api.create(kinds.service, {
    metadata: { name },
    spec: {
      ...{ clusterIP: clusterIPs[0], clusterIPs },
      ...(selector === undefined ? {} : { selector }),
    },
  });
}

/** A place behind a service: a pod, or an address. */
type Place = V1Pod | string;

function endpoint(place: Place) {
  if (typeof place === 'string') return { addresses: [place] };
  const { name, namespace, uid } = place.metadata ?? {};
  return {
    addresses: [place.status?.podIP ?? '10.0.0.99'],
    targetRef: { kind: 'Pod', name, namespace, uid },
  };
}

function createSlice(
  api: MemoryKubeApi,
  places: readonly Place[],
  { kind = kinds.endpointSlice, name = 'web-1' }: { kind?: ResourceKind; name?: string } = {},
): KubeObject {
  return api.create(kind, {
    metadata: { name, labels: { 'kubernetes.io/service-name': 'web' } },
    ...{ addressType: 'IPv4', endpoints: places.map(endpoint) },
  });
}

function setSlice(api: MemoryKubeApi, slice: KubeObject, places: readonly Place[]): KubeObject {
  return api.update(kinds.endpointSlice, slice, (before) => ({
    ...before,
    endpoints: places.map(endpoint),
  }));
}

function changeService(
  api: MemoryKubeApi,
  service: KubeObject,
  { spec, status }: { spec: Partial<V1ServiceSpec>; status?: V1ServiceStatus },
): void {
  api.update(kinds.service, service, (before) => ({
    ...before,
    spec: Object.assign({}, (before as V1Service).spec, spec),
    ...(status === undefined ? {} : { status }),
  }));
}

const web = { app: 'web' };

describe('svc/NAME', () => {
  test('is the pods of its endpoints, ready or not, as they come and go', async () => {
    const api = new MemoryKubeApi();
    createService(api, { selector: web });
    const first = createPod(api, { name: 'a', labels: web, node: 'n1', addresses: ['10.0.0.1'] });
    const second = createPod(api, { name: 'b', labels: web, node: 'n2' });
    createPod(api, { name: 'not-yet', labels: web, node: 'n3' });
    const slice = createSlice(api, [first]);
    using line = await FollowedLine.open(api, 'svc/web');
    expect(line.nodes).toBe('n1: a');
    expect(line.follower.state.serviceAddresses).toEqual(['10.96.0.9', 'fd96::9']);
    const both = setSlice(api, slice, [first, second]);
    await line.untilNodes('n1: a, n2: b');
    setSlice(api, both, [second]);
    await line.untilNodes('n2: b');
    expect(line.said).toEqual([
      '+ demo/b on n2: new pod of svc/web',
      '- demo/a on n1: deleted, or no longer behind svc/web',
    ]);
    expect(api.requests).toEqual([
      'watch services in demo where metadata.name=web',
      'watch endpointslices in demo where kubernetes.io/service-name=web',
      'watch pods in demo where app=web',
    ]);
  });

  test('takes EndpointSlices of v1beta1 where there are no others', async () => {
    const api = new MemoryKubeApi();
    api.withhold(kinds.endpointSlice);
    createService(api, { selector: web });
    const pod = createPod(api, { name: 'a', labels: web, node: 'n1' });
    createSlice(api, [pod], { kind: kinds.endpointSliceBeta });
    using line = await FollowedLine.open(api, 'svc/web');
    expect(line.nodes).toBe('n1: a');
  });

  test('takes Endpoints where there are no EndpointSlices', async () => {
    const api = new MemoryKubeApi();
    api.withhold(kinds.endpointSlice);
    api.withhold(kinds.endpointSliceBeta);
    createService(api, { selector: web });
    const ready = createPod(api, { name: 'a', labels: web, node: 'n1' });
    const notReady = createPod(api, { name: 'b', labels: web, node: 'n2' });
    const address = (pod: V1Pod) => ({
      ip: '10.0.0.1',
      targetRef: { kind: 'Pod', name: pod.metadata?.name, uid: pod.metadata?.uid },
    });
    api.create(kinds.endpoints, {
      metadata: { name: 'web' },
      subsets: [{ addresses: [address(ready)], notReadyAddresses: [address(notReady)] }],
    });
    using line = await FollowedLine.open(api, 'svc/web');
    expect(line.nodes).toBe('n1: a, n2: b');
    expect(api.requests).toContain('watch endpoints in demo where metadata.name=web');
  });

  test('without a selector asks for the pods that its endpoints name', async () => {
    const api = new MemoryKubeApi();
    createService(api, {});
    const first = createPod(api, { name: 'a', node: 'n1' });
    const second = createPod(api, { name: 'b', node: 'n2' });
    const slice = createSlice(api, [first, '192.0.2.7']);
    using line = await FollowedLine.open(api, 'svc/web');
    expect(line.nodes).toBe('n1: a');
    expect(line.follower.state.serviceAddresses).toEqual(['10.96.0.9', 'fd96::9', '192.0.2.7']);
    const both = setSlice(api, slice, [first, second]);
    await line.untilNodes('n1: a, n2: b');
    setSlice(api, both, [second]);
    await line.untilNodes('n2: b');
    expect(api.requests.slice(2)).toEqual(['get pods a in demo', 'get pods b in demo']);
  });

  test('follows a selector that is changed', async () => {
    const api = new MemoryKubeApi();
    const service = createService(api, { selector: web });
    const first = createPod(api, { name: 'a', labels: web, node: 'n1' });
    const second = createPod(api, { name: 'b', labels: { app: 'new' }, node: 'n2' });
    const slice = createSlice(api, [first]);
    using line = await FollowedLine.open(api, 'svc/web');
    api.update(kinds.service, service, (before) => ({
      ...before,
      spec: { clusterIP: 'None', selector: { app: 'new' } },
    }));
    setSlice(api, slice, [second]);
    await line.untilNodes('n2: b');
    expect(line.follower.state.serviceAddresses).toEqual([]);
    expect(api.openWatches).toBe(3);
  });

  test.each([
    ['', ''],
    ['--node n1,n2', 'n1:, n2:'],
    ['--all-nodes', 'n1:, n2:, n3:'],
    ['--from client', 'n3: client'],
  ])('without pods is traced where its clients are named: "%s"', async (flags, nodes) => {
    const api = new MemoryKubeApi();
    for (const name of ['n1', 'n2', 'n3']) api.create(kinds.node, { metadata: { name } });
    createPod(api, { name: 'client', node: 'n3', addresses: ['10.0.0.3'] });
    createService(api, {});
    createSlice(api, ['192.0.2.7']);
    const opening = FollowedLine.open(api, `svc/web ${flags}`.trim());
    if (nodes === '') {
      await expect(opening).rejects.toThrow(
        'error: Cannot trace svc/web: it has no pods now; to trace its clients, name their nodes with --node, or the clients with --from',
      );
      return;
    }
    using line = await opening;
    expect(line.nodes).toBe(nodes);
  });

  test('with pods is traced on the nodes of its clients too', async () => {
    const api = new MemoryKubeApi();
    const client = createPod(api, { name: 'client', node: 'n3', addresses: ['10.0.0.3'] });
    createService(api, { selector: web });
    createSlice(api, [createPod(api, { name: 'a', labels: web, node: 'n1' })]);
    using line = await FollowedLine.open(api, 'svc/web --from client');
    expect(line.nodes).toBe('n1: a, n3: client');
    const only = [...line.follower.state.pods.values()].map((pod) => [pod.name, pod.addressesOnly]);
    expect(only).toEqual([
      ['a', false],
      ['client', true],
    ]);
    expect(line.follower.filterTerms).toEqual(['src host 10.0.0.3']);
    deletePod(api, client);
    await line.untilNodes('n1: a');
    createPod(api, { name: 'client', node: 'n4', addresses: ['10.0.0.4'] });
    await line.untilNodes('n1: a, n4: client');
  });

  test('is whole where a client is behind it as well', async () => {
    const api = new MemoryKubeApi();
    createService(api, { selector: web });
    createSlice(api, [
      createPod(api, { name: 'a', labels: web, node: 'n1', addresses: ['10.0.0.1'] }),
    ]);
    using line = await FollowedLine.open(api, 'svc/web --from a');
    expect([...line.follower.state.pods.values()]).toMatchObject([
      { name: 'a', addressesOnly: false },
    ]);
  });

  test('has the ports at which it is reached from outside, as they change', async () => {
    const api = new MemoryKubeApi();
    const service = createService(api, { selector: web });
    createSlice(api, [createPod(api, { name: 'a', labels: web, node: 'n1' })]);
    using line = await FollowedLine.open(api, 'svc/web');
    expect(line.follower.state.servicePorts).toEqual([]);
    changeService(api, service, {
      spec: { ports: [{ port: 80, nodePort: 30_080 }] },
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.50' }, { hostname: 'lb.example' }] } },
    });
    await line.untilSaid(
      'svc/web: its load balancer lb.example has no address in the API, and names are not resolved: packets are shown when they come to a node',
    );
    expect(line.follower.state.servicePorts.map(portText)).toEqual([
      '192.0.2.50:80/TCP (load balancer)',
      'node port 30080/TCP',
    ]);
    // What is another's is not admitted by its address alone.
    expect(line.follower.state.serviceAddresses).toEqual(['10.96.0.9', 'fd96::9']);
  });

  test('tells on which nodes its externalTrafficPolicy drops packets', async () => {
    const api = new MemoryKubeApi();
    for (const name of ['n1', 'n2', 'n3']) api.create(kinds.node, { metadata: { name } });
    const service = createService(api, { selector: web });
    createSlice(api, [createPod(api, { name: 'a', labels: web, node: 'n1' })]);
    using line = await FollowedLine.open(api, 'svc/web --all-nodes');
    expect(line.said).toEqual([]);
    changeService(api, service, { spec: { externalTrafficPolicy: 'Local' } });
    await line.untilSaid(
      'svc/web: its externalTrafficPolicy is Local: without a pod of it, n2, n3 drop what comes there from outside',
    );
  });
});

describe('--from and --to', () => {
  test('are the addresses of a service and of its pods, both families', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'client', node: 'n1', addresses: ['10.0.0.3', 'fd00::3'] });
    createService(api, { selector: web });
    const pod = createPod(api, {
      ...{ name: 'a', labels: web, node: 'n2', addresses: ['10.0.0.1', 'fd00::1'] },
    });
    createSlice(api, [pod]);
    using line = await FollowedLine.open(api, 'client --to svc/web');
    expect(line.nodes).toBe('n1: client');
    expect(line.follower.filterTerms).toEqual([
      'dst host (10.0.0.1 or 10.96.0.9 or fd00::1 or fd96::9)',
    ]);
    using both = await FollowedLine.open(api, '--from client --to svc/web');
    expect(both.nodes).toBe('n1: client, n2: a');
    expect(both.follower.filterTerms).toEqual([
      'src host (10.0.0.3 or fd00::3)',
      'dst host (10.0.0.1 or 10.96.0.9 or fd00::1 or fd96::9)',
    ]);
  });

  test('are the ports at which a service and its pods are reached from outside, too', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'client', node: 'n1', addresses: ['10.0.0.3'] });
    const service = createService(api, { selector: web, clusterIPs: ['10.96.0.9'] });
    changeService(api, service, {
      spec: {
        ports: [{ port: 80, nodePort: 30_080 }],
        externalIPs: ['203.0.113.7'],
        healthCheckNodePort: 32_000,
      },
    });
    createSlice(api, [
      createPod(api, { name: 'a', labels: web, node: 'n2', addresses: ['10.0.0.1'] }),
    ]);
    using line = await FollowedLine.open(api, 'client --to svc/web');
    const [term = ''] = line.follower.filterTerms;
    expect(term).toBe(
      '(dst host (10.0.0.1 or 10.96.0.9) or (dst host 203.0.113.7 and tcp dst port 80) or tcp dst port 30080)',
    );
  });

  test('leave out ports where a filter has no room for them, and say so', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'client', node: 'n1', addresses: ['10.0.0.3'] });
    const service = createService(api, { clusterIPs: ['10.96.0.9'] });
    changeService(api, service, { spec: { ports: [{ port: 80, nodePort: 30_080 }] } });
    const places = Array.from({ length: 95 }, (_, index) => `192.0.2.${index}`);
    createSlice(api, places);
    using line = await FollowedLine.open(api, 'client --to svc/web');
    expect(line.follower.filterTerms[0]).not.toContain('port');
    expect(line.said).toEqual([
      '--to svc/web: what is sent to its node port 30080/TCP is shown from a node on that translates it: with its addresses a filter has no room for more',
    ]);
  });

  test('may be a node', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', node: 'n1' });
    api.create(kinds.node, {
      metadata: { name: 'n9' },
      status: {
        addresses: [
          { type: 'InternalIP', address: '192.0.2.9' },
          { type: 'Hostname', address: 'n9' },
        ],
      },
    });
    using line = await FollowedLine.open(api, 'a --from node/n9');
    expect(line.follower.filterTerms).toEqual(['src host 192.0.2.9']);
  });

  test('tell when they have other addresses than the sessions that run', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', node: 'n1' });
    const peer = createPod(api, { name: 'peer', node: 'n2', addresses: ['10.0.0.1'] });
    using line = await FollowedLine.open(api, 'a --to peer');
    deletePod(api, peer);
    await line.untilSaid(
      '--to pod/peer is no longer at 10.0.0.1: nodes that are traced already still admit that, whoever has it',
    );
    expect(line.follower.filterTerms).toEqual(['dst host 10.0.0.1']);
    const next = createPod(api, { name: 'peer', node: 'n2' });
    setPod(api, next, { status: { podIP: '10.0.0.2' } });
    await line.untilSaid(
      '--to pod/peer is now at 10.0.0.2 too: nodes that are traced already do not admit that; start the trace again to see it',
    );
    expect(line.follower.filterTerms).toEqual(['dst host 10.0.0.2']);
  });

  test.each([
    ['peer', { phase: 'Pending' }, 'error: Cannot use --to pod/peer: it has no address now'],
    [
      'peer',
      { phase: 'Succeeded', addresses: ['10.0.0.1'] },
      'error: Cannot use --to pod/peer: it has no address now',
    ],
    [
      'peer',
      { addresses: Array.from({ length: 97 }, (_, index) => `10.0.0.${index}`) },
      'error: Cannot use --to pod/peer: it has 97 addresses, at most 96 make a filter; use a network such as 10.0.0.0/8',
    ],
  ] as const)('%s %j: %s', async (name, parts, message) => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', node: 'n1' });
    createPod(api, { name, node: 'n2', ...parts });
    await expect(FollowedLine.open(api, `a --to ${name}`)).rejects.toThrow(message);
    expect(api.openWatches).toBe(0);
  });
});
