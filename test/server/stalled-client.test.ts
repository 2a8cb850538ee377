import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { traceServiceDefinition } from '../../agent/src/server/service-definitions.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { holdTimers } from '../support/played-time.ts';
import { untilStill } from '../support/until-still.ts';
import { AgentFixture, TraceClient, until } from './agent-fixture.ts';
import { frame, RawHttp2 } from './raw-http2.ts';
import type { ScriptedSession } from './scripted-host.ts';

const { EndReason } = pwru.v1;

const batches = {
  // As large as the agent makes them.
  large: { events: { events: [{ sourceAddress: new Uint8Array(63 * 1024) }] } },
  small: { status: { functionsDone: 1 } },
};

/** Far beyond every bound that is claimed. */
const LIMIT_BYTES = 64 * 1024 * 1024;
const LIMIT_MESSAGES = 20_000;

/** No event tells that nothing more is taken. A stall that is seen too early fails no test. */
const stallMs = 300;

/** Writes until a write has waited for long. @returns what that write waits for; undefined: the limits came first */
async function writeUntilStalled(
  session: ScriptedSession,
  batch: pwru.v1.TraceResponse.$Properties,
): Promise<{ readonly ready: Promise<void> } | undefined> {
  while (session.writtenBytes < LIMIT_BYTES && session.writtenMessages < LIMIT_MESSAGES) {
    const ready = session.write(batch);
    if (ready === undefined) continue;
    const isReady = await Promise.race([ready.then(() => true), delay(stallMs, false)]);
    if (!isReady) return { ready };
  }
  return undefined;
}

/** A client below gRPC that starts a trace and reads nothing; `windowBytes` is what it allows the server to send. */
async function openDeafClient(agent: AgentFixture, windowBytes: number): Promise<RawHttp2> {
  const client = await RawHttp2.open(agent.socketPath, windowBytes);
  const { path, requestSerialize } = traceServiceDefinition.trace;
  client.request(path).write(frame(requestSerialize({ start: {} })));
  await until(() => agent.host.sessions.length === 1);
  client.stopReading();
  return client;
}

describe('a client that does not read', () => {
  test.each([
    { windowBytes: 65_535, batch: 'large' as const, maxBytes: 450 * 1024 },
    { windowBytes: 2 ** 31 - 1, batch: 'large' as const, maxBytes: 768 * 1024 },
    { windowBytes: 65_535, batch: 'small' as const, maxBytes: 128 * 1024 },
  ])('makes the session wait: window $windowBytes, $batch messages', async (given) => {
    await using agent = await AgentFixture.open({ unreadGraceMs: 100 });
    using _client = await openDeafClient(agent, given.windowBytes);
    const [session] = agent.host.sessions;
    if (session === undefined) throw new Error('There is no session');
    const stalled = await writeUntilStalled(session, batches[given.batch]);
    expect(stalled).toBeDefined();
    expect(session.writtenBytes).toBeLessThan(given.maxBytes);
  });

  test('does not keep its session: the lease ends it, the sink lets go', async () => {
    using _held = holdTimers();
    await using agent = await AgentFixture.open({ unreadGraceMs: 100, leaseMs: 1_500 });
    using _client = await openDeafClient(agent, 65_535);
    const [session] = agent.host.sessions;
    if (session === undefined) throw new Error('There is no session');
    const stalled = await writeUntilStalled(session, batches.large);
    vi.advanceTimersByTime(1_499);
    expect(session.stopReasons).toEqual([]);
    vi.advanceTimersByTime(101);
    await stalled?.ready;
    expect(session.stopReasons).toEqual([EndReason.END_REASON_LEASE_EXPIRED]);
    expect(session.sink.closed).toBe(true);
    await session.ended;
  });

  test('does not hold up the agent: close() ends within its deadline', async () => {
    await using agent = await AgentFixture.open();
    using _client = await openDeafClient(agent, 65_535);
    const [session] = agent.host.sessions;
    if (session === undefined) throw new Error('There is no session');
    await writeUntilStalled(session, batches.large);
    // Without the deadline it would wait for as long as the client does.
    await agent.server.close(1_000);
    expect(session.stopReasons).toEqual([EndReason.END_REASON_AGENT_SHUTDOWN]);
  });
});

test('a client that reads again gets everything, in order', async () => {
  await using agent = await AgentFixture.open();
  const trace = new TraceClient(agent.connect()).start();
  await trace.started();
  trace.call.pause();
  const [session] = agent.host.sessions;
  if (session === undefined) throw new Error('There is no session');
  let written = 0;
  const writeAll = async () => {
    for (; written < 200; written++) {
      await session.write({ status: { functionsDone: written, functionsTotal: 200 } });
      await session.write(batches.large);
    }
  };
  const writing = writeAll();
  await untilStill(() => written);
  expect(written).toBeLessThan(50);
  trace.call.resume();
  await writing;
  await until(() => trace.responses.length === 401);
  const counted = trace.responses.flatMap(({ status }) => (status ? [status.functionsDone] : []));
  expect(counted).toEqual(Array.from({ length: 200 }, (_, index) => index));
});

test('a client that reads slowly gets everything although its session is ending', async () => {
  const unreadGraceMs = 600;
  await using agent = await AgentFixture.open({ unreadGraceMs });
  const trace = new TraceClient(agent.connect()).start();
  await trace.started();
  const [session] = agent.host.sessions;
  if (session === undefined) throw new Error('There is no session');
  session.ignoresStop = true;
  trace.call.write({ stop: {} });
  await until(() => session.stopReasons.length === 1);
  const stoppedAtMs = performance.now();
  // So much before it that the client has not taken all of it when the grace would be over.
  trace.call.on('data', () => {
    trace.call.pause();
    setTimeout(() => trace.call.resume(), 30);
  });
  for (let batch = 0; batch < 60; batch++) await session.write(batches.large);
  expect(performance.now() - stoppedAtMs).toBeGreaterThan(2 * unreadGraceMs);
  session.finish();
  await trace.over;
  await untilStill(() => trace.responses.length);
  expect(trace.responses.filter(({ events }) => events)).toHaveLength(60);
  expect(trace.summary).toBeDefined();
});
