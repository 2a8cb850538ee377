import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

export interface PassLoopOptions {
  /** Never two at a time. One that throws, which it should not, is logged; the next one comes as if nothing had happened. */
  readonly pass: () => Promise<void>;
  /** Between the end of a pass and the next one that nobody calls for. */
  readonly intervalMs: () => number;
  /** How long one that is called for waits, for what else may happen at the same time. */
  readonly restMs: number;
  readonly log: Log;
}

/** Runs passes, now and then and when called for. However often one is called for meanwhile, one more follows. */
export class PassLoop implements Disposable {
  readonly #options: PassLoopOptions;
  #timer: NodeJS.Timeout | undefined;
  #isPassing = false;
  #isCalledFor = false;
  #isClosed = false;

  /** The first pass comes when it is called for, or after the interval. */
  constructor(options: PassLoopOptions) {
    this.#options = options;
    this.#schedule(options.intervalMs());
  }

  /** A pass that begins after this is wanted soon. */
  call(): void {
    if (this.#isCalledFor) return;
    this.#isCalledFor = true;
    if (!this.#isPassing) this.#schedule(this.#options.restMs);
  }

  #schedule(waitMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#run(), waitMs);
  }

  async #run(): Promise<void> {
    this.#isPassing = true;
    this.#isCalledFor = false;
    try {
      await this.#options.pass();
    } catch (thrown) {
      this.#options.log.error({ error: messageOf(thrown) }, 'A look at the sandboxes failed');
    }
    this.#isPassing = false;
    this.#schedule(this.#isCalledFor ? this.#options.restMs : this.#options.intervalMs());
  }

  /** No pass begins any more; one that is under way ends by itself. */
  [Symbol.dispose](): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }
}
