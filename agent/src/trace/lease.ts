/**
 * Calls `onExpire` once, after `durationMs` without a renewal. Owns one timer, which keeps no process alive.
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
    this.#timer = setTimeout(() => {
      const remainingMs = this.#deadlineMs - performance.now();
      if (remainingMs > 0) {
        this.#arm(remainingMs);
        return;
      }
      this.#timer = undefined;
      this.#onExpire();
    }, Math.ceil(delayMs)).unref();
  }
}
