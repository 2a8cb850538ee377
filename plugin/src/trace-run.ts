import { pwru } from '../../proto/gen/pwru.js';
import { type AgentClient, AgentError, type TraceStream } from './agent-client.ts';
import type { TraceOptions } from './args/trace-options.ts';
import { Dictionary } from './dictionary.ts';
import { EventCursor } from './event-decoder.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { failureOf } from './failure.ts';
import type { Output } from './output.ts';
import type { EventRenderer } from './render/event-renderer.ts';
import type { Reporter } from './reporter.ts';
import { encodeEventBatch, eventBatchOf } from './response.ts';
import { startRequest } from './start-request.ts';

/** Until Started says otherwise. */
const HEARTBEAT_INTERVAL_MS = 5_000;
/** After an interrupt events are still printed for this long, then they are only let through to reach the Summary. */
const PRINT_AFTER_INTERRUPT_MS = 1_000;
/** How long a stopping agent may be silent: each report of detaching begins it anew. */
const STOP_TIMEOUT_MS = 2_000;

/** Ends that the user did not ask for. */
const unexpectedEnds: Readonly<Record<number, string>> = {
  [pwru.v1.EndReason.END_REASON_MAX_DURATION]: 'it was as long as this agent allows',
  [pwru.v1.EndReason.END_REASON_LEASE_EXPIRED]:
    'the agent heard nothing of this client for too long',
  [pwru.v1.EndReason.END_REASON_STOPPED_BY_OPERATOR]: 'somebody stopped it at the agent',
  [pwru.v1.EndReason.END_REASON_AGENT_SHUTDOWN]: 'the agent is shutting down',
};

export interface TraceRunParts {
  readonly client: AgentClient;
  readonly options: TraceOptions;
  readonly renderer: EventRenderer;
  readonly output: Output;
  readonly reporter: Reporter;
}

/** Why the trace is to end; undefined while it is not. */
type StopCause = 'interrupt' | 'limit' | 'timeout' | 'output-closed';

/**
 * One trace from the first request to the exit code: asks, keeps alive, prints, and stops in good order.
 *
 * Nothing piles up here: a batch is printed before the next one is asked for, so a slow reader of standard output stops
 * the stream, while heartbeats go on and the agent counts what it loses.
 */
export class TraceRun {
  readonly #parts: TraceRunParts;
  readonly #dictionary = new Dictionary();
  readonly #cursor = new EventCursor();
  /** Aborted when nothing more is to be printed. */
  readonly #printing = new AbortController();
  #stream: TraceStream | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #timeout: NodeJS.Timeout | undefined;
  #stopTimer: NodeJS.Timeout | undefined;
  #printTimer: NodeJS.Timeout | undefined;
  #stopCause: StopCause | undefined;
  #tracing = false;
  #abandoned = false;
  #writing = false;
  #shownEvents = 0;
  #summary: pwru.v1.Summary | undefined;
  #accounting: pwru.v1.Accounting.$Properties | undefined;

  constructor(parts: TraceRunParts) {
    this.#parts = parts;
  }

  /** True from the moment when all probes are on. */
  get tracing(): boolean {
    return this.#tracing;
  }

  /** Runs the trace to its end. Rejects only with what is a mistake in this program. */
  async run(): Promise<ExitCode> {
    const stream = this.#parts.client.trace(startRequest(this.#parts.options));
    this.#stream = stream;
    this.#beat(HEARTBEAT_INTERVAL_MS);
    try {
      for await (const response of stream.responses) await this.#take(response);
    } catch (thrown) {
      if (thrown instanceof AgentError) return this.#failed(thrown);
      throw thrown;
    } finally {
      clearInterval(this.#heartbeat);
      clearTimeout(this.#timeout);
      clearTimeout(this.#stopTimer);
      clearTimeout(this.#printTimer);
      stream.cancel();
    }
    return this.#ended();
  }

  /**
   * Asks the agent to stop, and waits for its Summary: two seconds, and for as long as it goes on telling how it
   * detaches. What is delivered meanwhile is printed, however slow the reader, unless there is no reader or the limit
   * is reached; an interrupt, also a later one, gives it one second.
   */
  stop(cause: StopCause): void {
    if (
      this.#stopCause === 'interrupt' ||
      (this.#stopCause !== undefined && cause !== 'interrupt')
    ) {
      return;
    }
    this.#stopCause = cause;
    this.#stream?.send({ stop: {} });
    this.#awaitSummary();
    if (cause === 'output-closed') this.#printing.abort();
    if (cause === 'interrupt') {
      this.#printTimer = setTimeout(() => this.#printing.abort(), PRINT_AFTER_INTERRUPT_MS);
    }
  }

  #awaitSummary(): void {
    clearTimeout(this.#stopTimer);
    // The reader's slowness is not the agent's; only a user who interrupts does not wait for it.
    if (this.#writing && this.#stopCause !== 'interrupt') return;
    this.#stopTimer = setTimeout(() => {
      this.#abandoned = true;
      this.#printing.abort();
      this.#stream?.cancel();
    }, STOP_TIMEOUT_MS);
  }

  #beat(intervalMs: number): void {
    clearInterval(this.#heartbeat);
    this.#heartbeat = setInterval(() => this.#stream?.send({ heartbeat: {} }), intervalMs);
  }

  async #take(response: Uint8Array): Promise<void> {
    const batch = eventBatchOf(response);
    if (batch !== undefined) return this.#print(batch);
    const { started, dictionary, events, status, summary } = decoded(() =>
      pwru.v1.TraceResponse.decode(response),
    );
    if (dictionary) this.#dictionary.add(dictionary.entries ?? []);
    else if (events) await this.#print(encodeEventBatch(events));
    else if (started) await this.#start(new pwru.v1.Started(started));
    else if (status) this.#report(status);
    else if (summary) this.#finish(new pwru.v1.Summary(summary));
  }

  async #start(started: pwru.v1.Started): Promise<void> {
    const { options, output, renderer, reporter } = this.#parts;
    this.#tracing = true;
    if (started.heartbeatIntervalMs > 0) this.#beat(started.heartbeatIntervalMs);
    reporter.started(started);
    if (options.timeoutMs !== undefined) {
      this.#timeout = setTimeout(() => this.stop('timeout'), options.timeoutMs);
    }
    await output.write(renderer.start(started, this.#dictionary), this.#printing.signal);
  }

  /** Told at once: probes may take longer to go, and what comes until then tells how. */
  #finish(summary: pwru.v1.Summary): void {
    this.#summary = summary;
    this.#parts.reporter.summary(summary, {
      shownEvents: this.#shownEvents,
      unexpectedEnd: this.#unexpectedEnd(),
    });
  }

  #report(status: pwru.v1.Status.$Properties): void {
    const { reporter } = this.#parts;
    if (status.accounting) this.#accounting = status.accounting;
    reporter.status(status);
    const detaching = status.state === pwru.v1.SessionState.SESSION_STATE_DETACHING;
    if (detaching && this.#stopCause !== undefined && !this.#abandoned) this.#awaitSummary();
  }

  async #print(batch: Uint8Array): Promise<void> {
    if (this.#printing.signal.aborted) return;
    const { options, output, renderer, reporter } = this.#parts;
    const remaining = (options.limit ?? Number.POSITIVE_INFINITY) - this.#shownEvents;
    if (remaining === 0) return;
    const { text, events } = decoded(() => this.#render(batch, renderer, remaining));
    this.#shownEvents += events;
    reporter.clearProgress();
    this.#writing = true;
    const written = output.write(text, this.#printing.signal);
    if (this.#shownEvents === options.limit) this.stop('limit');
    await written;
    this.#writing = false;
    if (this.#stopCause !== undefined && this.#stopCause !== 'interrupt') this.#awaitSummary();
  }

  #render(
    batch: Uint8Array,
    renderer: EventRenderer,
    maxEvents: number,
  ): { text: string; events: number } {
    let text = '';
    let events = 0;
    this.#cursor.reset(batch);
    while (events < maxEvents && this.#cursor.next()) {
      text += renderer.event(this.#cursor);
      events++;
    }
    return { text, events };
  }

  /** The stream is over, and the agent did not say that anything went wrong. */
  #ended(): ExitCode {
    const { output, reporter } = this.#parts;
    const unexpectedEnd = this.#unexpectedEnd();
    if (this.#abandoned && this.#summary === undefined) {
      reporter.note('The agent did not confirm the end in time; it ends the session by itself');
    }
    if (this.#tracing && this.#summary === undefined) {
      reporter.withoutSummary(this.#accounting, this.#shownEvents);
    }
    if (output.failure !== undefined) {
      const message = `Cannot write to standard output: ${output.failure.message}`;
      reporter.error({ message, detailLines: [] });
      return exitCodes.FAILURE;
    }
    if (unexpectedEnd !== undefined) {
      reporter.error({ message: `The trace has ended: ${unexpectedEnd}`, detailLines: [] });
      return this.#tracing ? exitCodes.PARTIAL : exitCodes.FAILURE;
    }
    reporter.clearProgress();
    return this.#tracing ? exitCodes.OK : exitCodes.INTERRUPTED;
  }

  /** Why the trace ended, when it was not the user's wish. */
  #unexpectedEnd(): string | undefined {
    if (this.#summary === undefined) {
      const isExpected = this.#abandoned || (this.#stopCause !== undefined && !this.#tracing);
      return isExpected ? undefined : 'the agent ended the stream without a summary';
    }
    if (this.#stopCause !== undefined) return undefined;
    return unexpectedEnds[this.#summary.reason] ?? 'the agent stopped it without being asked';
  }

  #failed(error: AgentError): ExitCode {
    const { options, reporter } = this.#parts;
    if (!this.#tracing && this.#stopCause !== undefined) {
      reporter.clearProgress();
      return exitCodes.INTERRUPTED;
    }
    const failure = failureOf(error, { options, tracing: this.#tracing });
    reporter.error(failure);
    if (this.#tracing) reporter.withoutSummary(this.#accounting, this.#shownEvents);
    return failure.exitCode;
  }
}

/** A response that cannot be decoded is the agent's failure. */
function decoded<T>(decode: () => T): T {
  try {
    return decode();
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AgentError('lost', `Cannot understand the agent: ${cause}`, { cause: thrown });
  }
}
