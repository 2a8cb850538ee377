import { status } from '@grpc/grpc-js';
import Long from 'long';
import { describe, expect, test, vi } from 'vitest';
import { PwruError } from '../../agent/src/core/errors.ts';
import { traceServiceDefinition } from '../../agent/src/server/service-definitions.ts';
import { google, pwru } from '../../proto/gen/pwru.js';
import { holdTimers } from '../support/played-time.ts';
import { AgentFixture, callUnary, mustFail, TraceClient, until } from './agent-fixture.ts';

const { EndReason } = pwru.v1;
const { listSessions, stopSession } = traceServiceDefinition;

/** The trailers of an error, decoded. */
function detailsOf(error: { metadata: { get(key: string): unknown[] } } | undefined) {
  const [bytes] = error?.metadata.get('grpc-status-details-bin') ?? [];
  const decoded = google.rpc.Status.decode(bytes as Uint8Array);
  const find = (type: string) =>
    decoded.details.find(({ type_url }) => type_url === `type.googleapis.com/google.rpc.${type}`)
      ?.value;
  const errorInfo = find('ErrorInfo');
  const badRequest = find('BadRequest');
  const precondition = find('PreconditionFailure');
  return {
    status: decoded,
    errorInfo: errorInfo ? google.rpc.ErrorInfo.decode(errorInfo) : undefined,
    badRequest: badRequest ? google.rpc.BadRequest.decode(badRequest) : undefined,
    precondition: precondition ? google.rpc.PreconditionFailure.decode(precondition) : undefined,
  };
}

describe('Trace', () => {
  test('hands the session what was asked for and the client what the session writes, byte by byte', async () => {
    await using agent = await AgentFixture.open();
    const trace = new TraceClient(agent.connect()).start({
      filter: ' tcp ',
      interfaceName: 'eth0',
    });
    await trace.started();
    const [session] = agent.host.sessions;
    expect(session?.spec.filter).toBe('tcp');
    expect(session?.spec.interfaceName).toBe('eth0');
    void session?.write({ events: { events: [{ packetId: Long.fromNumber(9, true), cpu: 3 }] } });
    await until(() => trace.responses.length === 2);
    expect(trace.responses[1]?.events?.events?.[0]).toMatchObject({ cpu: 3 });
  });

  test('stop: the session ends with STOPPED, the Summary comes last, the status is OK', async () => {
    await using agent = await AgentFixture.open();
    const trace = new TraceClient(agent.connect()).start();
    await trace.started();
    trace.call.write({ stop: {} });
    expect(await trace.over).toBeUndefined();
    expect(trace.responses.at(-1)?.summary?.reason).toBe(EndReason.END_REASON_STOPPED);
  });

  test('closing the request stream is the same as stop', async () => {
    await using agent = await AgentFixture.open();
    const trace = new TraceClient(agent.connect()).start();
    await trace.started();
    trace.call.end();
    expect(await trace.over).toBeUndefined();
    expect(trace.summary?.reason).toBe(EndReason.END_REASON_STOPPED);
  });

  test('cancel: the session is stopped at once and its sink is closed', async () => {
    await using agent = await AgentFixture.open();
    const trace = new TraceClient(agent.connect()).start();
    await trace.started();
    trace.call.cancel();
    const [session] = agent.host.sessions;
    await until(() => session?.stopReasons.length === 1);
    expect(session?.sink.closed).toBe(true);
    expect(session?.sink.write(new Uint8Array(1_000_000))).toBeUndefined();
    await until(() => agent.log.lines.some(({ message }) => message === 'Session ended'));
  });

  test('a connection that breaks stops its session', async () => {
    await using agent = await AgentFixture.open();
    const client = agent.connect();
    const trace = new TraceClient(client).start();
    await trace.started();
    client.close();
    trace.call.cancel();
    await until(() => agent.host.sessions[0]?.stopReasons.length === 1);
  });

  test.each([
    { name: 'heartbeat', request: { heartbeat: {} } },
    { name: 'stop', request: { stop: {} } },
    { name: 'nothing', request: {} },
  ])('a first request that is $name is refused', async ({ request }) => {
    await using agent = await AgentFixture.open();
    const trace = new TraceClient(agent.connect());
    trace.call.write(request);
    const error = await trace.over;
    expect(error?.code).toBe(status.INVALID_ARGUMENT);
    expect(error?.details).toBe('Cannot take the request: the first request must be a start');
    expect(agent.host.sessions).toHaveLength(0);
  });

  test('a stream that ends without a start is refused', async () => {
    await using agent = await AgentFixture.open();
    const trace = new TraceClient(agent.connect());
    trace.call.end();
    expect((await trace.over)?.code).toBe(status.INVALID_ARGUMENT);
  });

  test('a second start is refused and ends the session', async () => {
    await using agent = await AgentFixture.open();
    const trace = new TraceClient(agent.connect()).start();
    await trace.started();
    trace.start();
    const error = await trace.over;
    expect(error?.code).toBe(status.INVALID_ARGUMENT);
    expect(error?.details).toContain('has its session already');
    expect(agent.host.sessions).toHaveLength(1);
    expect(agent.host.sessions[0]?.stopReasons).toEqual([EndReason.END_REASON_STOPPED]);
  });

  test('a stream that sends nothing is ended', async () => {
    await using agent = await AgentFixture.open({ startTimeoutMs: 50 });
    const trace = new TraceClient(agent.connect());
    const error = await trace.over;
    expect(error?.code).toBe(status.CANCELLED);
    expect(error?.details).toContain('no start within 50 ms');
  });

  test('bad field: INVALID_ARGUMENT with ErrorInfo and BadRequest naming it', async () => {
    await using agent = await AgentFixture.open();
    const trace = new TraceClient(agent.connect()).start({ functionRegex: 'ip_(rcv' });
    const error = await trace.over;
    expect(error?.code).toBe(status.INVALID_ARGUMENT);
    const { errorInfo, badRequest, status: rpcStatus } = detailsOf(error);
    expect(rpcStatus.code).toBe(status.INVALID_ARGUMENT);
    expect(errorInfo?.reason).toBe('REGEX_SYNTAX');
    expect(errorInfo?.domain).toBe('pwru.dev');
    expect(badRequest?.fieldViolations[0]).toMatchObject({ field: 'start.function_regex' });
  });

  test('a session that cannot start ends the call with its error and its details', async () => {
    await using agent = await AgentFixture.open();
    agent.host.onSession = (session) =>
      session.fail(
        new PwruError('KERNEL_FEATURE_MISSING', 'Cannot attach: no CONFIG_FPROBE', {
          subject: 'CONFIG_FPROBE',
          cause: new Error('EOPNOTSUPP'),
        }),
      );
    const error = await new TraceClient(agent.connect()).start().over;
    expect(error?.code).toBe(status.FAILED_PRECONDITION);
    expect(detailsOf(error).precondition?.violations).toMatchObject([
      { type: 'KERNEL_FEATURE', subject: 'CONFIG_FPROBE' },
    ]);
  });

  test('a defect is logged with its stack and not told to the client', async () => {
    await using agent = await AgentFixture.open();
    agent.host.onSession = (session) => session.fail(new TypeError('secret is undefined'));
    const error = await new TraceClient(agent.connect()).start().over;
    expect(error?.code).toBe(status.INTERNAL);
    expect(error?.details).toBe('Internal error of the agent');
    expect(error?.metadata.get('grpc-status-details-bin')).toEqual([]);
    const logged = agent.log.lines.find(({ level }) => level === 'error');
    expect(logged?.fields).toMatchObject({ err: { message: 'secret is undefined' } });
  });

  test.each([
    { name: 'a filter', start: { filter: 'host 192.0.2.1' } },
    { name: 'a bad expression', start: { functionRegex: '192.0.2.1[z-a]' } },
  ])('$name is logged for debugging only', async ({ start }) => {
    await using agent = await AgentFixture.open();
    const trace = new TraceClient(agent.connect()).start(start);
    await Promise.race([trace.started(), trace.over]);
    const telling = agent.log.lines.filter((line) => /192.0.2.1|z-a/.test(JSON.stringify(line)));
    expect(telling.map(({ level }) => level)).toEqual(['debug']);
    expect(agent.log.lines.some(({ level }) => level === 'info')).toBe(true);
  });

  test('the session limit names itself, and a place is free again when a session ended', async () => {
    await using agent = await AgentFixture.open();
    const first = new TraceClient(agent.connect()).start();
    await first.started();
    await new TraceClient(agent.connect()).start().started();
    const error = await new TraceClient(agent.connect()).start().over;
    expect(error?.code).toBe(status.RESOURCE_EXHAUSTED);
    expect(error?.details).toContain('limit of 2 sessions');
    first.call.write({ stop: {} });
    await first.over;
    await new TraceClient(agent.connect()).start().started();
  });

  test('silence ends the session with LEASE_EXPIRED; heartbeats keep it', async () => {
    using _held = holdTimers();
    await using agent = await AgentFixture.open({ leaseMs: 15_000 });
    const client = agent.connect();
    const silent = new TraceClient(agent.connect()).start();
    await silent.started();
    const alive = new TraceClient(client).start();
    await alive.started();
    const leasesMs = async () => {
      const { sessions } = await callUnary(client, listSessions, {});
      return sessions?.map(({ leaseRemainingMs }) => leaseRemainingMs?.toNumber());
    };
    for (const silentMs of [10_000, 5_000]) {
      vi.advanceTimersByTime(5_000);
      alive.call.write({ heartbeat: {} });
      await expect.poll(leasesMs).toEqual([silentMs, 15_000]);
    }
    vi.advanceTimersByTime(5_000);
    expect(await silent.over).toBeUndefined();
    expect(silent.summary?.reason).toBe(EndReason.END_REASON_LEASE_EXPIRED);
    vi.advanceTimersByTime(9_999);
    expect(agent.host.sessions[1]?.stopReasons).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(await alive.over).toBeUndefined();
    expect(alive.summary?.reason).toBe(EndReason.END_REASON_LEASE_EXPIRED);
  });

  test('the longest duration counts from Started and ends with MAX_DURATION', async () => {
    using _held = holdTimers();
    await using agent = await AgentFixture.open();
    agent.host.onSession = () => {};
    const trace = new TraceClient(agent.connect()).start({ maxDurationMs: Long.fromNumber(200) });
    await until(() => agent.host.sessions.length === 1);
    const [session] = agent.host.sessions;
    vi.advanceTimersByTime(10_000);
    session?.announceStart();
    await trace.started();
    vi.advanceTimersByTime(199);
    expect(session?.stopReasons).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(await trace.over).toBeUndefined();
    expect(trace.summary?.reason).toBe(EndReason.END_REASON_MAX_DURATION);
  });
});

describe('ListSessions and StopSession', () => {
  test('a session is listed with its request, and ends with STOPPED_BY_OPERATOR', async () => {
    using _held = holdTimers();
    await using agent = await AgentFixture.open();
    const client = agent.connect();
    const trace = new TraceClient(client).start({ filter: 'udp', clientName: 'test' });
    await trace.started();
    vi.advanceTimersByTime(1_000);
    const { sessions } = await callUnary(client, listSessions, {});
    expect(sessions).toHaveLength(1);
    const [session] = sessions ?? [];
    expect(session).toMatchObject({ backend: 'tracepoint', functionsAttached: 7 });
    expect(session?.request).toMatchObject({ filter: 'udp', clientName: 'test' });
    expect(session?.leaseRemainingMs?.toNumber()).toBe(14_000);
    expect(session?.ageMs?.toNumber()).toBe(1_000);
    await callUnary(client, stopSession, { id: session?.id ?? '' });
    expect(await trace.over).toBeUndefined();
    expect(trace.summary?.reason).toBe(EndReason.END_REASON_STOPPED_BY_OPERATOR);
    expect((await callUnary(client, listSessions, {})).sessions).toEqual([]);
  });

  test('a session is listed with the pods that it has now', async () => {
    await using agent = await AgentFixture.open();
    const client = agent.connect();
    const trace = new TraceClient(client).start({ podsOnly: true, filter: 'udp' });
    await trace.started();
    const pods = ['a', 'b', 'c'].map((name) => ({ namespace: 'demo', name, uid: `uid-${name}` }));
    trace.call.write({ podTargets: { pods } });
    await expect.poll(() => agent.host.sessions[0]?.pods?.targets).toHaveLength(3);
    const { sessions } = await callUnary(client, listSessions, {});
    expect(sessions?.[0]?.request).toMatchObject({
      filter: 'udp',
      targets: pods.map((pod) => ({ pod })),
    });
  });

  test('an unknown id is NOT_FOUND', async () => {
    await using agent = await AgentFixture.open();
    const error = await mustFail(callUnary(agent.connect(), stopSession, { id: 'nope' }));
    expect(error.code).toBe(status.NOT_FOUND);
    expect(detailsOf(error).errorInfo).toMatchObject({ reason: 'NOT_FOUND' });
  });
});
