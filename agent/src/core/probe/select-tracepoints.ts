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

/**
 * Raw tracepoints that fire when their skb is no longer the caller's, so that its address may hold freed memory or the next
 * packet. The list covers the core network stack, by the tracepoints of Linux 6.12 and 6.18; drivers' own were not read.
 */
export const lateTracepoints: ReadonlyMap<string, string> = new Map([
  [
    // net/core/dev.c, xmit_one(): netdev_start_xmit(skb, ...) comes first. The driver may have freed the skb, or have given
    // it to another device in another namespace; so the kernel's own event reads no field of it.
    'net_dev_xmit',
    'it fires after the driver has had the packet, which may be freed by then (net/core/dev.c, xmit_one); net_dev_start_xmit shows the same packet before',
  ],
  [
    // net/core/dev.c, dev_qdisc_enqueue(): q->enqueue(skb, ...) comes first. With a lockless qdisc (TCQ_F_NOLOCK) another
    // CPU may have sent and freed the skb; netem, tbf and cake free or segment a packet that they report as taken.
    'qdisc_enqueue',
    'it fires after the queueing discipline has had the packet, which may be freed by then (net/core/dev.c, dev_qdisc_enqueue); net_dev_queue shows the same packet before',
  ],
]);

/** Functions that a tracepoint calls with its own arguments (include/linux/tracepoint.h; __probestub_ since 6.5). */
export const tracepointFunctionPrefixes = ['__traceiter_', '__probestub_'] as const;
