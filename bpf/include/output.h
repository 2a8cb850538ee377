/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* From an admitted hit to a record in this CPU's ring. */
#ifndef PWRU_OUTPUT_H
#define PWRU_OUTPUT_H

#include "identity.h"
#include "inner.h"

/* What is reserved: a session's records have a stack, or none has; a drop has its section. */
struct stacked_hit {
	struct pwru_hit hit;
	struct pwru_stack stack;
};
struct dropped_hit {
	struct pwru_hit hit;
	struct pwru_drop drop;
};
struct stacked_drop {
	struct dropped_hit dropped;
	struct pwru_stack stack;
};

/* What a hit is, beside its skb and its namespace: bits of an integer, so that it is passed in a register. */
enum hit_flag {
	HIT_ROLE = PWRU_COOKIE_ROLE,	 /* enum pwru_role */
	HIT_SILENT = PWRU_COOKIE_SILENT, /* keep the identities right, report nothing */
	/* enum pwru_netns_flag of the namespace */
	HIT_PLACE_SHIFT = 9,
	HIT_IN_TARGETS = PWRU_NETNS_TARGET << HIT_PLACE_SHIFT,
	HIT_IN_NODE = PWRU_NETNS_NODE << HIT_PLACE_SHIFT,
	/* namespaces in which a packet may be admitted, and those in which a session of pods follows it */
	HIT_PLACES = HIT_IN_TARGETS | HIT_IN_NODE,
	HIT_OWN_PLACES = HIT_PLACES | PWRU_NETNS_POD << HIT_PLACE_SHIFT,
	HIT_DROP = 1 << 14,	 /* of skb:kfree_skb */
	HIT_ELSEWHERE = 1 << 15, /* the session does not look there: the packet's end is told to the agent alone */
};

/* What only a tracepoint knows. */
struct tracepoint {
	__u32 slot;
	/* As in struct pwru_drop. */
	__u32 reason;
	__u32 facts;
	__u32 payload;
	__u64 location;
};

static __always_inline enum pwru_role role_of(__u32 flags)
{
	return flags & HIT_ROLE;
}

#define IFF_LOOPBACK 8	    /* include/uapi/linux/if.h */
#define DST_METRICS_FLAGS 3 /* include/net/dst.h: low bits of dst_entry._metrics */
#define METRIC_MTU 1	    /* RTAX_MTU - 1 of include/uapi/linux/rtnetlink.h */

/*
 * The MTU that decides on this packet: its route's, else that of its route's device, as ip_dst_mtu_maybe_forward() and
 * ip6_dst_mtu_maybe_forward() have it (include/net/ip.h, ip6_route.h), but for what path MTU discovery has learned. A route
 * to this host itself, whose device is the loopback's, decides on none.
 */
static __always_inline void fill_route_mtu(struct pwru_hit *record, struct sk_buff *skb)
{
	struct dst_entry *route = route_of(skb);
	struct net_device *dev;
	__u64 metrics;
	__u32 mtu;

	if (!route)
		return;
	dev = FIELD(route, dev);
	if (!netns_of_device(dev) || (FIELD(dev, flags) & IFF_LOOPBACK))
		return;
	metrics = FIELD(route, _metrics) & ~(__u64)DST_METRICS_FLAGS;
	mtu = metrics ? FIELD(CAST(struct dst_metrics, (void *)metrics), metrics[METRIC_MTU]) : 0;
	if (mtu) {
		record->mtu = mtu;
		record->mtu_source = PWRU_MTU_ROUTE;
	} else if (dev != FIELD(skb, dev)) {
		record->mtu = FIELD(dev, mtu);
		record->mtu_source = PWRU_MTU_ROUTE_DEVICE;
		record->mtu_ifindex = FIELD(dev, ifindex);
	}
}

/* Device and network namespace. A device that is in no namespace is no device but a queue link in its place. */
static __always_inline void fill_device(struct pwru_hit *record, struct sk_buff *skb, __u32 netns)
{
	struct net_device *dev = FIELD(skb, dev);
	__u32 inode = netns_of_device(dev);

	if (inode) {
		record->ifindex = FIELD(dev, ifindex);
		record->mtu = FIELD(dev, mtu);
		copy_name(record->ifname, &dev->name);
	} else {
		record->ifindex = 0;
		record->mtu = 0;
		((__u64 *)record->ifname)[0] = ((__u64 *)record->ifname)[1] = 0;
	}
	/* Not looked up before when the whole host is traced. */
	if (config.any_netns)
		netns = inode ? inode : netns_without_device(skb);
	record->netns = netns;
}

/*
 * Flags by which the agent tells the copies of a packet that can reach its destination, and the first record of an end from the
 * others: the skb's entry knows how many hits it has had. `flags`: of the role, and HIT_DROP. Global for the verifier's sake, as
 * skip_extensions().
 */
__noinline __u32 fate_flags(__u64 skb_address, __u32 flags)
{
	struct sk_buff *skb = CAST(struct sk_buff, (void *)skb_address);
	struct sock *sk = FIELD(skb, sk);
	struct identity *known;

	if (role_of(flags) != PWRU_ROLE_TRACE && !(flags & HIT_DROP)) {
		known = bpf_map_lookup_elem(&identities, &skb_address);
		if (known && known->ends > (ends_packet(role_of(flags)) ? 1 : 0))
			return PWRU_FLAG_ENDED;
	}
	if (is_kept(skb))
		return PWRU_FLAG_KEPT;
	if (is_capture(skb, sk))
		return PWRU_FLAG_CAPTURE;
	return sk ? PWRU_FLAG_SOCKET : 0;
}

/* As bytes: the agent reads the tuple from them, which keeps that out of the verifier's sight. */
static __always_inline void fill_inner(struct pwru_hit *record, struct frame *frame)
{
	const __u64 *from = (const __u64 *)(frame->bytes + NETWORK_AT);
	__u64 found = may_carry(frame) ? enter_inner(frame) : 0;

	if (!found)
		return;
	record->inner_kind = found >> INNER_KIND_SHIFT;
	record->inner_value = found >> INNER_VALUE_SHIFT;
	record->inner_bytes = frame->linear < PWRU_INNER_BYTES ? frame->linear : PWRU_INNER_BYTES;
#pragma unroll
	for (__u32 i = 0; i < PWRU_INNER_BYTES / sizeof(*from); i++)
		((__u64 *)record->inner)[i] = from[i];
}

static __always_inline void fill_hit(struct pwru_hit *record, struct sk_buff *skb, __u32 netns, __u32 flags,
				     struct frame *frame)
{
	record->head.time_ns = bpf_ktime_get_boot_ns();
	record->head.kind = PWRU_KIND_HIT;
	record->skb = (__u64)skb;
	record->mark = FIELD(skb, mark);
	record->len = FIELD(skb, len);
	record->ether_type = bpf_ntohs(FIELD(skb, protocol));
	record->head.flags = ends_packet(role_of(flags)) ? PWRU_FLAG_FREED : 0;
	if (config.drops)
		record->head.flags |= fate_flags(number_of((__u64)skb), flags & (HIT_ROLE | HIT_DROP));
	fill_device(record, skb, netns);
	if (role_of(flags) == PWRU_ROLE_FREE)
		return;
	read_tuple(record, frame, skb);
	fill_inner(record, frame);
}

#define WORD_OF(member) (__builtin_offsetof(struct pwru_hit, member) / sizeof(__u64))
_Static_assert(__builtin_offsetof(struct pwru_hit, task) % sizeof(__u64) == 0 &&
		       __builtin_offsetof(struct pwru_hit, ether_type) == (WORD_OF(task) + 1) * sizeof(__u64) &&
		       __builtin_offsetof(struct pwru_hit, outer) == (WORD_OF(ether_type) + 1) * sizeof(__u64),
	       "zero_hit() writes whole words");

/*
 * What nobody may have written and somebody looks at: not what every record has or fill_device() writes, nor addresses, of
 * which ip_version says how much is valid, nor the packet inside.
 */
static __always_inline void zero_hit(struct pwru_hit *record)
{
	__u64 *words = (__u64 *)record;

	record->mtu_ifindex = 0;
	words[WORD_OF(task)] = 0;
	words[WORD_OF(ether_type)] = 0;
#pragma unroll
	for (__u32 i = WORD_OF(outer.sport); i < WORD_OF(comm); i++)
		words[i] = 0;
}

/* The last section: what it does not need of its room is not used. Returns its size in bytes. */
static __always_inline __u32 fill_stack(void *ctx, struct pwru_stack *stack)
{
	long bytes = bpf_get_stack(ctx, stack->address, sizeof(stack->address), 0);

	if (bytes <= 0)
		return 0;
	stack->head.type = PWRU_SECTION_STACK;
	stack->head.bytes = sizeof(stack->head) + bytes;
	return sizeof(stack->head) + bytes;
}

/*
 * Room in this CPU's ring; NULL when there is none. The result is tested once, by the caller: Linux 6.1 does not
 * remember that a record is not NULL, and sees one that is never submitted behind a second test.
 */
static __always_inline struct pwru_hit *reserve_hit(void *ring)
{
	return config.stack ? bpf_ringbuf_reserve(ring, sizeof(struct stacked_hit), 0)
			    : bpf_ringbuf_reserve(ring, sizeof(struct pwru_hit), 0);
}

static __always_inline struct pwru_hit *reserve_drop(void *ring)
{
	return config.stack ? bpf_ringbuf_reserve(ring, sizeof(struct stacked_drop), 0)
			    : bpf_ringbuf_reserve(ring, sizeof(struct dropped_hit), 0);
}

#endif
