// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Programs that count their hits and do nothing else: whether this kernel attaches a probe of a kind, and whether the probe
 * is hit. They use no helper and no kernel type, so that nothing but the probe itself can fail.
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

__u64 hits SEC(".data.hits") = 0;

static __always_inline int count_hit(void)
{
	__sync_fetch_and_add(&hits, 1);
	return 0;
}

SEC("kprobe.multi")
int trial_multi(void *ctx __attribute__((unused)))
{
	return count_hit();
}

SEC("kprobe")
int trial_kprobe(void *ctx __attribute__((unused)))
{
	return count_hit();
}

SEC("raw_tp")
int trial_tracepoint(void *ctx __attribute__((unused)))
{
	return count_hit();
}
