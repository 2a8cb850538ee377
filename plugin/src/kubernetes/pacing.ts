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
    await delay(this.takeMs(), signal);
  }

  /** The length of the next pause, which is taken: the one after it is longer. */
  takeMs(): number {
    const ms = this.#nextMs * (1 + Math.random() / 2);
    this.#nextMs = Math.min(this.#nextMs * 2, this.#times.longestMs);
    return ms;
  }
}

/**
 * A signal that aborts when its parent does, or when the time is over, whichever comes first. Disposing it ends the timer and
 * leaves the parent: `AbortSignal.any` of Node 20 stays with a parent that lives long.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #onParentAbort = () => this.#controller.abort(this.#parent.reason);

  /** @param reasonOfTimeout what the signal's reason is when the time is over */
  constructor(parent: AbortSignal, timeoutMs: number, reasonOfTimeout: () => Error) {
    this.#parent = parent;
    this.#timer = setTimeout(() => this.#controller.abort(reasonOfTimeout()), timeoutMs);
    parent.addEventListener('abort', this.#onParentAbort, { once: true });
    if (parent.aborted) this.#onParentAbort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener('abort', this.#onParentAbort);
  }
}

/** Lets a bounded number of things happen at a time; the rest waits in order of arrival. */
export class Limiter {
  readonly #limit: number;
  readonly #waiting: Array<() => void> = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limit)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      return await work();
    } finally {
      // The place goes to the next one without becoming free in between.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}

const agentRetryTimes: BackoffTimes = { firstMs: 500, longestMs: 10_000 };

/** Waits between attempts to reach an agent, which a change in the cluster may cut short. */
export class RetryPause {
  readonly #backoff = new Backoff(agentRetryTimes);

  /** The next pause is the shortest again. */
  reset(): void {
    this.#backoff.reset();
  }

  /**
   * @param stop ends it early @param changed resolves when it makes sense to try at once, or when its signal aborts
   */
  async wait(stop: AbortSignal, changed: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const pause = new AbortController();
    const end = () => pause.abort();
    stop.addEventListener('abort', end, { once: true });
    const timer = setTimeout(end, this.#backoff.takeMs());
    try {
      if (!stop.aborted) await changed(pause.signal);
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      pause.abort();
    }
  }
}

/** Resolves after this time, or as soon as the signal aborts. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
