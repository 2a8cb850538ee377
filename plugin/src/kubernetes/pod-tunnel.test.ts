import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { holdTimers, passInSteps, passUntilSettled } from '../../../test/support/played-time.ts';
import { untilStill } from '../../../test/support/until-still.ts';
import { type ApiServer, apiServer, failure } from '../../testing/kubernetes/api-server.ts';
import { forwardToLoopback, tcpServer } from '../../testing/kubernetes/echo-target.ts';
import type { KubeApi } from './kube-api.ts';
import { openKubeApi } from './open-kube-api.ts';
import type { PodTunnel } from './pod-tunnel.ts';

const pod = { namespace: 'pwru', name: 'agent' };
const MIB = 1024 * 1024;

async function apiOf(server: ApiServer): Promise<KubeApi & AsyncDisposable> {
  const api = await openKubeApi({ server: server.url, as: 'alice' });
  return Object.assign(api, { [Symbol.asyncDispose]: () => api.close() });
}

async function read(stream: PodTunnel, lengthBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let readBytes = 0;
  while (readBytes < lengthBytes) {
    const chunk = stream.read() as Buffer | null;
    if (chunk === null) await once(stream, 'readable');
    else {
      chunks.push(chunk);
      readBytes += chunk.length;
    }
  }
  return Buffer.concat(chunks);
}

async function connect(api: KubeApi, port = 80): Promise<PodTunnel> {
  return (await api.connectToPod(pod, port)) as PodTunnel;
}

/** It may have failed already. */
async function failureOf(stream: PodTunnel): Promise<unknown> {
  return finished(stream).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('PodTunnel', () => {
  test('asks as kubectl does and carries bytes both ways', async () => {
    await using echo = await tcpServer((socket) => socket.pipe(socket));
    await using server = await apiServer({
      onTunnel: ({ socket, port }) => forwardToLoopback(socket, port),
    });
    await using api = await apiOf(server);
    const tunnel = await connect(api, echo.port);
    const sent = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    tunnel.write(sent);
    expect((await read(tunnel, sent.length)).equals(sent)).toBe(true);
    expect(server.requests[0]?.url).toBe(
      `/api/v1/namespaces/pwru/pods/agent/portforward?ports=${echo.port}`,
    );
    expect(server.requests[0]?.headers).toMatchObject({
      'impersonate-user': 'alice',
      'sec-websocket-protocol': 'v4.channel.k8s.io',
    });
  });

  test('ends when the pod ends, after all that it sent', async () => {
    await using target = await tcpServer((socket) => socket.end(Buffer.alloc(5 * MIB, 'x')));
    await using server = await apiServer({
      onTunnel: ({ socket, port }) => forwardToLoopback(socket, port),
    });
    await using api = await apiOf(server);
    const tunnel = await connect(api, target.port);
    let readBytes = 0;
    for await (const chunk of tunnel) readBytes += (chunk as Buffer).length;
    expect(readBytes).toBe(5 * MIB);
    expect(tunnel.destroyed).toBe(true);
  });

  test('ends in good order also when it is written to while the other side closes', async () => {
    using _held = holdTimers();
    await using target = await tcpServer((socket) => {
      socket.write('all');
      socket.on('error', () => {});
    });
    let close = () => {};
    await using server = await apiServer({
      onTunnel: ({ socket, raw, port }) => {
        forwardToLoopback(socket, port);
        close = () => {
          socket.close(1000);
          // The answer to the close is not read yet, so the connection stays half closed.
          raw.pause();
          setTimeout(() => raw.resume(), 600);
        };
      },
    });
    await using api = await apiOf(server);
    const tunnel = await connect(api, target.port);
    const writing = setInterval(() => tunnel.writable && tunnel.write('more'), 20);
    let readText = '';
    const readAll = async () => {
      for await (const chunk of tunnel) {
        readText += String(chunk);
        if (readText === 'all') close();
      }
    };
    expect(await passUntilSettled(readAll(), 10)).toBeGreaterThanOrEqual(600);
    clearInterval(writing);
    expect(readText).toBe('all');
  });

  test('after end() reads what the pod still says, and closes when it is silent', async () => {
    using _held = holdTimers();
    let received = '';
    await using target = await tcpServer((socket) => {
      socket.on('data', (chunk) => {
        received += chunk.toString();
        setTimeout(() => socket.write('late answer'), 1_000);
      });
    });
    await using server = await apiServer({
      onTunnel: ({ socket, port }) => forwardToLoopback(socket, port),
    });
    await using api = await apiOf(server);
    const tunnel = await connect(api, target.port);
    tunnel.end('question');
    const answer = read(tunnel, 11);
    await passUntilSettled(answer, 10);
    expect((await answer).toString()).toBe('late answer');
    expect(await passUntilSettled(once(tunnel, 'close'), 10)).toBeLessThan(3_000);
    expect(received).toBe('question');
  });

  const nobodyListens = 'error forwarding port 80 to pod x, uid : connection refused';

  test('cannot be opened when the node says at once that nothing listens at the port', async () => {
    await using server = await apiServer({ onTunnel: ({ socket }) => refuse(socket) });
    await using api = await apiOf(server);
    await expect(connect(api)).rejects.toMatchObject({
      name: 'KubeError',
      message: `error: unable to forward port 80 of pod pwru/agent: ${nobodyListens}`,
    });
  });

  test('fails when the node says later that nothing listens at the port', async () => {
    const sockets: WebSocket[] = [];
    await using server = await apiServer({ onTunnel: ({ socket }) => sockets.push(socket) });
    await using api = await apiOf(server);
    const tunnel = await connect(api);
    for (const socket of sockets) refuse(socket);
    expect(await failureOf(tunnel)).toMatchObject({
      ...{ name: 'TunnelError', kind: 'refused', message: nobodyListens },
    });
  });

  test('fails within 10 s when everything stands still', async () => {
    using _held = holdTimers();
    await using server = await apiServer({ onTunnel: ({ raw }) => raw.pause() });
    await using api = await apiOf(server);
    const tunnel = await connect(api);
    tunnel.resume();
    const failed = failureOf(tunnel);
    expect(await passUntilSettled(failed, 10)).toBeLessThan(10_000);
    expect(await failed).toMatchObject({
      kind: 'stalled',
      message: expect.stringMatching(/^no sign of life for [789] s$/),
    });
  });

  test('a quiet tunnel whose other side lives is not stalled', async () => {
    using _held = holdTimers();
    await using server = await apiServer({});
    await using api = await apiOf(server);
    const tunnel = await connect(api);
    tunnel.resume();
    await passInSteps(20_000);
    expect(tunnel.destroyed).toBe(false);
  });

  test('fails at once when it is cut in the middle of a frame', async () => {
    await using server = await apiServer({
      onTunnel: ({ raw }) => {
        // A binary frame that announces 126 bytes and has 3.
        raw.write(Buffer.from([0x82, 126, 0x00, 126, 0, 1, 2]), () => raw.destroy());
      },
    });
    await using api = await apiOf(server);
    const tunnel = await connect(api);
    tunnel.resume();
    expect(await failureOf(tunnel)).toMatchObject({
      kind: 'cut',
      message: 'the connection was closed in the middle',
    });
  });

  test('fails on messages that are not the protocol', async () => {
    const sockets: WebSocket[] = [];
    await using server = await apiServer({ onTunnel: ({ socket }) => sockets.push(socket) });
    await using api = await apiOf(server);
    const tunnel = await connect(api);
    for (const socket of sockets) socket.send('hello');
    expect(await failureOf(tunnel)).toMatchObject({
      kind: 'cut',
      message: 'the API server sent something else than port-forwarding',
    });
  });

  test.each([
    [
      403,
      failure(403, 'Forbidden', 'pods "agent" is forbidden: User "x" cannot get resource'),
      'Error from server (Forbidden): pods "agent" is forbidden: User "x" cannot get resource',
    ],
    [
      404,
      failure(404, 'NotFound', 'pods "agent" not found'),
      'Error from server (NotFound): pods "agent" not found',
    ],
  ])('is refused with the words of the API server (%i)', async (status, body, message) => {
    await using server = await apiServer({
      onUpgrade: (_request, raw) => {
        const text = JSON.stringify(body);
        // A connection that stays is the client's to close.
        raw.resume().once('end', () => raw.end());
        raw.write(
          `HTTP/1.1 ${status} No\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
        );
      },
    });
    await using api = await apiOf(server);
    await expect(connect(api)).rejects.toMatchObject({ name: 'KubeError', status, message });
    await expect.poll(() => server.connections.size).toBe(0);
  });

  test('names a proxy that takes upgrades for plain requests', async () => {
    await using server = await apiServer({
      onUpgrade: (_request, raw) =>
        raw.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\nhi'),
    });
    await using api = await apiOf(server);
    await expect(connect(api)).rejects.toMatchObject({
      message:
        'error: the API server, or a proxy before it, cannot forward ports by WebSocket (v4.channel.k8s.io): status 200',
    });
  });

  test('is given up when the upgrade is not answered', async () => {
    using _held = holdTimers();
    await using server = await apiServer({ onUpgrade: () => {} });
    await using api = await apiOf(server);
    const refused = expect(connect(api)).rejects.toMatchObject({
      message: 'error: unable to forward port 80 of pod pwru/agent: no answer within 9 s',
    });
    const lastedMs = await passUntilSettled(refused, 10);
    expect(lastedMs).toBeGreaterThan(8_000);
    expect(lastedMs).toBeLessThan(10_000);
  });

  test('close() ends tunnels and dials at once', async () => {
    using _held = holdTimers();
    await using open = await apiServer({});
    await using silent = await apiServer({
      onUpgrade: (_request, raw) => raw.resume().once('end', () => raw.end()),
    });
    const first = await apiOf(open);
    const second = await apiOf(silent);
    const tunnel = await connect(first);
    const dialling = connect(second);
    const ended = Promise.allSettled([failureOf(tunnel), dialling]);
    await expect.poll(() => silent.requests.length).toBe(1);
    await Promise.all([first.close(), second.close()]);
    await ended;
    await expect(dialling).rejects.toMatchObject({ name: 'KubeError' });
    await expect.poll(() => open.connections.size + silent.connections.size).toBe(0);
  });

  test('at most 20 dials are on their way', async () => {
    const waiting: Array<() => void> = [];
    await using server = await apiServer({
      onRequest: (_request, response) => response.end(),
      onUpgrade: (_request, raw) => {
        waiting.push(() => raw.end('HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n'));
      },
    });
    await using api = await apiOf(server);
    const dials = Promise.allSettled(Array.from({ length: 50 }, () => connect(api)));
    await expect.poll(() => waiting.length).toBe(20);
    // A connection that comes later gets its answer.
    await fetch(server.url);
    expect(waiting.length).toBe(20);
    for (let answered = 0; answered < 50; answered++) {
      await expect.poll(() => waiting.length).toBeGreaterThan(answered);
      waiting[answered]?.();
    }
    expect((await dials).every(({ status }) => status === 'rejected')).toBe(true);
  });

  test('1 GiB each way in bounded memory', { timeout: 300_000 }, async () => {
    const total = 1024 * MIB;
    const chunk = Buffer.alloc(MIB);
    let uploaded = 0;
    await using target = await tcpServer((socket) => {
      socket.on('data', (data) => {
        uploaded += data.length;
      });
      void sendAll(socket, chunk, total).then(() => socket.end());
    });
    await using server = await apiServer({
      onTunnel: ({ socket, port }) => forwardToLoopback(socket, port),
    });
    await using api = await apiOf(server);
    const tunnel = await connect(api, target.port);
    const before = process.memoryUsage().rss;
    let peak = before;
    const watching = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const upload = sendAll(tunnel, chunk, total);
    let downloaded = 0;
    for await (const data of tunnel) downloaded += (data as Buffer).length;
    clearInterval(watching);
    await upload;
    expect(downloaded).toBe(total);
    expect(uploaded).toBeGreaterThan(0);
    expect((peak - before) / MIB).toBeLessThan(200);
  });

  test('a reader that does not read stops the pod', async () => {
    let taken = 0;
    await using target = await tcpServer((socket) => {
      const more = () => {
        while (socket.write(Buffer.alloc(MIB / 4))) taken += MIB / 4;
        taken += MIB / 4;
      };
      socket.on('drain', more);
      more();
    });
    await using server = await apiServer({
      onTunnel: ({ socket, port }) => forwardToLoopback(socket, port),
    });
    await using api = await apiOf(server);
    const tunnel = await connect(api, target.port);
    await untilStill(() => taken);
    // Socket buffers of two connections on loopback, some MiB each.
    expect(taken / MIB).toBeLessThan(32);
    expect(tunnel.readableLength).toBeLessThan(MIB);
    const twice = 2 * taken;
    expect((await read(tunnel, twice)).length).toBeGreaterThanOrEqual(twice);
  });

  test('a pod that does not read stops the writer', async () => {
    await using target = await tcpServer((socket) => socket.pause());
    await using server = await apiServer({
      onTunnel: ({ socket, port }) => forwardToLoopback(socket, port),
    });
    await using api = await apiOf(server);
    const tunnel = await connect(api, target.port);
    let sent = 0;
    void sendAll(tunnel, Buffer.alloc(MIB / 4), 1024 * MIB, (bytes) => {
      sent += bytes;
    });
    await untilStill(() => sent);
    expect(sent / MIB).toBeLessThan(32);
    expect(tunnel.writableLength).toBeLessThanOrEqual(MIB / 2);
  });
});

/** As a kubelet does it. */
function refuse(socket: WebSocket): void {
  const message = 'error forwarding port 80 to pod x, uid : connection refused';
  socket.send(Buffer.concat([Buffer.from([1]), Buffer.from(message)]));
  socket.close(1000);
}

/** Writes as fast as the stream takes it. */
async function sendAll(
  stream: Writable,
  chunk: Buffer,
  totalBytes: number,
  onTaken: (bytes: number) => void = () => {},
): Promise<void> {
  let resume = () => {};
  for (const event of ['drain', 'close']) stream.on(event, () => resume());
  for (let sent = 0; sent < totalBytes && !stream.destroyed; sent += chunk.length) {
    if (!stream.write(chunk)) {
      await new Promise<void>((resolve) => {
        resume = resolve;
      });
    }
    onTaken(chunk.length);
  }
}
