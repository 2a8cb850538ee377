import Long from 'long';
import type { pwru } from '../../../proto/gen/pwru.js';
import { addAccounting } from '../events/accounting.ts';
import type { Gap } from './recovery.ts';

type Accounting = pwru.v1.Accounting.$Properties;

/** An agent that was there for so long is not one that fails again and again. */
const STABLE_MS = 10_000;

/** What the sessions on a node have told of themselves. */
export class NodeAccount {
  #started: pwru.v1.Started | undefined;
  /** Of the present session, or of the last one, as are those below. */
  #summary: pwru.v1.Summary | undefined;
  #accounting: Accounting | undefined;
  #startedAtMs: number | undefined;
  /** Of the sessions before. */
  #past: Accounting | undefined;
  /** Some of those ended without telling how it stood in the end. */
  #isPastInexact = false;

  /** Another session is asked for. */
  newSession(): void {
    this.#isPastInexact = !this.isExact;
    // What was pending is not: it came, or it is part of the gap.
    this.#past = this.total && { ...this.total, pendingEvents: Long.UZERO };
    this.#accounting = undefined;
    this.#summary = undefined;
    this.#startedAtMs = undefined;
  }

  begin(started: pwru.v1.Started): void {
    this.#started = started;
    this.#startedAtMs = performance.now();
  }

  report(accounting: Accounting): void {
    this.#accounting = accounting;
  }

  finish(summary: pwru.v1.Summary): void {
    this.#summary = summary;
  }

  /** Of the latest session that began. */
  get started(): pwru.v1.Started | undefined {
    return this.#started;
  }

  /** Of the latest session, once it has told. */
  get summary(): pwru.v1.Summary | undefined {
    return this.#summary;
  }

  /** Of all sessions, as far as they told; undefined when none did. */
  get total(): Accounting | undefined {
    const latest = this.#summary?.accounting ?? this.#accounting;
    if (this.#past === undefined || latest === undefined) return latest ?? this.#past;
    return addAccounting(this.#past, latest);
  }

  /** The total is final; else there was at least that. */
  get isExact(): boolean {
    return !this.#isPastInexact && (!this.hasBegun || this.#summary !== undefined);
  }

  /** The latest session has begun. */
  get hasBegun(): boolean {
    return this.#startedAtMs !== undefined;
  }

  /** The latest session began long ago. */
  get isStable(): boolean {
    return this.#startedAtMs !== undefined && performance.now() - this.#startedAtMs >= STABLE_MS;
  }
}

/** Which times of a node are traced. Its wall clock, milliseconds since 1970. */
export class Coverage {
  readonly #past: Gap[] = [];
  /** Of the node's clock against ours. */
  #clockOffsetMs = 0;
  /** Up to here nothing is missing. */
  #coveredToMs = Date.now();
  /** Since when it is not traced, performance.now(), why that began, and why it lasts; undefined while it is. */
  #trouble: { readonly sinceMs: number; readonly cause: string; latest: string } | undefined;

  setClock(clockOffsetMs: number): void {
    this.#clockOffsetMs = clockOffsetMs;
  }

  /** The agent was heard while it traced. */
  heard(): void {
    if (this.#trouble === undefined) this.#coveredToMs = this.#nowMs();
  }

  /** It is not traced, or still not. */
  lose(cause: string): void {
    this.#trouble ??= { sinceMs: performance.now(), cause, latest: cause };
    this.#trouble.latest = cause;
  }

  /** It is traced again. @returns what was missed; undefined when nothing was */
  regain(): Gap | undefined {
    const gap = this.#trouble && {
      fromMs: this.#coveredToMs,
      toMs: Math.max(this.#coveredToMs, this.#nowMs()),
      cause: this.#trouble.cause,
    };
    this.#trouble = undefined;
    this.heard();
    if (gap !== undefined) this.#past.push(gap);
    return gap;
  }

  /** Why it is not traced now; undefined while it is. */
  get cause(): string | undefined {
    return this.#trouble?.latest;
  }

  /** How long it has not been traced, milliseconds. */
  get lostForMs(): number {
    return this.#trouble === undefined ? 0 : performance.now() - this.#trouble.sinceMs;
  }

  /** The last one may last; its cause is the present one. */
  get gaps(): readonly Gap[] {
    if (this.#trouble === undefined) return this.#past;
    const { latest: cause } = this.#trouble;
    return [...this.#past, { fromMs: this.#coveredToMs, toMs: undefined, cause }];
  }

  #nowMs(): number {
    return Date.now() + this.#clockOffsetMs;
  }
}
