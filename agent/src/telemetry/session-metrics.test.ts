import Long from 'long';
import { Registry } from 'prom-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { parseSamples, type Samples, sample } from '../../../test/support/metrics-text.ts';
import { PwruError } from '../core/errors.ts';
import type { SessionEnd, SessionSnapshot } from '../trace/ports.ts';
import { SessionMetrics } from './session-metrics.ts';

const { EndReason, LossStage, SessionState } = pwru.v1;

/** A session whose numbers the test sets. */
class CountedSession {
  now: SessionSnapshot = {
    state: SessionState.SESSION_STATE_PREPARING,
    backend: '',
    functionsAttached: 0,
    accounting: {},
  };

  snapshot(): SessionSnapshot {
    return this.now;
  }

  /** Goes on to these totals. */
  count(accounting: pwru.v1.IAccounting, more: Partial<SessionSnapshot> = {}): void {
    this.now = { ...this.now, ...more, accounting };
  }
}

const long = (value: number) => Long.fromNumber(value, true);
const stopped: SessionEnd = {
  reason: EndReason.END_REASON_STOPPED,
  isClientGone: false,
  failure: undefined,
};

let registry: Registry;
let metrics: SessionMetrics;

beforeEach(() => {
  registry = new Registry();
  metrics = new SessionMetrics(registry);
});

async function scrape(): Promise<Samples> {
  metrics.collect();
  return parseSamples(await registry.metrics());
}

describe('totals of sessions', () => {
  test('events that nobody produced show', async () => {
    const session = new CountedSession();
    metrics.onBegin(session);
    session.count({}, { overcountedEvents: 3 });
    expect(sample(await scrape(), 'pwru_events_overcounted_total')).toBe(3);
    metrics.onEnd(session, stopped);
    expect(sample(await scrape(), 'pwru_events_overcounted_total')).toBe(3);
  });

  test('every event is counted once, however often it is scraped, over several sessions', async () => {
    const [first, second] = [new CountedSession(), new CountedSession()];
    metrics.onBegin(first);
    metrics.onBegin(second);
    first.count({ producedEvents: long(10), deliveredEvents: long(7), pendingEvents: long(3) });
    await scrape();
    await scrape();
    second.count({ producedEvents: long(5), withheldEvents: long(5) });
    first.count({ producedEvents: long(12), deliveredEvents: long(12), missedHits: long(2) });
    metrics.onEnd(first, stopped);
    const samples = await scrape();
    expect(sample(samples, 'pwru_events_total{stage="produced"}')).toBe(17);
    expect(sample(samples, 'pwru_events_total{stage="delivered"}')).toBe(12);
    expect(sample(samples, 'pwru_events_total{stage="withheld"}')).toBe(5);
    expect(sample(samples, 'pwru_events_pending')).toBe(0);
    expect(sample(samples, 'pwru_probe_missed_total')).toBe(2);
    metrics.onEnd(second, stopped);
    expect(sample(await scrape(), 'pwru_events_total{stage="produced"}')).toBe(17);
  });

  test('losses have the stages of the protocol, added over CPUs', async () => {
    const session = new CountedSession();
    metrics.onBegin(session);
    session.count({
      losses: [
        { stage: LossStage.LOSS_STAGE_KERNEL_RING, cpu: 0, events: long(2) },
        { stage: LossStage.LOSS_STAGE_KERNEL_RING, cpu: 1, events: long(3) },
        { stage: LossStage.LOSS_STAGE_AGENT_QUEUE, cpu: 0, events: long(4) },
      ],
    });
    const samples = await scrape();
    const stages = [...samples.keys()].filter((key) => key.startsWith('pwru_events_lost_total'));
    expect(stages.map((key) => key.slice('pwru_events_lost_total{stage="'.length, -2))).toEqual(
      Object.keys(LossStage)
        .filter((name) => name !== 'LOSS_STAGE_UNSPECIFIED' && name.startsWith('LOSS_STAGE_'))
        .map((name) => name.slice('LOSS_STAGE_'.length).toLowerCase()),
    );
    expect(sample(samples, 'pwru_events_lost_total{stage="kernel_ring"}')).toBe(5);
    expect(sample(samples, 'pwru_events_lost_total{stage="agent_queue"}')).toBe(4);
  });

  test('a total that shrinks does not take a counter back', async () => {
    const session = new CountedSession();
    metrics.onBegin(session);
    session.count({ missedHits: long(9) });
    await scrape();
    session.count({ missedHits: long(4) });
    expect(sample(await scrape(), 'pwru_probe_missed_total')).toBe(9);
    session.count({ missedHits: long(11) });
    metrics.onEnd(session, stopped);
    expect(sample(await scrape(), 'pwru_probe_missed_total')).toBe(11);
  });
});

describe('probes', () => {
  test('are added over sessions by backend, and none is left when no session is active', async () => {
    const [first, second] = [new CountedSession(), new CountedSession()];
    for (const session of [first, second]) metrics.onBegin(session);
    first.count({}, { backend: 'tracepoint', functionsAttached: 30 });
    second.count({}, { backend: 'tracepoint', functionsAttached: 2 });
    let samples = await scrape();
    expect(sample(samples, 'pwru_sessions_active')).toBe(2);
    expect(sample(samples, 'pwru_probes_attached{backend="tracepoint"}')).toBe(32);
    expect(sample(samples, 'pwru_probes_attached{backend="kprobe.multi"}')).toBe(0);
    for (const session of [first, second]) metrics.onEnd(session, stopped);
    samples = await scrape();
    expect(sample(samples, 'pwru_sessions_active')).toBe(0);
    expect(sample(samples, 'pwru_probes_attached{backend="tracepoint"}')).toBe(0);
  });

  test('the time of attaching and of detaching is observed once per session', async () => {
    const session = new CountedSession();
    metrics.onBegin(session);
    await scrape();
    session.count({}, { attachMs: 400 });
    await scrape();
    await scrape();
    session.count({}, { attachMs: 400, detachMs: 1_200 });
    metrics.onEnd(session, stopped);
    const samples = await scrape();
    expect(sample(samples, 'pwru_probe_attach_seconds_count{op="attach"}')).toBe(1);
    expect(sample(samples, 'pwru_probe_attach_seconds_sum{op="attach"}')).toBe(0.4);
    expect(sample(samples, 'pwru_probe_attach_seconds_count{op="detach"}')).toBe(1);
    expect(sample(samples, 'pwru_probe_attach_seconds_sum{op="detach"}')).toBe(1.2);
  });

  test('what the kernel refused is counted by errno, and anything else in one series', async () => {
    const session = new CountedSession();
    metrics.onBegin(session);
    const reasons = ['EINVAL', 'ESRCH', 'EINVAL', 'something new', 'x"} 1\nevil 1'];
    const refusedProbes = reasons.map((reason) => ({ name: 'f', module: '', reason }));
    session.count({}, { attachMs: 1, refusedProbes });
    metrics.onEnd(session, stopped);
    const samples = await scrape();
    const failures = [...samples].filter(([key]) => key.startsWith('pwru_probe_attach_failures'));
    expect(Object.fromEntries(failures)).toEqual({
      'pwru_probe_attach_failures_total{reason="EINVAL"}': 2,
      'pwru_probe_attach_failures_total{reason="ESRCH"}': 1,
      'pwru_probe_attach_failures_total{reason="other"}': 2,
    });
  });
});

describe('the end of a session', () => {
  test.each([
    { result: 'ok', end: stopped },
    { result: 'client_gone', end: { ...stopped, isClientGone: true } },
    { result: 'timeout', end: { ...stopped, reason: EndReason.END_REASON_MAX_DURATION } },
    {
      result: 'lease_expired',
      end: { ...stopped, reason: EndReason.END_REASON_LEASE_EXPIRED, isClientGone: true },
    },
    { result: 'operator', end: { ...stopped, reason: EndReason.END_REASON_STOPPED_BY_OPERATOR } },
    { result: 'shutdown', end: { ...stopped, reason: EndReason.END_REASON_AGENT_SHUTDOWN } },
    { result: 'error', end: { ...stopped, failure: new PwruError('NO_FUNCTIONS', 'None') } },
    { result: 'error', end: { ...stopped, failure: new TypeError('a defect') } },
  ])('counts as $result', async ({ result, end }) => {
    const session = new CountedSession();
    metrics.onBegin(session);
    metrics.onEnd(session, end);
    metrics.onEnd(session, end);
    const samples = await scrape();
    const counted = [...samples].filter(
      ([key, value]) => key.startsWith('pwru_sessions_total') && value > 0,
    );
    expect(counted).toEqual([[`pwru_sessions_total{result="${result}"}`, 1]]);
    expect(sample(samples, 'pwru_session_duration_seconds_count')).toBe(1);
  });

  test('an error is counted by its code; a defect is INTERNAL', async () => {
    for (const failure of [new PwruError('NOT_FOUND', 'No such pod'), new TypeError('a defect')]) {
      const session = new CountedSession();
      metrics.onBegin(session);
      metrics.onEnd(session, { ...stopped, failure });
    }
    const samples = await scrape();
    expect(sample(samples, 'pwru_session_failures_total{code="NOT_FOUND"}')).toBe(1);
    expect(sample(samples, 'pwru_session_failures_total{code="INTERNAL"}')).toBe(1);
  });

  test('one that was refused counts as limit', async () => {
    metrics.onLimit();
    const samples = await scrape();
    expect(sample(samples, 'pwru_sessions_total{result="limit"}')).toBe(1);
    expect(sample(samples, 'pwru_session_duration_seconds_count')).toBe(0);
  });
});
