import { setImmediate } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { PwruError } from '../../agent/src/core/errors.ts';
import { type LocalAgent, openLocalAgent } from '../../agent/src/local-agent.ts';
import { LocalCallError } from '../../agent/src/server/local-calls.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { AgentFixture, RecordingLog, TraceClient, until } from './agent-fixture.ts';
import { ScriptedHost, type ScriptedSession } from './scripted-host.ts';

const { EndReason, TraceResponse } = pwru.v1;

const batch = { events: { events: [{ sourceAddress: new Uint8Array(60 * 1024) }] } };

function openAgent(): { readonly agent: LocalAgent; readonly host: ScriptedHost } {
  const host = new ScriptedHost();
  return { host, agent: openLocalAgent(host, { node: 'here', log: new RecordingLog() }) };
}

async function sessionOf(host: ScriptedHost): Promise<ScriptedSession> {
  await until(() => host.sessions.length > 0);
  const [session] = host.sessions;
  if (session === undefined) throw new Error('There is no session');
  return session;
}

async function collect(responses: AsyncIterable<Uint8Array>) {
  const collected: pwru.v1.TraceResponse.$Properties[] = [];
  for await (const response of responses) collected.push(TraceResponse.decode(response));
  return collected;
}

async function mustThrow(responses: AsyncIterable<Uint8Array>): Promise<LocalCallError> {
  const thrown: unknown = await collect(responses).catch((error: unknown) => error);
  if (!(thrown instanceof LocalCallError)) throw new Error('Ended well, or with another error');
  return thrown;
}

describe('a Trace call in this process', () => {
  test('stop: all responses come, the Summary last', async () => {
    const { agent, host } = openAgent();
    const stream = agent.trace({ filter: 'tcp' });
    const session = await sessionOf(host);
    void session.write(batch);
    stream.send({ stop: {} });
    const responses = await collect(stream.responses);
    expect(responses.map((response) => Object.keys(response)[0])).toEqual([
      'started',
      'events',
      'summary',
    ]);
    expect(responses.at(-1)?.summary?.reason).toBe(EndReason.END_REASON_STOPPED);
    stream.send({ heartbeat: {} });
    stream.cancel();
  });

  test('a reader that does not read makes the session wait, and then gets everything', async () => {
    const { agent, host } = openAgent();
    const stream = agent.trace({});
    const session = await sessionOf(host);
    let ready: Promise<void> | undefined;
    while (ready === undefined && session.writtenMessages < 1_000) ready = session.write(batch);
    expect(ready).toBeDefined();
    expect(session.writtenBytes).toBeLessThanOrEqual(320 * 1024);
    let waits = true;
    void ready?.then(() => {
      waits = false;
    });
    await setImmediate();
    expect(waits).toBe(true);
    const reader = stream.responses[Symbol.asyncIterator]();
    const { writtenMessages } = session;
    for (let read = 0; read < writtenMessages; read++) await reader.next();
    expect(waits).toBe(false);
    stream.cancel();
    expect(await reader.next()).toMatchObject({ done: true });
  });

  test('cancel: the stream ends at once without the rest, the session is stopped, its sink closed', async () => {
    const { agent, host } = openAgent();
    const stream = agent.trace({});
    const session = await sessionOf(host);
    void session.write(batch);
    stream.cancel();
    stream.cancel();
    expect(await collect(stream.responses)).toEqual([]);
    expect(session.stopReasons).toEqual([EndReason.END_REASON_STOPPED]);
    expect(session.sink.closed).toBe(true);
  });

  test('cancel while the reader waits ends its wait', async () => {
    const { agent, host } = openAgent();
    const stream = agent.trace({});
    await sessionOf(host);
    const collected = collect(stream.responses);
    await setImmediate();
    stream.cancel();
    expect((await collected).length).toBeLessThanOrEqual(1);
  });

  test('leaving the loop early cancels', async () => {
    const { agent, host } = openAgent();
    const stream = agent.trace({});
    for await (const _response of stream.responses) break;
    expect(host.sessions[0]?.stopReasons).toEqual([EndReason.END_REASON_STOPPED]);
  });

  test('closing the agent ends the sessions with AGENT_SHUTDOWN and closes the host once', async () => {
    const { agent, host } = openAgent();
    const stream = agent.trace({});
    await sessionOf(host);
    await Promise.all([agent.close(), agent.close()]);
    const responses = await collect(stream.responses);
    expect(responses.at(-1)?.summary?.reason).toBe(EndReason.END_REASON_AGENT_SHUTDOWN);
    expect(host.closings).toBe(1);
  });

  test('getInfo and listFunctions answer as behind gRPC', async () => {
    const { agent, host } = openAgent();
    expect(await agent.getInfo()).toMatchObject({ node: 'here', kernelRelease: '6.18.0' });
    await agent.listFunctions({ functionRegex: 'ip_.*', backend: 'kprobe' });
    expect(host.selections[0]).toMatchObject({ backend: 'kprobe', modules: [] });
    await expect(agent.listFunctions({ functionRegex: '(' })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });
});

describe('errors are what a gRPC client gets', () => {
  test.each([
    { name: 'a bad field', start: { filter: 'x'.repeat(20_000) } },
    { name: 'a bad expression', start: { functionRegex: '[z-a]' } },
    {
      name: 'a session that cannot start',
      start: {},
      error: new PwruError('PRIVILEGE_MISSING', 'Cannot load: EPERM', { subject: 'CAP_BPF' }),
    },
    { name: 'a defect', start: {}, error: new TypeError('secret') },
  ])('$name', async ({ start, error }) => {
    await using fixture = await AgentFixture.open();
    const { agent, host } = openAgent();
    if (error !== undefined) {
      fixture.host.onSession = (session) => session.fail(error);
      host.onSession = (session) => session.fail(error);
    }
    const remote = await new TraceClient(fixture.connect()).start(start).over;
    const local = await mustThrow(agent.trace(start).responses);
    const trailer = 'grpc-status-details-bin';
    expect(local.code).toBe(remote?.code);
    expect(local.details).toBe(remote?.details);
    expect(local.metadata.get(trailer).map((bytes) => Buffer.from(bytes))).toEqual(
      remote?.metadata.get(trailer),
    );
  });

  test('what was written before an error is read before it', async () => {
    const { agent, host } = openAgent();
    host.onSession = (session) => {
      session.announceStart();
      session.fail(new PwruError('SYSTEM', 'Cannot go on: EIO'));
    };
    const stream = agent.trace({});
    const reader = stream.responses[Symbol.asyncIterator]();
    expect((await reader.next()).done).toBe(false);
    await expect(reader.next()).rejects.toThrow('Cannot go on: EIO');
  });
});
