import type { pwru } from '../../../proto/gen/pwru.js';
import type { NodeState } from './node-state.ts';
import type { NodeTrace, NodeTraceListener } from './node-trace.ts';

/** Why a trace is to end. `all-gone`: no node is left that could be traced. */
export type StopCause = 'interrupt' | 'limit' | 'timeout' | 'output-closed' | 'all-gone';

/** What a trace came to. */
export interface TraceResult {
  /** All that were ever opened, in that order. */
  readonly nodes: readonly NodeTrace[];
  /** Those of them that were left before the end, since there was nothing to trace any more. */
  readonly closed: ReadonlySet<NodeTrace>;
  readonly shownEvents: number;
  /** From the moment when it began; 0 when it did not. */
  readonly durationMs: number;
  /** From the start of this program to that moment; 0 with it. */
  readonly beganAfterMs: number;
  /** Undefined: it ended by itself. */
  readonly stopCause: StopCause | undefined;
  /** Why standard output could not be written. */
  readonly outputFailure: Error | undefined;
}

/** Tells the user, or a program, how a trace goes on. */
export interface TraceReport extends NodeTraceListener {
  state(node: NodeTrace, before: NodeState): void;
  status(node: NodeTrace, status: pwru.v1.Status.$Properties): void;
  /** Each node that it began with is traced, or is known not to be soon. May be none, while pods are waited for. */
  began(nodes: readonly NodeTrace[]): void;
  /** All events are printed, and this is the sum of it. Not told when no node has said so. */
  ended(result: TraceResult): void;
  total(result: TraceResult): void;
  /** Takes away what is not to stand in the way of an event on the same terminal. */
  clearProgress(): void;
}
