import { type ExitCode, exitCodes } from '../exit-code.ts';
import { type FailureContext, failureOf } from '../failure.ts';
import { isPartial } from './partial-trace.ts';
import type { TraceResult } from './trace-report.ts';

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
