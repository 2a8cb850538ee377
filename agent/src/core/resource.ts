/**
 * A stack of things to release, in reverse order of acquisition: `AsyncDisposableStack`, which Node 20 lacks.
 * Releasing goes on after a release fails; what failed is thrown together at the end. Disposing twice is harmless.
 */
export class ResourceStack implements AsyncDisposable {
  #releases: Array<() => unknown> = [];
  #disposed = false;

  /** Owns `resource` from now on and returns it. */
  use<T extends Disposable | AsyncDisposable>(resource: T): T {
    this.defer(() =>
      Symbol.asyncDispose in resource
        ? resource[Symbol.asyncDispose]()
        : resource[Symbol.dispose](),
    );
    return resource;
  }

  /** Runs `release` when the stack is disposed; at once when it already is. */
  defer(release: () => unknown): void {
    if (this.#disposed) {
      release();
      return;
    }
    this.#releases.push(release);
  }

  /** Hands everything to a new stack and leaves this one empty, so that disposing it releases nothing. */
  move(): ResourceStack {
    const moved = new ResourceStack();
    moved.#releases = this.#releases;
    this.#releases = [];
    this.#disposed = true;
    return moved;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    const failures: unknown[] = [];
    for (
      let release = this.#releases.pop();
      release !== undefined;
      release = this.#releases.pop()
    ) {
      try {
        await release();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1)
      throw new AggregateError(failures, `Cannot release ${failures.length} resources`);
  }
}
