import { ownTurn } from '../trace/own-turn.ts';

/**
 * Calls something with the latest value, at once when it has not been called for a while, else when the interval is over: what
 * comes in between is overtaken by what comes later. Each call has a turn of the event loop of its own, since the intervals of
 * many clients end in the same one. Disposing it drops what has not been called yet.
 */
export class SpacedCalls<T> implements Disposable {
  readonly #intervalMs: number;
  readonly #call: (value: T) => void;
  #latest: { readonly value: T } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  /** @param call must not throw */
  constructor(intervalMs: number, call: (value: T) => void) {
    this.#intervalMs = intervalMs;
    this.#call = call;
  }

  put(value: T): void {
    this.#latest = { value };
    if (this.#timer === undefined) this.#next();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#latest = undefined;
    this.#isDisposed = true;
  }

  #next(): void {
    const latest = this.#latest;
    this.#latest = undefined;
    this.#timer =
      latest === undefined ? undefined : setTimeout(() => this.#next(), this.#intervalMs).unref();
    if (latest !== undefined) void this.#callInTurn(latest.value);
  }

  async #callInTurn(value: T): Promise<void> {
    await ownTurn();
    if (!this.#isDisposed) this.#call(value);
  }
}
