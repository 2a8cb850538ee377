/** Bytes that a call may hold before its session has to wait. */
const MAX_UNSENT_BYTES = 256 * 1024;

/** Messages that a call may hold, however small: the high-water mark of an object stream. */
const MAX_UNSENT_MESSAGES = 16;

/**
 * Counts what a call has been given and its client has not taken yet. The session waits from when either limit is
 * reached until both are half free; as it may pass a limit by one message (at most 64 KiB of events), a call never
 * holds more than 320 KiB.
 */
export class UnsentBudget {
  #bytes = 0;
  #messages = 0;
  #isClosed = false;
  #ready: Promise<void> | undefined;
  #settleReady: () => void = () => {};

  /** @returns undefined when more may come at once, else what resolves when it may, or when this is closed */
  add(lengthBytes: number): Promise<void> | undefined {
    this.#bytes += lengthBytes;
    this.#messages++;
    const isFull = this.#bytes >= MAX_UNSENT_BYTES || this.#messages >= MAX_UNSENT_MESSAGES;
    if (!isFull || this.#isClosed) return undefined;
    this.#ready ??= new Promise((resolve) => {
      this.#settleReady = resolve;
    });
    return this.#ready;
  }

  remove(lengthBytes: number): void {
    this.#bytes -= lengthBytes;
    this.#messages--;
    if (this.#bytes <= MAX_UNSENT_BYTES / 2 && this.#messages <= MAX_UNSENT_MESSAGES / 2) {
      this.#release();
    }
  }

  /** Nobody waits any more. Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#release();
  }

  #release(): void {
    this.#ready = undefined;
    this.#settleReady();
  }
}
