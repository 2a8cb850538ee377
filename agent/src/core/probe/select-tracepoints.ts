import { lateTracepoints } from './late-tracepoints.ts';
import type { PlannedTracepoint, TracepointPlan } from './probe-plan.ts';

/** Decides which of the raw tracepoints with an skb get a probe. */
export function selectTracepoints(found: readonly PlannedTracepoint[]): TracepointPlan {
  return {
    attach: found.filter(({ name }) => !lateTracepoints.has(name)),
    refused: found.flatMap(({ name, module }) => {
      const reason = lateTracepoints.get(name);
      return reason === undefined ? [] : [{ name, module, reason }];
    }),
  };
}
