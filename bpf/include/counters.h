/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Exact accounting: every admitted hit is counted once as produced, and once more where it is lost. */
#ifndef PWRU_COUNTERS_H
#define PWRU_COUNTERS_H

#include "maps.h"

static __always_inline void count(__u64 *counter)
{
	__sync_fetch_and_add(counter, 1);
}

static __always_inline struct pwru_counters *counters_of(const __u32 *cpu)
{
	return bpf_map_lookup_elem(&counters, cpu);
}

static __always_inline struct pwru_counters *this_cpu_counters(void)
{
	__u32 cpu = bpf_get_smp_processor_id();

	return counters_of(&cpu);
}

#endif
