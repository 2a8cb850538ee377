import { type Client, type ClientOptions, status } from '@grpc/grpc-js';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import {
  infoServiceDefinition,
  traceServiceDefinition,
} from '../../agent/src/server/service-definitions.ts';
import { CallMetrics } from '../../agent/src/telemetry/call-metrics.ts';
import { SessionMetrics } from '../../agent/src/telemetry/session-metrics.ts';
import { parseSamples } from '../support/metrics-text.ts';
import { AgentFixture, callUnary, mustFail, TraceClient, until } from './agent-fixture.ts';
import { RawHttp2 } from './raw-http2.ts';

/** An agent whose calls and sessions are counted. */
async function openCounted() {
  const registry = new Registry();
  const sessions = new SessionMetrics(registry);
  const agent = await AgentFixture.open({
    callObserver: new CallMetrics(registry),
    sessionObserver: sessions,
    maxSessions: 1,
  });
  return {
    agent,
    connect: (options?: ClientOptions): Client => agent.connect(options),
    /** Series of a metric that are not zero. */
    async counted(metric: string): Promise<Record<string, number>> {
      sessions.collect();
      const samples = parseSamples(await registry.metrics());
      return Object.fromEntries(
        [...samples].filter(([series, value]) => series.startsWith(metric) && value > 0),
      );
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

function series(service: string, method: string, code: string): string {
  const type = method === 'Trace' ? 'bidi_stream' : 'unary';
  const labels = [
    `grpc_code="${code}"`,
    `grpc_method="${method}"`,
    `grpc_service="pwru.v1.${service}"`,
    `grpc_type="${type}"`,
  ];
  return `grpc_server_handled_total{${labels.join(',')}}`;
}

describe('grpc_server_handled_total', () => {
  test('counts each call once, by the status that it ended with', async () => {
    await using counted = await openCounted();
    const client = counted.connect();
    await callUnary(client, infoServiceDefinition.getInfo, {});
    await callUnary(client, infoServiceDefinition.getInfo, {});
    await mustFail(callUnary(client, traceServiceDefinition.stopSession, { id: 'none' }));
    const trace = new TraceClient(client).start();
    await trace.started();
    trace.call.write({ stop: {} });
    await trace.over;
    expect(await counted.counted('grpc_server_handled_total')).toEqual({
      [series('InfoService', 'GetInfo', 'OK')]: 2,
      [series('TraceService', 'StopSession', 'NotFound')]: 1,
      [series('TraceService', 'Trace', 'OK')]: 1,
    });
  });

  test('a call whose client is gone counts as Canceled', async () => {
    await using counted = await openCounted();
    counted.agent.host.onSession = (session) => {
      session.endMs = 20;
      session.announceStart();
    };
    const trace = new TraceClient(counted.connect()).start();
    await trace.started();
    trace.call.cancel();
    await counted.agent.host.sessions[0]?.ended;
    expect(await counted.counted('grpc_server_handled_total')).toEqual({
      [series('TraceService', 'Trace', 'Canceled')]: 1,
    });
    expect(await counted.counted('pwru_sessions_total')).toEqual({
      'pwru_sessions_total{result="client_gone"}': 1,
    });
  });

  test('methods that do not exist make no series', async () => {
    await using counted = await openCounted();
    using client = await RawHttp2.open(counted.agent.socketPath);
    for (let index = 0; index < 20; index++) {
      const stream = client.request(`/pwru.v1.TraceService/Nothing${index}`);
      stream.resume();
      await new Promise((resolve) => stream.once('close', resolve));
    }
    expect(await counted.counted('grpc_server_handled_total')).toEqual({});
  });

  test('calls that are refused at once count as ResourceExhausted', async () => {
    await using counted = await openCounted();
    const clients = await Promise.all(
      Array.from({ length: 17 }, () => RawHttp2.open(counted.agent.socketPath)),
    );
    let refused = 0;
    for (const client of clients) {
      for (let index = 0; index < 16; index++) {
        const stream = client.request(traceServiceDefinition.stopSession.path);
        stream.resume();
        stream.on('response', (headers) => {
          if (Number(headers['grpc-status']) === status.RESOURCE_EXHAUSTED) refused++;
        });
      }
    }
    await until(() => refused === 16);
    expect(await counted.counted('grpc_server_handled_total')).toEqual({
      [series('TraceService', 'StopSession', 'ResourceExhausted')]: 16,
    });
    for (const client of clients) client[Symbol.dispose]();
  });
});

describe('pwru_sessions_total', () => {
  test('a session beyond the limit is counted, and leaves the others alone', async () => {
    await using counted = await openCounted();
    const client = counted.connect();
    const running = new TraceClient(client).start();
    await running.started();
    expect((await new TraceClient(client).start().over)?.code).toBe(status.RESOURCE_EXHAUSTED);
    expect(await counted.counted('pwru_sessions')).toEqual({
      pwru_sessions_active: 1,
      'pwru_sessions_total{result="limit"}': 1,
    });
    const id = counted.agent.host.sessions[0]?.id ?? '';
    await callUnary(client, traceServiceDefinition.stopSession, { id });
    await running.over;
    expect(await counted.counted('pwru_sessions')).toEqual({
      'pwru_sessions_total{result="limit"}': 1,
      'pwru_sessions_total{result="operator"}': 1,
    });
  });

  test('a session whose lease is over counts as that', async () => {
    const registry = new Registry();
    const sessions = new SessionMetrics(registry);
    await using agent = await AgentFixture.open({ sessionObserver: sessions, leaseMs: 50 });
    await new TraceClient(agent.connect()).start().over;
    const samples = parseSamples(await registry.metrics());
    expect(samples.get('pwru_sessions_total{result="lease_expired"}')).toBe(1);
  });
});
