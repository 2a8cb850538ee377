import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import Long from 'long';
import { pwru } from '../../../proto/gen/pwru.js';
import { PwruError } from '../core/errors.ts';
import { leaseMs as defaultLeaseMs, requestLimits } from '../core/limits.ts';
import { DetachableSink } from './detachable-sink.ts';
import { Lease } from './lease.ts';
import type { ObservedSession, SessionEnd, SessionObserver } from './session-observer.ts';
import type { SessionSink, SessionSnapshot, StartSession, TraceSession } from './trace-session.ts';
import type { PodSelection, TraceSpec } from './trace-spec.ts';

const { EndReason } = pwru.v1;

export interface SessionRegistryOptions {
  readonly maxSessions: number;
  /** Silence of the client after which its session ends; 15 s. */
  readonly leaseMs?: number;
  /** How long a session that ends may wait for a client that does not read; 2 s. */
  readonly unreadGraceMs?: number;
  readonly observer?: SessionObserver | undefined;
}

/** A running session as its client's handler sees it. */
export interface RegisteredSession {
  readonly id: string;
  /** As TraceSession.ended. */
  readonly ended: Promise<void>;
  /** From the request to Started, in milliseconds; undefined until then. */
  readonly readyMs: number | undefined;
  /** The client gave a sign of life: its lease starts anew. */
  renewLease(): void;
  /** As TraceSession.setPods. */
  setPods(pods: PodSelection): void;
  /** As TraceSession.stop. */
  stop(reason: pwru.v1.EndReason): void;
}

/**
 * The sessions of this agent: how many there may be, and when each must end (lease, longest duration, shutdown).
 * A session counts until everything of it is released.
 */
export class SessionRegistry {
  readonly #startSession: StartSession;
  readonly #maxSessions: number;
  readonly #leaseMs: number;
  readonly #unreadGraceMs: number;
  readonly #observer: SessionObserver | undefined;
  readonly #entries = new Map<string, Entry>();
  #isShuttingDown = false;

  constructor(startSession: StartSession, options: SessionRegistryOptions) {
    this.#startSession = startSession;
    this.#maxSessions = options.maxSessions;
    this.#leaseMs = options.leaseMs ?? defaultLeaseMs;
    this.#unreadGraceMs = options.unreadGraceMs ?? 2_000;
    this.#observer = options.observer;
  }

  get maxSessions(): number {
    return this.#maxSessions;
  }

  get activeSessions(): number {
    return this.#entries.size;
  }

  /**
   * @param request as the client sent it, shown by `list` with the pods that it has now
   * @throws PwruError LIMIT_REACHED when all places are taken, CANCELLED once the agent shuts down
   */
  start(
    request: pwru.v1.StartTrace.$Properties,
    spec: TraceSpec,
    sink: SessionSink,
  ): RegisteredSession {
    if (this.#isShuttingDown) {
      throw new PwruError('CANCELLED', 'Cannot start a session: the agent is shutting down');
    }
    if (this.#entries.size >= this.#maxSessions) {
      this.#observer?.onLimit();
      throw new PwruError(
        'LIMIT_REACHED',
        `Cannot start a session: the limit of ${this.#maxSessions} sessions at a time is reached on this agent`,
      );
    }
    this.#checkRings(spec.ringBudgetBytes);
    const id = randomBytes(8).toString('hex');
    const entry = new Entry({
      request,
      spec,
      sink,
      start: (detachable) => this.#startSession(id, spec, detachable),
      leaseMs: this.#leaseMs,
      unreadGraceMs: this.#unreadGraceMs,
    });
    this.#entries.set(id, entry);
    this.#observer?.onBegin(entry);
    const remove = (failure?: unknown) => {
      entry.close();
      this.#entries.delete(id);
      this.#observer?.onEnd(entry, { ...entry.end(), failure });
    };
    entry.ended.then(() => remove(), remove);
    return entry;
  }

  /** The rings of all sessions together are charged to the agent. */
  #checkRings(ringBudgetBytes: number): void {
    const limitBytes = this.#maxSessions * requestLimits.defaultRingBudgetBytes;
    let usedBytes = 0;
    for (const entry of this.#entries.values()) usedBytes += entry.ringBudgetBytes;
    if (usedBytes + ringBudgetBytes <= limitBytes) return;
    this.#observer?.onLimit();
    const mib = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`;
    throw new PwruError(
      'LIMIT_REACHED',
      `Cannot start a session with event rings of ${mib(ringBudgetBytes)}: this agent has ${mib(limitBytes)} for all sessions, of which ${mib(usedBytes)} are taken`,
      { field: 'start.ring_budget_bytes' },
    );
  }

  list(): pwru.v1.Session.$Properties[] {
    return [...this.#entries.values()].map((entry) => entry.describe());
  }

  /** @throws PwruError NOT_FOUND */
  stop(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      const shown = JSON.stringify(id.slice(0, 64));
      throw new PwruError(
        'NOT_FOUND',
        `Cannot stop session ${shown}: this agent has none of this id`,
        {
          field: 'id',
        },
      );
    }
    entry.stop(EndReason.END_REASON_STOPPED_BY_OPERATOR);
  }

  /**
   * Starts no session any more and ends those that run.
   * @returns how many had not ended after `deadlineMs`
   */
  async shutDown(deadlineMs: number): Promise<number> {
    this.#isShuttingDown = true;
    const entries = [...this.#entries.values()];
    for (const entry of entries) entry.stop(EndReason.END_REASON_AGENT_SHUTDOWN, deadlineMs / 2);
    const waiting = new AbortController();
    await Promise.race([
      Promise.allSettled(entries.map((entry) => entry.ended)),
      delay(deadlineMs, undefined, { signal: waiting.signal }),
    ]);
    waiting.abort();
    return this.#entries.size;
  }
}

interface EntryOptions {
  readonly request: pwru.v1.StartTrace.$Properties;
  readonly spec: TraceSpec;
  readonly sink: SessionSink;
  readonly start: (sink: SessionSink) => TraceSession;
  readonly leaseMs: number;
  readonly unreadGraceMs: number;
}

/** One session with the timers that end it. */
class Entry implements RegisteredSession, ObservedSession {
  readonly #session: TraceSession;
  #request: pwru.v1.StartTrace.$Properties;
  readonly #sink: DetachableSink;
  readonly #lease: Lease;
  readonly #unreadGraceMs: number;
  readonly ringBudgetBytes: number;
  readonly #askedAtMs = performance.now();
  #durationTimer: NodeJS.Timeout | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  #detachAtMs = Number.POSITIVE_INFINITY;
  #isClosed = false;
  #readyMs: number | undefined;
  #endReason: pwru.v1.EndReason = EndReason.END_REASON_UNSPECIFIED;

  constructor(options: EntryOptions) {
    this.#request = options.request;
    this.ringBudgetBytes = options.spec.ringBudgetBytes;
    this.#unreadGraceMs = options.unreadGraceMs;
    // The longest duration counts from Started on, so that slow attaching does not eat it up.
    this.#sink = new DetachableSink(options.sink, () => {
      this.#readyMs = performance.now() - this.#askedAtMs;
      this.#limitDuration(options.spec.maxDurationMs);
    });
    this.#session = options.start(this.#sink);
    this.#lease = new Lease(options.leaseMs, () => this.stop(EndReason.END_REASON_LEASE_EXPIRED));
  }

  get id(): string {
    return this.#session.id;
  }

  get ended(): Promise<void> {
    return this.#session.ended;
  }

  get readyMs(): number | undefined {
    return this.#readyMs;
  }

  renewLease(): void {
    this.#lease.renew();
  }

  setPods(pods: PodSelection): void {
    this.#session.setPods(pods);
    const { targets, addresses, ports } = pods;
    this.#request = {
      ...this.#request,
      targets: targets.map(({ namespace, name, uid }) => ({ pod: { namespace, name, uid } })),
      addresses: [...addresses],
      ports: ports.map(({ address, port, protocol }) => ({
        address: address ?? null,
        port,
        protocol,
      })),
    };
  }

  /** Of a session that has ended. */
  end(): Omit<SessionEnd, 'failure'> {
    return { reason: this.#endReason, isClientGone: !this.#sink.hasSummary };
  }

  snapshot(): SessionSnapshot {
    return this.#session.snapshot();
  }

  stop(reason: pwru.v1.EndReason, unreadGraceMs = this.#unreadGraceMs): void {
    if (this.#endReason === EndReason.END_REASON_UNSPECIFIED) this.#endReason = reason;
    this.#session.stop(reason);
    const detachAtMs = performance.now() + unreadGraceMs;
    if (this.#isClosed || detachAtMs >= this.#detachAtMs) return;
    this.#detachAtMs = detachAtMs;
    clearTimeout(this.#graceTimer);
    this.#graceTimer = setTimeout(() => this.#sink.detach(), unreadGraceMs).unref();
  }

  describe(): pwru.v1.Session.$Properties {
    const snapshot = this.#session.snapshot();
    return {
      id: this.id,
      state: snapshot.state,
      ageMs: Long.fromNumber(performance.now() - this.#askedAtMs, true),
      request: this.#request,
      backend: snapshot.backend,
      functionsAttached: snapshot.functionsAttached,
      accounting: snapshot.accounting,
      leaseRemainingMs: Long.fromNumber(this.#lease.remainingMs, true),
    };
  }

  /** Clears the timers: the session has ended. */
  close(): void {
    this.#isClosed = true;
    this.#lease.close();
    clearTimeout(this.#durationTimer);
    clearTimeout(this.#graceTimer);
  }

  #limitDuration(maxDurationMs: number): void {
    if (this.#isClosed) return;
    this.#durationTimer = setTimeout(
      () => this.stop(EndReason.END_REASON_MAX_DURATION),
      maxDurationMs,
    ).unref();
  }
}
