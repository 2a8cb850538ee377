export interface BackoffOptions {
  readonly firstMs: number;
  readonly longestMs: number;
  /** A number from 0 to 1 (excluded). */
  readonly random?: () => number;
}

/**
 * Waits between attempts: each twice the one before, up to the longest, and anywhere between half of that and all of it, so
 * that the agents of a cluster do not come back in step.
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #nextMs: number;

  constructor(options: BackoffOptions) {
    this.#options = options;
    this.#nextMs = options.firstMs;
  }

  next(): number {
    const { longestMs, random = Math.random } = this.#options;
    const waitMs = this.#nextMs * (0.5 + random() / 2);
    this.#nextMs = Math.min(this.#nextMs * 2, longestMs);
    return waitMs;
  }

  /** The next wait is a first one. */
  reset(): void {
    this.#nextMs = this.#options.firstMs;
  }
}
