import type { pwru } from '../../../proto/gen/pwru.js';
import { type FailureContext, failureOf } from '../agents/failure.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { NodeTrace, NodeTraceListener } from './node-trace.ts';
import { isPartial } from './partial-trace.ts';
import type { NodeState } from './recovery.ts';

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

/** What the program exits with after a trace. */
export function traceExitCode(
  { nodes, closed, stopCause, outputFailure }: TraceResult,
  options: FailureContext['options'],
): ExitCode {
  if (outputFailure !== undefined) return exitCodes.FAILURE;
  if (nodes.some(({ started }) => started !== undefined)) {
    return nodes.some((node) => isPartial(node, closed.has(node)))
      ? exitCodes.PARTIAL
      : exitCodes.OK;
  }
  // Pods were waited for, and none came.
  if (stopCause === 'timeout') return exitCodes.PARTIAL;
  if (stopCause !== undefined && stopCause !== 'all-gone') return exitCodes.INTERRUPTED;
  for (const { end } of nodes) {
    if (end?.kind === 'failure') return failureOf(end.error, { options, tracing: false }).exitCode;
  }
  return exitCodes.FAILURE;
}
