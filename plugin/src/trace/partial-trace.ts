import { lossTotals } from '../events/accounting.ts';
import type { NodeTrace } from './node-trace.ts';

/**
 * Whether events of the node are missing that it was to show: a buffer was full, it was not traced for a while, or not up to
 * the end. Events of packets that were not to be shown, and hits that no verdict was possible on, are not missing.
 * @param isClosed there was nothing to trace on it any more at the end: how it is by then is no matter
 */
export function isPartial(node: NodeTrace, isClosed: boolean): boolean {
  return hasLost(node) || endedGaps(node) > 0 || (!isClosed && node.isIncomplete);
}

function hasLost({ accounting }: NodeTrace): boolean {
  return lossTotals(accounting?.losses ?? []).totalEvents > 0n;
}

/** Times in which it was not traced, and after which it was again. */
export function endedGaps({ gaps }: NodeTrace): number {
  return gaps.filter(({ toMs }) => toMs !== undefined).length;
}
