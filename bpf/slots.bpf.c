// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The tracepoint backend of kernels before 6.10, where a raw tracepoint has no cookie: slot1 ... slot64, one program for each
 * tracepoint, with the sensors of include/sensors.h. An object of its own: the programs are large, and libbpf reads them all.
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "include/sensors.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Position of the skb among the tracepoint's arguments, from 1. */
const volatile __u8 slot_argument[PWRU_SLOTS] SEC(".rodata.slots") = {};

static __always_inline struct sk_buff *slot_skb(struct bpf_raw_tracepoint_args *ctx, __u32 slot)
{
	switch (slot_argument[slot]) {
	case 1:
		return load_context(ctx, 0 * sizeof(__u64));
	case 2:
		return load_context(ctx, 1 * sizeof(__u64));
	case 3:
		return load_context(ctx, 2 * sizeof(__u64));
	case 4:
		return load_context(ctx, 3 * sizeof(__u64));
	case 5:
		return load_context(ctx, 4 * sizeof(__u64));
	}
	return NULL;
}

#define SLOT_PROGRAM(n)                                                                                                \
	SEC("raw_tp")                                                                                                  \
	int slot##n(struct bpf_raw_tracepoint_args *ctx)                                                               \
	{                                                                                                              \
		static const struct tracepoint point = { .slot = n };                                                  \
                                                                                                                       \
		return on_tracepoint(ctx, slot_skb(ctx, n), PWRU_ROLE_TRACE, &point, NULL);                            \
	}
#define SLOT_PROGRAMS_8(a, b, c, d, e, f, g, h)                                                                        \
	SLOT_PROGRAM(a)                                                                                                \
	SLOT_PROGRAM(b) SLOT_PROGRAM(c) SLOT_PROGRAM(d) SLOT_PROGRAM(e) SLOT_PROGRAM(f) SLOT_PROGRAM(g) SLOT_PROGRAM(h)

/* Slot 0 is not used: 0 asks for a function's address. */
SLOT_PROGRAMS_8(1, 2, 3, 4, 5, 6, 7, 8)
SLOT_PROGRAMS_8(9, 10, 11, 12, 13, 14, 15, 16)
SLOT_PROGRAMS_8(17, 18, 19, 20, 21, 22, 23, 24)
SLOT_PROGRAMS_8(25, 26, 27, 28, 29, 30, 31, 32)
SLOT_PROGRAMS_8(33, 34, 35, 36, 37, 38, 39, 40)
SLOT_PROGRAMS_8(41, 42, 43, 44, 45, 46, 47, 48)
SLOT_PROGRAMS_8(49, 50, 51, 52, 53, 54, 55, 56)
SLOT_PROGRAMS_8(57, 58, 59, 60, 61, 62, 63, 64)
