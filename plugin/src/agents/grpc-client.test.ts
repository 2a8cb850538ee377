import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { google, pwru } from '../../../proto/gen/pwru.js';
import { holdTimers, passUntilSettled } from '../../../test/support/played-time.ts';
import { untilStill } from '../../../test/support/until-still.ts';
import { type FakeCall, fakeAgent } from '../../testing/fake-agent.ts';
import { encodeResponse, recordedResponses, started } from '../../testing/recorded-session.ts';
import { AgentError } from './agent-client.ts';
import { GrpcAgentClient } from './grpc-client.ts';

const dataBatch = {
  events: { events: Array.from({ length: 400 }, () => ({ sourceAddress: new Uint8Array(150) })) },
};

function clientOf(address: string): GrpcAgentClient & AsyncDisposable {
  const client = new GrpcAgentClient(address);
  return Object.assign(client, { [Symbol.asyncDispose]: async () => client.close() });
}

async function collect(responses: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all = [];
  for await (const response of responses) all.push(Uint8Array.from(response));
  return all;
}

async function errorOf(responses: AsyncIterable<Uint8Array>): Promise<AgentError> {
  const thrown = await collect(responses).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AgentError) return thrown;
  throw new Error(`Expected an AgentError, got ${String(thrown)}`);
}

/** A TCP server on loopback that is none of ours. */
async function strangeServer(
  onConnection: (socket: Socket) => void,
): Promise<{ address: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    address: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

describe('GrpcAgentClient.trace', () => {
  test('sends the request first and hands out every response as it was encoded', async () => {
    let served: FakeCall | undefined;
    await using agent = await fakeAgent(async (call) => {
      served = call;
      await call.untilRequest((request) => request.start != null);
      await call.send(...recordedResponses);
      call.end();
    });
    await using client = clientOf(agent.address);
    const stream = client.trace({ filter: 'tcp', targets: [{ pid: 7 }] });
    stream.send({ heartbeat: {} });
    const responses = await collect(stream.responses);
    expect(responses).toEqual(
      recordedResponses.map((response) => Uint8Array.from(encodeResponse(response))),
    );
    expect(served?.requests[0]?.start).toMatchObject({ filter: 'tcp', targets: [{ pid: 7 }] });
    expect(() => stream.send({ stop: {} })).not.toThrow();
    expect(() => stream.cancel()).not.toThrow();
  });

  test('keeps the latest targets and the stop for a connection that takes no more', async () => {
    const requests: pwru.v1.TraceRequest[] = [];
    await using agent = await fakeAgent(async (call) => {
      await call.untilRequest(({ stop }) => stop != null);
      requests.push(...call.requests);
      call.end();
    });
    await using client = clientOf(agent.address);
    const stream = client.trace({});
    const targetsOf = (index: number) => ({ pods: [{ namespace: 'demo', name: `web-${index}` }] });
    for (let index = 0; index < 1_000; index++) {
      stream.send({ heartbeat: {} });
      stream.send({ podTargets: targetsOf(index) });
    }
    stream.send({ stop: {} });
    await collect(stream.responses);
    const told = requests.flatMap(({ podTargets }) => podTargets?.pods?.[0]?.name ?? []);
    expect(told.at(-1)).toBe('web-999');
    expect(requests.at(-1)?.stop).toBeDefined();
    // What was overtaken is not sent, so nothing piles up.
    expect(requests.length).toBeLessThan(40);
  });

  test('stops the server when responses are not read, and loses none of them', async () => {
    const total = 200;
    let sent = 0;
    await using agent = await fakeAgent(async (call) => {
      for (; sent < total; sent++) await call.send(dataBatch);
      call.end();
    });
    await using client = clientOf(agent.address);
    const { responses } = client.trace({});
    const iterator = responses[Symbol.asyncIterator]();
    await iterator.next();
    await untilStill(() => sent);
    // 60 KB each: 16 and a few in the client, 1 MiB in flow control, 16 and a few in the server's own stream.
    expect(sent).toBeLessThan(75);
    let received = 1;
    while (!(await iterator.next()).done) received++;
    expect(received).toBe(total);
  });

  test.each(['break', 'cancel', 'return before the first response'])(
    'ends the call at the server on %s',
    async (how) => {
      let begin = () => {};
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      let cancelled: (() => void) | undefined;
      const seen = new Promise<void>((resolve) => {
        cancelled = resolve;
      });
      await using agent = await fakeAgent(async (call) => {
        void call.cancelled.then(() => cancelled?.());
        begin();
        if (how !== 'return before the first response') await call.send({ started }, dataBatch);
      });
      await using client = clientOf(agent.address);
      const stream = client.trace({});
      if (how === 'return before the first response') {
        // The call has to be under way for the server to see it end.
        await begun;
        stream.cancel();
        expect(await collect(stream.responses)).toEqual([]);
      } else {
        for await (const _ of stream.responses) {
          if (how === 'break') break;
          stream.cancel();
          stream.cancel();
        }
      }
      await seen;
    },
  );

  test('cancelled before it is connected ends without an error', async () => {
    await using client = clientOf('unix:/nonexistent/agent.sock');
    const stream = client.trace({});
    stream.cancel();
    expect(await collect(stream.responses)).toEqual([]);
  });

  test("turns the details of an agent's error into an AgentError", async () => {
    const info = google.rpc.ErrorInfo.encode({
      reason: 'FILTER_SYNTAX',
      domain: 'pwru.dev',
      metadata: { field: 'start.filter', position: '4' },
    }).finish();
    const details = [{ type_url: 'type.googleapis.com/google.rpc.ErrorInfo', value: info }];
    const trailer = google.rpc.Status.encode({
      code: 3,
      message: 'Cannot compile the filter',
      details,
    }).finish();
    await using agent = await fakeAgent((call) =>
      call.fail(3, 'Cannot compile the filter', trailer),
    );
    await using client = clientOf(agent.address);
    expect(await errorOf(client.trace({}).responses)).toMatchObject({
      kind: 'refused',
      message: 'Cannot compile the filter',
      details: { reason: 'FILTER_SYNTAX', field: 'start.filter', position: 4, grpcStatus: 3 },
    });
  });

  test('loses an agent that dies after it has answered', async () => {
    await using agent = await fakeAgent((call) => call.send({ started }));
    await using client = clientOf(agent.address);
    const { responses } = client.trace({});
    const iterator = responses[Symbol.asyncIterator]();
    expect(
      pwru.v1.TraceResponse.decode((await iterator.next()).value as Uint8Array).started,
    ).toBeDefined();
    agent.kill();
    await expect(iterator.next()).rejects.toMatchObject({
      kind: 'lost',
      message: expect.stringMatching(/^Lost the agent at unix:/),
    });
  });

  test('does not reach an agent whose socket is not there', async () => {
    await using client = clientOf('unix:/nonexistent/agent.sock');
    expect(await errorOf(client.trace({}).responses)).toMatchObject({
      kind: 'unreachable',
      message:
        'Cannot reach the agent at unix:/nonexistent/agent.sock: connect ENOENT /nonexistent/agent.sock',
    });
  });

  test.each([
    [
      'garbage',
      (socket: Socket) => socket.end('x'.repeat(100)),
      /: what answers there does not speak gRPC \(HTTP\/2 protocol error\)$/,
    ],
    [
      'HTTP/1.1',
      (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      /does not speak gRPC/,
    ],
    [
      'a closed connection',
      (socket: Socket) => socket.destroy(),
      /: the connection was closed before it was used$|ECONNRESET/,
    ],
    ['silence', () => {}, /: no answer within 5 s$/],
  ])('gives up promptly on %s', async (_, onConnection, message) => {
    using _held = holdTimers();
    await using server = await strangeServer(onConnection);
    await using client = clientOf(server.address);
    const failed = errorOf(client.trace({}).responses);
    expect(await passUntilSettled(failed, 10)).toBeLessThan(9_000);
    const error = await failed;
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`Cannot reach the agent at ${server.address}: `)).toBe(true);
  });

  test('waits for what an agent is, which on a busy machine takes it long', async () => {
    using _held = holdTimers();
    await using server = await strangeServer(() => {});
    await using client = clientOf(server.address);
    const failed = client.getInfo().catch((thrown: unknown) => thrown);
    const tookMs = await passUntilSettled(failed, 100);
    expect(tookMs).toBeGreaterThan(29_000);
    expect(tookMs).toBeLessThan(35_000);
    expect(await failed).toMatchObject({
      kind: 'unreachable',
      message: `Cannot reach the agent at ${server.address}: no answer within 30 s`,
    });
  });

  test('does not take a gRPC server without pwru.v1 for an agent', async () => {
    await using agent = await fakeAgent((call) =>
      call.fail(12, 'The server does not implement the method'),
    );
    await using client = clientOf(agent.address);
    expect(await errorOf(client.trace({}).responses)).toMatchObject({
      kind: 'unreachable',
      message: `Cannot use the server at ${agent.address}: it does not speak pwru.v1 (The server does not implement the method)`,
    });
  });
});
