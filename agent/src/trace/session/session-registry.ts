import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import Long from 'long';
import { pwru } from '../../../../proto/gen/pwru.js';
import { PwruError } from '../../core/errors.ts';
import { leaseMs as defaultLeaseMs } from '../../core/limits.ts';
import type {
  ObservedSession,
  SessionEnd,
  SessionObserver,
  SessionSink,
  SessionSnapshot,
  StartSession,
  TraceSession,
} from '../ports.ts';
import type { PodSelection, TraceSpec } from '../request/trace-spec.ts';
import { grantHeldShare, holdsRecords } from '../stream/held-shares.ts';
import { grantRings, placesOfOwner } from '../stream/ring-shares.ts';
import { DetachableSink } from './detachable-sink.ts';
import { Lease } from './lease.ts';

const { EndReason } = pwru.v1;

export interface SessionRegistryOptions {
  readonly maxSessions: number;
  /** Silence of the client after which its session ends; 15 s. */
  readonly leaseMs?: number;
  /** How long a session that ends may wait for a client that does not read; 2 s. */
  readonly unreadGraceMs?: number;
  readonly observer?: SessionObserver | undefined;
}

/** What a client asks for. */
export interface SessionRequest {
  /** As the client sent it, shown by `list` with the pods that it has now. */
  readonly request: pwru.v1.StartTrace.$Properties;
  readonly spec: TraceSpec;
  readonly sink: SessionSink;
  /** The client; undefined: this process. */
  readonly owner: string | undefined;
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

  hasSessionOf(owner: string): boolean {
    return this.#ownedBy(owner) > 0;
  }

  /**
   * @throws PwruError LIMIT_REACHED when all places are taken, or those of the owner; CANCELLED once the agent shuts down
   */
  start({ request, spec: asked, sink, owner }: SessionRequest): RegisteredSession {
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
    this.#checkShare(owner);
    const heldShare = holdsRecords(asked)
      ? grantHeldShare(owner, [...this.#entries.values()], this.#maxSessions)
      : 0;
    const spec = { ...asked, heldShare, ringBudgetBytes: this.#grantRings(asked, owner) };
    const id = randomBytes(8).toString('hex');
    const entry = new Entry({
      ...{ request, spec, sink, owner },
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

  #grantRings(spec: TraceSpec, owner: string | undefined): number {
    try {
      return grantRings({ ...spec, owner }, [...this.#entries.values()], this.#maxSessions);
    } catch (thrown) {
      this.#observer?.onLimit();
      throw thrown;
    }
  }

  #ownedBy(owner: string): number {
    return [...this.#entries.values()].filter((entry) => entry.owner === owner).length;
  }

  #checkShare(owner: string | undefined): void {
    if (owner === undefined) return;
    const maxOwnSessions = placesOfOwner(this.#maxSessions);
    if (this.#ownedBy(owner) < maxOwnSessions) return;
    this.#observer?.onLimit();
    throw new PwruError(
      'LIMIT_REACHED',
      `Cannot start a session: the limit of ${maxOwnSessions} sessions at a time for one client is reached on this agent`,
    );
  }

  /** @param viewer is shown what its own sessions look for, and of others who they are; undefined sees everything */
  list(viewer?: string): pwru.v1.Session.$Properties[] {
    return [...this.#entries.values()].map((entry) => entry.describe(viewer));
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

/** A timer that fires so much later than it was to. */
const lateMs = 200;

interface EntryOptions extends SessionRequest {
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
  readonly heldShare: number;
  readonly owner: string | undefined;
  readonly #askedAtMs = performance.now();
  #durationTimer: NodeJS.Timeout | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  #stoppedAtMs: number | undefined;
  #detachAtMs = Number.POSITIVE_INFINITY;
  #isClosed = false;
  #readyMs: number | undefined;
  #endReason: pwru.v1.EndReason = EndReason.END_REASON_UNSPECIFIED;

  constructor(options: EntryOptions) {
    this.#request = options.request;
    this.owner = options.owner;
    this.ringBudgetBytes = options.spec.ringBudgetBytes;
    this.heldShare = options.spec.heldShare;
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

  /** @param endMs the client has so long to take what is left, whether it reads or not */
  stop(reason: pwru.v1.EndReason, endMs = Number.POSITIVE_INFINITY): void {
    if (this.#endReason === EndReason.END_REASON_UNSPECIFIED) this.#endReason = reason;
    this.#session.stop(reason);
    const nowMs = performance.now();
    this.#stoppedAtMs ??= nowMs;
    this.#detachAtMs = Math.min(this.#detachAtMs, nowMs + endMs);
    if (!this.#isClosed) this.#awaitReading();
  }

  /** Cuts the client off once it has taken nothing for long, though something waits for it. */
  #awaitReading(): void {
    clearTimeout(this.#graceTimer);
    const nowMs = performance.now();
    const unreadMs = Math.min(this.#sink.unreadMs, nowMs - (this.#stoppedAtMs ?? nowMs));
    const leftMs = Math.min(this.#unreadGraceMs - unreadMs, this.#detachAtMs - nowMs);
    if (leftMs <= 0) {
      this.#sink.detach();
      return;
    }
    // One that fires late says that this process did not run: what the client took meanwhile is not known yet.
    this.#graceTimer = setTimeout(() => {
      const isLate = performance.now() - nowMs - leftMs > lateMs;
      this.#graceTimer = setTimeout(() => this.#awaitReading(), isLate ? lateMs : 0).unref();
    }, Math.ceil(leftMs)).unref();
  }

  describe(viewer: string | undefined): pwru.v1.Session.$Properties {
    const snapshot = this.#session.snapshot();
    const isHidden = viewer !== undefined && viewer !== this.owner;
    return {
      id: this.id,
      state: snapshot.state,
      ageMs: Long.fromNumber(performance.now() - this.#askedAtMs, true),
      request: isHidden ? withoutSecrets(this.#request) : this.#request,
      filterHidden: isHidden,
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

/** Who traces which pods, but not what is looked for there. */
function withoutSecrets({
  clientName,
  targets,
  podsOnly,
}: pwru.v1.StartTrace.$Properties): pwru.v1.StartTrace.$Properties {
  return { clientName: clientName ?? '', targets: targets ?? [], podsOnly: podsOnly ?? false };
}
