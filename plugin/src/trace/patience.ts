import type { StopCause } from './trace-report.ts';

/** Sum of the times that writes to standard output may take after an interrupt. */
const AFTER_INTERRUPT_MS = 1_000;

/**
 * The time-out of writes to standard output after an interrupt. Time in which nothing waits to be written does not count, so
 * that events which an agent delivers late are printed.
 */
export class ReaderPatience implements Disposable {
  readonly #onEnd: () => void;
  #isInterrupted = false;
  #leftMs = AFTER_INTERRUPT_MS;
  #writingSinceMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param onEnd called, once, when it is over */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  interrupt(): void {
    this.#isInterrupted = true;
    if (this.#writingSinceMs !== undefined) this.#start();
  }

  /** Whether standard output is being written. */
  setWriting(isWriting: boolean): void {
    if (isWriting && this.#isInterrupted) this.#start();
    else if (isWriting) this.#writingSinceMs = performance.now();
    else this.#pause();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#writingSinceMs = performance.now();
    this.#timer = setTimeout(this.#onEnd, this.#leftMs);
  }

  #pause(): void {
    clearTimeout(this.#timer);
    if (this.#isInterrupted && this.#writingSinceMs !== undefined) {
      this.#leftMs -= performance.now() - this.#writingSinceMs;
    }
    this.#writingSinceMs = undefined;
  }
}

/** Longest time between two status messages of agents that detach their probes; a busy machine takes seconds for one. */
const TIMEOUT_MS = 10_000;
/** The same while no probe is attached: the agents have no summary to send. */
const TIMEOUT_BEFORE_TRACING_MS = 2_000;
/** From the interrupt of a trace of several nodes to its end; summaries that arrive later are not printed. */
const PROMPT_TIMEOUT_MS = 1_800;

/** How long a trace that is to stop waits for what the agents have to say. */
export class StopPatience implements Disposable {
  readonly #isPatient: boolean;
  readonly #onEnd: () => void;
  #cause: StopCause | undefined;
  #timeoutMs = TIMEOUT_MS;
  #timer: NodeJS.Timeout | undefined;
  #isWriting = false;

  /**
   * @param isPatient to wait on while an agent goes on saying something, also after an interrupt
   * @param onEnd called, once, when it is over
   */
  constructor(isPatient: boolean, onEnd: () => void) {
    this.#isPatient = isPatient;
    this.#onEnd = onEnd;
  }

  /** The agents were asked to stop; again when the user interrupts what was to stop for another cause. */
  begin(cause: StopCause, { isTracing }: { readonly isTracing: boolean }): void {
    const isPrompt = cause === 'interrupt' && !this.#isPatient;
    this.#cause = cause;
    this.#timeoutMs = isTracing ? TIMEOUT_MS : TIMEOUT_BEFORE_TRACING_MS;
    if (isPrompt) this.#timeoutMs = PROMPT_TIMEOUT_MS;
    this.#restart();
  }

  /** An agent is busy stopping. */
  heard(): void {
    if (this.#cause === undefined || (this.#cause === 'interrupt' && !this.#isPatient)) return;
    this.#restart();
  }

  /** Whether standard output is being written: the reader's slowness is not the agents'. */
  setWriting(isWriting: boolean): void {
    this.#isWriting = isWriting;
    // Only a user who interrupts does not wait for the reader.
    if (this.#cause !== undefined && this.#cause !== 'interrupt') this.#restart();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#cause = undefined;
  }

  #restart(): void {
    clearTimeout(this.#timer);
    if (this.#isWriting && this.#cause !== 'interrupt') return;
    this.#timer = setTimeout(() => {
      this[Symbol.dispose]();
      this.#onEnd();
    }, this.#timeoutMs);
  }
}
