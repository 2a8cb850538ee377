import { pwru } from '../../../proto/gen/pwru.js';
import { counted, grouped } from '../accounting.ts';
import type { TraceOptions } from '../args/trace-options.ts';
import { type Failure, failureOf } from '../failure.ts';
import type { TargetChange } from '../targets/target-changes.ts';
import { NoAgentError } from './agent-source.ts';
import { clusterSummary, gapText, probesText, totalAccounting } from './cluster-summary.ts';
import { clockLines, versionLines } from './node-differences.ts';
import { groupedBy, listed } from './node-lists.ts';
import { type Gap, isTracing, type NodeState } from './node-state.ts';
import type { NodeTrace } from './node-trace.ts';
import { podKey } from './pod-key.ts';
import type { Reporter } from './reporter.ts';
import type { TraceReport, TraceResult } from './trace-report.ts';

/** A node whose trouble takes another form all the time is told of so often. */
const REASON_INTERVAL_MS = 5_000;
/** A new pod has no sandbox for a while; that is told when it lasts. */
const WAITING_MS = 3_000;
/** Pods that come and go together are counted beyond that. */
const MAX_CHANGES = 10;

export interface ClusterReportParts {
  readonly reporter: Reporter;
  readonly options: Pick<TraceOptions, 'filter' | 'functionRegex'>;
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
  readonly #told = new Map<NodeTrace, { readonly state: NodeState; readonly atMs: number }>();
  /** Pods without a sandbox, by node and pod. */
  readonly #waiting = new Map<string, { readonly text: string; readonly sinceMs: number }>();
  readonly #states = new Map<string, pwru.v1.PodTargetState>();
  /** Nodes that were without an agent at the start, until they are told of together. */
  readonly #agentless: NodeTrace[] = [];
  #hasBegun = false;
  #hasEnded = false;

  constructor(parts: ClusterReportParts) {
    this.#parts = parts;
  }

  state(node: NodeTrace, before: NodeState): void {
    this.#nodes.add(node);
    const { state } = node;
    if (this.#hasEnded) return;
    if (node.isStopping) this.#progressOfEnd();
    else if (!this.#hasBegun) this.#stateAtStart(node);
    else if (isTracing(state)) this.#tracing(node, before);
    else if (['connecting', 'reconnecting', 'gone'].includes(state.kind)) this.#trouble(node);
  }

  status(): void {
    const { reporter, now } = this.#parts;
    reporter.lossesSoFar(totalAccounting([...this.#nodes]).losses ?? []);
    for (const [key, { text, sinceMs }] of this.#waiting) {
      if (now() - sinceMs < WAITING_MS) continue;
      this.#waiting.delete(key);
      reporter.note(`${text}: waits for its sandbox`);
    }
  }

  podTarget(node: NodeTrace, status: pwru.v1.PodTargetStatus): void {
    const { PodTargetState } = pwru.v1;
    const { reporter, now } = this.#parts;
    const key = `${node.name} ${podKey(status.target ?? {})}`;
    const text = `${this.#podText(status.target ?? {})} (node ${node.name})`;
    const before = this.#states.get(key);
    this.#waiting.delete(key);
    if (node.pods.some((pod) => podKey(pod) === podKey(status.target ?? {})))
      this.#states.set(key, status.state);
    else this.#states.delete(key);
    if (before === status.state && status.state !== PodTargetState.POD_TARGET_STATE_REPLACED) return;
    switch (status.state) {
      case PodTargetState.POD_TARGET_STATE_WAITING:
        this.#waiting.set(key, { text, sinceMs: now() });
        break;
      case PodTargetState.POD_TARGET_STATE_REPLACED:
        reporter.note(`${text}: has a new sandbox, which is traced now`);
        break;
      case PodTargetState.POD_TARGET_STATE_HOST_NETWORK:
        reporter.warning(
          `${text}: not traced, since its packets are its node's; --host-network=node traces the whole node`,
        );
        break;
      case PodTargetState.POD_TARGET_STATE_UNRESOLVED:
        reporter.warning(`${text}: not traced: ${status.message}`);
        break;
    }
  }

  gap(node: NodeTrace, gap: Gap): void {
    this.#told.delete(node);
    this.#parts.reporter.warning(
      `${node.name}: is traced; it was not ${gapText(gap)} (${gap.cause})`,
    );
  }

  summary(): void {}

  began(nodes: readonly NodeTrace[]): void {
    this.#hasBegun = true;
    const { reporter, subject } = this.#parts;
    this.#tellAgentless();
    const traced = nodes.filter(({ state }) => isTracing(state));
    if (nodes.length === 0) reporter.note(`Waiting for ${subject()}${this.#hint}`);
    if (traced.length === 0) return;
    const groups = groupedBy(traced, ({ started }) =>
      started === undefined ? '' : `(${started.kernelRelease}): ${probesText(started)}`,
    );
    if (groups.size === 1) {
      const [probes] = groups.keys();
      reporter.note(`Tracing ${subject()} on ${namesOf(traced)} ${probes}${this.#hint}`);
    } else {
      reporter.note(`Tracing ${subject()} on ${counted(traced.length, 'node')}${this.#hint}`);
      for (const [probes, group] of groups) reporter.note(`  ${namesOf(group)} ${probes}`);
    }
    for (const line of [...noticeLines(traced), ...versionLines(traced), ...clockLines(traced)])
      reporter.note(line);
  }

  /** Pods that come and go while it lasts. */
  podsChanged(changes: readonly TargetChange[]): void {
    const { reporter } = this.#parts;
    for (const { kind, pod, cause } of changes.slice(0, MAX_CHANGES)) {
      const sign = kind === 'added' ? '+' : '-';
      reporter.note(`${sign} ${this.#podText(pod)} (node ${pod.node}): ${cause}`);
    }
    const others = changes.length - MAX_CHANGES;
    if (others > 0) reporter.note(`and ${counted(others, 'more change')}`);
  }

  total(result: TraceResult): void {
    const { reporter, podCount } = this.#parts;
    this.#hasEnded = true;
    if (reporter.isQuiet) {
      reporter.finalLosses(totalAccounting(result.nodes));
      return;
    }
    for (const line of clusterSummary(result, podCount())) reporter.note(line);
  }

  ended(result: TraceResult): void {
    const { reporter } = this.#parts;
    const { nodes, stopCause, outputFailure } = result;
    const isTraced = nodes.some(({ started }) => started !== undefined);
    const silent = nodes.filter(({ isAbandoned, summary }) => isAbandoned && summary === undefined);
    if (isTraced && silent.length > 0) {
      reporter.note(
        `${namesOf(silent)} did not confirm the end in time; sessions end by themselves`,
      );
    }
    if (isTraced && !this.#hasEnded) this.total(result);
    this.#hasEnded = true;
    if (outputFailure !== undefined) {
      const message = `Cannot write to standard output: ${outputFailure.message}`;
      reporter.error({ message, detailLines: [] });
    }
    if (isTraced && stopCause === 'all-gone') {
      reporter.error({ message: 'The trace has ended: no node is left', detailLines: [] });
    }
    if (!isTraced && stopCause === 'all-gone') {
      for (const failure of this.#failures(nodes)) reporter.error(failure);
    }
    reporter.clearProgress();
  }

  clearProgress(): void {
    this.#parts.reporter.clearProgress();
  }

  get #hint(): string {
    return this.#parts.reporter.isTerminal ? '; Ctrl-C ends it' : '';
  }

  #podText({ namespace, name }: { namespace?: string | null; name?: string | null }): string {
    const { homeNamespace } = this.#parts;
    return `${namespace === homeNamespace ? '' : `${namespace}/`}pod/${name}`;
  }

  #stateAtStart(node: NodeTrace): void {
    const { state } = node;
    if (state.kind === 'gone' && !this.#told.has(node)) {
      this.#remember(node);
      this.#agentless.push(node);
      // Most nodes without an agent are known at once: they are told of together.
      setImmediate(() => this.#tellAgentless());
    }
    if (state.kind === 'reconnecting') this.#trouble(node);
    const all = [...this.#nodes];
    const ready = all.filter((one) => isTracing(one.state));
    const slowest = slowestOf(all);
    if (slowest === undefined) return;
    const readyText = all.length === 1 ? '' : `${ready.length} of ${all.length} nodes ready, `;
    this.#parts.reporter.progress('Attaching', `${readyText}${progressText(slowest)}`);
  }

  #tellAgentless(): void {
    const told = this.#agentless.splice(0);
    // If there is none at all, the end says so.
    if (this.#hasEnded || [...this.#nodes].every(({ state }) => state.kind === 'gone')) return;
    for (const nodes of groupedBy(told, reasonOf).values()) {
      const [first] = nodes;
      if (first !== undefined) {
        this.#parts.reporter.warning(`${namesOf(nodes)}: not traced: ${reasonOf(first)}`);
      }
    }
  }

  #tracing(node: NodeTrace, before: NodeState): void {
    const { reporter } = this.#parts;
    const { state, started } = node;
    const told = this.#told.get(node);
    if (state.kind === 'degraded' && before.kind !== 'degraded') {
      reporter.warning(`${node.name}: ${state.reason}`);
    }
    if (isTracing(before) || told !== undefined || started === undefined) return;
    reporter.note(
      `Tracing on ${node.name} too (${started.kernelRelease}): ${probesText(started)}`,
    );
  }

  #trouble(node: NodeTrace): void {
    const { state } = node;
    const reason = reasonOf(node);
    const told = this.#told.get(node);
    if (reason === '') return;
    if (told?.state.kind === state.kind) {
      const isSame = 'reason' in told.state && told.state.reason === reason;
      if (isSame || this.#parts.now() - told.atMs < REASON_INTERVAL_MS) return;
    }
    this.#remember(node);
    const next = { connecting: 'not traced yet', reconnecting: 'lost, is tried again', gone: 'gone' };
    const what = next[state.kind as keyof typeof next];
    this.#parts.reporter.warning(`${node.name}: ${what}: ${reason}`);
  }

  #remember(node: NodeTrace): void {
    this.#told.set(node, { state: node.state, atMs: this.#parts.now() });
  }

  #progressOfEnd(): void {
    const all = [...this.#nodes];
    const done = all.filter(({ isSummaryPrinted, state }) => isSummaryPrinted || state.kind === 'ended');
    if (all.length > 1)
      this.#parts.reporter.progress('Stopping', `${done.length} of ${all.length} nodes done`);
  }

  /** Why nothing is traced at all: each cause once. */
  #failures(nodes: readonly NodeTrace[]): Failure[] {
    const failed = nodes.filter(({ end }) => end?.kind === 'failure');
    const groups = groupedBy(failed, ({ end }) =>
      end?.kind === 'failure' && !(end.error instanceof NoAgentError) ? end.error.message : '',
    );
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first?.end?.kind !== 'failure') return [];
      const { error } = first.end;
      const failure = failureOf(error, { options: this.#parts.options, tracing: false });
      if (!(error instanceof NoAgentError)) {
        const where = nodes.length === 1 ? '' : `${namesOf(group)}: `;
        return [{ ...failure, message: `${where}${failure.message}` }];
      }
      const reasons = groupedBy(group, reasonOf);
      return [
        {
          ...failure,
          message: `There is no agent on ${namesOf(group)}`,
          detailLines: [
            ...[...reasons].map(([reason, some]) => `  ${namesOf(some)}: ${reason}`),
            'kubectl pwru deploy installs agents, or brings them up to date; --agent-namespace says where they are',
          ],
        },
      ];
    });
  }
}

function namesOf(nodes: readonly NodeTrace[]): string {
  return listed(nodes.map(({ name }) => name));
}

function reasonOf({ state, end }: NodeTrace): string {
  if (end?.kind === 'failure' && end.error instanceof NoAgentError) return end.error.reason;
  return 'reason' in state ? state.reason : '';
}

/** Of those that are not ready yet. */
function slowestOf(nodes: readonly NodeTrace[]): NodeTrace | undefined {
  const order: ReadonlyArray<NodeState['kind']> = ['connecting', 'preparing', 'attaching'];
  for (const kind of order) {
    const [slowest] = nodes
      .filter(({ state }) => state.kind === kind)
      .sort((a, b) => doneOf(a) - doneOf(b));
    if (slowest !== undefined) return slowest;
  }
  return undefined;
}

/** 0 to 1. */
function doneOf({ state }: NodeTrace): number {
  return state.kind === 'attaching' && state.total > 0 ? state.done / state.total : 0;
}

/** `n3 800/1,607`. */
function progressText({ name, state }: NodeTrace): string {
  if (state.kind !== 'attaching') return `${name} ${state.kind}`;
  return `${name} ${grouped(state.done)}/${grouped(state.total)}`;
}

/** What agents have to say, each once. */
function noticeLines(nodes: readonly NodeTrace[]): string[] {
  const all = nodes.flatMap((node) => [
    ...(node.started?.rejectedBackends ?? []).map(({ name, reason }) => ({
      node,
      text: `${name ?? ''} is not used: ${reason ?? ''}`,
    })),
    ...(node.started?.notices ?? []).map((notice) => ({ node, text: `Note: ${notice}` })),
  ]);
  return [...groupedBy(all, ({ text }) => text)].map(([text, told]) =>
    told.length === nodes.length ? text : `${namesOf(told.map(({ node }) => node))}: ${text}`,
  );
}
