import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { expect, test, vi } from 'vitest';
import answers from '../../../testing/containerd-answers.json' with { type: 'json' };
import { CriServer } from '../../../testing/cri-server.ts';
import { silentLog } from '../../../testing/silent-log.ts';
import { DirectoryCounters } from '../directory-counters.ts';
import { ContainerRuntime } from './container-runtime.ts';

function openRuntime(...sockets: string[]) {
  const { criErrors } = new DirectoryCounters();
  const runtime = new ContainerRuntime({ sockets, errors: criErrors, log: silentLog });
  return { runtime, errors: criErrors };
}

const pod = {
  id: answers.pod.status.id,
  ...answers.pod.status.metadata,
  isReady: true,
  addresses: ['10.244.1.2', 'fd00::2'],
  info: JSON.stringify(answers.pod.info),
};

test.each(['v1', 'v1alpha2'] as const)('speaks runtime.%s', async (version) => {
  await using server = await CriServer.start(version);
  server.put({ ...pod, attempt: 3 });
  server.put({ ...pod, id: 'ended', isReady: false });
  const { runtime, errors } = openRuntime(server.socket);
  using _ = runtime;
  expect(await runtime.listSandboxes()).toEqual([
    {
      id: pod.id,
      podUid: pod.uid,
      namespace: 'default',
      name: 'a',
      attempt: 3,
      createdAt: 1795541814593281730n,
      isReady: true,
    },
    expect.objectContaining({ id: 'ended', isReady: false }),
  ]);
  expect(await runtime.sandboxStatus(pod.id)).toEqual({
    isReady: true,
    isHostNetwork: false,
    addresses: [
      Uint8Array.of(10, 244, 1, 2),
      Uint8Array.of(0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2),
    ],
    info: expect.objectContaining({ pid: 146, nodeInterfaces: ['cni0', 'veth2701abaa'] }),
  });
  expect(runtime.status).toEqual({
    name: 'test v1.2.3',
    socket: server.socket,
    error: undefined,
  });
  expect(errors).toEqual(new DirectoryCounters().criErrors);
});

test('knows a sandbox in the network of its node', async () => {
  await using server = await CriServer.start();
  const info = JSON.stringify(answers.hostNetworkPod.info);
  server.put({ ...pod, isHostNetwork: true, addresses: [], info });
  const { runtime } = openRuntime(server.socket);
  using _ = runtime;
  expect(await runtime.sandboxStatus(pod.id)).toMatchObject({ isHostNetwork: true, addresses: [] });
});

test('takes the first socket behind which a runtime answers', async () => {
  await using server = await CriServer.start();
  const folder = join(server.socket, '..');
  const file = join(folder, 'file.sock');
  writeFileSync(file, '');
  // Somebody listens and does not speak gRPC.
  const other = join(folder, 'other.sock');
  await using _listener = await listen(other, (socket) => socket.resume().end('hello\n'));
  const { runtime } = openRuntime(join(folder, 'absent.sock'), file, other, server.socket);
  using _ = runtime;
  expect(await runtime.listSandboxes()).toEqual([]);
  expect(runtime.status.socket).toBe(server.socket);
});

test('leaves no connection behind at a socket that hangs', async () => {
  await using server = await CriServer.start();
  const socket = join(dirname(server.socket), 'hangs.sock');
  let accepted = 0;
  let closed = 0;
  await using _listener = await listen(socket, (connection) => {
    accepted += 1;
    connection.resume().on('close', () => {
      closed += 1;
    });
  });
  const { runtime } = openRuntime(socket);
  using _ = runtime;
  await expect(runtime.listSandboxes()).rejects.toMatchObject({
    kind: 'timeout',
    message: `No container runtime answers (${socket}: silent for 2 s)`,
  });
  expect(accepted).toBe(1);
  await expect.poll(() => closed).toBe(1);
});

test('says where it looked', async () => {
  const { runtime, errors } = openRuntime('/nowhere/a.sock', '/nowhere/b.sock');
  using _ = runtime;
  await expect(runtime.listSandboxes()).rejects.toMatchObject({
    kind: 'unavailable',
    message: "There is no container runtime's socket (looked for /nowhere/a.sock, /nowhere/b.sock)",
  });
  expect(errors.unavailable).toBe(1);
  expect(runtime.status.error).toContain('/nowhere/a.sock');
});

test('finds a runtime that was restarted, or replaced by an older one', async () => {
  const first = await CriServer.start();
  const { socket } = first;
  const { runtime, errors } = openRuntime(socket);
  using _ = runtime;
  await runtime.listSandboxes();
  await first[Symbol.asyncDispose]();
  await expect(runtime.listSandboxes()).rejects.toMatchObject({ kind: 'unavailable' });
  expect(runtime.status).toMatchObject({ name: undefined, error: expect.any(String) });
  mkdirSync(dirname(socket));
  await using second = await CriServer.start('v1alpha2', socket);
  await runtime.listSandboxes();
  expect(second.calls).toMatchObject({ version: 1, list: 1 });
  expect(runtime.status).toMatchObject({ name: 'test v1.2.3', error: undefined });
  expect(errors.unavailable).toBe(1);
  rmSync(dirname(socket), { recursive: true });
});

test.each([
  ['unsupported', status.UNIMPLEMENTED],
  ['denied', status.PERMISSION_DENIED],
  ['refused', status.UNKNOWN],
] as const)('counts errors by kind: %s', async (kind, code) => {
  await using server = await CriServer.start();
  const { runtime, errors } = openRuntime(server.socket);
  using _ = runtime;
  await runtime.listSandboxes();
  server.fault = { code, details: 'a\nline\u0007 of the runtime' };
  await expect(runtime.listSandboxes()).rejects.toMatchObject({
    kind,
    message: 'a line of the runtime',
  });
  expect(errors[kind]).toBe(1);
  server.fault = undefined;
  await runtime.listSandboxes();
  expect(runtime.status.error).toBeUndefined();
});

test('gives up on a runtime that is silent', async () => {
  await using server = await CriServer.start();
  const { runtime, errors } = openRuntime(server.socket);
  using _ = runtime;
  await runtime.listSandboxes();
  server.fault = 'silence';
  await expect(runtime.listSandboxes()).rejects.toMatchObject({ kind: 'timeout' });
  expect(errors.timeout).toBe(1);
});

test('asks about four sandboxes at a time, and never lets a list wait for them', async () => {
  await using server = await CriServer.start();
  server.put(pod);
  let open = () => {};
  server.statusGate = new Promise((resolve) => {
    open = resolve;
  });
  const { runtime } = openRuntime(server.socket);
  using _ = runtime;
  const statuses = Promise.all(Array.from({ length: 20 }, () => runtime.sandboxStatus(pod.id)));
  await expect.poll(() => server.calls.status).toBe(4);
  await runtime.listSandboxes();
  expect(server.calls.status).toBe(4);
  open();
  expect(await statuses).toHaveLength(20);
  expect(server.calls).toMatchObject({ status: 20, version: 1 });
  expect(server.calls.most).toBe(5);
});

test('refuses an answer of more than 16 MiB', async () => {
  await using server = await CriServer.start();
  server.put({ ...pod, info: 'x'.repeat(17 << 20) });
  const { runtime } = openRuntime(server.socket);
  using _ = runtime;
  // On a busy machine the server may take longer to write it than a call may take.
  await vi.waitFor(
    () => expect(runtime.sandboxStatus(pod.id)).rejects.toMatchObject({ kind: 'malformed' }),
    { timeout: 50_000 },
  );
});

test('closes at once, and calls under way fail', async () => {
  await using server = await CriServer.start();
  const { runtime } = openRuntime(server.socket);
  await runtime.listSandboxes();
  server.fault = 'silence';
  // Not by the time limit of a call.
  const refused = expect(runtime.listSandboxes()).rejects.toMatchObject({
    ...{ name: 'CriFailure', kind: 'refused' },
  });
  runtime[Symbol.dispose]();
  runtime[Symbol.dispose]();
  await refused;
});

async function listen(path: string, onConnection: (socket: Socket) => void) {
  const server = createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

test('a runtime that is not to be asked is not looked for', async () => {
  const { runtime } = openRuntime();
  using _ = runtime;
  await expect(runtime.listSandboxes()).rejects.toThrow('--cri-socket is empty');
});
