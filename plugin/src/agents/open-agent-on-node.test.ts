import { existsSync, readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import type { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { holdTimers, passInSteps, passUntilSettled } from '../../../test/support/played-time.ts';
import { untilStill } from '../../../test/support/until-still.ts';
import { type FakeCall, fakeAgent } from '../../testing/fake-agent.ts';
import { type ApiServerOptions, apiServer, failure } from '../../testing/kubernetes/api-server.ts';
import { started } from '../../testing/recorded-session.ts';
import { openKubeApi } from '../kubernetes/open-kube-api.ts';
import { AgentError } from './agent-client.ts';
import { openAgentOnNode } from './open-agent-on-node.ts';

const place = { node: 'worker-1', pod: { namespace: 'pwru', name: 'agent' }, port: 50_051 };
const dataBatch = {
  events: { events: Array.from({ length: 400 }, () => ({ sourceAddress: new Uint8Array(150) })) },
};

/** An agent behind a tunnel, and the tunnel's other end to break. */
async function setUp(
  onTrace: (call: FakeCall) => void | Promise<void>,
  options: Pick<ApiServerOptions, 'onUpgrade'> = {},
) {
  const agent = await fakeAgent(onTrace);
  const tunnels: Array<{ socket: WebSocket; raw: Duplex; target: Socket }> = [];
  const server = await apiServer({
    ...options,
    onTunnel: ({ socket, raw }) => {
      const target = connect(agent.address.slice('unix:'.length));
      target.on('error', () => {});
      socket.on('message', (data: Buffer) => target.write(data.subarray(1)));
      target.on('data', (chunk: Buffer) => socket.send(Buffer.concat([Buffer.from([0]), chunk])));
      target.once('close', () => socket.close(1000));
      socket.once('close', () => target.destroy());
      tunnels.push({ socket, raw, target });
    },
  });
  const api = await openKubeApi({ server: server.url });
  return {
    agent,
    server,
    api,
    tunnels,
    [Symbol.asyncDispose]: async () => {
      await api.close();
      await server[Symbol.asyncDispose]();
      await agent[Symbol.asyncDispose]();
    },
  };
}

function bridgeFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('pwru-tunnel-'));
}

async function thrownBy(work: Promise<unknown>): Promise<AgentError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AgentError) return thrown;
  throw new Error(`Expected an AgentError, got ${String(thrown)}`);
}

describe('openAgentOnNode', () => {
  test('carries a session, and leaves nothing behind', async () => {
    let ended: (() => void) | undefined;
    const seen = new Promise<void>((resolve) => {
      ended = resolve;
    });
    await using world = await setUp(async (call) => {
      void call.cancelled.then(() => ended?.());
      await call.untilRequest((request) => request.start != null);
      await call.send({ started });
      for (let batch = 0; batch < 100; batch++) await call.send(dataBatch);
    });
    const agent = await openAgentOnNode(world.api, place);
    const stream = agent.trace({});
    let responses = 0;
    for await (const _ of stream.responses) if (++responses === 101) break;
    await seen;
    await agent.close();
    await agent.close();
    expect(world.tunnels).toHaveLength(1);
    await expect.poll(() => world.tunnels[0]?.target.destroyed).toBe(true);
  });

  test.each<[string, (tunnel: { socket: WebSocket; raw: Duplex }) => void, RegExp, number]>([
    [
      'stands still',
      ({ socket, raw }) => {
        socket.removeAllListeners('message');
        raw.pause();
      },
      /^Lost the agent at worker-1: the tunnel through the API server failed: no sign of life for [789] s$/,
      10_000,
    ],
    [
      'is cut in the middle of a frame',
      ({ raw }) => raw.write(Buffer.from([0x82, 126, 0x0f, 0xff, 0, 1, 2]), () => raw.destroy()),
      /^Lost the agent at worker-1: the tunnel through the API server failed: the connection was closed in the middle$/,
      1_000,
    ],
    [
      'is closed in order',
      ({ socket }) => socket.close(1000),
      /^Lost the agent at worker-1: the tunnel through the API server was closed by the other side$/,
      1_000,
    ],
  ])('a tunnel that %s ends the session and says why', async (_, breakIt, message, withinMs) => {
    using _held = holdTimers();
    await using world = await setUp((call) => call.send({ started }));
    const agent = await openAgentOnNode(world.api, place);
    const stream = agent.trace({});
    const iterator = stream.responses[Symbol.asyncIterator]();
    await iterator.next();
    // What is sent into a tunnel is no sign that it works.
    const heartbeat = setInterval(() => stream.send({ heartbeat: {} }), 500);
    const [tunnel] = world.tunnels;
    if (tunnel === undefined) throw new Error('No tunnel');
    breakIt(tunnel);
    const thrown = thrownBy(iterator.next());
    expect(await passUntilSettled(thrown, 10)).toBeLessThan(withinMs);
    clearInterval(heartbeat);
    const expected = { kind: 'lost', message: expect.stringMatching(message) };
    expect(await thrown).toMatchObject(expected);
    // And so does every further call, at once.
    const later = thrownBy(agent.getInfo());
    expect(await passUntilSettled(later, 10)).toBeLessThan(500);
    expect(await later).toMatchObject({ kind: 'unreachable' });
    await agent.close();
  });

  test('an agent that answers nothing, behind a tunnel that stands', async () => {
    using _held = holdTimers();
    await using world = await setUp((call) => call.send({ started }));
    const agent = await openAgentOnNode(world.api, place);
    const iterator = agent.trace({}).responses[Symbol.asyncIterator]();
    await iterator.next();
    world.tunnels[0]?.target.pause();
    const first = thrownBy(iterator.next());
    await passUntilSettled(first, 10);
    expect(await first).toMatchObject({ kind: 'lost' });
    const asking = thrownBy(agent.getInfo());
    await passUntilSettled(asking, 10);
    const second = await asking;
    expect(second.message).toBe('Cannot reach the agent at worker-1: it did not answer in time');
    expect(second.kind).toBe('unreachable');
    await agent.close();
  });

  test('a port where nothing listens', async () => {
    await using world = await setUp(() => {});
    const { api, tunnels } = world;
    const agent = await openAgentOnNode(api, place);
    const message = 'error forwarding port 50051 to pod x, uid : connection refused';
    tunnels[0]?.socket.send(Buffer.concat([Buffer.from([1]), Buffer.from(message)]));
    expect(await thrownBy(agent.getInfo())).toMatchObject({
      kind: 'unreachable',
      message: `Cannot reach the agent at worker-1: the tunnel through the API server failed: ${message}`,
    });
    await agent.close();
  });

  test.each([
    [403, 'Forbidden', 'forbidden'],
    [404, 'NotFound', 'unreachable'],
  ])('a refused tunnel (%i)', async (status, reason, kind) => {
    const text = JSON.stringify(failure(status, reason, 'pods "agent" is what it is'));
    await using world = await setUp(() => {}, {
      onUpgrade: (_request, raw) =>
        raw.end(
          `HTTP/1.1 ${status} No\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
        ),
    });
    expect(await thrownBy(openAgentOnNode(world.api, place))).toMatchObject({
      kind,
      message: `Cannot reach the agent at worker-1: Error from server (${reason}): pods "agent" is what it is`,
    });
  });

  test('a slow reader stops the agent, and gets everything', async () => {
    using _held = holdTimers();
    const total = 400;
    let sent = 0;
    await using world = await setUp(async (call) => {
      for (; sent < total; sent++) await call.send(dataBatch);
      call.end();
    });
    const agent = await openAgentOnNode(world.api, place);
    const iterator = agent.trace({}).responses[Symbol.asyncIterator]();
    await iterator.next();
    await untilStill(() => sent);
    expect(sent).toBeLessThan(150);
    // Longer than a tunnel may be silent: a reader that rests is not a stalled tunnel.
    await passInSteps(20_000);
    let received = 1;
    while (!(await iterator.next()).done) received++;
    expect(received).toBe(total);
    await agent.close();
  });
});

describe('its socket', () => {
  test('is gone once it is used, and when it never was', async () => {
    const before = bridgeFolders();
    await using world = await setUp((call) => call.send({ started }));
    const unused = await openAgentOnNode(world.api, place);
    const used = await openAgentOnNode(world.api, place);
    const made = bridgeFolders().filter((name) => !before.includes(name));
    expect(made).toHaveLength(2);
    await used.trace({}).responses[Symbol.asyncIterator]().next();
    expect(bridgeFolders().filter((name) => made.includes(name))).toHaveLength(1);
    await unused.close();
    for (const name of made) expect(existsSync(`${tmpdir()}/${name}`)).toBe(false);
    await used.close();
  });
});
