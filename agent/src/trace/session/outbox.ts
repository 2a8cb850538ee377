import type { SessionSink } from '../ports.ts';

/**
 * All that a session says goes through here. What comes in order is written at once, as the sink takes it: its writer waits for it.
 * Of what is true only until the next of its kind, the newest waits in place of the others, and is made when it is sent: a client that
 * reads slowly, or not at all, makes no queue. Its size is bounded by the number of keys.
 */
export class Outbox implements SessionSink {
  readonly #sink: SessionSink;
  /** By key, oldest first. */
  readonly #due = new Map<string, () => Uint8Array>();
  #isWaiting = false;
  #isOver = false;

  constructor(sink: SessionSink) {
    this.#sink = sink;
  }

  get closed(): boolean {
    return this.#sink.closed;
  }

  /** As SessionSink: for what comes in order. */
  write(response: Uint8Array): Promise<void> | undefined {
    return this.#isOver ? undefined : this.#sink.write(response);
  }

  /** Says the last thing: what waits is not said any more, and nothing that comes later. */
  end(response: Uint8Array): Promise<void> | undefined {
    const ready = this.write(response);
    this.#isOver = true;
    this.#due.clear();
    return ready;
  }

  /**
   * Says it as soon as the client takes it.
   * @param encode called when it is sent
   * @returns false when an earlier one of this key is not said any more
   */
  latest(key: string, encode: () => Uint8Array): boolean {
    if (this.#isOver) return true;
    const hasOvertaken = this.#due.delete(key);
    this.#due.set(key, encode);
    this.#send();
    return !hasOvertaken;
  }

  /** What waits of this key is not said any more. */
  forget(key: string): void {
    this.#due.delete(key);
  }

  #send(): void {
    while (!this.#isWaiting && !this.closed) {
      const [next] = this.#due;
      if (next === undefined) return;
      const [key, encode] = next;
      this.#due.delete(key);
      const ready = this.#sink.write(encode());
      if (ready === undefined) continue;
      this.#isWaiting = true;
      void ready.then(() => {
        this.#isWaiting = false;
        this.#send();
      });
    }
  }
}
