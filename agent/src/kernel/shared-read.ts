/** A value that is read when first asked for and then shared. A read that fails is not kept. */
export class SharedRead<T> {
  readonly #read: () => Promise<T>;
  #promise: Promise<T> | undefined;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Callers at the same time share one read. */
  value(): Promise<T> {
    this.#promise ??= this.#begin();
    return this.#promise;
  }

  /** Reads the value again; earlier callers keep the value that was read for them. */
  again(): Promise<T> {
    this.#promise = this.#begin();
    return this.#promise;
  }

  #begin(): Promise<T> {
    const promise = this.#read().catch((failure: unknown) => {
      if (this.#promise === promise) this.#promise = undefined;
      throw failure;
    });
    return promise;
  }
}
