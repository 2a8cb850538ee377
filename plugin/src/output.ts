import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Of a pipe and of a socket. */
const readerGone: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET']);

/**
 * Standard output with backpressure: a write is over when the stream takes more, so that a slow reader slows down the
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
   * Writes, and waits until the stream takes more. Comes back at once when it is closed, or when `signal` aborts: the
   * text is queued then, and may or may not be written. Never throws.
   */
  async write(text: string, signal: AbortSignal): Promise<void> {
    if (this.#closed || text === '' || this.#stream.write(text) || signal.aborted) return;
    try {
      await once(this.#stream, 'drain', { signal });
    } catch {
      // Aborted, or an error, which the listener has noted.
    }
  }

  #fail(error: NodeJS.ErrnoException): void {
    if (this.#closed) return;
    this.#closed = true;
    if (!readerGone.has(error.code ?? '')) this.#failure = error;
    this.#onClosed();
  }
}
