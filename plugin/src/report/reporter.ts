import { pwru } from '../../../proto/gen/pwru.js';
import type { Failure } from '../agents/failure.ts';
import { count, counted, grouped, lossTotals } from '../events/accounting.ts';
import type { Channel } from '../terminal/channel.ts';
import { cutEnd, printable } from '../terminal/text.ts';
import { rejectedLines } from './rejected-backends.ts';
import { accountingText, dropsText } from './summary.ts';

const states = {
  PREPARING: pwru.v1.SessionState.SESSION_STATE_PREPARING,
  ATTACHING: pwru.v1.SessionState.SESSION_STATE_ATTACHING,
  DETACHING: pwru.v1.SessionState.SESSION_STATE_DETACHING,
} as const;

/** Of a terminal that does not say. */
const DEFAULT_WIDTH = 80;
const LOSS_INTERVAL_MS = 1_000;
/** Where progress cannot be rewritten in place. */
const PLAIN_PROGRESS_INTERVAL_MS = 5_000;

export interface ReporterOptions {
  readonly channel: Channel;
  /** Progress is one line, rewritten. */
  readonly isTerminal: boolean;
  /** Of that terminal, as it is now, in columns; undefined: it does not say. */
  readonly width?: () => number | undefined;
  /** No status and no summary; errors, and what was lost, are still told. */
  readonly quiet: boolean;
  /** Monotonic, milliseconds. */
  readonly now: () => number;
}

/** What the client itself knows at the end. */
export interface ClientCounts {
  readonly shownEvents: number;
  /** Why the trace ended, when it was not the user's wish. */
  readonly unexpectedEnd: string | undefined;
}

/**
 * What goes to standard error, a line each. Lines about state are dropped while standard error does not take more:
 * a later one, or the summary, says the same.
 */
export class Reporter {
  readonly #options: ReporterOptions;
  #progressShown = false;
  #progressAtMs = Number.NEGATIVE_INFINITY;
  #progressText = '';
  #lossesAtMs = Number.NEGATIVE_INFINITY;
  #lostReported = 0n;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  status(status: pwru.v1.Status.$Properties): void {
    if (this.#options.quiet) return;
    const { PREPARING, ATTACHING, DETACHING } = states;
    const done = grouped(status.functionsDone ?? 0);
    const total = counted(status.functionsTotal ?? 0, 'function');
    if (status.state === PREPARING) this.progress('Preparing');
    if (status.state === ATTACHING) this.progress(`Attaching to ${total}`, `${done} done`);
    if (status.state === DETACHING) this.progress('Detaching', `${done} of ${total} left`);
    if (status.accounting) this.lossesSoFar(status.accounting.losses ?? []);
  }

  started(started: pwru.v1.Started): void {
    if (this.#options.quiet) return;
    const refused = started.refusedFunctions.length;
    const { node, kernelRelease, backend } = started;
    this.#line(
      `Tracing ${counted(started.functionsAttached, 'function')} on ${node} (${kernelRelease}) by ${backend}` +
        `${refused === 0 ? '' : `, ${grouped(refused)} refused`}${this.#options.isTerminal ? '; Ctrl-C ends it' : ''}`,
    );
    for (const line of rejectedLines(started.rejectedBackends)) this.#line(line);
    for (const notice of started.notices) this.#line(`Note: ${notice}`);
  }

  /** The last lines of a trace that ended in good order. */
  summary(summary: pwru.v1.Summary, counts: ClientCounts): void {
    const accounting = summary.accounting ?? {};
    if (this.#options.quiet) {
      this.finalLosses(accounting);
      return;
    }
    const seconds = (Number(count(summary.durationMs)) / 1_000).toFixed(1);
    this.#line(
      `Traced for ${seconds} s${counts.unexpectedEnd === undefined ? '' : ` (${counts.unexpectedEnd})`}: ` +
        `${counted(summary.functionsAttached, 'function')} attached, ${grouped(summary.functionsRefused)} refused, ` +
        `${grouped(summary.functionsHit)} hit`,
    );
    this.#line(accountingText(accounting, counts.shownEvents));
    const drops = dropsText(accounting);
    if (drops !== undefined) this.#line(drops);
  }

  /** Instead of the summary when the agent sends none: what it said last. */
  withoutSummary(
    accounting: pwru.v1.Accounting.$Properties | undefined,
    shownEvents: number,
  ): void {
    if (accounting === undefined) return;
    if (this.#options.quiet) this.finalLosses(accounting);
    else this.#line(`At the last report: ${accountingText(accounting, shownEvents)}`);
  }

  error({ message, detailLines }: Pick<Failure, 'message' | 'detailLines'>): void {
    this.#line(`error: ${message}`);
    for (const line of detailLines) this.#line(line);
  }

  /** What takes something away from the trace; told also when quiet. */
  warning(text: string): void {
    this.#line(text);
  }

  note(text: string): void {
    if (!this.#options.quiet) this.#line(text);
  }

  get isTerminal(): boolean {
    return this.#options.isTerminal;
  }

  get isQuiet(): boolean {
    return this.#options.quiet;
  }

  /** Takes away the `^C` that a terminal shows at the beginning of the next line. */
  clearInterrupt(): void {
    if (this.#options.isTerminal) this.#options.channel.send('\r\x1b[K');
  }

  /** Takes the progress line away, before something else is printed on the same terminal. */
  clearProgress(): void {
    if (!this.#progressShown) return;
    this.#progressShown = false;
    this.#options.channel.send('\r\x1b[K');
  }

  /**
   * Replaces the progress line; where there is no terminal a line when `text` is another one than before, and at most every
   * five seconds one with `detail`.
   */
  progress(text: string, detail = ''): void {
    if (this.#options.quiet) return;
    const nowMs = this.#options.now();
    const isNew = text !== this.#progressText;
    if (this.#options.isTerminal) {
      if (this.#options.channel.isFull) return;
      const line = printable(`${text}${detail === '' ? '' : `: ${detail}`}`);
      // A line that wraps could not be taken away.
      const mostColumns = Math.max(1, (this.#options.width?.() || DEFAULT_WIDTH) - 1);
      this.#options.channel.send(`\r\x1b[K${cutEnd(line, mostColumns)}`);
      this.#progressShown = true;
    } else if (
      isNew ||
      (detail !== '' && nowMs - this.#progressAtMs >= PLAIN_PROGRESS_INTERVAL_MS)
    ) {
      this.#stateLine(isNew ? text : `${text}: ${detail}`);
      this.#progressAtMs = nowMs;
    }
    this.#progressText = text;
  }

  /** @param losses since the beginning; told when there are more than before, at most once a second */
  lossesSoFar(losses: readonly pwru.v1.Loss.$Properties[]): void {
    if (this.#options.quiet) return;
    const { totalEvents, byStage } = lossTotals(losses);
    const nowMs = this.#options.now();
    if (totalEvents <= this.#lostReported || nowMs - this.#lossesAtMs < LOSS_INTERVAL_MS) return;
    this.#lossesAtMs = nowMs;
    this.#lostReported = totalEvents;
    this.#stateLine(`Lost ${counted(totalEvents, 'event')} so far: ${byStage}`);
  }

  /** All that was lost in the end, if anything was; told also when quiet. */
  finalLosses({ losses }: pwru.v1.Accounting.$Properties): void {
    const { totalEvents, byStage } = lossTotals(losses ?? []);
    if (totalEvents > 0n) this.#line(`Lost ${counted(totalEvents, 'event')}: ${byStage}`);
  }

  #stateLine(text: string): void {
    if (!this.#options.channel.isFull) this.#line(text);
  }

  #line(text: string): void {
    this.clearProgress();
    this.#options.channel.send(`${printable(text)}\n`);
  }
}
