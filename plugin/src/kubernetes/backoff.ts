import { delay } from '../delay.ts';

export interface BackoffTimes {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Waits between attempts: each time twice as long, up to a limit, and up to half of it more by chance, so that many clients
 * of a server that comes back do not come at once.
 */
export class Backoff {
  readonly #times: BackoffTimes;
  #nextMs: number;

  constructor(times: BackoffTimes) {
    this.#times = times;
    this.#nextMs = times.firstMs;
  }

  reset(): void {
    this.#nextMs = this.#times.firstMs;
  }

  /** Returns early, without an error, when the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    const ms = this.#nextMs * (1 + Math.random() / 2);
    this.#nextMs = Math.min(this.#nextMs * 2, this.#times.longestMs);
    await delay(ms, signal);
  }
}
