import type { SessionSink } from '../ports.ts';

/**
 * First byte of an encoded TraceResponse that carries `started` (field 1) or `summary` (field 5), wire type 2
 * (length-delimited). https://protobuf.dev/programming-guides/encoding/
 */
const STARTED_TAG = (1 << 3) | 2;
const SUMMARY_TAG = (5 << 3) | 2;

/**
 * A sink that can be cut off from the other side, so that a session which ends never waits for a client that does not
 * read; and that tells when the session has started and whether its Summary went out, which only the stream of responses
 * says.
 */
export class DetachableSink implements SessionSink {
  readonly #inner: SessionSink;
  readonly #onStarted: () => void;
  readonly #waiting = new Set<() => void>();
  #isDetached = false;
  #hasStarted = false;
  #hasSummary = false;
  /** When the other side took something last, while something waits for it. */
  #takenAtMs = 0;

  constructor(inner: SessionSink, onStarted: () => void) {
    this.#inner = inner;
    this.#onStarted = onStarted;
  }

  get closed(): boolean {
    return this.#isDetached || this.#inner.closed;
  }

  /** The other side was there when the Summary was written. */
  get hasSummary(): boolean {
    return this.#hasSummary;
  }

  /** How long the other side has taken nothing although something waits for it. */
  get unreadMs(): number {
    return this.#waiting.size === 0 ? 0 : performance.now() - this.#takenAtMs;
  }

  write(response: Uint8Array): Promise<void> | undefined {
    if (this.closed) return undefined;
    this.#hasSummary ||= response[0] === SUMMARY_TAG;
    if (!this.#hasStarted && response[0] === STARTED_TAG) {
      this.#hasStarted = true;
      this.#onStarted();
    }
    const ready = this.#inner.write(response);
    if (ready === undefined) return undefined;
    // Not Promise.race with a promise as old as the session: that would keep every wait in memory until its end.
    return new Promise((resolve) => {
      if (this.#waiting.size === 0) this.#takenAtMs = performance.now();
      this.#waiting.add(resolve);
      void ready.then(() => {
        this.#takenAtMs = performance.now();
        this.#waiting.delete(resolve);
        resolve();
      });
    });
  }

  /** Closes this side: waiting writes resolve, later ones are not delivered. Idempotent. */
  detach(): void {
    this.#isDetached = true;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
