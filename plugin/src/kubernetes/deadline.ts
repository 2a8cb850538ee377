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
