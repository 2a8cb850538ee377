import type { pwru } from '../../../proto/gen/pwru.js';
import type { AgentSource } from '../agents/agent-client.ts';
import type { TraceOptions } from '../cli/trace-options.ts';
import { TimeLine } from '../events/clocks.ts';
import type { EventConsumer, EventWriter } from '../events/consumer.ts';
import type { Dictionary } from '../events/dictionary.ts';
import type { ExitCode } from '../exit-code.ts';
import { EventMerge } from './event-merge.ts';
import { NodeQueue } from './node-queue.ts';
import { NodeTrace, type NodeTraceListener, type Recovery } from './node-trace.ts';
import { ReaderPatience, StopPatience } from './patience.ts';
import type { PodTargets } from './pod-states.ts';
import { type Gap, isTracing, type NodeState } from './recovery.ts';
import {
  type StopCause,
  type TraceReport,
  type TraceResult,
  traceExitCode,
} from './trace-report.ts';

/** A node that is no longer wanted may take so long to stop. */
const CLOSE_TIMEOUT_MS = 2_000;
/** Where no event comes, it is looked so often whether packets have ended. */
const SETTLE_INTERVAL_MS = 60;
/** What waits in a writer is written from here on. */
const CHUNK_BYTES = 64 * 1024;

export interface TraceRunParts {
  readonly options: Pick<
    TraceOptions,
    ('limit' | 'timeoutMs' | 'sort' | 'sortWindowMs' | 'dropsOnly') | ('filter' | 'functionRegex')
  >;
  /** They get each event in this order. */
  readonly consumers: readonly EventConsumer[];
  readonly newDictionary: () => Dictionary;
  readonly reports: readonly TraceReport[];
  /** Of encoded events that are read ahead, for each node; 1: a batch is printed before the next one is asked for. */
  readonly queueBytes: number;
  /** Nodes may come and go while it lasts, so it does not end with them. */
  readonly followsNodes: boolean;
  /** It waits for what agents say at the end, as long as they say something, also after an interrupt; else see StopPatience. */
  readonly isPatient: boolean;
}

/** What is to be traced on a node. */
export interface NodePlan {
  /** As the cluster calls it; undefined where the agent is to say it. */
  readonly name: string | undefined;
  readonly agents: AgentSource;
  readonly request: (targets: PodTargets) => pwru.v1.StartTrace.$Properties;
  /** What to begin with; may be set anew, see NodeTrace. */
  readonly targets: PodTargets;
  readonly recovery: Recovery | undefined;
}

/**
 * One trace, from the first request to the exit code, on any number of nodes: merges what they send, shows it to its consumers,
 * and stops in good order.
 *
 * Nothing piles up here: what waits is bounded for each node, so a slow reader of standard output stops the streams, while
 * heartbeats go on and the agents count what they lose.
 */
export class TraceRun {
  readonly #parts: TraceRunParts;
  readonly #writers: readonly EventWriter[];
  readonly #merge: EventMerge;
  readonly #timeLine = new TimeLine(Date.now());
  readonly #nodes: NodeTrace[] = [];
  /** Those that were closed since there is nothing to trace there any more. */
  readonly #closed = new Set<NodeTrace>();
  /** Aborted when nothing more is to be shown. */
  readonly #printing = new AbortController();
  readonly #patience: StopPatience;
  /** When it is over, events are only let through, to reach the summaries. */
  readonly #readerPatience: ReaderPatience;
  readonly #listener: NodeTraceListener;
  #isRunning = false;
  #beganAtMs: number | undefined;
  #timeout: NodeJS.Timeout | undefined;
  #settling: NodeJS.Timeout | undefined;
  #stopCause: StopCause | undefined;
  #stoppedAtMs: number | undefined;
  #isTotalTold = false;
  #shownEvents = 0;
  /** A mistake in this program. */
  #fault: { readonly thrown: unknown } | undefined;

  constructor(parts: TraceRunParts) {
    this.#parts = parts;
    this.#writers = parts.consumers.flatMap(({ writer }) => writer ?? []);
    this.#merge = new EventMerge({
      windowMs: parts.options.sortWindowMs,
      keepsPackets: parts.options.dropsOnly,
      now: () => performance.now(),
    });
    this.#patience = new StopPatience(parts.isPatient, () => this.#abandon());
    this.#readerPatience = new ReaderPatience(() => {
      this.#printing.abort();
      this.#merge.wake();
    });
    this.#listener = {
      state: (node, before) => this.#onState(node, before),
      status: (node, status) => this.#onStatus(node, status),
      notice: (node, text) => this.#tell((report) => report.notice(node, text)),
      podTarget: (node, status) => this.#tell((report) => report.podTarget(node, status)),
      gap: (node, gap: Gap) => this.#tell((report) => report.gap(node, gap)),
      summary: () => this.#merge.wake(),
    };
  }

  /** True from the moment when all probes of a node are on. */
  get tracing(): boolean {
    return this.#nodes.some(({ started }) => started !== undefined);
  }

  get isStopping(): boolean {
    return this.#stopCause !== undefined;
  }

  /** It has told that it began: nodes that are opened from now on join it. */
  get hasBegun(): boolean {
    return this.#beganAtMs !== undefined;
  }

  /** All that were ever opened, in that order. */
  get nodes(): readonly NodeTrace[] {
    return this.#nodes;
  }

  /** Traces one more node. */
  open(plan: NodePlan): NodeTrace {
    const { options, consumers, newDictionary, queueBytes, isPatient } = this.#parts;
    const queue = new NodeQueue({
      maxBytes: queueBytes,
      sorted: options.sort === 'time',
      onPush: this.#merge.onPush,
      onMalformed: (error) => node.spoil(error),
    });
    const node = new NodeTrace({
      ...{ queue, consumers, newDictionary, listener: this.#listener },
      ...{ name: plan.name, agents: plan.agents, request: plan.request, recovery: plan.recovery },
      timeLine: this.#timeLine,
      endsAtSummary: !isPatient,
    });
    node.setTargets(plan.targets);
    this.#nodes.push(node);
    this.#merge.add(queue);
    node.run().then(
      () => this.#check(),
      (thrown: unknown) => {
        this.#fault ??= { thrown };
        this.#abandon();
      },
    );
    if (this.isStopping) node.abandon();
    return node;
  }

  /** Ends the trace of a node on which there is nothing to trace any more. */
  close(node: NodeTrace): void {
    this.#closed.add(node);
    node.stop();
    setTimeout(() => node.abandon(), CLOSE_TIMEOUT_MS).unref();
  }

  /** A writer has something that is no event. */
  wake(): void {
    this.#merge.wake();
  }

  /** Runs to the end. Call it once, when the nodes that it begins with are open. Rejects only with a mistake in this program. */
  async run(): Promise<ExitCode> {
    this.#isRunning = true;
    this.#check();
    try {
      await this.#print();
    } finally {
      clearTimeout(this.#timeout);
      clearTimeout(this.#settling);
      this.#patience[Symbol.dispose]();
      this.#readerPatience[Symbol.dispose]();
      for (const node of this.#nodes) node.abandon();
    }
    if (this.#fault !== undefined) throw this.#fault.thrown;
    const result = this.#result();
    this.#tell((report) => report.ended(result));
    await this.#flush();
    return traceExitCode(result, this.#parts.options);
  }

  /**
   * Asks the agents to stop, and waits for their summaries as long as StopPatience does. What is delivered meanwhile is
   * printed, however slow the reader, unless there is no reader or the limit is reached; an interrupt, also a later one, gives
   * the reader one second.
   */
  stop(cause: StopCause): void {
    if (this.#stopCause === 'interrupt') return;
    if (this.#stopCause !== undefined && cause !== 'interrupt') return;
    this.#stopCause = cause;
    this.#stoppedAtMs ??= performance.now();
    for (const node of this.#nodes) node.stop();
    this.#patience.begin(cause, { isTracing: this.tracing });
    if (cause === 'output-closed') this.#printing.abort();
    if (cause === 'interrupt') this.#readerPatience.interrupt();
    this.#merge.wake();
  }

  #abandon(): void {
    this.#printing.abort();
    for (const node of this.#nodes) node.abandon();
    this.#merge.wake();
  }

  #tell(how: (report: TraceReport) => void): void {
    for (const report of this.#parts.reports) how(report);
  }

  #onState(node: NodeTrace, before: NodeState): void {
    this.#tell((report) => report.state(node, before));
    const isDetaching = node.state.kind === 'detaching';
    if (isDetaching) this.#patience.heard();
    this.#check();
  }

  #onStatus(node: NodeTrace, status: pwru.v1.Status.$Properties): void {
    this.#tell((report) => report.status(node, status));
  }

  /** Whether the trace begins, or ends by itself. */
  #check(): void {
    this.#merge.wake();
    if (!this.#isRunning || this.isStopping) return;
    const open = this.#nodes.filter((node) => !this.#closed.has(node));
    const { followsNodes } = this.#parts;
    if (followsNodes && open.length > 0 && open.every(isGone)) {
      this.stop('all-gone');
      return;
    }
    if (this.hasBegun || !open.every(isSettled)) return;
    if (!followsNodes && !this.tracing) return;
    this.#beganAtMs = performance.now();
    this.#tell((report) => report.began(open));
    const { timeoutMs } = this.#parts.options;
    if (timeoutMs !== undefined) {
      this.#timeout = setTimeout(() => this.stop('timeout'), timeoutMs);
    }
    for (const writer of this.#writers) writer.begin();
    this.wake();
  }

  async #print(): Promise<void> {
    for (;;) {
      this.#consume();
      const isIdle = this.#pendingBytes === 0;
      if (!isIdle) await this.#write();
      this.#merge.free();
      if (!isIdle) continue;
      this.#tellTotal();
      if (this.#isOver || this.#fault !== undefined) return;
      await this.#merge.wait();
    }
  }

  /** What may go out now, at most a chunk of it. */
  #consume(): void {
    const { limit = Number.POSITIVE_INFINITY } = this.#parts.options;
    while (this.#pendingBytes < CHUNK_BYTES) {
      if (this.#printing.signal.aborted || this.#shownEvents >= limit) {
        this.#merge.skip();
        return;
      }
      const queue = this.#merge.next();
      if (queue === undefined) {
        this.#settle();
        return;
      }
      if (!queue.consume()) continue;
      this.#shownEvents++;
      if (this.#shownEvents === limit) this.stop('limit');
    }
  }

  /** Everything was shown: packets may have ended meanwhile, or will have soon. */
  #settle(): void {
    let isMoreDue = false;
    for (const { queue } of this.#nodes) if (queue.settle()) isMoreDue = true;
    if (!isMoreDue || this.#settling !== undefined) return;
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      this.wake();
    }, SETTLE_INTERVAL_MS);
  }

  /** Of the writer that has most. */
  get #pendingBytes(): number {
    let most = 0;
    for (const { pendingBytes } of this.#writers) {
      if (pendingBytes > most) most = pendingBytes;
    }
    return most;
  }

  async #write(): Promise<void> {
    if (this.#printing.signal.aborted) {
      for (const writer of this.#writers) writer.discard();
      return;
    }
    this.#tell((report) => report.clearProgress());
    this.#setWriting(true);
    await this.#flush();
    this.#setWriting(false);
  }

  async #flush(): Promise<void> {
    const { signal } = this.#printing;
    await Promise.all(this.#writers.map((writer) => writer.flush(signal)));
  }

  #setWriting(isWriting: boolean): void {
    this.#patience.setWriting(isWriting);
    this.#readerPatience.setWriting(isWriting);
  }

  /** Told as soon as all are in: probes may take longer to go, and what comes until then tells how. */
  #tellTotal(): void {
    if (this.#isTotalTold || (this.#parts.followsNodes && !this.isStopping)) return;
    const isPrinted = ({ isSummaryPrinted, isOver, queue }: NodeTrace) =>
      isSummaryPrinted || (isOver && queue.isFinished);
    if (!this.#nodes.every(isPrinted)) return;
    if (!this.#nodes.some(({ isSummaryPrinted }) => isSummaryPrinted)) return;
    this.#isTotalTold = true;
    const result = this.#result();
    this.#tell((report) => report.total(result));
  }

  get #isOver(): boolean {
    if (this.#parts.followsNodes && !this.isStopping) return false;
    return this.#nodes.every(({ isOver }) => isOver) && this.#merge.isFinished;
  }

  #result(): TraceResult {
    const endMs = this.#stoppedAtMs ?? performance.now();
    return {
      nodes: this.#nodes,
      closed: this.#closed,
      shownEvents: this.#shownEvents,
      durationMs: this.#beganAtMs === undefined ? 0 : endMs - this.#beganAtMs,
      beganAfterMs: this.#beganAtMs ?? 0,
      stopCause: this.#stopCause,
      outputFailure: this.#writers.find(({ failure }) => failure)?.failure,
    };
  }
}

function isGone({ state, isOver }: NodeTrace): boolean {
  return state.kind === 'gone' || isOver;
}

function isSettled(node: NodeTrace): boolean {
  const { state } = node;
  return isTracing(state) || isGone(node) || ['reconnecting', 'detaching'].includes(state.kind);
}
