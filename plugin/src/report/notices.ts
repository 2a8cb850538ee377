import { pwru } from '../../../proto/gen/pwru.js';
import { NoAgentError } from '../agents/agent-client.ts';
import { type Failure, type FailureContext, failureOf } from '../agents/failure.ts';
import { isPullFailure } from '../agents/node-agents.ts';
import { counted } from '../events/accounting.ts';
import type { TargetChange } from '../targets/target-state.ts';
import type { NodeTrace } from '../trace/node-trace.ts';
import { podKey } from '../trace/pod-states.ts';
import type { Gap, NodeState } from '../trace/recovery.ts';
import { type UnseenPods, unseenText } from '../trace/unseen-pods.ts';
import type { Reporter } from './reporter.ts';
import { gapText, groupedBy, namesOf } from './summary.ts';

/** A node whose trouble takes another form all the time is told of so often at most. */
const REASON_INTERVAL_MS = 2_000;

const words: Partial<Readonly<Record<NodeState['kind'], string>>> = {
  connecting: 'not traced yet',
  reconnecting: 'lost, tried again',
  gone: 'gone',
};

interface Told {
  readonly what: string;
  readonly reason: string;
  readonly atMs: number;
}

/**
 * Tells which nodes are not traced, and why; when it begins, when it becomes another cause, and when it is over. Nodes that
 * have the same trouble at the same time, as when the API server goes, are told of together.
 */
export class NodeTroubles {
  readonly #reporter: Reporter;
  readonly #now: () => number;
  readonly #told = new Map<NodeTrace, Told>();
  #pending: NodeTrace[] = [];

  /** @param now monotonic, milliseconds */
  constructor(reporter: Reporter, now: () => number) {
    this.#reporter = reporter;
    this.#now = now;
  }

  has(node: NodeTrace): boolean {
    return this.#told.has(node);
  }

  /** The node is not traced. @param what in place of what its state is called */
  tell(node: NodeTrace, what = words[node.state.kind]): void {
    const reason = reasonOf(node);
    if (what === undefined || reason === '') return;
    const told = this.#told.get(node);
    const isSameState = told?.what === what;
    if (isSameState && told.reason === reason) return;
    if (isSameState && this.#now() - told.atMs < REASON_INTERVAL_MS) return;
    this.#told.set(node, { what, reason, atMs: this.#now() });
    if (this.#pending.length === 0) setImmediate(() => this.flush());
    this.#pending.push(node);
  }

  /** Tells what waits for others of the same kind; nothing of nodes that are stopping, of which the end tells. */
  flush(): void {
    const nodes = this.#pending.filter((node) => !node.isStopping);
    this.#pending = [];
    const textOf = (node: NodeTrace) => {
      const { what, reason } = this.#told.get(node) ?? {};
      return `${what}: ${reason}`;
    };
    for (const [text, group] of groupedBy(new Set(nodes), textOf))
      this.#reporter.warning(`${namesOf(group)}: ${text}`);
  }

  /** It is traced again. */
  end(node: NodeTrace, gap: Gap): void {
    this.flush();
    this.#told.delete(node);
    this.#reporter.warning(
      `${node.name}: traced again, after it was not ${gapText(gap)} (${gap.cause})`,
    );
  }
}

/** Why it is not traced. */
export function reasonOf({ state, end }: NodeTrace): string {
  if (end?.kind === 'failure' && end.error instanceof NoAgentError) return end.error.reason;
  return 'reason' in state ? state.reason : '';
}

/** A new pod has no sandbox for a while; that is told when it lasts. */
const WAITING_MS = 3_000;
/** Pods that come and go together are counted beyond that. */
const MAX_CHANGES = 10;

export interface PodNoticesParts {
  readonly reporter: Reporter;
  readonly unseen: UnseenPods;
  /** Whether all packets of a node are traced. */
  readonly isWhole: (node: string) => boolean;
  /** Pods in it are called by their names alone. */
  readonly homeNamespace: string | undefined;
  /** Monotonic, milliseconds. */
  readonly now: () => number;
}

const { PodTargetState } = pwru.v1;

/** Tells of pods: that come and go, as the cluster has it, and that cannot be traced, as the agents have it. */
export class PodNotices {
  readonly #parts: PodNoticesParts;
  /** By node and pod: the last state. */
  readonly #states = new Map<string, pwru.v1.PodTargetState>();
  /** Pods without a sandbox. */
  readonly #waiting = new Map<string, { readonly text: string; readonly sinceMs: number }>();

  constructor(parts: PodNoticesParts) {
    this.#parts = parts;
  }

  changed(changes: readonly TargetChange[]): void {
    const { reporter, unseen, isWhole } = this.#parts;
    unseen.changed(changes, isWhole);
    for (const { kind, pod, cause } of changes.slice(0, MAX_CHANGES)) {
      const sign = kind === 'added' ? '+' : '-';
      reporter.note(`${sign} ${this.#textOf(pod)} (node ${pod.node}): ${cause}`);
    }
    const others = changes.length - MAX_CHANGES;
    if (others > 0) reporter.note(`and ${counted(others, 'more change')}`);
  }

  /** What the agent of a node says of one. */
  take(node: NodeTrace, status: pwru.v1.PodTargetStatus): void {
    const target = podKey(status.target ?? {});
    const key = `${node.name} ${target}`;
    const before = this.#states.get(key);
    this.#waiting.delete(key);
    if (node.targets.pods.some((pod) => podKey(pod) === target))
      this.#states.set(key, status.state);
    else this.#states.delete(key);
    const isReplaced = status.state === PodTargetState.POD_TARGET_STATE_REPLACED;
    if (before !== status.state || isReplaced) this.#tell(key, node, status);
    const unseen = this.#parts.unseen.take(node, status);
    if (unseen !== undefined) {
      this.#parts.reporter.note(
        `${this.#textOf(status.target ?? {})} (node ${node.name}): ${unseenText(unseen)}`,
      );
    }
  }

  /** To be called from time to time. */
  tick(): void {
    const { reporter, now, unseen } = this.#parts;
    for (const pod of unseen.settle(false))
      reporter.note(`${this.#textOf(pod)} (node ${pod.node}): ${unseenText(pod)}`);
    for (const [key, { text, sinceMs }] of this.#waiting) {
      if (now() - sinceMs < WAITING_MS) continue;
      this.#waiting.delete(key);
      reporter.note(`${text}: waits for its sandbox`);
    }
  }

  #tell(key: string, node: NodeTrace, { target, state, message }: pwru.v1.PodTargetStatus): void {
    const { reporter, now } = this.#parts;
    const text = `${this.#textOf(target ?? {})} (node ${node.name})`;
    if (state === PodTargetState.POD_TARGET_STATE_WAITING) {
      this.#waiting.set(key, { text, sinceMs: now() });
    }
    if (state === PodTargetState.POD_TARGET_STATE_REPLACED) {
      reporter.note(`${text}: has a new sandbox, which is traced now`);
    }
    if (state === PodTargetState.POD_TARGET_STATE_HOST_NETWORK) {
      const why = "its packets are its node's; --host-network=node traces the whole node";
      reporter.warning(`${text}: not traced, since ${why}`);
    }
    if (state === PodTargetState.POD_TARGET_STATE_UNRESOLVED) {
      reporter.warning(`${text}: not traced: ${message}`);
    }
  }

  /** `pod/web-1`, of another namespace than home `shop/pod/web-1`. */
  #textOf({ namespace, name }: { namespace?: string | null; name?: string | null }): string {
    const { homeNamespace } = this.#parts;
    return `${namespace === homeNamespace ? '' : `${namespace}/`}pod/${name}`;
  }
}

/** Why no node at all could be traced: each cause once, with the nodes that it is about. */
export function untracedFailures(
  nodes: readonly NodeTrace[],
  options: FailureContext['options'],
): Failure[] {
  const failed = nodes.filter(({ end }) => end?.kind === 'failure');
  const groups = groupedBy(failed, ({ end }) =>
    end?.kind === 'failure' && !(end.error instanceof NoAgentError) ? end.error.message : '',
  );
  return [...groups.values()].flatMap((group) => {
    const end = group[0]?.end;
    if (end?.kind !== 'failure') return [];
    const failure = failureOf(end.error, { options, tracing: false });
    if (end.error instanceof NoAgentError) return [{ ...failure, ...noAgent(group) }];
    // A limit is one of the node's agent, whichever node it is.
    const isLimit = end.error.details.reason === 'LIMIT_REACHED';
    const where = nodes.length === 1 && !isLimit ? '' : `${namesOf(group)}: `;
    return [{ ...failure, message: `${where}${failure.message}` }];
  });
}

function noAgent(nodes: readonly NodeTrace[]): Pick<Failure, 'message' | 'detailLines'> {
  const reasons = [...groupedBy(nodes, reasonOf)];
  return {
    message: `There is no agent on ${namesOf(nodes)}`,
    detailLines: [
      ...reasons.map(([reason, some]) => `  ${namesOf(some)}: ${reason}`),
      remedyOf(reasons.map(([reason]) => reason)),
    ],
  };
}

/** What has been installed already need not be installed again. */
function remedyOf(reasons: readonly string[]): string {
  if (reasons.some(isPullFailure))
    return 'The nodes cannot pull the image of the agents: kubectl pwru deploy --image names another one';
  if (reasons.every((reason) => / is not ready: /.test(reason)))
    return 'The agents are there: kubectl pwru doctor says what helps';
  return 'kubectl pwru deploy installs agents and brings them up to date; --agent-namespace says where they are';
}
