import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  infoServiceDefinition,
  traceServiceDefinition,
} from '../../agent/src/server/service-definitions.ts';
import { AgentFixture, callUnary, until } from './agent-fixture.ts';
import { resetCalls } from './http2-frames.ts';
import { frame, RawHttp2 } from './raw-http2.ts';

const { trace, listSessions } = traceServiceDefinition;
const { getInfo } = infoServiceDefinition;
const start = frame(trace.requestSerialize({ start: {} }));

/** Counts the turns of the event loop that agent and test share. */
function countTurns() {
  const counted = { turn: 0, isOver: false };
  const counting = (async () => {
    for (; !counted.isOver; counted.turn += 1) await setImmediate();
  })();
  return {
    now: () => counted.turn,
    [Symbol.asyncDispose]: () => {
      counted.isOver = true;
      return counting;
    },
  };
}

describe('requests that come at the same time have a turn of the event loop each', () => {
  test('of calls with one request', async () => {
    await using agent = await AgentFixture.open();
    await using turns = countTurns();
    const seen: number[] = [];
    agent.host.onDescribe = async () => {
      seen.push(turns.now());
      return {};
    };
    using client = await RawHttp2.open(agent.socketPath);
    for (let index = 0; index < 4; index += 1) {
      client.request(getInfo.path).end(frame(getInfo.requestSerialize({})));
    }
    await until(() => seen.length === 4);
    expect(new Set(seen).size).toBe(4);
  });

  test('of traces, over several connections', async () => {
    await using agent = await AgentFixture.open({ maxSessions: 8 });
    await using turns = countTurns();
    const seen: number[] = [];
    agent.host.onSession = () => seen.push(turns.now());
    using one = await RawHttp2.open(agent.socketPath);
    using other = await RawHttp2.open(agent.socketPath);
    for (let index = 0; index < 8; index += 1) {
      (index % 2 === 0 ? one : other).request(trace.path).write(start);
    }
    await until(() => seen.length === 8);
    expect(new Set(seen).size).toBe(8);
  });

  test('and a trace gets its requests in their order, up to the end of its side', async () => {
    await using agent = await AgentFixture.open();
    using client = await RawHttp2.open(agent.socketPath);
    const stream = client.request(trace.path);
    const pods = frame(trace.requestSerialize({ podTargets: { pods: [] } }));
    stream.end(Buffer.concat([start, pods]));
    await until(() => agent.host.sessions[0]?.stopReasons.length === 1);
  });
});

describe('streams that are reset as soon as they are open', () => {
  test.each([trace.path, '/no.Service/Method'])(
    'hundreds of %s at once: the connection is closed',
    async (path) => {
      await using agent = await AgentFixture.open();
      const socket = connect(agent.socketPath);
      socket.on('error', () => {});
      socket.resume();
      // Fewer than what HTTP/2's own defence allows at once.
      socket.write(resetCalls(path, trace.requestSerialize({ start: {} }), 500));
      await until(() => socket.closed);
      expect(agent.host.sessions.length).toBeLessThan(65);
      await callUnary(agent.connect(), getInfo, {});
    },
  );

  test('as many calls one after the other: all are answered', async () => {
    await using agent = await AgentFixture.open();
    const client = agent.connect();
    for (let round = 0; round < 32; round += 1) {
      await Promise.all(Array.from({ length: 16 }, () => callUnary(client, listSessions, {})));
    }
  });
});
