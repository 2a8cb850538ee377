/** Between two reads: ten times what the last one took, but within these bounds. */
const shortestPauseMs = 100;
const longestPauseMs = 1_000;
const pausePerCost = 10;

/** Reads again on request, as often as it may: those who ask in the meantime share the next read. */
export class RationedRead {
  readonly #read: () => Promise<void>;
  #running: Promise<unknown> = Promise.resolve();
  /** Asked for and not begun. */
  #next: Promise<boolean> | undefined;
  #notBeforeMs = 0;

  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  /** How long a read that is asked for now is put off, at least, because of the one before. */
  get pauseMs(): number {
    return Math.max(0, this.#notBeforeMs - performance.now());
  }

  /** Settles when a read is done that began after this call. @returns whether it succeeded. Never rejects. */
  again(): Promise<boolean> {
    this.#next ??= this.#readNext(this.#running);
    return this.#next;
  }

  async #readNext(running: Promise<unknown>): Promise<boolean> {
    await running;
    const { pauseMs } = this;
    // Nobody's process waits for its end.
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
    this.#running = this.#next ?? Promise.resolve();
    this.#next = undefined;
    const beganAtMs = performance.now();
    const isRead = await this.#read().then(
      () => true,
      () => false,
    );
    const endedAtMs = performance.now();
    const dueMs = pausePerCost * (endedAtMs - beganAtMs);
    this.#notBeforeMs = endedAtMs + Math.min(Math.max(dueMs, shortestPauseMs), longestPauseMs);
    return isRead;
  }
}
