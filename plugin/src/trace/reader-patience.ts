/** Sum of the times that writes to standard output may take after an interrupt. */
const AFTER_INTERRUPT_MS = 1_000;

/**
 * The time-out of writes to standard output after an interrupt. Time in which nothing waits to be written does not count, so
 * that events which an agent delivers late are printed.
 */
export class ReaderPatience implements Disposable {
  readonly #onEnd: () => void;
  #isInterrupted = false;
  #leftMs = AFTER_INTERRUPT_MS;
  #writingSinceMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param onEnd called, once, when it is over */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  interrupt(): void {
    this.#isInterrupted = true;
    if (this.#writingSinceMs !== undefined) this.#start();
  }

  /** Whether standard output is being written. */
  setWriting(isWriting: boolean): void {
    if (isWriting && this.#isInterrupted) this.#start();
    else if (isWriting) this.#writingSinceMs = performance.now();
    else this.#pause();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#writingSinceMs = performance.now();
    this.#timer = setTimeout(this.#onEnd, this.#leftMs);
  }

  #pause(): void {
    clearTimeout(this.#timer);
    if (this.#isInterrupted && this.#writingSinceMs !== undefined) {
      this.#leftMs -= performance.now() - this.#writingSinceMs;
    }
    this.#writingSinceMs = undefined;
  }
}
