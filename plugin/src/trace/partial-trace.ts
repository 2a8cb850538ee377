import { counted, lossTotals } from '../accounting.ts';
import { totalAccounting } from './cluster-summary.ts';
import { namesOf } from './node-lists.ts';
import type { NodeTrace } from './node-trace.ts';
import type { TraceResult } from './trace-report.ts';

/**
 * Whether events of the node are missing that it was to show: a buffer was full, it was not traced for a while, or not up to
 * the end. Events of packets that were not to be shown, and hits that no verdict was possible on, are not missing.
 * @param isClosed there was nothing to trace on it any more at the end: how it is by then is no matter
 */
export function isPartial(node: NodeTrace, isClosed: boolean): boolean {
  return hasLost(node) || endedGaps(node) > 0 || (!isClosed && node.isIncomplete);
}

/** What makes a trace partial, for its summary; undefined: nothing does. */
export function partialText({
  nodes,
  closed,
}: Pick<TraceResult, 'nodes' | 'closed'>): string | undefined {
  const { totalEvents } = lossTotals(totalAccounting(nodes).losses ?? []);
  const gaps = nodes.reduce((sum, node) => sum + endedGaps(node), 0);
  const incomplete = nodes.filter((node) => !closed.has(node) && node.isIncomplete);
  const [untraced, others] = [
    incomplete.filter(({ started }) => started === undefined),
    incomplete.filter(({ started }) => started !== undefined),
  ];
  const causes = [
    ...(totalEvents > 0n ? [`${counted(totalEvents, 'event')} lost`] : []),
    ...(gaps > 0 ? [counted(gaps, 'gap')] : []),
    ...(untraced.length > 0 ? [`${namesOf(untraced)} not traced`] : []),
    ...(others.length > 0 ? [`${namesOf(others)} not traced in full`] : []),
  ];
  return causes.length === 0 ? undefined : `Partial trace: ${causes.join(', ')}`;
}

function hasLost({ accounting }: NodeTrace): boolean {
  return lossTotals(accounting?.losses ?? []).totalEvents > 0n;
}

/** Times in which it was not traced, and after which it was again. */
function endedGaps({ gaps }: NodeTrace): number {
  return gaps.filter(({ toMs }) => toMs !== undefined).length;
}
