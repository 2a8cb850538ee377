import type { Gap } from './node-state.ts';

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
