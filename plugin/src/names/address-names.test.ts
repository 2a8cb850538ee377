import { describe, expect, test } from 'vitest';
import { MemoryKubeApi } from '../../testing/memory-kube-api.ts';
import { createPod, deletePod, setPod } from '../../testing/memory-workloads.ts';
import { kinds } from '../kubernetes/resources.ts';
import { AddressNames } from './address-names.ts';

const NOW_MS = Date.parse('2026-11-24T12:00:00Z');
const startTime = '2026-11-24T11:00:00Z';

interface Watched extends Disposable {
  readonly names: AddressNames;
  readonly notes: string[];
  /** Moves the clock. */
  readonly later: (ms: number) => void;
  /** `pod demo/a`, `-` for none, of now. */
  readonly of: (address: string) => string;
  readonly until: (address: string, expected: string) => Promise<void>;
}

async function watchNames(api: MemoryKubeApi, namespaces?: readonly string[]): Promise<Watched> {
  let nowMs = NOW_MS;
  const notes: string[] = [];
  const names = new AddressNames(api, {
    ...{ namespaces, note: (text) => notes.push(text), now: () => nowMs },
  });
  await names.ready;
  const of = (address: string) => {
    const { kind, namespace, name } = names.nameOf(address, nowMs) ?? {};
    if (kind === undefined) return '-';
    return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
  };
  return {
    ...{ names, notes, of },
    later: (ms) => {
      nowMs += ms;
    },
    until: async (address, expected) => {
      await expect.poll(() => of(address)).toBe(expected);
    },
    [Symbol.dispose]: () => names[Symbol.dispose](),
  };
}

describe('AddressNames', () => {
  test('knows pods, services and nodes by all their addresses', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', node: 'n1', addresses: ['10.0.0.1', 'fd00::1'], startTime });
    createPod(api, {
      name: 'b',
      namespace: 'other',
      node: 'n1',
      addresses: ['10.0.0.2'],
      startTime,
    });
    createPod(api, { name: 'host', node: 'n1', addresses: ['192.0.2.1'], hostNetwork: true });
    const creationTimestamp = startTime;
    api.create(kinds.service, {
      metadata: { name: 'web', creationTimestamp },
      spec: {
        clusterIP: '10.96.0.1',
        clusterIPs: ['10.96.0.1', 'fd96::1'],
        externalIPs: ['198.51.100.1', '10.0.0.2'],
      },
      status: {
        loadBalancer: {
          ingress: [{ ip: '198.51.100.2' }, { hostname: 'x.example' }, { ip: '192.0.2.1' }],
        },
      },
    });
    api.create(kinds.service, {
      metadata: { name: 'headless', creationTimestamp },
      spec: { clusterIP: 'None' },
    });
    api.create(kinds.node, {
      metadata: { name: 'n1', creationTimestamp },
      status: {
        addresses: [
          { type: 'InternalIP', address: '192.0.2.1' },
          { type: 'InternalIP', address: 'fd92::1' },
          { type: 'ExternalIP', address: '203.0.113.1' },
          { type: 'Hostname', address: 'n1' },
        ],
      },
    });
    using watched = await watchNames(api);
    const of = (...addresses: string[]) => addresses.map((address) => watched.of(address));
    expect(of('10.0.0.1', 'fd00::1', '10.0.0.2')).toEqual([
      'pod demo/a',
      'pod demo/a',
      'pod other/b',
    ]);
    expect(of('10.96.0.1', 'fd96::1', '198.51.100.1', '198.51.100.2')).toEqual(
      Array(4).fill('service demo/web'),
    );
    expect(of('192.0.2.1', 'fd92::1', '203.0.113.1')).toEqual(Array(3).fill('node n1'));
    expect(of('10.0.0.3')).toEqual(['-']);
    expect(watched.names.nameOf(Uint8Array.of(10, 0, 0, 1), NOW_MS)?.name).toBe('a');
    const bytes = Uint8Array.of(9, 10, 0, 0, 1, 9);
    expect(watched.names.nameAt(bytes, { start: 1, lengthBytes: 4 }, NOW_MS)?.name).toBe('a');
    expect(watched.notes).toEqual([]);
    expect(api.requests.toSorted()).toEqual([
      'page of nodes',
      'page of pods',
      'page of services',
      'watch nodes',
      'watch pods',
      'watch services',
    ]);
  });

  test('keeps the name of an address that a finished pod had, until another has it', async () => {
    const api = new MemoryKubeApi();
    const done = createPod(api, { name: 'done', node: 'n1', addresses: ['10.0.0.1'], startTime });
    using watched = await watchNames(api);
    expect(watched.of('10.0.0.1')).toBe('pod demo/done');
    const finished = setPod(api, done, {
      status: {
        phase: 'Succeeded',
        containerStatuses: [{ state: { terminated: { finishedAt: '2026-11-24T12:00:10Z' } } }],
      },
    });
    watched.later(12_000);
    // It waited for the address since before.
    createPod(api, {
      name: 'next',
      node: 'n1',
      addresses: ['10.0.0.1'],
      startTime: '2026-11-24T11:59:50Z',
    });
    await watched.until('10.0.0.1', 'pod demo/next');
    const nameAt = (time: string) =>
      watched.names.nameOf('10.0.0.1', Date.parse(`2026-11-24T${time}Z`))?.name;
    expect([nameAt('11:30:00'), nameAt('12:00:09.999'), nameAt('12:00:10')]).toEqual([
      'done',
      'done',
      'next',
    ]);
    // The completed pod is cleaned up while the other one lives.
    deletePod(api, finished);
    watched.later(300_000);
    createPod(api, { name: 'any', node: 'n1', addresses: ['10.0.0.7'], startTime });
    await watched.until('10.0.0.7', 'pod demo/any');
    expect(watched.of('10.0.0.1')).toBe('pod demo/next');
  });

  test('does not name what finished before a minute ago, nor an address of a pod that is gone', async () => {
    const api = new MemoryKubeApi();
    const finished = { node: 'n1', phase: 'Failed', startTime } as const;
    createPod(api, {
      ...finished,
      name: 'old',
      addresses: ['10.0.0.1'],
      finishedAt: '2026-11-24T11:58:00Z',
    });
    createPod(api, {
      ...finished,
      name: 'recent',
      addresses: ['10.0.0.2'],
      finishedAt: '2026-11-24T11:59:30Z',
    });
    const gone = createPod(api, { name: 'gone', node: 'n1', addresses: ['10.0.0.3'], startTime });
    using watched = await watchNames(api);
    expect(['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(watched.of)).toEqual([
      '-',
      'pod demo/recent',
      'pod demo/gone',
    ]);
    deletePod(api, gone);
    await api.breakWatches(undefined);
    createPod(api, { name: 'any', node: 'n1', addresses: ['10.0.0.7'], startTime });
    await watched.until('10.0.0.7', 'pod demo/any');
    watched.later(59_000);
    expect(watched.of('10.0.0.3')).toBe('pod demo/gone');
    watched.later(1_001);
    expect(watched.of('10.0.0.3')).toBe('-');
  });

  test('follows a pod that gets another address', async () => {
    const api = new MemoryKubeApi();
    const pod = createPod(api, { name: 'a', node: 'n1', startTime });
    using watched = await watchNames(api);
    const first = setPod(api, pod, { status: { podIP: '10.0.0.1' } });
    await watched.until('10.0.0.1', 'pod demo/a');
    // Its sandbox was lost and made anew.
    watched.later(10_000);
    setPod(api, first, { status: { podIP: '10.0.0.2' } });
    await watched.until('10.0.0.2', 'pod demo/a');
    watched.later(61_000);
    expect(watched.of('10.0.0.1')).toBe('-');
    expect(watched.names.nameOf('10.0.0.1', NOW_MS + 5_000)?.name).toBe('a');
    expect(watched.names.nameOf('10.0.0.2', NOW_MS + 5_000)?.name).toBeUndefined();
  });

  test('makes do with the namespaces that the user may read, and says so once', async () => {
    const api = new MemoryKubeApi();
    api.forbidAll(kinds.pod);
    api.forbid(kinds.service);
    api.forbid(kinds.node);
    createPod(api, { name: 'a', node: 'n1', addresses: ['10.0.0.1'], startTime });
    createPod(api, {
      name: 'b',
      namespace: 'mine',
      node: 'n1',
      addresses: ['10.0.0.2'],
      startTime,
    });
    api.create(kinds.service, {
      metadata: { name: 'web', creationTimestamp: startTime },
      spec: { clusterIP: '10.96.0.1' },
    });
    using watched = await watchNames(api, ['mine', 'demo']);
    expect(watched.notes).toEqual([
      'Some addresses have no names: pods (forbidden), services (forbidden) outside mine, demo, nodes (forbidden)',
    ]);
    expect(['10.0.0.1', '10.0.0.2', '10.96.0.1'].map(watched.of)).toEqual([
      '-',
      '-',
      'service demo/web',
    ]);
  });

  test('lists some hundred pods, and no more', async () => {
    const api = new MemoryKubeApi();
    for (let index = 0; index < 500; index++)
      createPod(api, { name: `p${index}`, namespace: 'big' });
    {
      using _watched = await watchNames(api, ['demo']);
      expect(api.requests).toContain('watch pods');
    }
    createPod(api, { name: 'p500', namespace: 'big' });
    api.requests.length = 0;
    using watched = await watchNames(api, ['demo']);
    expect(api.requests).not.toContain('watch pods');
    expect(watched.notes).toEqual([]);
  });

  test('asks for single pods where there are too many, as their addresses are seen', async () => {
    const api = new MemoryKubeApi();
    createPod(api, { name: 'a', node: 'n1', addresses: ['10.0.0.1'], startTime });
    for (let index = 0; index < 4_999; index++)
      createPod(api, { name: `p${index}`, namespace: 'big' });
    const far = { namespace: 'big', name: 'far', node: 'n2', startTime };
    createPod(api, { ...far, addresses: ['10.0.0.2'] });
    using watched = await watchNames(api, ['demo', 'big']);
    expect(watched.notes).toEqual([]);
    const ofBytes = (...bytes: number[]) =>
      watched.names.nameOf(Uint8Array.from(bytes), NOW_MS)?.name ?? '-';
    // The target's own namespace is known from the start, one that is big is not.
    expect(ofBytes(10, 0, 0, 1)).toBe('a');
    expect(ofBytes(10, 0, 0, 2)).toBe('-');
    await watched.until('10.0.0.2', 'pod big/far');
    expect(ofBytes(10, 0, 0, 2)).toBe('far');
    expect(api.requests).not.toContain('watch pods');
    expect(api.requests).not.toContain('watch pods in big');
    const asked = api.requests.filter((request) => request.startsWith('list pods'));
    expect(asked.toSorted()).toEqual([
      'list pods where status.podIP=10.0.0.1',
      'list pods where status.podIP=10.0.0.2',
    ]);
  });

  test('names a namespace alone where all services are too many', async () => {
    const api = new MemoryKubeApi();
    const service = (namespace: string, name: string, clusterIP: string) =>
      api.create(kinds.service, {
        metadata: { name, namespace, creationTimestamp: startTime },
        spec: { clusterIP },
      });
    for (let index = 0; index < 5_000; index++) service('big', `s${index}`, 'None');
    service('demo', 'web', '10.96.0.1');
    using watched = await watchNames(api, ['demo']);
    expect(watched.of('10.96.0.1')).toBe('service demo/web');
    expect(watched.notes).toEqual([
      'Some addresses have no names: services (5001, more than 5000) outside demo',
    ]);
  });

  test('ends its watches', async () => {
    const api = new MemoryKubeApi();
    const watched = await watchNames(api);
    expect(api.openWatches).toBe(3);
    watched[Symbol.dispose]();
    expect(api.openWatches).toBe(0);
    const early = new AddressNames(api, {
      namespaces: undefined,
      note: () => {},
      now: () => NOW_MS,
    });
    early[Symbol.dispose]();
    await early.ready;
    expect(api.openWatches).toBe(0);
  });
});
