/**
 * Calls something with the latest value, at once when it has not been called for a while, else when the interval is over: what
 * comes in between is overtaken by what comes later. Disposing it drops what has not been called yet.
 */
export class SpacedCalls<T> implements Disposable {
  readonly #intervalMs: number;
  readonly #call: (value: T) => void;
  #latest: { readonly value: T } | undefined;
  #timer: NodeJS.Timeout | undefined;

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
  }

  #next(): void {
    const latest = this.#latest;
    this.#latest = undefined;
    this.#timer =
      latest === undefined ? undefined : setTimeout(() => this.#next(), this.#intervalMs).unref();
    if (latest !== undefined) this.#call(latest.value);
  }
}
