import { once } from 'node:events';
import { connect } from 'node:net';
import { Client, credentials, status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import {
  healthServiceDefinition,
  infoServiceDefinition,
  reflectionServiceDefinition,
  traceServiceDefinition,
} from '../../agent/src/server/service-definitions.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { AgentFixture, callUnary, TraceClient, until } from './agent-fixture.ts';
import { frame, RawHttp2 } from './raw-http2.ts';

const { listSessions, stopSession, trace } = traceServiceDefinition;
const mib = 2 ** 20;

/** Opens connections with 16 calls each, which stay open. */
async function openCalls(agent: AgentFixture, connections: number, path: string, request?: Buffer) {
  const clients = await Promise.all(
    Array.from({ length: connections }, () => RawHttp2.open(agent.socketPath)),
  );
  for (const client of clients) {
    for (let index = 0; index < 16; index += 1) {
      const stream = client.request(path);
      stream.resume();
      if (request !== undefined) stream.end(request);
    }
  }
  // What they sent has been read when a later connection is answered.
  await callUnary(agent.connect(), healthServiceDefinition.check, {});
  return {
    [Symbol.dispose]: () => {
      for (const client of clients) client[Symbol.dispose]();
    },
  };
}

describe('calls that stay open take no place from others', () => {
  test('health watches', async () => {
    await using agent = await AgentFixture.open();
    const { path, requestSerialize } = healthServiceDefinition.watch;
    using _watches = await openCalls(agent, 20, path, frame(requestSerialize({ service: '' })));
    await new TraceClient(agent.connect()).start().started();
    await callUnary(agent.connect(), healthServiceDefinition.check, {});
  });

  test.each(['v1', 'v1alpha'] as const)('reflection %s', async (version) => {
    await using agent = await AgentFixture.open();
    const { path } = reflectionServiceDefinition(version).serverReflectionInfo;
    using _streams = await openCalls(agent, 20, path);
    await new TraceClient(agent.connect()).start().started();
  });

  test('traces without a start', async () => {
    await using agent = await AgentFixture.open();
    using _traces = await openCalls(agent, 3, trace.path);
    await new TraceClient(agent.connect()).start().started();
  });

  test('connections without a call', async () => {
    await using agent = await AgentFixture.open();
    const busy = new TraceClient(agent.connect()).start();
    await busy.started();
    const sockets = await Promise.all(
      Array.from({ length: 80 }, async () => {
        const socket = connect(agent.socketPath);
        socket.on('error', () => {});
        await once(socket, 'connect');
        return socket;
      }),
    );
    await new TraceClient(agent.connect()).start().started();
    expect(agent.host.sessions[0]?.stopReasons).toEqual([]);
    expect(agent.server.openConnections).toBeLessThanOrEqual(64);
    for (const socket of sockets) socket.destroy();
  });
});

describe('who holds all connections, each with a call, keeps nobody out', () => {
  test.each([
    { name: 'calls without a request', path: stopSession.path, request: undefined },
    {
      name: 'health watches',
      path: healthServiceDefinition.watch.path,
      request: frame(healthServiceDefinition.watch.requestSerialize({ service: '' })),
    },
  ])('$name', async ({ path, request }) => {
    await using agent = await AgentFixture.open();
    const traced = new TraceClient(agent.connect()).start();
    await traced.started();
    const holders: RawHttp2[] = [];
    for (let index = 0; index < 70; index += 1) {
      const client = await RawHttp2.open(agent.socketPath);
      holders.push(client);
      const stream = client.request(path);
      stream.on('error', () => {});
      if (request !== undefined) stream.end(request);
      stream.resume();
    }
    await until(() => holders.filter(({ session }) => session.destroyed).length === 70 - 63);
    await new TraceClient(agent.connect()).start().started();
    await callUnary(agent.connect(), infoServiceDefinition.getInfo, {});
    // The oldest of all, but it has a session.
    expect(agent.host.sessions[0]?.stopReasons).toEqual([]);
    for (const client of holders) client[Symbol.dispose]();
  });

  test('also all calls of few connections', async () => {
    await using agent = await AgentFixture.open();
    using _calls = await openCalls(agent, 20, stopSession.path);
    await callUnary(agent.connect(), infoServiceDefinition.getInfo, {});
    await new TraceClient(agent.connect()).start().started();
  });
});

describe('one connection has half of', () => {
  test('the sessions', async () => {
    await using agent = await AgentFixture.open({ maxSessions: 4 });
    const greedy = agent.connect();
    for (let index = 0; index < 2; index += 1) await new TraceClient(greedy).start().started();
    const refused = await new TraceClient(greedy).start().over;
    expect(refused?.code).toBe(status.RESOURCE_EXHAUSTED);
    expect(refused?.details).toContain('2 sessions at a time for one client');
    await new TraceClient(agent.connect()).start().started();
    await callUnary(greedy, stopSession, { id: agent.host.sessions[0]?.id ?? '' });
    await new TraceClient(greedy).start().started();
  });

  test('the memory for rings', async () => {
    await using agent = await AgentFixture.open({ maxSessions: 4 });
    const greedy = agent.connect();
    const ringBudgetBytes = (bytes: number) => ({ ringBudgetBytes: bytes as never });
    const refused = await new TraceClient(greedy).start(ringBudgetBytes(65 * mib)).over;
    expect(refused?.code).toBe(status.RESOURCE_EXHAUSTED);
    await new TraceClient(greedy).start(ringBudgetBytes(60 * mib)).started();
    const second = await new TraceClient(greedy).start(ringBudgetBytes(21 * mib)).over;
    expect(second?.details).toContain('80 MiB for one client, of which 60 MiB are taken');
    await new TraceClient(agent.connect()).start(ringBudgetBytes(60 * mib)).started();
    await new TraceClient(agent.connect()).start().started();
    expect(agent.host.sessions.at(-1)?.spec.ringBudgetBytes).toBe(24 * mib);
  });

  test('the memory for what is held back, which sessions that hold nothing leave to others', async () => {
    await using agent = await AgentFixture.open({ maxSessions: 8 });
    const client = agent.connect();
    const start = async (request: pwru.v1.StartTrace.$Properties) => {
      await new TraceClient(client).start(request).started();
      return agent.host.sessions.at(-1)?.spec.heldShare;
    };
    expect(await start({})).toBe(0);
    expect(await start({ dropsOnly: true })).toBe(1);
    expect(await start({ dropsOnly: true })).toBe(1 / 4);
  });

  test('a single place', async () => {
    await using agent = await AgentFixture.open({ maxSessions: 1 });
    await new TraceClient(agent.connect()).start().started();
  });
});

describe('ListSessions', () => {
  const secrets = {
    filter: 'host 192.0.2.7',
    functionRegex: 'tcp_.*',
    interfaceName: 'eth0',
    mark: { value: 1, mask: 1 },
    addresses: [Buffer.from([192, 0, 2, 7])],
    ports: [{ port: 443, protocol: 6 }],
  };
  const request = { ...secrets, podsOnly: true, clientName: 'alice' };

  async function openTcp() {
    const agent = await AgentFixture.open({ listenAddress: '127.0.0.1:0', maxSessions: 4 });
    const address = agent.server.addresses.find((text) => text.startsWith('127.')) ?? '';
    const clients: Client[] = [];
    const overTcp = () => {
      const client = new Client(address, credentials.createInsecure(), {
        'grpc.use_local_subchannel_pool': 1,
      });
      clients.push(client);
      return client;
    };
    return {
      ...{ agent, overTcp },
      [Symbol.asyncDispose]: async () => {
        for (const client of clients) client.close();
        await agent[Symbol.asyncDispose]();
      },
    };
  }

  test('shows a client over the network what it looks for itself, and of others who they are', async () => {
    await using opened = await openTcp();
    const { agent, overTcp } = opened;
    const owner = overTcp();
    await new TraceClient(owner).start(request).started();
    const [own] = (await callUnary(owner, listSessions, {})).sessions ?? [];
    expect(own?.request).toMatchObject({ filter: secrets.filter, clientName: 'alice' });
    expect(own?.filterHidden).toBeFalsy();

    const [other] = (await callUnary(overTcp(), listSessions, {})).sessions ?? [];
    expect(other).toMatchObject({ id: own?.id, filterHidden: true });
    for (const [field, value] of Object.entries(secrets)) {
      expect(own?.request, field).toMatchObject({ [field]: value });
      const shown: unknown = other?.request?.[field as keyof typeof secrets];
      expect(
        shown === '' || shown == null || (Array.isArray(shown) && shown.length === 0),
        field,
      ).toBe(true);
    }
    expect(other?.request).toMatchObject({ clientName: 'alice', podsOnly: true });

    // Whoever may open the socket is the node's root.
    const [local] = (await callUnary(agent.connect(), listSessions, {})).sessions ?? [];
    expect(local?.request).toMatchObject({ filter: secrets.filter });
    expect(local?.filterHidden).toBeFalsy();
  });

  test('who may reach the agent may end a session of others by its id', async () => {
    await using opened = await openTcp();
    const { agent, overTcp } = opened;
    const session = new TraceClient(overTcp()).start(request);
    await session.started();
    await callUnary(overTcp(), stopSession, { id: agent.host.sessions[0]?.id ?? '' });
    expect(await session.over).toBeUndefined();
    expect(session.summary?.reason).toBe(pwru.v1.EndReason.END_REASON_STOPPED_BY_OPERATOR);
    await until(() => agent.log.lines.some((line) => JSON.stringify(line).includes('stopped by')));
  });
});

test('an agent answers while one client holds all that it may', async () => {
  await using agent = await AgentFixture.open();
  using _calls = await openCalls(agent, 1, stopSession.path);
  await callUnary(agent.connect(), infoServiceDefinition.getInfo, {});
});
