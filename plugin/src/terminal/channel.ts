import type { Writable } from 'node:stream';

/** Of a pipe and of a socket. */
const readerGone: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET']);

/** How long a reader that does not read may delay the end, once that is wanted. */
const LAST_WAIT_MS = 500;

/**
 * Standard output or standard error: what is written arrives in order, or never. A reader that goes away (EPIPE) is no error:
 * `closed` tells.
 */
export class Channel {
  readonly #stream: Writable;
  readonly #onClosed = new Set<() => void>();
  #closed = false;
  #failure: Error | undefined;

  constructor(stream: Writable) {
    this.#stream = stream;
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

  /** The reader does not take more for now; what is sent all the same waits in memory. */
  get isFull(): boolean {
    return this.#stream.writableNeedDrain;
  }

  /** @param listener called once, when the reader has gone away or writing has failed */
  onClosed(listener: () => void): void {
    this.#onClosed.add(listener);
  }

  /**
   * Writes, and waits until it is written or writing has failed, so that a slow reader slows down the whole way back to the agent.
   * Comes back at once when it is closed, or when `signal` aborts: the text is queued then, and may or may not be written. Never
   * throws.
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

  /** Queues a text, of which there must not be many: they wait in memory until they are written. */
  send(text: string): void {
    if (!this.#closed && text !== '') this.#stream.write(text);
  }

  /**
   * Waits until everything is written or writing has failed: as long as the reader takes, but not long once `impatient` aborts.
   * Never throws.
   */
  async flush(impatient: AbortSignal): Promise<void> {
    if (this.#stream.writableLength > 0 && !this.#closed) await this.#written(impatient);
    // The stream tells of an error in the turn after the write.
    await new Promise((resolve) => setImmediate(resolve));
  }

  #written(impatient: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const onImpatient = () => {
        timer ??= setTimeout(end, LAST_WAIT_MS);
      };
      const end = () => {
        clearTimeout(timer);
        impatient.removeEventListener('abort', onImpatient);
        resolve();
      };
      impatient.addEventListener('abort', onImpatient, { once: true });
      if (impatient.aborted) onImpatient();
      this.#stream.write('', end);
    });
  }

  #fail(error: NodeJS.ErrnoException): void {
    if (this.#closed) return;
    this.#closed = true;
    if (!readerGone.has(error.code ?? '')) this.#failure = error;
    for (const listener of this.#onClosed) listener();
  }
}
