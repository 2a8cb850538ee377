import { lateTracepoints } from './late-tracepoints.ts';
import type { PlannedTracepoint, TracepointPlan } from './probe-plan.ts';

/** Programs are compiled for an skb among so many first arguments (bpf/pwru.bpf.c). */
const lastArgument = 5;

/** Decides which of the raw tracepoints with an skb get a probe. */
export function selectTracepoints(found: readonly PlannedTracepoint[]): TracepointPlan {
  return {
    attach: found.filter((tracepoint) => refusalOf(tracepoint) === undefined),
    refused: found.flatMap((tracepoint) => {
      const reason = refusalOf(tracepoint);
      const { name, module } = tracepoint;
      return reason === undefined ? [] : [{ name, module, reason }];
    }),
  };
}

function refusalOf({ name, argument }: PlannedTracepoint): string | undefined {
  if (argument <= lastArgument) return lateTracepoints.get(name);
  return `its skb is argument ${argument}: the first ${lastArgument} are read`;
}
