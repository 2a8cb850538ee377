// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Entry points of a session. Loaded are only those that its backend and its functions need:
 *   skb1, skb2, skb3     kprobe.multi: functions whose argument N is a struct sk_buff *
 *   skb_other            kprobe.multi: all others, told apart by their cookies: arguments 4 and 5, struct sk_buff **,
 *                        functions that free packets
 *   kprobe_*             the same for perf kprobes
 *   tracepoint1 ... 5    raw tracepoints of the tracepoint backend whose argument N is a struct sk_buff * (Linux >= 6.10)
 *   slot1 ... slot64     the same for older kernels: one program for each tracepoint
 *   drop                 raw tracepoint skb:kfree_skb, in every backend: the drop reason
 *   end                  raw tracepoint skb:consume_skb, where no release program runs
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "include/hit.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

static __noinline __u64 report_function(struct pt_regs *ctx, struct hit *hit, struct frame *frame)
{
	return report(ctx, hit, frame, HIT_KIND_FUNCTION, NULL);
}

static __noinline __u64 report_living_function(struct pt_regs *ctx, struct hit *hit, struct frame *frame)
{
	return report(ctx, hit, frame, HIT_KIND_FUNCTION | HIT_KIND_LIVING, NULL);
}

static __noinline __u64 report_tracepoint(struct bpf_raw_tracepoint_args *ctx, struct hit *hit, struct frame *frame,
					  const struct tracepoint *point)
{
	return report(ctx, hit, frame, 0, point);
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

static __always_inline __u32 target_netns(void *skb)
{
	return CONFIG(any_netns) ? 0 : netns_of(CAST(struct sk_buff, skb));
}

/* `flags`: the role, and whether the hit is silent. `is_living` is a constant: the role is PWRU_ROLE_TRACE. */
static __always_inline int on_function(struct pt_regs *ctx, void *skb, __u32 flags, bool is_living)
{
	struct frame frame;
	struct hit hit;
	__u32 netns;
	__u32 place;

	if (!ready || !skb)
		return 0;
	netns = target_netns(skb);
	place = place_of(netns) & HIT_OWN_PLACES; /* says to clang that it has no role's bits */
	if (!concerns_session(netns, place, role_of(flags)) || !admit_hit(skb, netns, flags | place, &hit, &frame))
		return 0;
	learn(&hit, &frame, is_living ? report_living_function(ctx, &hit, &frame) : report_function(ctx, &hit, &frame));
	return 0;
}

#define FUNCTION_PROGRAMS(position)                                                                                    \
	SEC("kprobe.multi")                                                                                            \
	int skb##position(struct pt_regs *ctx)                                                                         \
	{                                                                                                              \
		return on_function(ctx, (void *)PT_REGS_PARM##position(ctx), PWRU_ROLE_TRACE, true);                   \
	}                                                                                                              \
	SEC("kprobe")                                                                                                  \
	int kprobe_skb##position(struct pt_regs *ctx)                                                                  \
	{                                                                                                              \
		return on_function(ctx, (void *)PT_REGS_PARM##position(ctx), PWRU_ROLE_TRACE, true);                   \
	}

FUNCTION_PROGRAMS(1)
FUNCTION_PROGRAMS(2)
FUNCTION_PROGRAMS(3)

/*
 * One load at a constant offset of the context: the verifier takes no computed one, which clang would make of several.
 */
static __always_inline void *load_context(const void *ctx, const unsigned long offset)
{
	void *value;

	asm volatile("%0 = *(u64 *)(%1 + %2)" : "=r"(value) : "r"(ctx), "i"(offset));
	return value;
}

#define PARAMETER(position) load_context(ctx, (unsigned long)&PT_REGS_PARM##position((struct pt_regs *)0))

/* The argument at the position that the cookie names. */
static __always_inline void *cookie_argument(struct pt_regs *ctx, __u64 cookie)
{
	__u32 position = (cookie >> PWRU_COOKIE_ARGUMENT_SHIFT) & 0xff;

	if (position == 1)
		return PARAMETER(1);
	if (position == 2)
		return PARAMETER(2);
	if (position == 3)
		return PARAMETER(3);
	if (position == 4)
		return PARAMETER(4);
	return PARAMETER(5);
}

/*
 * Functions that are few or rare: what differs between them is in the cookie, which costs a search in the link's table.
 * One link instead of five: the kernel takes 0.14 s to detach each.
 */
static __always_inline int on_other_function(struct pt_regs *ctx)
{
	__u64 cookie;
	void *skb;

	if (!ready)
		return 0;
	cookie = bpf_get_attach_cookie(ctx);
	skb = cookie_argument(ctx, cookie);
	if ((cookie & PWRU_COOKIE_POINTER) && bpf_probe_read_kernel(&skb, sizeof(skb), skb))
		return 0;
	return on_function(ctx, skb, cookie & (PWRU_COOKIE_ROLE | PWRU_COOKIE_SILENT), false);
}

SEC("kprobe.multi")
int skb_other(struct pt_regs *ctx)
{
	return on_other_function(ctx);
}

SEC("kprobe")
int kprobe_skb_other(struct pt_regs *ctx)
{
	return on_other_function(ctx);
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

	if (!ready || !skb)
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
	}
	if (!point)
		learn(&hit, &frame, report_cookie_tracepoint(ctx, &hit, &frame));
	else if (flags == PWRU_ROLE_TRACE)
		learn(&hit, &frame, report_living_tracepoint(ctx, &hit, &frame, point));
	else
		learn(&hit, &frame, report_tracepoint(ctx, &hit, &frame, point));
	return 0;
}

/* Linux >= 6.10 gives a raw tracepoint a cookie, which costs a hit that is reported one call. */
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

/* Without a cookie nothing but the program tells which tracepoint was hit: one for each. */
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
