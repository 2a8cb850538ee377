import type { pwru } from '../../../../proto/gen/pwru.js';
import type { SessionSink } from '../ports.ts';
import { encodePodTarget } from '../stream/responses.ts';

/**
 * PodTargetStatus messages that wait to be sent to the session's client: at most the latest of each pod target, so that a client
 * which reads slowly, or not at all, makes no queue. Disposing it drops those that wait.
 */
export class TargetReports implements Disposable {
  readonly #sink: SessionSink;
  /** By the target's key, oldest first. */
  readonly #due = new Map<string, pwru.v1.IPodTargetStatus>();
  #isWaiting = false;
  #isDisposed = false;
  #overtaken = 0;

  constructor(sink: SessionSink) {
    this.#sink = sink;
  }

  /** States that were not told, since the next one of the same target came before the client took them. */
  get overtaken(): number {
    return this.#overtaken;
  }

  /** Tells a target's state as soon as the client takes it. */
  tell(key: string, status: pwru.v1.IPodTargetStatus): void {
    if (this.#due.delete(key)) this.#overtaken += 1;
    this.#due.set(key, status);
    this.#write();
  }

  /** Forgets what is due of targets that the session has no longer. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#due.keys()) if (!keys.has(key)) this.#due.delete(key);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#due.clear();
  }

  #write(): void {
    while (!this.#isWaiting && !this.#isDisposed) {
      const [next] = this.#due;
      if (next === undefined) return;
      const [key, status] = next;
      this.#due.delete(key);
      const ready = this.#sink.write(encodePodTarget(status));
      if (ready === undefined) continue;
      this.#isWaiting = true;
      void ready.then(() => {
        this.#isWaiting = false;
        this.#write();
      });
    }
  }
}
