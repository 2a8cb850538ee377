import type { Writable } from 'node:stream';

/** Of a pipe and of a socket. */
const readerGone: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET']);

/**
 * Standard output with backpressure: a write is over when it is written, so that a slow reader slows down the
 * whole way back to the agent. A reader that goes away (EPIPE) is no error: `closed` tells.
 */
export class Output {
  readonly #stream: Writable;
  readonly #onClosed: () => void;
  #closed = false;
  #failure: Error | undefined;

  /** @param onClosed called once, when the reader has gone away or writing has failed */
  constructor(stream: Writable, onClosed: () => void) {
    this.#stream = stream;
    this.#onClosed = onClosed;
    stream.on('error', (error: NodeJS.ErrnoException) => this.#fail(error));
  }

  /** Nothing that is written arrives any more. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Why writing failed, when it was not the reader that went away. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /**
   * Writes, and waits until it is written or writing has failed. Comes back at once when it is closed, or when `signal` aborts:
   * the text is queued then, and may or may not be written. Never throws.
   * @returns false when the stream may still use the bytes
   */
  write(text: Uint8Array | string, signal: AbortSignal): Promise<boolean> {
    if (this.#closed || text.length === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const giveUp = () => resolve(false);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#stream.write(text, () => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      });
      if (signal.aborted) giveUp();
    });
  }

  #fail(error: NodeJS.ErrnoException): void {
    if (this.#closed) return;
    this.#closed = true;
    if (!readerGone.has(error.code ?? '')) this.#failure = error;
    this.#onClosed();
  }
}
