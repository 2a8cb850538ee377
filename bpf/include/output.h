/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* From an admitted hit to a record in this CPU's ring. */
#ifndef PWRU_OUTPUT_H
#define PWRU_OUTPUT_H

#include "identity.h"
#include "inner.h"

/* One ring per CPU: a shared one makes the CPUs wait for each other. Index: CPU; rings put in by the agent. */
struct ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct ring);
} rings SEC(".maps");

struct stacked_event {
	struct pwru_event event;
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
	/* Of a drop: as in struct pwru_event. */
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
static __always_inline void fill_route_mtu(struct pwru_event *event, struct sk_buff *skb)
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
		event->mtu = mtu;
		event->mtu_source = PWRU_MTU_ROUTE;
	} else if (dev != FIELD(skb, dev)) {
		event->mtu = FIELD(dev, mtu);
		event->mtu_source = PWRU_MTU_ROUTE_DEVICE;
		event->mtu_ifindex = FIELD(dev, ifindex);
	}
}

/* Device and network namespace. A device that is in no namespace is no device but a queue link in its place. */
static __always_inline void fill_device(struct pwru_event *event, struct sk_buff *skb, __u32 netns)
{
	struct net_device *dev = FIELD(skb, dev);
	__u32 inode = netns_of_device(dev);

	if (inode) {
		event->ifindex = FIELD(dev, ifindex);
		event->mtu = FIELD(dev, mtu);
		copy_name(event->ifname, &dev->name);
	} else {
		event->ifindex = 0;
		event->mtu = 0;
		((__u64 *)event->ifname)[0] = ((__u64 *)event->ifname)[1] = 0;
	}
	/* Not looked up before when the whole host is traced. */
	if (config.any_netns)
		netns = inode ? inode : netns_without_device(skb);
	event->netns = netns;
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
			return PWRU_EVENT_ENDED;
	}
	if (is_kept(skb))
		return PWRU_EVENT_KEPT;
	if (is_capture(skb, sk))
		return PWRU_EVENT_CAPTURE;
	return sk ? PWRU_EVENT_SOCKET : 0;
}

/* As bytes: the agent reads the tuple from them, which keeps that out of the verifier's sight. */
static __always_inline void fill_inner(struct pwru_event *event, struct frame *frame)
{
	const __u64 *from = (const __u64 *)(frame->bytes + NETWORK_AT);
	__u64 found = may_carry(frame) ? enter_inner(frame) : 0;

	if (!found)
		return;
	event->inner_kind = found >> INNER_KIND_SHIFT;
	event->inner_value = found >> INNER_VALUE_SHIFT;
	event->inner_bytes = frame->linear < PWRU_INNER_BYTES ? frame->linear : PWRU_INNER_BYTES;
#pragma unroll
	for (__u32 i = 0; i < PWRU_INNER_BYTES / sizeof(*from); i++)
		((__u64 *)event->inner)[i] = from[i];
}

static __always_inline void fill_event(struct pwru_event *event, struct sk_buff *skb, __u32 netns, __u32 flags,
				       struct frame *frame)
{
	event->time_ns = bpf_ktime_get_boot_ns();
	event->skb = (__u64)skb;
	event->mark = FIELD(skb, mark);
	event->len = FIELD(skb, len);
	event->ether_type = bpf_ntohs(FIELD(skb, protocol));
	event->flags = ends_packet(role_of(flags)) ? PWRU_EVENT_FREED : 0;
	if (config.drops)
		event->flags |= fate_flags(number_of((__u64)skb), flags & (HIT_ROLE | HIT_DROP)) |
				(flags & HIT_SILENT ? PWRU_EVENT_SILENT : 0);
	fill_device(event, skb, netns);
	if (role_of(flags) == PWRU_ROLE_FREE)
		return;
	read_tuple(event, frame, skb);
	fill_inner(event, frame);
}

#define WORD_OF(member) (__builtin_offsetof(struct pwru_event, member) / sizeof(__u64))
_Static_assert(__builtin_offsetof(struct pwru_event, ether_type) % sizeof(__u64) == 0 &&
		       __builtin_offsetof(struct pwru_event, outer) == (WORD_OF(ether_type) + 1) * sizeof(__u64) &&
		       __builtin_offsetof(struct pwru_event, inner) == (WORD_OF(inner_value) + 1) * sizeof(__u64),
	       "zero_event() writes whole words");

/*
 * What nobody may have written and somebody looks at: not what every record has or fill_device() writes, nor what only a drop has,
 * nor addresses, of which ip_version says how much is valid, nor the packet inside.
 */
static __always_inline void zero_event(struct pwru_event *event)
{
	__u64 *words = (__u64 *)event;

	event->mtu_ifindex = 0;
	words[WORD_OF(ether_type)] = 0;
#pragma unroll
	for (__u32 i = WORD_OF(outer.sport); i < WORD_OF(comm); i++)
		words[i] = 0;
	words[WORD_OF(inner_value)] = 0;
}

static __always_inline void fill_stack(void *ctx, struct pwru_event *event)
{
	struct stacked_event *stacked = (struct stacked_event *)event;
	long bytes = bpf_get_stack(ctx, stacked->stack.address, sizeof(stacked->stack.address), 0);

	if (bytes > 0) {
		event->stack_bytes = bytes;
		event->flags |= PWRU_EVENT_STACK;
	}
}

/*
 * Room in this CPU's ring; NULL when there is none. The result is tested once, by the caller: Linux 6.1 does not
 * remember that a record is not NULL, and sees one that is never submitted behind a second test.
 */
static __always_inline struct pwru_event *reserve_event(void *ring)
{
	return config.stack ? bpf_ringbuf_reserve(ring, sizeof(struct stacked_event), 0)
			    : bpf_ringbuf_reserve(ring, sizeof(struct pwru_event), 0);
}

#endif
