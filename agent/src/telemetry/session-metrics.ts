import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { pwru } from '../../../proto/gen/pwru.js';
import { PwruError } from '../core/errors.ts';
import type {
  ObservedSession,
  SessionEnd,
  SessionObserver,
  SessionSnapshot,
} from '../trace/ports.ts';
import { backendNames } from '../trace/request/trace-spec.ts';

const { EndReason, LossStage } = pwru.v1;

/** Values of the label `result`. */
const results = [
  'ok',
  'timeout',
  'lease_expired',
  'client_gone',
  'operator',
  'shutdown',
  'limit',
  'error',
] as const;

type Result = (typeof results)[number];

/** Values of the label `stage` of events: the sides of an Accounting, which says what they mean. */
const eventStages = ['produced', 'delivered', 'withheld'] as const;

/** LOSS_STAGE_KERNEL_RING: kernel_ring. */
const lossStages = new Map(
  Object.entries(LossStage)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] !== 0)
    .map(([name, value]) => [value, name.replace('LOSS_STAGE_', '').toLowerCase()] as const),
);

/** Errno names of the kernel are a closed set; any other reason is one series. */
const errnoPattern = /^E[A-Z0-9]{1,15}$/;

/**
 * The metrics about sessions. A session that runs costs nothing but when `collect` is called: what it has counted since the
 * last time is added then, and once more at its end.
 */
export class SessionMetrics implements SessionObserver {
  readonly #running = new Map<ObservedSession, RunningTotals>();
  readonly #active: Gauge;
  readonly #ended: Counter<'result'>;
  readonly #failures: Counter<'code'>;
  readonly #duration: Histogram;
  readonly #probes: Gauge<'backend'>;
  readonly #attachFailures: Counter<'reason'>;
  readonly #attachSeconds: Histogram<'op'>;
  readonly #missed: Counter;
  readonly #events: Counter<'stage'>;
  readonly #lost: Counter<'stage'>;
  readonly #pending: Gauge;
  readonly #overcounted: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#active = new Gauge({
      name: 'pwru_sessions_active',
      help: 'Sessions that hold a place on this agent, from the request to the last closed probe.',
      registers,
    });
    this.#ended = new Counter({
      name: 'pwru_sessions_total',
      help: 'Sessions that ended, by how; result="limit" was refused since all places were taken.',
      labelNames: ['result'],
      registers,
    });
    this.#failures = new Counter({
      name: 'pwru_session_failures_total',
      help: 'Sessions that ended with result="error", by error code.',
      labelNames: ['code'],
      registers,
    });
    this.#duration = new Histogram({
      name: 'pwru_session_duration_seconds',
      help: 'Time from the request for a session until everything of it was released.',
      buckets: [1, 5, 15, 60, 300, 900, 3_600],
      registers,
    });
    this.#probes = new Gauge({
      name: 'pwru_probes_attached',
      help: 'Functions and tracepoints that carry a probe now. 0 when no session is active.',
      labelNames: ['backend'],
      registers,
    });
    this.#attachFailures = new Counter({
      name: 'pwru_probe_attach_failures_total',
      help: 'Functions that the kernel refused to attach a probe to, by errno.',
      labelNames: ['reason'],
      registers,
    });
    this.#attachSeconds = new Histogram({
      name: 'pwru_probe_attach_seconds',
      help: 'Time that a session took to attach or to detach all of its probes.',
      labelNames: ['op'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
      registers,
    });
    this.#missed = new Counter({
      name: 'pwru_probe_missed_total',
      help: 'Hits that the kernel skipped, since a BPF program or probe was running on the CPU already.',
      registers,
    });
    this.#events = new Counter({
      name: 'pwru_events_total',
      help: 'Hits that were admitted, by what became of them: produced is the sum of delivered, withheld, lost and pending.',
      labelNames: ['stage'],
      registers,
    });
    this.#lost = new Counter({
      name: 'pwru_events_lost_total',
      help: 'Events that were produced and not delivered, by where they were lost.',
      labelNames: ['stage'],
      registers,
    });
    this.#pending = new Gauge({
      name: 'pwru_events_pending',
      help: 'Events that were produced and are in the rings, or held until the fate of their packet is known.',
      registers,
    });
    this.#overcounted = new Counter({
      name: 'pwru_events_overcounted_total',
      help: 'Events that were counted as delivered, withheld, lost or of others, and not as produced: a defect of the agent if not 0.',
      registers,
    });
    this.#showZeros();
  }

  onBegin(session: ObservedSession): void {
    this.#running.set(session, new RunningTotals());
  }

  onEnd(session: ObservedSession, end: SessionEnd): void {
    const totals = this.#running.get(session);
    if (totals === undefined) return;
    this.#running.delete(session);
    this.#add(session.snapshot(), totals);
    this.#duration.observe((performance.now() - totals.sinceMs) / 1_000);
    const result = resultOf(end);
    this.#ended.inc({ result });
    if (result === 'error') this.#failures.inc({ code: codeOf(end.failure) });
  }

  onLimit(): void {
    this.#ended.inc({ result: 'limit' });
  }

  /** Brings everything up to date with the sessions that run. */
  collect(): void {
    let pending = 0;
    const probes = new Map<string, number>(backendNames.map((name) => [name, 0]));
    for (const [session, totals] of this.#running) {
      const snapshot = session.snapshot();
      this.#add(snapshot, totals);
      pending += Number(snapshot.accounting.pendingEvents ?? 0);
      const others = probes.get(snapshot.backend);
      if (others !== undefined) {
        probes.set(snapshot.backend, others + snapshot.functionsAttached);
      }
    }
    this.#active.set(this.#running.size);
    this.#pending.set(pending);
    for (const [backend, attached] of probes) this.#probes.set({ backend }, attached);
  }

  #add(snapshot: SessionSnapshot, totals: RunningTotals): void {
    const { accounting, attachMs, detachMs, refusedProbes = [] } = snapshot;
    for (const stage of eventStages) {
      const total = Number(accounting[`${stage}Events`] ?? 0);
      this.#events.inc({ stage }, totals.newIn(stage, total));
    }
    for (const [stage, total] of lossesByStage(accounting)) {
      this.#lost.inc({ stage }, totals.newIn(`lost ${stage}`, total));
    }
    this.#overcounted.inc(totals.newIn('overcounted', snapshot.overcountedEvents ?? 0));
    this.#missed.inc(totals.newIn('missed', Number(accounting.missedHits ?? 0)));
    if (attachMs !== undefined && totals.newIn('attach', 1) === 1) {
      this.#attachSeconds.observe({ op: 'attach' }, attachMs / 1_000);
      for (const { reason } of refusedProbes) {
        this.#attachFailures.inc({ reason: errnoPattern.test(reason) ? reason : 'other' });
      }
    }
    if (detachMs !== undefined && totals.newIn('detach', 1) === 1) {
      this.#attachSeconds.observe({ op: 'detach' }, detachMs / 1_000);
    }
  }

  /** A series that is there from the start has its first increase seen by rate(). */
  #showZeros(): void {
    for (const result of results) this.#ended.inc({ result }, 0);
    for (const stage of eventStages) this.#events.inc({ stage }, 0);
    for (const stage of lossStages.values()) this.#lost.inc({ stage }, 0);
    for (const op of ['attach', 'detach']) this.#attachSeconds.zero({ op });
  }
}

/** What of one session's totals has been added to the counters. */
class RunningTotals {
  readonly sinceMs = performance.now();
  readonly #added = new Map<string, number>();

  /** How much of `total` is new; a total that shrinks (counts of a probe that is gone) has nothing new. */
  newIn(name: string, total: number): number {
    const added = this.#added.get(name) ?? 0;
    if (total <= added) return 0;
    this.#added.set(name, total);
    return total - added;
  }
}

function lossesByStage(accounting: pwru.v1.IAccounting): Map<string, number> {
  const losses = new Map<string, number>();
  for (const { stage, events } of accounting.losses ?? []) {
    const name = lossStages.get(Number(stage ?? 0));
    if (name !== undefined) losses.set(name, (losses.get(name) ?? 0) + Number(events ?? 0));
  }
  return losses;
}

function resultOf({ reason, isClientGone, failure }: SessionEnd): Result {
  if (failure !== undefined) return 'error';
  switch (reason) {
    case EndReason.END_REASON_STOPPED:
      return isClientGone ? 'client_gone' : 'ok';
    case EndReason.END_REASON_MAX_DURATION:
      return 'timeout';
    case EndReason.END_REASON_LEASE_EXPIRED:
      return 'lease_expired';
    case EndReason.END_REASON_STOPPED_BY_OPERATOR:
      return 'operator';
    case EndReason.END_REASON_AGENT_SHUTDOWN:
      return 'shutdown';
    case EndReason.END_REASON_UNSPECIFIED:
      return 'error';
  }
}

function codeOf(failure: unknown): string {
  return failure instanceof PwruError ? failure.code : 'INTERNAL';
}
