import { pwru } from '../../../proto/gen/pwru.js';
import {
  AgentError,
  type AgentSource,
  NoAgentError,
  type OpenAgent,
} from '../agents/agent-client.ts';
import type { ClockOffset, TimeLine } from '../events/clocks.ts';
import type { EventConsumer } from '../events/consumer.ts';
import type { Dictionary } from '../events/dictionary.ts';
import { RetryPause } from '../kubernetes/pacing.ts';
import { AgentSession, NotUnderstoodError, type SilenceLimits } from './agent-session.ts';
import { Coverage, NodeAccount } from './node-account.ts';
import type { NodeQueue } from './node-queue.ts';
import { PodStates, type PodTargets } from './pod-states.ts';
import {
  endReason,
  type Gap,
  isTracing,
  mayRecover,
  type NodeState,
  type SessionEnd,
} from './recovery.ts';

import { SessionConsumers } from './session-consumers.ts';

/** How a node is brought back. */
export interface Recovery {
  readonly silence: SilenceLimits;
  /** After so long without it a node is called gone. It is tried further, for as long as there are others. */
  readonly patienceMs: () => number;
}

export interface NodeTraceListener {
  /** The state is another one, or there is progress. */
  state(node: NodeTrace, before: NodeState): void;
  status(node: NodeTrace, status: pwru.v1.Status.$Properties): void;
  /** One sentence that its agent says once, after Started. */
  notice(node: NodeTrace, text: string): void;
  podTarget(node: NodeTrace, status: pwru.v1.PodTargetStatus): void;
  /** It is traced again. */
  gap(node: NodeTrace, gap: Gap): void;
  /** All events of a session are printed, and this is what it came to. */
  summary(node: NodeTrace): void;
}

export interface NodeTraceParts {
  /** As the cluster calls it; undefined for an agent that is asked without one, which says it in Started. */
  readonly name: string | undefined;
  readonly agents: AgentSource;
  /** What to ask for: made anew for each session. @param targets as last set */
  readonly request: (targets: PodTargets) => pwru.v1.StartTrace.$Properties;
  readonly queue: NodeQueue;
  readonly timeLine: TimeLine;
  readonly consumers: readonly EventConsumer[];
  readonly newDictionary: () => Dictionary;
  /** Undefined: how the first session ends, so does the node; and it may be silent. */
  readonly recovery: Recovery | undefined;
  /** The session is over with its summary, however long its probes take to go. */
  readonly endsAtSummary: boolean;
  readonly listener: NodeTraceListener;
}

/**
 * The trace on one node: a session with its agent, and another one with whatever agent is there after that broke.
 * Its events go into its queue. `run` ends when it is stopped, or when there is no sense in another session.
 */
export class NodeTrace {
  readonly #parts: NodeTraceParts;
  readonly #stopping = new AbortController();
  readonly #pause = new RetryPause();
  readonly #coverage = new Coverage();
  readonly #account = new NodeAccount();
  readonly #pods = new PodStates();
  #state: NodeState = { kind: 'connecting', reason: '' };
  #session: AgentSession | undefined;
  /** The same, also when it is over. */
  #latest: AgentSession | undefined;
  #isSummaryPrinted = false;
  /** Of the agent's notices in this session. */
  #noticesTold = 0;
  #clock: ClockOffset | undefined;
  #clockCorrectionNs = 0n;
  #agentVersion: string | undefined;
  #end: SessionEnd | undefined;
  #isOver = false;
  /** Whether it was asked to stop before it ended. */
  #wasStopped = false;
  #isAbandoned = false;

  constructor(parts: NodeTraceParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.name ?? this.started?.node ?? '';
  }

  get queue(): NodeQueue {
    return this.#parts.queue;
  }

  get state(): NodeState {
    return this.#state;
  }

  /** Of the latest session; undefined before any. */
  get started(): pwru.v1.Started | undefined {
    return this.#account.started;
  }

  /** Of the latest session, once it has told. */
  get summary(): pwru.v1.Summary | undefined {
    return this.#account.summary;
  }

  /** Of all its sessions, as far as they told; undefined when none did. */
  get accounting(): pwru.v1.Accounting.$Properties | undefined {
    return this.#account.total;
  }

  /** That is final; else there was at least that, since some session broke. */
  get isAccountingExact(): boolean {
    return this.#account.isExact;
  }

  /** Of the node against this machine, as last measured. */
  get clock(): ClockOffset | undefined {
    return this.#clock;
  }

  /** What is taken from its times so that they compare with those of the other nodes. */
  get clockCorrectionNs(): bigint {
    return this.#clockCorrectionNs;
  }

  /** Undefined while it was not asked. */
  get agentVersion(): string | undefined {
    return this.#agentVersion;
  }

  /** Times in which it was not traced, the last of which may last. */
  get gaps(): readonly Gap[] {
    return this.#coverage.gaps;
  }

  /** As last set. */
  get targets(): PodTargets {
    return this.#pods.targets;
  }

  /** How its last session ended; undefined before. */
  get end(): SessionEnd | undefined {
    return this.#end;
  }

  /** What is printed to the end includes all that its last session sent. */
  get isSummaryPrinted(): boolean {
    return this.#isSummaryPrinted;
  }

  /** It was ended without waiting for what the agent had to say. */
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /** `run` has ended. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** To be asked when it is over: whether something that was to be traced there was not, up to the end. */
  get isIncomplete(): boolean {
    if (this.#coverage.cause !== undefined || this.#pods.isShort) return true;
    if (this.started === undefined) return true;
    if (this.#end?.kind === 'summary') return !this.#wasStopped;
    return this.#end?.kind === 'failure' || !this.#isAbandoned;
  }

  /** Rejects only with what is a mistake in this program. */
  async run(): Promise<void> {
    this.#enter(this.#state);
    try {
      do this.#end = await this.#attempt();
      while (await this.#mayTryAgain(this.#end));
    } finally {
      this.#wasStopped = this.isStopping;
      this.#isOver = true;
      const reason = this.#coverage.cause;
      this.#enter(reason === undefined ? { kind: 'ended' } : { kind: 'gone', reason });
      this.queue.close();
    }
  }

  /** What is traced from now on; only of a node that is traced for pods. */
  setTargets(targets: PodTargets): void {
    this.#pods.set(targets);
    const { pods, addresses, ports } = targets;
    this.#session?.send({
      podTargets: { pods: [...pods], addresses: [...addresses], ports: [...ports] },
    });
    if (isTracing(this.#state)) this.#enter(this.#tracingState());
  }

  /** Asks the agent to stop; `run` ends when it has. Idempotent. */
  stop(): void {
    if (this.isStopping) return;
    this.#stopping.abort();
    this.#session?.send({ stop: {} });
  }

  /** Ends it at once, whatever the agent does. */
  abandon(): void {
    if (this.#isOver) return;
    this.stop();
    this.#isAbandoned = true;
    this.#session?.cancel();
  }

  /** What the agent sent cannot be used. */
  spoil(error: RangeError): void {
    const failure = new NotUnderstoodError(error);
    if (this.#session !== undefined) this.#session.cancel(failure);
    else this.#end = { kind: 'failure', error: failure };
  }

  async #attempt(): Promise<SessionEnd> {
    let agent: OpenAgent | undefined;
    try {
      agent = await this.#parts.agents.open(this.name, this.#stopping.signal);
      return await this.#follow(agent);
    } catch (thrown) {
      if (!(thrown instanceof AgentError)) throw thrown;
      return { kind: 'failure', error: thrown };
    } finally {
      await agent?.client.close();
    }
  }

  /** @throws AgentError */
  async #follow({ client, clock, version }: OpenAgent): Promise<SessionEnd> {
    const { request, queue, timeLine, consumers, recovery, endsAtSummary } = this.#parts;
    if (this.isStopping) return { kind: 'no-summary' };
    this.#account.newSession();
    this.#pods.forget();
    this.#isSummaryPrinted = false;
    this.#noticesTold = 0;
    let correctionNs = 0n;
    if (clock !== undefined) timeLine.measured(this.name, clock);
    this.#clock = clock;
    this.#agentVersion = version;
    this.#coverage.setClock(clock === undefined ? 0 : Number(clock.offsetNs / 1_000_000n));
    const dictionary = this.#parts.newDictionary();
    const session = new AgentSession({
      client,
      start: request(this.targets),
      queue,
      silence: recovery?.silence,
      listener: {
        started: (started) => {
          if (clock !== undefined) correctionNs = timeLine.correctionNs(clock);
          this.#clockCorrectionNs = correctionNs;
          this.#begin(started);
        },
        status: (status) => this.#report(status),
        podTarget: (status) => this.#setPodState(status),
        watermark: () => this.#coverage.heard(),
        summary: (summary) => {
          this.#account.finish(summary);
          this.#tellNotices(summary.notices);
          if (endsAtSummary) session.cancel();
        },
      },
      actions: {
        begin: (started) => {
          const node = this.#parts.name ?? started.node;
          const bootOriginNs = timeLine.bootOriginNs(started.bootToWallNs, correctionNs);
          const traced = { node, started, dictionary };
          queue.beginSession(bootOriginNs, new SessionConsumers(traced, consumers));
        },
        names: (entries) => dictionary.add(entries),
        summary: () => {
          queue.noteSummary();
          // The queue may reach it when another session has begun.
          if (this.#latest !== session) return;
          this.#isSummaryPrinted = true;
          this.#parts.listener.summary(this);
        },
      },
    });
    this.#session = session;
    this.#latest = session;
    try {
      await session.run();
    } finally {
      this.#session = undefined;
    }
    const { summary } = this;
    return summary === undefined ? { kind: 'no-summary' } : { kind: 'summary', summary };
  }

  #begin(started: pwru.v1.Started): void {
    this.#account.begin(started);
    const gap = this.#coverage.regain();
    this.#enter(this.#tracingState());
    if (gap !== undefined) this.#parts.listener.gap(this, gap);
  }

  #report(status: pwru.v1.Status.$Properties): void {
    const { SessionState } = pwru.v1;
    if (this.#account.hasBegun) this.#coverage.heard();
    if (status.accounting) this.#account.report(status.accounting);
    const progress = { done: status.functionsDone ?? 0, total: status.functionsTotal ?? 0 };
    if (status.state === SessionState.SESSION_STATE_PREPARING) this.#enter({ kind: 'preparing' });
    if (status.state === SessionState.SESSION_STATE_ATTACHING)
      this.#enter({ kind: 'attaching', ...progress });
    if (status.state === SessionState.SESSION_STATE_DETACHING)
      this.#enter({ kind: 'detaching', ...progress });
    this.#parts.listener.status(this, status);
    this.#tellNotices(status.notices ?? []);
  }

  /** The agent sends all of them each time. */
  #tellNotices(notices: readonly string[]): void {
    for (const text of notices.slice(this.#noticesTold)) this.#parts.listener.notice(this, text);
    this.#noticesTold = Math.max(this.#noticesTold, notices.length);
  }

  #setPodState(status: pwru.v1.PodTargetStatus): void {
    this.#pods.take(status);
    this.#parts.listener.podTarget(this, status);
    if (isTracing(this.#state)) this.#enter(this.#tracingState());
  }

  #tracingState(): NodeState {
    const { unresolved } = this.#pods;
    if (unresolved.length === 0) return { kind: 'tracing' };
    const reason = `no network namespace is known of ${unresolved.join(', ')}`;
    return { kind: 'degraded', reason };
  }

  /** After the end of a session: waits, and tells whether there should be another one. */
  async #mayTryAgain(end: SessionEnd): Promise<boolean> {
    const { recovery, agents } = this.#parts;
    if (recovery === undefined || this.isStopping) return false;
    const wasTraced = this.started !== undefined;
    const reason = troubleOf(end);
    this.#coverage.lose(reason);
    if (!mayRecover(end, wasTraced)) return false;
    const isLong = this.#coverage.lostForMs >= recovery.patienceMs();
    if (isLong) this.#enter({ kind: 'gone', reason });
    else this.#enter({ kind: wasTraced ? 'reconnecting' : 'connecting', reason });
    if (this.#account.isStable) this.#pause.reset();
    await this.#pause.wait(this.#stopping.signal, (signal) => agents.changed(this.name, signal));
    return !this.isStopping;
  }

  #enter(state: NodeState): void {
    const before = this.#state;
    this.#state = state;
    this.#parts.listener.state(this, before);
  }
}

/** Why a node is not traced, where it is clear which node is meant. */
function troubleOf(end: SessionEnd): string {
  if (end.kind === 'failure' && end.error instanceof NoAgentError) return end.error.reason;
  return endReason(end).replace(/^(Lost|Cannot reach) the agent at [^ ]+: /, '');
}
