/** A timer that fires so late says that this process did not run: what came meanwhile is not read yet. */
const STALL_MS = 200;
/** Time to read it. */
const HEARING_MS = 1_000;

/**
 * Calls `onExpire` once, after `durationMs` without a renewal; on a machine so busy that this process stands still, after
 * twice as long at most, since a client is not silent because nobody listens. Owns one timer, which keeps no process alive.
 * Renewing is a clock read: the timer is not moved, it looks again when it fires.
 */
export class Lease {
  readonly #durationMs: number;
  readonly #onExpire: () => void;
  #deadlineMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(durationMs: number, onExpire: () => void) {
    this.#durationMs = durationMs;
    this.#onExpire = onExpire;
    this.#deadlineMs = performance.now() + durationMs;
    this.#arm(durationMs);
  }

  renew(): void {
    this.#deadlineMs = performance.now() + this.#durationMs;
  }

  /** Milliseconds until it expires unless renewed; 0 once it has expired or is closed. */
  get remainingMs(): number {
    return this.#timer === undefined ? 0 : Math.max(0, this.#deadlineMs - performance.now());
  }

  /** From now on `onExpire` is not called. Idempotent. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(delayMs: number): void {
    const dueMs = performance.now() + delayMs;
    this.#timer = setTimeout(() => {
      const nowMs = performance.now();
      const remainingMs = this.#deadlineMs - nowMs;
      const isDeaf = nowMs - dueMs > STALL_MS && nowMs < this.#deadlineMs + this.#durationMs;
      if (remainingMs > 0 || isDeaf) {
        this.#arm(Math.max(remainingMs, HEARING_MS));
        return;
      }
      this.#timer = undefined;
      this.#onExpire();
    }, Math.ceil(delayMs)).unref();
  }
}
