/** A value that is read when first asked for and then shared. A read that fails is not kept. */
export class SharedRead<T> {
  readonly #read: () => Promise<T>;
  #promise: Promise<T> | undefined;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Callers at the same time share one read. */
  value(): Promise<T> {
    this.#promise ??= this.#read().catch((failure: unknown) => {
      this.#promise = undefined;
      throw failure;
    });
    return this.#promise;
  }
}
