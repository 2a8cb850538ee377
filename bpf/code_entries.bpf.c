// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Reads the first bytes of functions, for kernels whose list of functions that ftrace can trace cannot be read: such a function
 * has a place at its entry that ftrace patches.
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>

#define ENTRIES 4096

/* In: the address of a function in the first word. Out: the 16 bytes there; all zero: they cannot be read. */
struct code_entry {
	__u64 words[2];
} entries[ENTRIES] SEC(".bss.entries");

char LICENSE[] SEC("license") = "Dual BSD/GPL";

static long read_entry(__u32 index, void *context __attribute__((unused)))
{
	struct code_entry *entry;

	if (index >= ENTRIES)
		return 1;
	entry = &entries[index];
	/* What cannot be read the helper clears. */
	bpf_probe_read_kernel(entry, sizeof(*entry), (const void *)entry->words[0]);
	return 0;
}

/* The context says how many. */
SEC("syscall")
int read_entries(__u32 *count)
{
	return bpf_loop(*count, read_entry, 0, 0);
}
