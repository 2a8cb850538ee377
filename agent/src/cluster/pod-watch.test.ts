import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ApiPod, answerJson, PodApi, refuse } from '../../testing/pod-api.ts';
import { silentLog } from '../../testing/silent-log.ts';
import { type ApiAccess, ApiFailure } from './api/request.ts';
import { DirectoryCounters } from './directory-counters.ts';
import type { PodRecord } from './pod-record.ts';
import { PodWatch } from './pod-watch.ts';

let api: PodApi;
let seen: Map<string, PodRecord>;
let counters: DirectoryCounters;
/** Errors as they were logged, one after the other. */
let told: string[];

beforeEach(async () => {
  api = await PodApi.start();
  seen = new Map();
  counters = new DirectoryCounters();
  told = [];
});

afterEach(async () => {
  await api[Symbol.asyncDispose]();
});

function pod(name: string, status: ApiPod['status'] = {}): ApiPod {
  return { metadata: { namespace: 'demo', name, uid: `uid-${name}` }, status };
}

function start(access: ApiAccess = api.access): PodWatch {
  return new PodWatch({
    access,
    node: 'node-1',
    counters,
    log: {
      ...silentLog,
      warn: (fields) => told.push('error' in fields ? String(fields.error) : ''),
    },
    retry: { firstMs: 200, longestMs: 400 },
    listener: {
      replace: (pods) => {
        seen.clear();
        for (const record of pods) seen.set(record.pod.uid, record);
      },
      put: (record) => seen.set(record.pod.uid, record),
      remove: (uid) => seen.delete(uid),
    },
  });
}

/** A machine that is busy needs its time. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 30_000 });

const names = () => [...seen.values()].map((record) => record.pod.name).sort();

const untilSeen = (...expected: string[]) => eventually(() => expect(names()).toEqual(expected));

const untilConnected = (watch: PodWatch) =>
  eventually(() => expect(watch.status.connected).toBe(true));

const lists = () => api.requests.filter((url) => !url.searchParams.has('watch'));

describe('PodWatch', () => {
  test('lists the pods of its node, then follows what becomes of them', async () => {
    api.put(pod('a'));
    await using watch = start();
    await untilSeen('a');
    await untilConnected(watch);
    api.put(pod('b'));
    api.put(pod('a', { phase: 'Succeeded' }));
    await eventually(() => expect(seen.get('uid-a')?.hasEnded).toBe(true));
    api.delete('uid-b');
    await untilSeen('a');
    expect(watch.status).toMatchObject({ synced: true, connected: true, error: undefined });
    expect(counters).toMatchObject({ lists: 1, watchEvents: 3 });
    const [list, watching] = api.requests;
    expect(Object.fromEntries(list?.searchParams ?? [])).toEqual({
      fieldSelector: 'spec.nodeName=node-1',
      // From the server's cache.
      resourceVersion: '0',
    });
    expect(watching?.searchParams.get('fieldSelector')).toBe('spec.nodeName=node-1');
    expect(watching?.searchParams.get('allowWatchBookmarks')).toBe('true');
    expect(Number(watching?.searchParams.get('timeoutSeconds'))).toBeGreaterThanOrEqual(300);
  });

  test('reads a listing page by page', async () => {
    api.answerNext(
      (_request, response) =>
        answerJson(response, 200, {
          metadata: { resourceVersion: '7', continue: 'more&' },
          items: [pod('a')],
        }),
      (_request, response) =>
        answerJson(response, 200, { metadata: { resourceVersion: '7' }, items: [pod('b')] }),
    );
    await using watch = start();
    await untilSeen('a', 'b');
    await untilConnected(watch);
    expect(lists()[1]?.searchParams.get('continue')).toBe('more&');
    expect(counters.lists).toBe(1);
  });

  test('goes on from where it was when a watch is cut, and pods stay as they were meanwhile', async () => {
    api.put(pod('a'));
    await using watch = start();
    await untilConnected(watch);
    api.put(pod('b'));
    await untilSeen('a', 'b');
    api.answerNext(refuse(503, 'the server is starting'));
    api.endWatches('cut');
    await eventually(() =>
      expect(told).toEqual([
        'The connection to the API server failed: aborted',
        'The API server answers 503: the server is starting',
      ]),
    );
    expect(names()).toEqual(['a', 'b']);
    expect(watch.status.synced).toBe(true);
    await untilConnected(watch);
    expect(watch.status.error).toBeUndefined();
    expect(lists()).toHaveLength(1);
    expect(api.requests.at(-1)?.searchParams.get('resourceVersion')).toBe('103');
    expect(counters.watchErrors).toMatchObject({ connection: 1, server: 1 });
  });

  test('knows a watch that ends before its time, in good order, from one that has done its time', async () => {
    await using watch = start();
    await untilConnected(watch);
    api.endWatches('end');
    await eventually(() => expect(counters.watchErrors.closed).toBe(1));
    await untilConnected(watch);
  });

  test('lists anew when the server has forgotten, told by an event', async () => {
    api.put(pod('a'));
    await using watch = start();
    await untilConnected(watch);
    api.forget('uid-a');
    api.put(pod('b'));
    api.send({ type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old' } });
    await untilSeen('b');
    expect(counters.watchErrors.expired).toBe(1);
    // Never older than what it has seen; and from the server's cache, which a limit would bypass.
    expect(Object.fromEntries(lists()[1]?.searchParams ?? [])).toEqual({
      fieldSelector: 'spec.nodeName=node-1',
      resourceVersion: '103',
      resourceVersionMatch: 'NotOlderThan',
    });
  });

  test.each([
    ['410', refuse(410, 'The provided continue parameter is too old')],
    ['504: a cluster from a backup', refuse(504, 'Too large resource version')],
  ])('asks etcd when the cache cannot answer a listing: %s', async (_name, answer) => {
    api.answerNext(answer);
    await using watch = start();
    await untilConnected(watch);
    expect(Object.fromEntries(lists()[1]?.searchParams ?? [])).toEqual({
      fieldSelector: 'spec.nodeName=node-1',
      limit: '500',
    });
  });

  test('passes over an object that is no pod, and counts it', async () => {
    await using watch = start();
    await untilConnected(watch);
    api.send({ type: 'ADDED', object: { metadata: { resourceVersion: '150' }, kind: 'Pod' } });
    api.put(pod('good'));
    await untilSeen('good');
    expect(counters.watchErrors.malformed).toBe(1);
    expect(watch.status.connected).toBe(true);
  });

  test.each([
    ['what is no JSON', 'this is not JSON\n'],
    ['an event without a version', '{"type":"ADDED","object":{}}\n'],
    ['a line without end', 'x'.repeat((8 << 20) + 1)],
  ])('lists anew after %s', async (_name, text) => {
    api.put(pod('a'));
    api.answerNext(
      (_request, response) => api.list(response),
      (_request, response) => response.writeHead(200).write(text),
    );
    await using watch = start();
    await eventually(() => expect(counters.watchErrors.malformed).toBe(1));
    await untilConnected(watch);
    expect(counters.lists).toBe(2);
    expect(names()).toEqual(['a']);
  });

  test('says in the words of the server what it may not do, and waits as long as it is told to', async () => {
    const message = 'pods is forbidden: User "x" cannot list resource "pods"';
    api.answerNext(refuse(403, message), refuse(429, 'slow down', { 'retry-after': '1' }));
    const startMs = performance.now();
    await using watch = start();
    expect(watch.status).toMatchObject({ synced: false, connected: false });
    await untilConnected(watch);
    expect(told).toEqual([
      `The API server answers 403: ${message}`,
      'The API server answers 429: slow down',
    ]);
    expect(performance.now() - startMs).toBeGreaterThan(1_000);
    expect(counters.watchErrors).toMatchObject({ forbidden: 1, busy: 1 });
  });

  test('asks for its credentials each time: a token that was rotated is used', async () => {
    let token = 'first';
    await using watch = start({
      endpoint: async () => ({ server: api.url, options: {}, headers: { authorization: token } }),
    });
    await untilConnected(watch);
    token = 'second';
    api.answerNext(refuse(401, 'Unauthorized'));
    api.endWatches('cut');
    await eventually(() => expect(counters.watchErrors.unauthorized).toBe(1));
    await untilConnected(watch);
    expect(api.tokens).toEqual(['first', 'first', 'second', 'second']);
  });

  test('tries again when its credentials cannot be read', async () => {
    let attempts = 0;
    await using watch = start({
      endpoint: async () => {
        attempts += 1;
        if (attempts === 1) throw new ApiFailure('credentials', 'Cannot read the token');
        return api.access.endpoint();
      },
    });
    await untilConnected(watch);
    expect(told).toEqual(['Cannot read the token']);
    expect(counters.watchErrors.credentials).toBe(1);
  });

  test('comes back after the server was down, at the same address', async () => {
    api.put(pod('a'));
    await using watch = start();
    await untilConnected(watch);
    const { port } = api;
    await api[Symbol.asyncDispose]();
    await eventually(() => expect(watch.status.error).toContain('ECONNREFUSED'));
    expect(names()).toEqual(['a']);
    api = await PodApi.start(port);
    api.put(pod('b'));
    await untilConnected(watch);
    api.send({ type: 'ERROR', object: { code: 410 } });
    await untilSeen('b');
  });

  test('closes at once, whatever it is waiting for', async () => {
    // A server that takes the connection and never answers.
    api.answerNext(() => {});
    const watch = start();
    await eventually(() => expect(api.requests).toHaveLength(1));
    await watch[Symbol.asyncDispose]();
    await watch[Symbol.asyncDispose]();
    expect(counters.watchErrors).toEqual(new DirectoryCounters().watchErrors);
  });
});

test('a node full of pods as large as they may be is listed all the same', async () => {
  const padding = 'x'.repeat(1_300_000);
  const large = (name: string) => ({
    ...pod(name),
    metadata: { ...pod(name).metadata, annotations: { padding } },
  });
  const count = 110;
  const writeAll = async (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":[');
    for (let index = 0; index < count; index += 1) {
      const text = `${index === 0 ? '' : ','}${JSON.stringify(large(`pod-${index}`))}`;
      if (!response.write(text)) await once(response, 'drain');
    }
    response.end(']}');
  };
  api.answerNext((_request, response) => void writeAll(response));
  await using watch = start();
  // 143 MB, which a busy machine reads for long.
  await vi.waitFor(() => expect(watch.status.synced || told[0]).toBeTruthy(), {
    timeout: 170_000,
    interval: 500,
  });
  expect(told).toEqual([]);
  expect(seen.size).toBe(count);
}, 180_000);
