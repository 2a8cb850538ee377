import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import {
  infoServiceDefinition,
  traceServiceDefinition,
} from '../../agent/src/server/service-definitions.ts';
import { AgentFixture, callUnary, mustFail, TraceClient, until } from './agent-fixture.ts';
import { frame, RawHttp2, statusOf } from './raw-http2.ts';

const { trace, stopSession } = traceServiceDefinition;
const start = frame(trace.requestSerialize({ start: {} }));

/** The agent answers a client that behaves. */
async function expectAlive(agent: AgentFixture): Promise<void> {
  const info = await callUnary(agent.connect(), infoServiceDefinition.getInfo, {});
  expect(info.node).toBe('node-a');
}

async function openSocket(path: string): Promise<Socket> {
  const socket = connect(path);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

describe('bytes that are no HTTP/2', () => {
  test.each([
    { name: 'random bytes', bytes: randomBytes(100_000) },
    { name: 'HTTP/1.1', bytes: Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n') },
    {
      name: 'preface, then random bytes',
      bytes: Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), randomBytes(100_000)]),
    },
    {
      name: 'preface, then a frame of 16 MiB',
      bytes: Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\0\0\0\0\0\x01', 'latin1'),
    },
  ])('$name: the connection is closed, the agent stays', async ({ bytes }) => {
    await using agent = await AgentFixture.open();
    const socket = await openSocket(agent.socketPath);
    socket.write(bytes);
    socket.resume();
    await once(socket, 'close');
    await expectAlive(agent);
  });
});

test('connections beyond the limit are closed, and their places come back', async () => {
  await using agent = await AgentFixture.open();
  const sockets = await Promise.all(
    Array.from({ length: 500 }, () => openSocket(agent.socketPath)),
  );
  for (const socket of sockets) socket.resume();
  await until(() => sockets.filter((socket) => socket.closed).length === 500 - 64);
  for (const socket of sockets) socket.destroy();
  await until(() => agent.server.openConnections === 0);
  await expectAlive(agent);
});

describe('messages', () => {
  test('a request beyond 256 KiB is refused with RESOURCE_EXHAUSTED', async () => {
    await using agent = await AgentFixture.open();
    const filter = 'x'.repeat(300_000);
    const error = await new TraceClient(agent.connect()).start({ filter }).over;
    expect(error?.code).toBe(status.RESOURCE_EXHAUSTED);
    await expectAlive(agent);
  });

  test('a request that claims 4 GiB is refused before it is sent', async () => {
    await using agent = await AgentFixture.open();
    using client = await RawHttp2.open(agent.socketPath);
    const stream = client.request(trace.path);
    stream.write(Buffer.from([0, 0xff, 0xff, 0xff, 0xff]));
    expect(await statusOf(stream)).toBe(status.RESOURCE_EXHAUSTED);
    await expectAlive(agent);
  });

  test('a request that unpacks to more than 256 KiB is refused', async () => {
    await using agent = await AgentFixture.open();
    using client = await RawHttp2.open(agent.socketPath);
    const stream = client.request(trace.path, { 'grpc-encoding': 'gzip' });
    const bomb = frame(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
    bomb[0] = 1;
    stream.write(bomb);
    expect(await statusOf(stream)).toBe(status.RESOURCE_EXHAUSTED);
    await expectAlive(agent);
  });

  test.each([
    { name: 'random bytes', bytes: randomBytes(1_000) },
    { name: 'a length beyond the end', bytes: Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]) },
    { name: 'invalid UTF-8', bytes: Buffer.from([0x0a, 0x04, 0x12, 0x02, 0xc3, 0x28]) },
  ])('a request that is no TraceRequest ($name) ends the call', async ({ bytes }) => {
    await using agent = await AgentFixture.open();
    using client = await RawHttp2.open(agent.socketPath);
    const stream = client.request(trace.path);
    stream.write(frame(bytes));
    expect([status.INTERNAL, status.INVALID_ARGUMENT]).toContain(await statusOf(stream));
    expect(agent.host.sessions).toHaveLength(0);
    await expectAlive(agent);
  });

  test('garbage after the start ends the session', async () => {
    await using agent = await AgentFixture.open();
    using client = await RawHttp2.open(agent.socketPath);
    const stream = client.request(trace.path);
    stream.write(start);
    await until(() => agent.host.sessions.length === 1);
    stream.write(frame(Buffer.from([0xff, 0xff])));
    expect(await statusOf(stream)).toBe(status.INTERNAL);
    await until(() => agent.host.sessions[0]?.stopReasons.length === 1);
  });

  test('a flood of heartbeats ends its call with RESOURCE_EXHAUSTED and its session', async () => {
    await using agent = await AgentFixture.open();
    using client = await RawHttp2.open(agent.socketPath);
    const stream = client.request(trace.path);
    stream.write(start);
    const heartbeat = frame(trace.requestSerialize({ heartbeat: {} }));
    stream.write(Buffer.concat(Array.from({ length: 100_000 }, () => heartbeat)));
    expect(await statusOf(stream)).toBe(status.RESOURCE_EXHAUSTED);
    expect(agent.host.sessions[0]?.stopReasons).toHaveLength(1);
    await expectAlive(agent);
  });

  test('a flood of empty messages to a call with one request ends it', async () => {
    await using agent = await AgentFixture.open();
    using client = await RawHttp2.open(agent.socketPath);
    const stream = client.request(stopSession.path);
    stream.write(Buffer.alloc(5 * 100_000));
    expect(await statusOf(stream)).toBe(status.UNIMPLEMENTED);
    await expectAlive(agent);
  });
});

describe('headers', () => {
  test.each([
    { name: 'path of 4 KiB', path: `/${'x'.repeat(4_096)}`, headers: {} },
    { name: 'path with quotes and percent signs', path: '/%00"\'%zz', headers: {} },
    { name: 'path beyond ASCII', path: '/\xff\xfe', headers: {} },
    { name: 'absurd timeout', path: trace.path, headers: { 'grpc-timeout': '99999999H' } },
    { name: 'timeout that is none', path: trace.path, headers: { 'grpc-timeout': 'soon' } },
    { name: 'unknown compression', path: trace.path, headers: { 'grpc-encoding': 'rot13' } },
    { name: 'metadata that is not base64', path: trace.path, headers: { 'x-bin': '\xff%%' } },
    { name: 'another content type', path: trace.path, headers: { 'content-type': 'text/html' } },
  ])('$name: the agent stays', async ({ path, headers }) => {
    await using agent = await AgentFixture.open({ startTimeoutMs: 100 });
    using client = await RawHttp2.open(agent.socketPath);
    const stream = client.request(path, headers);
    stream.resume();
    stream.end(start);
    await until(() => stream.closed || agent.host.sessions.length > 0);
    await expectAlive(agent);
  });
});

describe('streams', () => {
  test('calls without a start are limited over all connections', async () => {
    await using agent = await AgentFixture.open();
    const clients = await Promise.all(
      Array.from({ length: 8 }, () => RawHttp2.open(agent.socketPath)),
    );
    const codes: number[] = [];
    for (const client of clients) {
      for (let index = 0; index < 8; index++) {
        const stream = client.request(trace.path);
        void statusOf(stream).then((code) => codes.push(code));
      }
    }
    await until(() => codes.length === 32);
    expect(new Set(codes)).toEqual(new Set([status.RESOURCE_EXHAUSTED]));
    await Promise.all(clients.map((client) => client.ping()));
    await expectAlive(agent);
    expect(codes).toHaveLength(32);
    for (const client of clients) client[Symbol.dispose]();
    await until(() => agent.server.openConnections <= 1);
    await new TraceClient(agent.connect()).start().started();
  });

  test('the server lets a connection have 16 streams', async () => {
    await using agent = await AgentFixture.open();
    using client = await RawHttp2.open(agent.socketPath);
    expect(client.session.remoteSettings.maxConcurrentStreams).toBe(16);
  });

  test('10,000 streams opened and reset at once leave the agent alive', async () => {
    await using agent = await AgentFixture.open();
    using client = await RawHttp2.open(agent.socketPath);
    for (let index = 0; index < 10_000 && !client.session.destroyed; index++) {
      const stream = client.request(trace.path);
      stream.write(start);
      stream.close(8);
      if (index % 500 === 0) await setImmediate();
    }
    await expectAlive(agent);
    await until(() => agent.host.sessions.every((session) => session.stopReasons.length > 0));
  });

  test('calls beyond 256 are refused over all connections, and their places come back', async () => {
    await using agent = await AgentFixture.open();
    const clients = await Promise.all(
      Array.from({ length: 20 }, () => RawHttp2.open(agent.socketPath)),
    );
    const codes: number[] = [];
    for (const client of clients) {
      for (let index = 0; index < 16; index++) {
        void statusOf(client.request(stopSession.path)).then((code) => codes.push(code));
      }
    }
    await until(() => codes.length === 20 * 16 - 256);
    expect(new Set(codes)).toEqual(new Set([status.RESOURCE_EXHAUSTED]));
    for (const client of clients) client[Symbol.dispose]();
    await until(() => agent.server.openConnections === 0);
    await expectAlive(agent);
  });

  test('a request that does not arrive is given up', async () => {
    await using agent = await AgentFixture.open({ startTimeoutMs: 50 });
    using client = await RawHttp2.open(agent.socketPath);
    const stream = client.request(stopSession.path);
    stream.write(Buffer.from([0, 0, 0, 0, 9, 1]));
    expect(await statusOf(stream)).toBe(status.DEADLINE_EXCEEDED);
  });

  test('half requests on every stream of every connection hold little memory', async () => {
    await using agent = await AgentFixture.open();
    const before = process.memoryUsage();
    const clients = await Promise.all(
      Array.from({ length: 60 }, () => RawHttp2.open(agent.socketPath)),
    );
    const half = Buffer.alloc(64 * 1024);
    half.writeUInt32BE(100 * 1024, 1);
    for (const client of clients) {
      for (let index = 0; index < 16; index++) client.request(stopSession.path).write(half);
    }
    await Promise.all(clients.map((client) => client.ping()));
    const after = process.memoryUsage();
    const grownBytes = after.rss - before.rss;
    // 256 of 64 KiB are kept; the clients of this process hold theirs too.
    expect(grownBytes).toBeLessThan(192 * 1024 * 1024);
    for (const client of clients) client[Symbol.dispose]();
    await until(() => agent.server.openConnections === 0);
    await expectAlive(agent);
  });
});

describe('calls of InfoService', () => {
  test('a fifth at a time is refused', async () => {
    await using agent = await AgentFixture.open();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    agent.host.onDescribe = async () => {
      await held;
      return {};
    };
    const client = agent.connect();
    const running = Array.from({ length: 4 }, () =>
      callUnary(client, infoServiceDefinition.getInfo, {}),
    );
    const error = await mustFail(callUnary(client, infoServiceDefinition.getInfo, {}));
    expect(error.code).toBe(status.RESOURCE_EXHAUSTED);
    release();
    await Promise.all(running);
    await expectAlive(agent);
  });
});

describe('function expressions that make a large program', () => {
  const bombs = [
    { name: 'counted repetitions', expression: '.{0,1000}'.repeat(300) },
    { name: 'a few counted repetitions', expression: '.{0,1000}'.repeat(30) },
    { name: 'repetitions that are all at work at once', expression: '(.?){900}.*x' },
    { name: 'nested counted repetitions', expression: '(?:.{0,30}){0,30}'.repeat(5) },
    { name: 'repeated classes of Unicode', expression: '\\pL{1000}' },
    { name: 'many classes of Unicode', expression: `(?i)${'[^\\pL\\pN]'.repeat(400)}` },
    { name: 'repeated alternatives', expression: `(${'ab|'.repeat(500)}c){100}` },
    { name: 'repetitions without end', expression: '(?:[a-z_]{500,}|x)'.repeat(13) },
  ];

  test.each(bombs)(
    '$name: refused before they are compiled, whoever asks',
    async ({ expression }) => {
      await using agent = await AgentFixture.open();
      const listed = await mustFail(
        callUnary(agent.connect(), infoServiceDefinition.listFunctions, {
          functionRegex: expression,
        }),
      );
      expect(listed.code).toBe(status.INVALID_ARGUMENT);
      expect(listed.details).toMatch(
        /would make a program of about \d+ instructions, at most \d+ are allowed/,
      );
      const traced = await new TraceClient(agent.connect()).start({ functionRegex: expression })
        .over;
      expect(traced?.code).toBe(status.INVALID_ARGUMENT);
      expect(agent.host.sessions).toHaveLength(0);
      await expectAlive(agent);
    },
  );

  test('a long expression of names is taken', async () => {
    await using agent = await AgentFixture.open();
    const expression = Array.from({ length: 256 }, (_, index) => `skb_copy_${index}.*`).join('|');
    await new TraceClient(agent.connect())
      .start({ functionRegex: expression.slice(0, 4_096) })
      .started();
    await expectAlive(agent);
  });
});
