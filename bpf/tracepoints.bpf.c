// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The tracepoint backend, and the sensors of include/sensors.h. Linux 6.10 gives a raw tracepoint a cookie, which costs a hit that
 * is reported one call. Older kernels have slots.bpf.c.
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "include/sensors.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Raw tracepoints whose argument N is a struct sk_buff *. */
#define TRACEPOINT_PROGRAM(position)                                                                                   \
	SEC("raw_tp")                                                                                                  \
	int tracepoint##position(struct bpf_raw_tracepoint_args *ctx)                                                  \
	{                                                                                                              \
		return on_tracepoint(ctx, (void *)ctx->args[position - 1], PWRU_ROLE_TRACE, NULL, NULL);               \
	}

TRACEPOINT_PROGRAM(1)
TRACEPOINT_PROGRAM(2)
TRACEPOINT_PROGRAM(3)
TRACEPOINT_PROGRAM(4)
TRACEPOINT_PROGRAM(5)
