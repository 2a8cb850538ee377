import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { holdTimers } from '../../../test/support/played-time.ts';
import { messageOf, PwruError } from '../core/errors.ts';
import { HttpServer, type HttpServerOptions } from './http-server.ts';

const errors: unknown[] = [];

function open(options: Partial<HttpServerOptions> = {}): Promise<HttpServer> {
  return HttpServer.open({
    address: { host: '127.0.0.1', port: 0 },
    routes: {
      '/': () => ({ status: 200, body: 'hello\n' }),
      '/defect': () => {
        throw new TypeError('a secret of the agent');
      },
    },
    onError: (_path, thrown) => errors.push(thrown),
    ...options,
  });
}

/** Connects, sends text as it is, and keeps what comes back until the server closes. */
class RawClient implements Disposable {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  text = '';

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      this.text += bytes.toString('latin1');
    });
    this.closed = once(socket, 'close').then(() => undefined);
  }

  static async open(server: HttpServer, localAddress = '127.0.0.1'): Promise<RawClient> {
    const [host = '', port] = server.address.split(':');
    const client = new RawClient(connect({ host, port: Number(port), localAddress }));
    await Promise.race([once(client.socket, 'connect'), client.closed]);
    return client;
  }

  get status(): number {
    return Number(/^HTTP\/1\.1 (\d+)/.exec(this.text)?.[1]);
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

async function ask(server: HttpServer, request: string): Promise<RawClient> {
  const client = await RawClient.open(server);
  client.socket.write(request, 'latin1');
  await client.closed;
  return client;
}

async function expectAlive(server: HttpServer): Promise<void> {
  expect(await (await fetch(`http://${server.address}/`)).text()).toBe('hello\n');
}

describe('answers', () => {
  test('GET and HEAD, with a length, and closes the connection', async () => {
    await using server = await open();
    const got = await fetch(`http://${server.address}/?verbose`);
    expect([got.status, got.headers.get('content-length'), await got.text()]).toEqual([
      200,
      '6',
      'hello\n',
    ]);
    expect(got.headers.get('connection')).toBe('close');
    const head = await ask(server, 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(head.text).toMatch(/content-length: 6\r\n/);
    expect(head.text).toMatch(/\r\n\r\n$/);
  });

  test.each([
    { name: 'another path', request: 'GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n', status: 404 },
    {
      name: 'an inherited name',
      request: 'GET /__proto__ HTTP/1.1\r\nHost: a\r\n\r\n',
      status: 404,
    },
    { name: 'another method', request: 'DELETE / HTTP/1.1\r\nHost: a\r\n\r\n', status: 405 },
    {
      name: 'a body',
      request: 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello',
      status: 413,
    },
    {
      name: 'a body in chunks without an end',
      request: 'GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n',
      status: 413,
    },
    { name: 'no HTTP', request: '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n', status: 400 },
    {
      name: 'a large head',
      request: `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(5_000)}\r\n\r\n`,
      status: 431,
    },
    {
      name: 'many headers',
      request: `GET / HTTP/1.1\r\nHost: a\r\n${'abc: d\r\n'.repeat(2_000)}\r\n`,
      status: 431,
    },
  ])('$name: $status', async ({ request, status }) => {
    await using server = await open();
    using client = await ask(server, request);
    expect(client.status).toBe(status);
    await expectAlive(server);
  });

  test('a defect is not shown to who asks', async () => {
    await using server = await open();
    const got = await fetch(`http://${server.address}/defect`);
    expect([got.status, await got.text()]).toEqual([500, 'The agent has a defect: see its log\n']);
    expect(errors).toEqual([expect.any(TypeError)]);
  });
});

describe('a hostile client', () => {
  test('that sends its request byte by byte is cut off when its time is over', async () => {
    await using server = await open({ connectionMs: 60_000 });
    {
      using _held = holdTimers();
      using client = await RawClient.open(server);
      await expect.poll(() => vi.getTimerCount()).toBe(1);
      client.socket.write('GET / HTTP/1.1\r\nX: ');
      for (let passedMs = 0; passedMs < 59_000; passedMs += 1_000) {
        client.socket.write('x');
        vi.advanceTimersByTime(1_000);
        await setImmediate();
      }
      vi.advanceTimersByTime(999);
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(1);
      await client.closed;
      expect(client.text).toBe('');
    }
    await expectAlive(server);
  });

  test('that sends nothing is cut off', async () => {
    await using server = await open({ connectionMs: 400 });
    using silent = await RawClient.open(server);
    await silent.closed;
    await expectAlive(server);
  });

  test('that does not read is cut off when its time is over', async () => {
    let asked = 0;
    const route = () => {
      asked++;
      return { status: 200, body: 'x'.repeat(32 * 1024 * 1024) };
    };
    await using server = await open({ connectionMs: 60_000, routes: { '/': route } });
    using _held = holdTimers();
    using deaf = await RawClient.open(server);
    deaf.socket.pause();
    deaf.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(() => asked).toBe(1);
    vi.advanceTimersByTime(60_000);
    deaf.socket.resume();
    await deaf.closed;
    expect(deaf.text.length).toBeLessThan(32 * 1024 * 1024);
  });

  test('that sends many requests at once gets one answer', async () => {
    let answered = 0;
    const route = () => {
      answered++;
      return { status: 200, body: 'hello\n' };
    };
    await using server = await open({ routes: { '/': route } });
    using client = await ask(server, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1_000));
    expect(answered).toBe(1);
    expect(client.status).toBe(200);
  });

  test('with many connections leaves room for others', async () => {
    await using server = await open();
    const clients = await Promise.all(
      Array.from({ length: 200 }, () => RawClient.open(server, '127.0.0.2')),
    );
    const stillOpen = () => clients.filter(({ socket }) => !socket.closed).length;
    await expect.poll(stillOpen).toBe(16);
    await expectAlive(server);
    expect(stillOpen()).toBe(16);
    for (const client of clients) client[Symbol.dispose]();
  });

  test('with many addresses is held to 64 connections, and their places come back', async () => {
    await using server = await open();
    const clients = await Promise.all(
      Array.from({ length: 100 }, (_, index) => RawClient.open(server, `127.0.1.${index + 1}`)),
    );
    await expect.poll(() => clients.filter(({ socket }) => !socket.closed)).toHaveLength(64);
    for (const client of clients) client[Symbol.dispose]();
    const answer = () => expectAlive(server).then(() => 'alive', messageOf);
    await expect.poll(answer).toBe('alive');
  });
});

describe('where it listens', () => {
  test('every address, in both IP versions', async () => {
    await using server = await open({ address: { host: '', port: 0 } });
    const port = server.address.split(':').at(-1);
    for (const host of ['127.0.0.1', '[::1]']) {
      expect((await fetch(`http://${host}:${port}/`)).status).toBe(200);
    }
  });

  test.each(['::1', '127.0.0.1'])('%s alone', async (host) => {
    await using server = await open({ address: { host, port: 0 } });
    expect(server.address).toMatch(host === '::1' ? /^\[::1\]:\d+$/ : /^127\.0\.0\.1:\d+$/);
    expect((await fetch(`http://${server.address}/`)).status).toBe(200);
  });

  test('a port that is taken is named', async () => {
    await using first = await open();
    const port = Number(first.address.split(':')[1]);
    const second = open({ address: { host: '127.0.0.1', port } });
    await expect(second).rejects.toThrow(PwruError);
    await expect(second).rejects.toThrow(`127.0.0.1:${port} for HTTP`);
  });

  test('closing cuts every connection; twice is harmless', async () => {
    const server = await open();
    using client = await RawClient.open(server);
    await Promise.all([server.close(), server.close()]);
    await client.closed;
    await expect(fetch(`http://${server.address}/`)).rejects.toThrow();
  });
});
