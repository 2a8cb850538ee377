/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Programs for the two tracepoints that each object has:
 *   drop   skb:kfree_skb, in every backend: the drop reason
 *   end    skb:consume_skb, where no release program runs
 */
#ifndef PWRU_SENSORS_H
#define PWRU_SENSORS_H

#include "tracepoint.h"

/*
 * trace_kfree_skb(skb, location, reason since 5.17, receiving socket since 6.11): include/trace/events/skb.h
 */
SEC("raw_tp")
int drop(struct bpf_raw_tracepoint_args *ctx)
{
	struct sock *receiver = CONFIG(drop_socket) ? (struct sock *)ctx->args[3] : NULL;
	struct tracepoint point = {
		.slot = PWRU_SLOT_KFREE_SKB,
		.location = ctx->args[1],
		.reason = bpf_core_type_exists(enum skb_drop_reason) ? ctx->args[2] : 0,
	};

	return on_tracepoint(ctx, (void *)ctx->args[0],
			     HIT_DROP | (CONFIG(release_hooks) ? PWRU_ROLE_NEUTRAL : PWRU_ROLE_END), &point, receiver);
}

/* trace_consume_skb(skb, ...): include/trace/events/skb.h */
SEC("raw_tp")
int end(struct bpf_raw_tracepoint_args *ctx)
{
	struct tracepoint point = { .slot = PWRU_SLOT_CONSUME_SKB };

	return on_tracepoint(ctx, (void *)ctx->args[0], PWRU_ROLE_END | (CONFIG(silent_end) ? PWRU_COOKIE_SILENT : 0),
			     &point, NULL);
}

#endif
