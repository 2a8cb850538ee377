import { NoAgentError } from './agent-source.ts';
import { gapText } from './cluster-summary.ts';
import { groupedBy, namesOf } from './node-lists.ts';
import type { Gap, NodeState } from './node-state.ts';
import type { NodeTrace } from './node-trace.ts';
import type { Reporter } from './reporter.ts';

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
