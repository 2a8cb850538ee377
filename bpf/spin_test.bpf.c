// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * For tests: a program that takes long, on a function that runs while a task sends. An interrupt that comes meanwhile ends in a
 * softirq in which the kernel skips every program on a function, since one guard is for all of them (bpf_prog_active).
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define SPIN_NS 100000
#define SPIN_LOOKS 2000

SEC("kprobe/ip_output")
int spin(void *ctx)
{
	__u64 start = bpf_ktime_get_ns();

	(void)ctx;
	for (int i = 0; i < SPIN_LOOKS; i++) {
		if (bpf_ktime_get_ns() - start > SPIN_NS)
			break;
	}
	return 0;
}
