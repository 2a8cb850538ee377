/** The first pause, and the longest. */
const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * Waits between attempts to reach an agent: each time twice as long, up to a limit, and up to half of it more by chance, so that
 * the clients of a node that comes back do not come at once.
 */
export class RetryPause {
  #nextMs = FIRST_MS;

  /** The next pause is the shortest again. */
  reset(): void {
    this.#nextMs = FIRST_MS;
  }

  /**
   * @param stop ends it early @param changed resolves when it makes sense to try at once, or when its signal aborts
   */
  async wait(stop: AbortSignal, changed: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const ms = this.#nextMs * (1 + Math.random() / 2);
    this.#nextMs = Math.min(this.#nextMs * 2, LONGEST_MS);
    const pause = new AbortController();
    const end = () => pause.abort();
    stop.addEventListener('abort', end, { once: true });
    const timer = setTimeout(end, ms);
    try {
      if (!stop.aborted) await changed(pause.signal);
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      pause.abort();
    }
  }
}
