import type { pwru } from '../../../proto/gen/pwru.js';
import { failureOf } from '../agents/failure.ts';
import { counted, lossTotals } from '../events/accounting.ts';
import type { NodeTrace } from '../trace/node-trace.ts';
import { endReason } from '../trace/recovery.ts';
import type { TraceReport, TraceResult } from '../trace/trace-report.ts';
import { type HintOptions, nothingSeenLines } from './nothing-seen.ts';
import type { Reporter } from './reporter.ts';

/** How the trace with a single agent goes on, for the user. */
export class SingleReport implements TraceReport {
  readonly #reporter: Reporter;
  readonly #options: HintOptions;

  constructor(reporter: Reporter, options: HintOptions) {
    this.#reporter = reporter;
    this.#options = options;
  }

  state(): void {}

  status(_node: NodeTrace, status: pwru.v1.Status.$Properties): void {
    this.#reporter.status(status);
  }

  notice(_node: NodeTrace, text: string): void {
    this.#reporter.note(`Note: ${text}`);
  }

  podTarget(): void {}

  gap(): void {}

  summary(): void {}

  began([node]: readonly NodeTrace[]): void {
    if (node?.started !== undefined) this.#reporter.started(node.started);
  }

  total(result: TraceResult): void {
    const { nodes, shownEvents, stopCause } = result;
    const summary = nodes[0]?.summary;
    if (summary === undefined) return;
    const unexpectedEnd =
      stopCause === undefined ? endReason({ kind: 'summary', summary }) : undefined;
    this.#reporter.summary(summary, { shownEvents, unexpectedEnd });
    for (const line of nothingSeenLines(result, this.#options, 'machine'))
      this.#reporter.note(line);
  }

  ended(result: TraceResult): void {
    const [node] = result.nodes;
    if (node !== undefined) this.#tellEnd(node, result);
    const { totalEvents } = lossTotals(node?.accounting?.losses ?? []);
    if (totalEvents > 0n)
      this.#reporter.note(`Partial trace: ${counted(totalEvents, 'event')} lost`);
    this.#reporter.clearProgress();
  }

  clearProgress(): void {
    this.#reporter.clearProgress();
  }

  #tellEnd(node: NodeTrace, { shownEvents, stopCause, outputFailure }: TraceResult): void {
    const tracing = node.started !== undefined;
    const { end, summary, accounting } = node;
    if (end?.kind === 'failure') {
      if (!tracing && stopCause !== undefined) return;
      this.#reporter.error(failureOf(end.error, { options: this.#options, tracing }));
      if (tracing) this.#reporter.withoutSummary(accounting, shownEvents);
      return;
    }
    if (node.isAbandoned && summary === undefined) {
      this.#reporter.note(
        'The agent did not confirm the end in time; it ends the session by itself',
      );
    }
    if (tracing && summary === undefined) this.#reporter.withoutSummary(accounting, shownEvents);
    const isExpected =
      node.isAbandoned || (stopCause !== undefined && (summary !== undefined || !tracing));
    if (outputFailure !== undefined) {
      const message = `Cannot write to standard output: ${outputFailure.message}`;
      this.#reporter.error({ message, detailLines: [] });
    } else if (end !== undefined && !isExpected) {
      const message = `The trace has ended: ${endReason(end)}`;
      this.#reporter.error({ message, detailLines: [] });
    }
  }
}
