import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { constants, createGzip } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { holdTimers, pass, passInSteps, passUntil } from '../../../test/support/played-time.ts';
import {
  type ApiServer,
  apiServer,
  failure,
  sendJson,
} from '../../testing/kubernetes/api-server.ts';
import type { KubeApi, KubeError, KubeObject, WatchListener } from './kube-api.ts';
import { openKubeApi } from './open-kube-api.ts';
import { kinds } from './resources.ts';

/** One list and what follows it, as a test plays it. */
class Store {
  /** Answered to lists. */
  objects: KubeObject[] = [];
  version = 1;
  /** Open watches. */
  readonly watches: Array<{ response: ServerResponse; query: URLSearchParams; body: Writable }> =
    [];
  lists = 0;
  readonly listQueries: URLSearchParams[] = [];
  /** Instead of an answer. */
  refusal: { status: number; body: object; lists?: boolean } | undefined;
  /** Watches are sent as gzip. */
  compresses = false;
  underWay = 0;
  mostUnderWay = 0;
  begun = 0;

  answer(url: string, response: ServerResponse): void {
    this.begun++;
    this.underWay++;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    response.once('close', () => this.underWay--);
    const query = new URL(url, 'http://x').searchParams;
    if (this.refusal !== undefined && (query.has('watch') || this.refusal.lists !== false)) {
      sendJson(response, this.refusal.status, this.refusal.body);
    } else if (query.has('watch')) {
      const encoding = this.compresses ? { 'content-encoding': 'gzip' } : {};
      response.writeHead(200, { 'content-type': 'application/json', ...encoding });
      response.flushHeaders();
      const gzip = this.compresses ? createGzip({ flush: constants.Z_SYNC_FLUSH }) : undefined;
      gzip?.pipe(response);
      this.watches.push({ response, query, body: gzip ?? response });
    } else {
      this.lists++;
      this.listQueries.push(query);
      sendJson(response, 200, {
        items: this.objects,
        metadata: { resourceVersion: `${this.version}` },
      });
    }
  }

  send(type: string, object: object): void {
    this.watches.at(-1)?.body.write(`${JSON.stringify({ type, object })}\n`);
  }
}

function pod(uid: string, version: number, labels = {}): KubeObject {
  return { metadata: { uid, name: uid, resourceVersion: `${version}`, labels } };
}

class Listener implements WatchListener {
  changes = 0;
  readonly troubles: Array<KubeError | undefined> = [];
  onChange(): void {
    this.changes++;
  }
  onTrouble(error: KubeError | undefined): void {
    this.troubles.push(error);
  }
}

interface World extends AsyncDisposable {
  readonly store: Store;
  readonly server: ApiServer;
  readonly api: KubeApi;
  readonly listener: Listener;
}

/** Time stands still in it until the test lets it pass. */
async function setUp(): Promise<World> {
  const held = holdTimers();
  const store = new Store();
  const server = await apiServer({
    onRequest: (request, response) => store.answer(request.url ?? '', response),
  });
  const api = await openKubeApi({ server: server.url });
  return {
    store,
    server,
    api,
    listener: new Listener(),
    [Symbol.asyncDispose]: async () => {
      await api.close();
      await server[Symbol.asyncDispose]();
      held[Symbol.dispose]();
    },
  };
}

/** The watch that has just been asked for has begun, has had an event, and has lived for long enough. */
async function lived({ store, listener }: World): Promise<void> {
  const { changes } = listener;
  await expect.poll(() => store.watches.length).toBe(1);
  store.send('MODIFIED', pod('a', 1));
  await expect.poll(() => listener.changes).toBe(changes + 1);
  await pass(1_100);
}

describe('a watch', () => {
  test('reads what a proxy has compressed, as it comes', async () => {
    await using world = await setUp();
    const { store, api, listener, server } = world;
    const watched = await api.watch(kinds.pod, {}, listener);
    await expect.poll(() => store.watches.length).toBe(1);
    expect(server.requests.at(-1)?.headers['accept-encoding']).not.toMatch(/gzip/);
    store.compresses = true;
    store.watches[0]?.response.end();
    await passUntil(() => store.watches.length === 2, 10);
    store.send('ADDED', pod('c', 2));
    await expect.poll(() => [...watched.objects.keys()]).toEqual(['c']);
    watched[Symbol.dispose]();
    await expect.poll(() => store.underWay).toBe(0);
  });

  test('tells of what is no JSON', async () => {
    await using world = await setUp();
    const { store, api, listener } = world;
    using _watched = await api.watch(kinds.pod, {}, listener);
    await expect.poll(() => store.watches.length).toBe(1);
    store.watches[0]?.response.write('<html>\n');
    await expect
      .poll(() => listener.troubles.at(-1)?.message)
      .toMatch(/^error: cannot read a watch of pods: .*JSON/);
    // It is begun again, and the trouble is over.
    await passUntil(() => store.watches.length === 2, 10);
    await expect.poll(() => listener.troubles.at(-1)).toBeUndefined();
  });

  test.each([
    ...['null', '{}', '[1]', '"ADDED"', '{"type":"ADDED"}', '{"type":"ADDED","object":null}'],
    '{"type":"MODIFIED","object":{"metadata":{"uid":7}}}',
  ])('tells of a line that is no event: %s', async (line) => {
    await using world = await setUp();
    const { store, api, listener } = world;
    using watched = await api.watch(kinds.pod, {}, listener);
    await expect.poll(() => store.watches.length).toBe(1);
    store.watches[0]?.response.write(`${line}\n`);
    await expect
      .poll(() => listener.troubles.at(-1)?.message)
      .toBe('error: cannot read a watch of pods: a line is no event');
    await passUntil(() => store.watches.length === 2, 10);
    store.send('ADDED', pod('c', 2));
    await expect.poll(() => [...watched.objects.keys()]).toContain('c');
  });

  test('tells of an error that says nothing', async () => {
    await using world = await setUp();
    const { store, api, listener } = world;
    using _watched = await api.watch(kinds.pod, {}, listener);
    await expect.poll(() => store.watches.length).toBe(1);
    store.watches[0]?.response.write('{"type":"ERROR","object":null}\n');
    await expect.poll(() => listener.troubles.at(-1)?.message).toBe('Error from server: unknown');
  });

  test('follows what is added, changed and deleted', async () => {
    await using world = await setUp();
    const { store, api, listener } = world;
    store.objects = [pod('a', 1), pod('b', 1)];
    const watched = await api.watch(kinds.pod, { namespace: 'n', labelSelector: 'x=y' }, listener);
    const { objects } = watched;
    expect([...objects.keys()]).toEqual(['a', 'b']);
    expect(listener.changes).toBe(1);
    await expect.poll(() => store.watches.length).toBe(1);
    expect(Object.fromEntries(store.watches[0]?.query ?? [])).toMatchObject({
      labelSelector: 'x=y',
      resourceVersion: '1',
      allowWatchBookmarks: 'true',
      timeoutSeconds: expect.stringMatching(/^[3-6]\d\d$/),
    });
    store.send('ADDED', pod('c', 2));
    store.send('MODIFIED', pod('a', 3, { new: 'yes' }));
    store.send('DELETED', pod('b', 4));
    await expect.poll(() => listener.changes).toBe(4);
    expect([...objects.keys()].sort()).toEqual(['a', 'c']);
    expect(objects.get('a')?.metadata?.labels).toEqual({ new: 'yes' });
    expect(watched.objects).toBe(objects);
  });

  test('begins with what the server has in its cache when that will do, and keeps what is wanted', async () => {
    await using world = await setUp();
    const { store, api, listener } = world;
    store.objects = [pod('a', 1, { big: 'yes' })];
    const { objects } = await api.watch(
      kinds.pod,
      {
        ...{ fieldSelector: 'spec.nodeName=n', fromCache: true },
        keep: ({ metadata }) => ({ metadata: { ...metadata, labels: {} } }),
      },
      listener,
    );
    expect(objects.get('a')).toEqual(pod('a', 1));
    await expect.poll(() => store.watches.length).toBe(1);
    store.send('MODIFIED', pod('a', 2, { big: 'yes' }));
    await expect.poll(() => objects.get('a')).toEqual(pod('a', 2));
    // What another server has in its cache may be older than what was seen.
    store.send('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });
    await passUntil(() => store.lists === 2, 10);
    const [first, second] = store.listQueries;
    expect(Object.fromEntries(first ?? [])).toEqual({
      ...{ fieldSelector: 'spec.nodeName=n', resourceVersion: '0' },
    });
    expect(Object.fromEntries(second ?? [])).toEqual({
      ...{ fieldSelector: 'spec.nodeName=n', limit: '500' },
    });
  });

  test('reads lines that come in pieces', async () => {
    await using world = await setUp();
    const { store, api, listener } = world;
    const watched = await api.watch(kinds.pod, {}, listener);
    await expect.poll(() => store.watches.length).toBe(1);
    const text = `${JSON.stringify({ type: 'ADDED', object: pod('ä', 2) })}\n`;
    for (const byte of Buffer.from(text.repeat(2))) {
      await new Promise((resolve) =>
        store.watches[0]?.response.write(Buffer.from([byte]), resolve),
      );
      await setImmediate();
    }
    await expect.poll(() => listener.changes).toBe(3);
    expect([...watched.objects.keys()]).toEqual(['ä']);
  });

  test('goes on from the last version or bookmark, without a list', async () => {
    await using world = await setUp();
    const { store, api, listener } = world;
    await api.watch(kinds.pod, {}, listener);
    await lived(world);
    store.send('ADDED', pod('a', 7));
    store.send('BOOKMARK', { metadata: { resourceVersion: '55' } });
    store.watches[0]?.response.end();
    await expect.poll(() => store.watches.length).toBe(2);
    expect(store.watches[1]?.query.get('resourceVersion')).toBe('55');
    expect(store.lists).toBe(1);
    expect(listener.troubles).toEqual([]);
  });

  test.each(['an ERROR event', 'an answer'])(
    'lists again when its version is gone (%s)',
    async (how) => {
      await using world = await setUp();
      const { store, api, listener } = world;
      store.objects = [pod('a', 1), pod('b', 1)];
      const watched = await api.watch(kinds.pod, {}, listener);
      await lived(world);
      store.objects = [pod('b', 80), pod('c', 80)];
      store.version = 80;
      if (how === 'an answer') {
        store.refusal = { status: 410, body: failure(410, 'Expired', 'too old'), lists: false };
        store.watches[0]?.response.end();
        await expect.poll(() => store.lists).toBe(2);
        store.refusal = undefined;
      } else store.send('ERROR', failure(410, 'Expired', 'too old resource version'));
      await expect.poll(() => [...watched.objects.keys()].sort()).toEqual(['b', 'c']);
      const version = () => store.watches.at(-1)?.query.get('resourceVersion');
      await passUntil(() => version() === '80', 10);
      expect(listener.troubles).toEqual([]);
    },
  );

  test.each([true, false])(
    'a server that always forgets is not asked without pause (lists too: %s)',
    async (lists) => {
      await using world = await setUp();
      const { store, api, listener } = world;
      await api.watch(kinds.pod, {}, listener);
      await lived(world);
      store.refusal = { status: 410, body: failure(410, 'Expired', 'too old'), lists };
      store.watches[0]?.response.end();
      await passInSteps(3_000);
      expect(store.begun).toBeGreaterThan(3);
      expect(store.begun).toBeLessThan(12);
    },
  );

  test('tells of a server that goes away and comes back, one request at a time', async () => {
    await using world = await setUp();
    const { store, server, api, listener } = world;
    store.objects = [pod('a', 1)];
    const watched = await api.watch(kinds.pod, {}, listener);
    await lived(world);
    await server.stop();
    // At once.
    await expect.poll(() => listener.troubles.length).toBe(1);
    expect(listener.troubles[0]?.message).toBe(
      `The connection to the server 127.0.0.1:${server.port} was refused - did you specify the right host or port?`,
    );
    expect([...watched.objects.keys()]).toEqual(['a']);
    await passInSteps(2_500);
    // The same trouble is told once.
    expect(listener.troubles).toHaveLength(1);
    await server.restart();
    await passUntil(() => listener.troubles.length === 2, 10);
    expect(listener.troubles[1]).toBeUndefined();
    store.send('ADDED', pod('b', 2));
    await expect.poll(() => watched.objects.size).toBe(2);
    expect(store.mostUnderWay).toBe(1);
  });

  test('tells of credentials that are no longer good', async () => {
    await using world = await setUp();
    const { store, api, listener } = world;
    await api.watch(kinds.pod, {}, listener);
    await lived(world);
    store.refusal = { status: 401, body: failure(401, 'Unauthorized', 'Unauthorized') };
    store.watches[0]?.response.end();
    await expect.poll(() => listener.troubles.length).toBe(1);
    expect(listener.troubles[0]).toMatchObject({
      reason: 'Unauthorized',
      message: 'error: You must be logged in to the server (Unauthorized)',
    });
    store.refusal = undefined;
    await passUntil(() => listener.troubles.length === 2, 10);
    expect(listener.troubles[1]).toBeUndefined();
  });

  test('fails when the first list does', async () => {
    await using world = await setUp();
    const { store, api, listener } = world;
    const message = 'pods is forbidden: User "x" cannot list resource "pods" in API group ""';
    store.refusal = { status: 403, body: failure(403, 'Forbidden', message) };
    await expect(api.watch(kinds.pod, {}, listener)).rejects.toMatchObject({
      status: 403,
      message: `Error from server (Forbidden): ${message}`,
    });
    await passInSteps(3_000);
    expect(store.begun).toBe(1);
  });

  test('ends when it is disposed, and with the connection', async () => {
    await using world = await setUp();
    const { store, api, listener } = world;
    const first = await api.watch(kinds.pod, {}, listener);
    await api.watch(kinds.node, {}, listener);
    await expect.poll(() => store.underWay).toBe(2);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    await expect.poll(() => store.underWay).toBe(1);
    await api.close();
    await expect.poll(() => store.underWay).toBe(0);
    const { begun } = store;
    await passInSteps(3_000);
    expect(store.begun).toBe(begun);
    expect(listener.troubles).toEqual([]);
  });
});
