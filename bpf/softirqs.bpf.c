// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Counts the softirqs in which no program on a function runs (struct pwru_blind). A raw tracepoint has a guard of its own, so these
 * programs do run there. Softirqs do not nest: a CPU is in one at most.
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>
#include "include/session.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* kernel/bpf/syscall.c: not 0 while a program runs on this CPU that is on a function or a perf event. */
extern const int bpf_prog_active __ksym;

/* kernel/kprobes.c: the plain kprobe that this CPU is in, before and after its program, too. Of use to programs on plain kprobes. */
struct kprobe {
};
extern const struct kprobe *current_kprobe __ksym __weak;

struct pwru_blind blind SEC(".data.blind") = {};

/* Whether this CPU is in such a softirq: one whose beginning was not seen has not been counted. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} is_blind SEC(".maps");

/* trace_softirq_entry(), trace_softirq_exit(): include/trace/events/irq.h, called by handle_softirqs() of kernel/softirq.c */
SEC("raw_tp")
int softirq_entry(void *ctx)
{
	int *active = bpf_this_cpu_ptr(&bpf_prog_active);
	__u32 key = 0;
	__u64 *here;

	(void)ctx;
	if (!*active && !(&current_kprobe && *(__u64 *)bpf_this_cpu_ptr(&current_kprobe)))
		return 0;
	here = bpf_map_lookup_elem(&is_blind, &key);
	if (!here)
		return 0;
	*here = 1;
	__sync_fetch_and_add(&blind.opened, 1);
	return 0;
}

SEC("raw_tp")
int softirq_exit(void *ctx)
{
	__u32 key = 0;
	__u64 *here = bpf_map_lookup_elem(&is_blind, &key);

	(void)ctx;
	if (!here || !*here)
		return 0;
	*here = 0;
	__sync_fetch_and_add(&blind.closed, 1);
	return 0;
}
