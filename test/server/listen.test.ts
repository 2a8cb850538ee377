import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { PwruError } from '../../agent/src/core/errors.ts';
import { listenTcp, listenUnix } from '../../agent/src/server/listen.ts';
import { infoServiceDefinition } from '../../agent/src/server/service-definitions.ts';
import { AgentFixture, callUnary } from './agent-fixture.ts';

async function temporaryDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'pwru-listen-'));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

const drop = (socket: Socket) => socket.destroy();

async function mustRefuse(listening: Promise<unknown>): Promise<PwruError> {
  const thrown: unknown = await listening.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof PwruError))
    throw new Error('Not refused with a PwruError', { cause: thrown });
  return thrown;
}

describe('listenUnix', () => {
  // No chmod follows: the mode is that of bind(2), so the socket is never open to others.
  test('the socket is open to its user only, its new directory too; the umask is what it was', async () => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, 'deep/er/agent.sock');
    const umask = process.umask();
    const listening = listenUnix(path, drop);
    expect(process.umask()).toBe(umask);
    const listener = await listening;
    expect(process.umask()).toBe(umask);
    expect(lstatSync(path).mode & 0o777).toBe(0o600);
    expect(lstatSync(join(directory.path, 'deep/er')).mode & 0o777).toBe(0o700);
    listener.close();
  });

  test('closing removes the socket; twice is harmless', async () => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, 'agent.sock');
    const listener = await listenUnix(path, drop);
    listener.close();
    listener.close();
    expect(existsSync(path)).toBe(false);
  });

  test('a socket that a killed agent left behind is replaced', async () => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, 'agent.sock');
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    expect(lstatSync(path).isSocket()).toBe(true);
    const listener = await listenUnix(path, drop);
    listener.close();
  });

  test('a second agent is refused, the first one goes on', async () => {
    await using agent = await AgentFixture.open();
    const error = await mustRefuse(listenUnix(agent.socketPath, drop));
    expect(error.code).toBe('LIMIT_REACHED');
    expect(error.message).toContain('another agent is running');
    const info = await callUnary(agent.connect(), infoServiceDefinition.getInfo, {});
    expect(info.node).toBe('node-a');
  });

  test.each([
    { name: 'a file', make: (path: string) => writeFileSync(path, 'precious') },
    { name: 'a directory', make: (path: string) => mkdirSync(path) },
    { name: 'a symbolic link', make: (path: string) => symlinkSync('/etc/passwd', path) },
  ])('$name in its place is left alone', async ({ make }) => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, 'agent.sock');
    make(path);
    const error = await mustRefuse(listenUnix(path, drop));
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toContain('is no socket');
    expect(lstatSync(path).isSocket()).toBe(false);
  });

  test.each([
    { path: '', says: '1 to 107 bytes' },
    { path: `/tmp/${'x'.repeat(103)}`, says: 'this one 108' },
    { path: '/dev/null/agent.sock', says: 'EEXIST' },
    { path: '/proc/agent.sock', says: 'Cannot listen on unix:/proc/agent.sock' },
  ])('"$path" is refused', async ({ path, says }) => {
    expect((await mustRefuse(listenUnix(path, drop))).message).toContain(says);
  });
});

describe('listenTcp', () => {
  test.each(['127.0.0.1:0', '127.9.9.9:0', '[::1]:0', 'localhost:0'])(
    '%s is served',
    async (address) => {
      const listener = await listenTcp(address, false, drop);
      expect(listener.address).toMatch(/^(127\.\d+\.\d+\.\d+|\[::1\]):[1-9]\d*$/);
      listener.close();
    },
  );

  test.each(['0.0.0.0:0', '[::]:0', '192.0.2.1:0', '[::ffff:192.0.2.1]:0'])(
    '%s is refused unless remote addresses are allowed',
    async (address) => {
      const error = await mustRefuse(listenTcp(address, false, drop));
      expect(error.code).toBe('INVALID_ARGUMENT');
      expect(error.message).toContain('--allow-remote');
    },
  );

  test.each([
    ['0.0.0.0:0', /^0\.0\.0\.0:[1-9]\d*$/],
    ['[::]:0', /^\[::\]:[1-9]\d*$/],
  ])('--allow-remote with %s serves every address', async (address, bound) => {
    let served = 0;
    const listener = await listenTcp(address, true, (socket) => {
      served++;
      socket.destroy();
    });
    try {
      expect(listener.address).toMatch(bound);
      const port = Number(listener.address.replace(/.*:/, ''));
      const own = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ family }) => family === 'IPv4')
        .map((one) => one.address);
      // All of 127.0.0.0/8 is this machine.
      const hosts = [...own, '127.0.0.5'];
      for (const host of hosts) await once(connect(port, host).resume(), 'close');
      expect(served).toBe(hosts.length);
    } finally {
      listener.close();
    }
  });

  test.each([
    '',
    '50051',
    ':50051',
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:65536',
    '::1:5',
    '[::1]',
    'a:b',
  ])('"%s" is no address', async (address) => {
    const error = await mustRefuse(listenTcp(address, true, drop));
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toContain('HOST:PORT is expected');
  });

  test('a port that is taken is named', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const error = await mustRefuse(listenTcp(`127.0.0.1:${port}`, false, drop));
    expect(error.code).toBe('SYSTEM');
    expect(error.message).toContain('EADDRINUSE');
    taken.close();
  });
});

test('an agent serves its socket and its TCP address alike', async () => {
  await using agent = await AgentFixture.open({ listenAddress: '127.0.0.1:0' });
  const [unixAddress, tcpAddress] = agent.server.addresses;
  expect(unixAddress).toBe(`unix:${agent.socketPath}`);
  const client = new Client(tcpAddress ?? '', credentials.createInsecure());
  const info = await callUnary(client, infoServiceDefinition.getInfo, {});
  expect(info.node).toBe('node-a');
  client.close();
});

test('an agent that cannot serve one address serves none', async () => {
  await using directory = await temporaryDirectory();
  const socketPath = join(directory.path, 'agent.sock');
  const opening = AgentFixture.open({ socketPath, listenAddress: '192.0.2.1:0' });
  expect((await mustRefuse(opening)).message).toContain('--allow-remote');
  expect(existsSync(socketPath)).toBe(false);
});
