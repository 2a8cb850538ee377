import type { pwru } from '../../../proto/gen/pwru.js';
import type { FailureContext } from '../agents/failure.ts';
import type { Departures } from '../trace/departures.ts';
import type { NodeTrace } from '../trace/node-trace.ts';
import { type Gap, isTracing, type NodeState } from '../trace/recovery.ts';
import type { TraceReport, TraceResult } from '../trace/trace-report.ts';
import { type UnseenPods, unseenLines } from '../trace/unseen-pods.ts';
import { beginLines, clockLines, progressOfStart } from './begin-lines.ts';
import { elsewhereText, type HintOptions, nothingSeenLines } from './nothing-seen.ts';
import { NodeTroubles, type PodNotices, untracedFailures } from './notices.ts';
import type { Reporter } from './reporter.ts';
import { clusterSummary, namesOf, partialText, probesText, totalAccounting } from './summary.ts';
import { type AddressHomes, untracedDestinationLines } from './untraced-destinations.ts';

/** All nodes tell of themselves each second; they are summed up so often. */
const STATUS_INTERVAL_MS = 1_000;

export interface ClusterReportParts {
  readonly reporter: Reporter;
  readonly options: FailureContext['options'] & HintOptions;
  readonly pods: PodNotices;
  readonly unseen: UnseenPods;
  readonly departures: Departures;
  /** Undefined: what left for nodes that are not traced is not known. */
  readonly homes: AddressHomes | undefined;
  /** Pods in it are called by their names alone. */
  readonly homeNamespace: string | undefined;
  /** `2 pods`, `every packet`: what is traced. */
  readonly subject: () => string;
  /** All that were ever traced. */
  readonly podCount: () => number;
  /** Monotonic, milliseconds. */
  readonly now: () => number;
}

/** How the trace of a cluster goes on, for the user: node by node where that matters, together where it does not. */
export class ClusterReport implements TraceReport {
  readonly #parts: ClusterReportParts;
  readonly #nodes = new Set<NodeTrace>();
  /** Those of whose clocks was told what there is to tell. */
  readonly #clocksTold = new Set<NodeTrace>();
  readonly #troubles: NodeTroubles;
  #statusAtMs = Number.NEGATIVE_INFINITY;
  #hasBegun = false;
  #isTotalTold = false;
  #hasEnded = false;

  constructor(parts: ClusterReportParts) {
    this.#parts = parts;
    this.#troubles = new NodeTroubles(parts.reporter, parts.now);
  }

  state(node: NodeTrace, before: NodeState): void {
    this.#nodes.add(node);
    if (this.#hasEnded) return;
    if (node.isStopping) this.#progressOfEnd();
    else if (!this.#hasBegun) this.#stateAtStart(node);
    else if (isTracing(node.state)) this.#tracing(node, before);
    else this.#troubles.tell(node);
  }

  status(node: NodeTrace): void {
    const { reporter, pods, now } = this.#parts;
    if (node.isStopping || now() - this.#statusAtMs < STATUS_INTERVAL_MS) return;
    this.#statusAtMs = now();
    reporter.lossesSoFar(totalAccounting([...this.#nodes]).losses ?? []);
    pods.tick();
  }

  notice(node: NodeTrace, text: string): void {
    this.#parts.reporter.note(`${node.name}: ${text}`);
  }

  podTarget(node: NodeTrace, status: pwru.v1.PodTargetStatus): void {
    this.#parts.pods.take(node, status);
  }

  gap(node: NodeTrace, gap: Gap): void {
    this.#troubles.end(node, gap);
  }

  summary(): void {}

  began(nodes: readonly NodeTrace[]): void {
    this.#hasBegun = true;
    this.#parts.unseen.began();
    const { reporter, subject } = this.#parts;
    const hint = reporter.isTerminal ? '; Ctrl-C ends it' : '';
    this.#troubles.flush();
    const traced = nodes.filter(({ state }) => isTracing(state));
    if (nodes.length === 0) reporter.note(`Waiting for ${subject()}${hint}`);
    if (traced.length === 0) return;
    for (const node of traced) this.#clocksTold.add(node);
    for (const line of beginLines(traced, { subject: subject(), hint })) reporter.note(line);
  }

  total(result: TraceResult): void {
    const { reporter, options, podCount, unseen, homeNamespace } = this.#parts;
    this.#isTotalTold = true;
    reporter.clearProgress();
    const silent = result.nodes.filter(
      ({ isAbandoned, summary, started }) =>
        isAbandoned && summary === undefined && started !== undefined,
    );
    if (silent.length > 0) {
      reporter.note(
        `${namesOf(silent)} did not confirm the end in time; sessions end by themselves`,
      );
    }
    if (reporter.isQuiet) reporter.finalLosses(totalAccounting(result.nodes));
    else {
      unseen.settle(true);
      const departures = this.#departureLines(result);
      const hints = { ...options, departuresAreTold: departures.length > 0 };
      const lines = [
        ...clusterSummary(result, podCount()),
        ...nothingSeenLines(result, hints, 'cluster'),
        ...departures,
      ];
      for (const line of [...lines, ...unseenLines(unseen.pods, homeNamespace)])
        reporter.note(line);
    }
  }

  #departureLines({ nodes }: TraceResult): string[] {
    const { departures, homes, homeNamespace, options } = this.#parts;
    if (homes === undefined) return [];
    const traced = nodes.filter(({ started }) => started !== undefined);
    for (const { name, started, summary } of traced) {
      if (summary !== undefined && started !== undefined)
        departures.takeHeld(name, started.bootToWallNs, summary);
    }
    const lines = untracedDestinationLines(departures, new Set(traced.map(({ name }) => name)), {
      homes,
      homeNamespace,
    });
    if (lines.length === 0) return [];
    return [...lines, `What becomes of them there: ${elsewhereText(traced, options.scope)}`];
  }

  ended(result: TraceResult): void {
    const { reporter, options } = this.#parts;
    const { nodes, stopCause, outputFailure } = result;
    this.#hasEnded = true;
    const isTraced = nodes.some(({ started }) => started !== undefined);
    if (isTraced && !this.#isTotalTold) this.total(result);
    if (outputFailure !== undefined) {
      const message = `Cannot write to standard output: ${outputFailure.message}`;
      reporter.error({ message, detailLines: [] });
    }
    const partial = isTraced ? partialText(result) : undefined;
    if (partial !== undefined) reporter.note(partial);
    if (stopCause === 'all-gone') {
      const message = 'The trace has ended: no node is left that could be traced';
      const failures = isTraced ? [{ message, detailLines: [] }] : untracedFailures(nodes, options);
      for (const failure of failures) reporter.error(failure);
    }
    reporter.clearProgress();
  }

  clearProgress(): void {
    this.#parts.reporter.clearProgress();
  }

  #stateAtStart(node: NodeTrace): void {
    if (node.state.kind === 'reconnecting') this.#troubles.tell(node);
    if (node.state.kind === 'gone') this.#troubles.tell(node, 'not traced');
    const all = [...this.#nodes];
    const progress = progressOfStart(all, all.filter(({ state }) => isTracing(state)).length);
    if (progress === undefined) return;
    const { reporter } = this.#parts;
    const isAnswered = all.some(({ state }) => isBegun(state));
    if (isAnswered) reporter.progress('Attaching', progress);
    // Where a line stays, nothing is said before an agent has answered.
    else if (reporter.isTerminal) reporter.progress('Connecting', `agents on ${namesOf(all)}`);
  }

  #tracing(node: NodeTrace, before: NodeState): void {
    const { reporter } = this.#parts;
    const { name, state, started } = node;
    if (state.kind === 'degraded' && before.kind !== 'degraded') {
      reporter.warning(`${name}: ${state.reason}`);
    }
    if (isTracing(before) || started === undefined) return;
    if (!this.#troubles.has(node))
      reporter.note(`Tracing on ${name} too (${started.kernelRelease}): ${probesText(started)}`);
    this.#tellClock(node);
  }

  /** Of a node that came when the others' clocks were told: once. */
  #tellClock(node: NodeTrace): void {
    if (this.#clocksTold.has(node)) return;
    this.#clocksTold.add(node);
    const traced = [...this.#nodes].filter(({ started }) => started !== undefined);
    for (const line of clockLines(traced, [node])) this.#parts.reporter.note(line);
  }

  /** Where it can be rewritten: it does not take long. */
  #progressOfEnd(): void {
    const all = [...this.#nodes];
    if (!this.#parts.reporter.isTerminal || all.length < 2 || !this.#hasBegun || this.#isTotalTold)
      return;
    const done = all.filter(
      ({ isSummaryPrinted, state }) => isSummaryPrinted || ['ended', 'gone'].includes(state.kind),
    );
    this.#parts.reporter.progress('Stopping', `${done.length} of ${all.length} nodes done`);
  }
}

/** The agent has answered, and has something to attach or has done so. */
function isBegun(state: NodeState): boolean {
  return isTracing(state) || state.kind === 'preparing' || state.kind === 'attaching';
}
