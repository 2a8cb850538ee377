/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Hits of raw tracepoints. */
#ifndef PWRU_TRACEPOINT_H
#define PWRU_TRACEPOINT_H

#include "hit.h"

static __noinline __u64 report_tracepoint(struct bpf_raw_tracepoint_args *ctx, struct hit *hit, struct frame *frame,
					  const struct tracepoint *point)
{
	return report(ctx, hit, frame, 0, point);
}

static __noinline __u64 report_drop(struct bpf_raw_tracepoint_args *ctx, struct hit *hit, struct frame *frame,
				    const struct tracepoint *point)
{
	return report(ctx, hit, frame, HIT_KIND_DROP, point);
}

static __noinline __u64 report_living_tracepoint(struct bpf_raw_tracepoint_args *ctx, struct hit *hit,
						 struct frame *frame, const struct tracepoint *point)
{
	return report(ctx, hit, frame, HIT_KIND_LIVING, point);
}

static __noinline __u64 report_cookie_tracepoint(struct bpf_raw_tracepoint_args *ctx, struct hit *hit,
						 struct frame *frame)
{
	return report(ctx, hit, frame, HIT_KIND_LIVING | HIT_KIND_COOKIE, NULL);
}

/*
 * `flags` is a constant. `point`: constant NULL where the cookie names the slot. `receiver`: of a drop, the socket that the
 * packet was for, or NULL.
 */
static __always_inline int on_tracepoint(struct bpf_raw_tracepoint_args *ctx, struct sk_buff *skb, __u32 flags,
					 const struct tracepoint *point, struct sock *receiver)
{
	struct frame frame;
	__u64 facts;
	struct hit hit;
	__u32 netns;
	__u32 place;

	if (!control.ready || !skb)
		return 0;
	netns = target_netns(skb);
	place = place_of(netns) & HIT_OWN_PLACES; /* says to clang that it has no role's bits */
	if (!concerns_session(netns, place, role_of(flags)) || !admit_hit(skb, netns, flags | place, &hit, &frame))
		return 0;
	if (flags & HIT_DROP) {
		struct tracepoint *drop = (struct tracepoint *)point; /* not a slot's, which is read-only */

		facts = drop_facts(number_of((__u64)skb), number_of((__u64)receiver), number_of(frame.network),
				   frame.linear);
		drop->payload = facts >> 32;
		drop->facts = facts;
		learn(&hit, &frame, report_drop(ctx, &hit, &frame, point));
	} else if (!point)
		learn(&hit, &frame, report_cookie_tracepoint(ctx, &hit, &frame));
	else if (flags == PWRU_ROLE_TRACE)
		learn(&hit, &frame, report_living_tracepoint(ctx, &hit, &frame, point));
	else
		learn(&hit, &frame, report_tracepoint(ctx, &hit, &frame, point));
	return 0;
}

#endif
