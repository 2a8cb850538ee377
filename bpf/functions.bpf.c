// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Programs on functions, and the sensors of include/sensors.h. Loaded are only those that a session's backend and functions
 * need:
 *   skb1, skb2, skb3     kprobe.multi: functions whose argument N is a struct sk_buff *
 *   skb_other            kprobe.multi: all others, told apart by their cookies: arguments 4 and 5, struct sk_buff **,
 *                        functions that free packets
 *   kprobe_*             the same for perf kprobes
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "include/sensors.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

static __noinline __u64 report_function(struct pt_regs *ctx, struct hit *hit, struct frame *frame)
{
	return report(ctx, hit, frame, HIT_KIND_FUNCTION, NULL);
}

static __noinline __u64 report_living_function(struct pt_regs *ctx, struct hit *hit, struct frame *frame)
{
	return report(ctx, hit, frame, HIT_KIND_FUNCTION | HIT_KIND_LIVING, NULL);
}

/* `flags`: the role, and whether the hit is silent. `is_living` is a constant: the role is PWRU_ROLE_TRACE. */
static __always_inline int on_function(struct pt_regs *ctx, void *skb, __u32 flags, bool is_living)
{
	struct frame frame;
	struct hit hit;
	__u32 netns;
	__u32 place;

	if (!control.ready || !skb)
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

	if (!control.ready)
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
