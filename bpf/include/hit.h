/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What happens on a hit, cheapest test first: ready, network namespace, followed packet, filters, output. */
#ifndef PWRU_HIT_H
#define PWRU_HIT_H

#include <bpf/bpf_tracing.h>
#include "drop.h"
#include "fragment.h"
#include "learn.h"
#include "output.h"
#include "pod.h"
#include "task.h"

/* What a namespace is to the session: HIT_IN_TARGETS, HIT_IN_NODE, both or nothing. */
static __always_inline __u32 place_of(__u32 netns)
{
	__u8 *flags;
	__u32 single;

	if (CONFIG(any_netns))
		return HIT_IN_TARGETS;
	single = control.netns_single;
	if (single)
		return netns == single ? HIT_IN_TARGETS : 0;
	flags = netns ? bpf_map_lookup_elem(&netns_set, &netns) : NULL;
	return flags ? (__u32)*flags << HIT_PLACE_SHIFT : 0;
}

static __always_inline bool mark_matches(struct sk_buff *skb)
{
	return !config.mark_mask || (FIELD(skb, mark) & config.mark_mask) == config.mark_value;
}

static __always_inline bool ifname_matches(struct sk_buff *skb)
{
	struct net_device *dev;
	__u64 name[2];

	if (!config.ifname[0])
		return true;
	dev = FIELD(skb, dev);
	if (!dev)
		return false;
	copy_name(name, &dev->name);
	return !((name[0] ^ config.ifname[0]) & config.ifname_mask[0]) &&
	       !((name[1] ^ config.ifname[1]) & config.ifname_mask[1]);
}

/* Address of the function that a kprobe or kprobe.multi program was entered for. */
static __always_inline __u64 function_address(struct pt_regs *ctx)
{
	if (CONFIG(func_ip))
		return bpf_get_func_ip(ctx);
#if defined(__TARGET_ARCH_x86)
	return PT_REGS_IP(ctx) - 1; /* after the breakpoint */
#else
	return PT_REGS_IP(ctx);
#endif
}

/*
 * A session of pods follows packets in the namespaces of its node only: what goes on in others is another agent's, where
 * several nodes share a kernel.
 */
static __always_inline bool may_follow(__u32 netns, __u32 flags)
{
	return !CONFIG(pods) || !netns || (flags & HIT_OWN_PLACES);
}

/*
 * True when the hit belongs to a packet that was admitted before: with `track` everywhere until it is released; without,
 * only where nothing tells its namespace, after it was delivered in one of the session's, and what frees the rest of a
 * packet that was released in one of them.
 */
static __always_inline bool is_followed(struct identity *known, struct sk_buff *skb, __u32 netns, __u32 flags)
{
	if (!known)
		return false;
	if (CONFIG(track))
		return true;
	if (CONFIG(keeps_place) && !netns && is_delivered_here(known, skb))
		return true;
	return known->state == IDENTITY_ENDED_HERE && role_of(flags) != PWRU_ROLE_TRACE &&
	       ((flags & HIT_PLACES) || !netns);
}

/* A message of a local socket is no packet. With a filter that is left to the filter. */
static __always_inline bool is_wanted_kind(struct sk_buff *skb, __u32 flags)
{
	struct pwru_counters *counters;

	if (CONFIG(has_filter) || may_be_packet(skb))
		return true;
	if (!CONFIG(drops) || !(flags & HIT_DROP))
		return false;
	counters = this_cpu_counters();
	if (counters)
		count(&counters->not_packets);
	return CONFIG(non_packets);
}

static __always_inline bool passes_cheap_filters(struct sk_buff *skb, __u32 flags)
{
	/* Once the bytes are gone, only a followed packet can be told from others. */
	return (flags & HIT_PLACES) && role_of(flags) != PWRU_ROLE_FREE && mark_matches(skb) && ifname_matches(skb) &&
	       is_wanted_kind(skb, flags);
}

static __always_inline bool passes_packet_filter(struct sk_buff *skb, struct frame *frame)
{
	struct pwru_counters *counters;
	__u64 verdict;

	if (!CONFIG(has_filter))
		return true;
	verdict = filter_frame(frame, skb);
	if (verdict == PWRU_FILTER_SHORT) {
		counters = this_cpu_counters();
		if (counters)
			count(&counters->undecided);
	}
	return verdict == PWRU_FILTER_ACCEPT;
}

/* The verifier then knows nothing of these numbers, and need not look again at what it has seen with others. */
static __always_inline void forget_range(struct frame *frame)
{
	frame->network = number_of(frame->network);
	frame->linear = number_of(frame->linear);
}

/* Packets inside packets that are looked at: an ICMP error may itself be in a tunnel. */
#define INNER_MAX 2

/* As matches(), of the packets inside the packet; the frame is at the outer one again then. */
static __noinline bool matches_inside(struct sk_buff *skb, __u32 flags, struct frame *frame)
{
	__be16 protocol = frame->protocol;
	__u32 linear;

	forget_range(frame);
	flags = number_of(flags);
	linear = frame->linear;
#pragma unroll
	for (int i = 0; i < INNER_MAX; i++) {
		if (!enter_inner(frame))
			return false;
		if (CONFIG(pods) && !(flags & HIT_IN_TARGETS) && !relation_to_pods(0, 0, frame))
			continue;
		if (CONFIG(has_filter) && filter_inner(frame, skb) != PWRU_FILTER_ACCEPT)
			continue;
		frame->network -= linear - frame->linear;
		frame->linear = linear;
		frame->protocol = protocol;
		read_network(frame);
		return true;
	}
	return false;
}

/*
 * Whether a fragment that does not match by itself belongs to a datagram that does: it is the first one of such, or a later
 * one of one whose first was admitted.
 */
static __noinline bool matches_datagram(struct sk_buff *skb, __u32 flags, struct frame *frame)
{
	bool matched;

	forget_range(frame);
	flags = number_of(flags);
	if (CONFIG(has_filter) && (!CONFIG(pods) || (flags & HIT_IN_TARGETS) || relation_to_pods(0, 0, frame)) &&
	    leave_out_fragment_header(frame)) {
		matched = filter_inner(frame, skb) == PWRU_FILTER_ACCEPT;
		frame->network -= FRAGMENT_HEADER_BYTES;
		frame->linear += FRAGMENT_HEADER_BYTES;
		read_network(frame);
		if (matched)
			return true;
	}
	return packet_of_fragment(frame->network, frame->linear, version_of_fragment(fragment_hint(frame)));
}

static __always_inline bool matches(struct sk_buff *skb, __u32 netns, __u32 flags, struct frame *frame)
{
	enum pod_relation relation;

	if (CONFIG(pods) && !(flags & HIT_IN_TARGETS)) {
		relation = relation_to_pods(number_of((__u64)skb), netns, frame);
		if (!relation)
			return false;
		/* A flow is broken without its answers, which a filter for one direction does not take. */
		if (CONFIG(drops) && relation == POD_ANSWER)
			return true;
	}
	return passes_packet_filter(skb, frame);
}

static __always_inline bool admit(struct sk_buff *skb, struct identity *known, __u64 kin, __u32 netns, __u32 flags,
				  struct frame *frame)
{
	/* may_follow() is asked last: before, it costs every rejected hit 10 instructions. */
	bool followed = (kin || is_followed(known, skb, netns, flags)) && may_follow(netns, flags);

	if (!followed && !passes_cheap_filters(skb, flags))
		return false;
	if (role_of(flags) != PWRU_ROLE_FREE)
		load_frame(frame, skb);
	if (followed)
		return true;
	return matches(skb, netns, flags, frame) || (may_carry(frame) && matches_inside(skb, flags, frame)) ||
	       (may_be_fragment(frame) && matches_datagram(skb, flags, frame));
}

/* A function of its own, so that its variables are not on the stack of what else a report calls. */
static __noinline void fill_drop(struct dropped_hit *record, struct sk_buff *skb, const struct tracepoint *point)
{
	struct pwru_drop *drop = &record->drop;

	record->hit.head.flags |= PWRU_FLAG_DROP | (is_capture(skb, FIELD(skb, sk)) ? PWRU_FLAG_CAPTURE : 0);
	drop->head.type = PWRU_SECTION_DROP;
	drop->head.bytes = sizeof(*drop);
	drop->location = point->location;
	drop->destructor = (__u64)FIELD(skb, destructor);
	drop->reason = point->reason;
	drop->facts = point->facts;
	drop->payload = point->payload;
	fill_route_mtu(&record->hit, skb);
}

/* A packet of the session has left it and ends elsewhere. */
static __always_inline void end_unseen(struct sk_buff *address, struct sk_buff *skb, struct identity *known,
				       enum pwru_role role)
{
	struct pwru_counters *counters = this_cpu_counters();

	if (CONFIG(clones) && releases_data(role))
		forget_head(known, skb);
	if (is_last_sight(role) && counters)
		forget_identity((__u64)address, counters);
	else if (ends_packet(role))
		known->state = IDENTITY_ENDED;
}

/* Whether the packet's identity is needed to admit a hit, and not only to report it. */
static __always_inline bool looks_first(__u32 flags)
{
	return CONFIG(track) || role_of(flags) != PWRU_ROLE_TRACE || !(flags & HIT_PLACES);
}

/* A hit that was admitted, for the functions that report it. */
struct hit {
	struct sk_buff *address;
	struct identity *known; /* entry at the address, or NULL */
	__u64 kin;		/* packet that it shares its data with, or 0 */
	__u32 netns;
	__u32 flags; /* enum hit_flag */
};

/* Kinds of hits that have a report of their own: constants, by which clang leaves out what a kind does not need. */
enum hit_kind {
	HIT_KIND_FUNCTION = 1, /* ctx is a function's, else a tracepoint's, which `point` describes */
	HIT_KIND_LIVING = 2,   /* PWRU_ROLE_TRACE, and no drop: nothing ends */
	HIT_KIND_COOKIE = 4,   /* ctx is a tracepoint's whose cookie is its slot; there is no `point` */
	HIT_KIND_DROP = 8,     /* of skb:kfree_skb */
};

/* Names the place of a hit: by its function's address, which ctx can tell, or as a tracepoint does. */
static __always_inline __u64 place_in_code(void *ctx, enum hit_kind kind, const struct tracepoint *point)
{
	if (kind & HIT_KIND_FUNCTION)
		return function_address(ctx);
	return kind & HIT_KIND_COOKIE ? bpf_get_attach_cookie(ctx) : point->slot;
}

/* What report_end() is told: enum pwru_record_flag, and the piece above them. */
#define END_PIECE_SHIFT 16

/*
 * Tells the agent of an end that nobody is shown. Global for the verifier's sake, as skip_extensions(). What takes another call
 * is looked up before: in here there is no room on the stack for one.
 */
__noinline int report_end(__u64 skb_address, __u64 place, __u64 packet_id, __u32 netns, __u32 told)
{
	__u32 cpu = bpf_get_smp_processor_id();
	struct pwru_counters *counters = counters_of(&cpu);
	void *ring = bpf_map_lookup_elem(&rings, &cpu);
	struct pwru_end *record;

	if (!counters)
		return 0;
	count(&counters->produced);
	record = ring ? bpf_ringbuf_reserve(ring, sizeof(*record), 0) : NULL;
	if (!record) {
		count(ring ? &counters->lost_ring : &counters->lost_no_ring);
		return 0;
	}
	record->head.time_ns = bpf_ktime_get_boot_ns();
	record->head.place = place;
	record->head.packet_id = packet_id;
	record->head.kind = PWRU_KIND_END;
	record->head.flags = told;
	record->head.bytes = sizeof(*record);
	record->skb = skb_address;
	record->netns = netns;
	record->piece = told >> END_PIECE_SHIFT;
	record->pad = 0;
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
	return 0;
}

/*
 * Identifies the packet of an admitted hit, and reports it. Returns the packet id. Whether ctx is a function's cannot be told by
 * a NULL `point`, since the verifier of older kernels goes both ways then.
 */
static __always_inline __u64 report(void *ctx, struct hit *hit, struct frame *frame, enum hit_kind kind,
				    const struct tracepoint *point)
{
	struct sk_buff *skb = CAST(struct sk_buff, hit->address);
	__u32 cpu = bpf_get_smp_processor_id();
	struct pwru_counters *counters = counters_of(&cpu);
	struct identity *known = hit->known;
	__u64 address = (__u64)hit->address;
	__u64 kin = hit->kin;
	__u32 flags = kind & HIT_KIND_LIVING ? PWRU_ROLE_TRACE | (hit->flags & HIT_OWN_PLACES) : hit->flags;
	__u32 netns = hit->netns;
	struct pwru_hit *record;
	__u64 packet_id;
	bool is_end;
	bool is_freed;
	void *ring;
	__u32 told;

	if (!counters)
		return 0;
	if ((kind & HIT_KIND_DROP) && role_of(flags) == PWRU_ROLE_TRACE)
		__builtin_unreachable();
	/* Otherwise admit_hit() has looked: config.track is one reason for config.clones. */
	if (!config.clones && role_of(flags) == PWRU_ROLE_TRACE && (flags & HIT_PLACES))
		known = find_identity(address, skb, role_of(flags));
	if (!netns && known && config.keeps_place)
		netns = known->netns;
	if ((flags & HIT_SILENT) && !known && !kin)
		return 0;
	is_end = ends_packet(role_of(flags)) && (!known || known->state == IDENTITY_ALIVE);
	/* Destructors run on living packets, and between the two halves of a packet's release. */
	is_freed = config.ends && role_of(flags) == PWRU_ROLE_NEUTRAL && known && known->state != IDENTITY_ALIVE;
	packet_id = identify(address, skb, known, kin, netns, role_of(flags), kind & HIT_KIND_DROP, counters);
	if (known && (flags & HIT_ELSEWHERE))
		known->state = IDENTITY_ENDED;
	if (!(flags & HIT_SILENT)) {
		ring = bpf_map_lookup_elem(&rings, &cpu);
		record = ring ? kind & HIT_KIND_DROP ? reserve_drop(ring) : reserve_hit(ring) : NULL;
		count(&counters->produced);
		if (record) {
			struct pwru_stack *stack = &((struct stacked_hit *)record)->stack;

			zero_hit(record);
			fill_hit(record, skb, netns, flags, frame);
			fill_task(record, counters);
			if (is_freed)
				record->head.flags |= PWRU_FLAG_FREED;
			record->head.packet_id = packet_id;
			record->head.place = place_in_code(ctx, kind, point);
			record->head.bytes = sizeof(*record);
			if (kind & HIT_KIND_DROP) {
				fill_drop((struct dropped_hit *)record, skb, point);
				record->head.bytes = sizeof(struct dropped_hit);
				stack = &((struct stacked_drop *)record)->stack;
			}
			if (config.stack)
				record->head.bytes += fill_stack(ctx, stack);
			bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
		} else {
			count(ring ? &counters->lost_ring : &counters->lost_no_ring);
		}
	} else if (config.ends && is_end) {
		told = PWRU_FLAG_FREED | piece_of_skb(number_of(address), role_of(flags)) << END_PIECE_SHIFT;
		if (config.drops)
			told |= fate_flags(number_of(address), flags & (HIT_ROLE | HIT_DROP));
		report_end(number_of(address), place_in_code(ctx, kind, point), packet_id, netns, told);
	}
	if (is_last_sight(role_of(flags)))
		forget_identity(address, counters);
	return packet_id;
}

/*
 * What a hit that was reported leaves for packets to come. Few have anything; that is told behind the call, since here each
 * branch doubles the verifier's work.
 */
static __always_inline void learn(struct hit *hit, struct frame *frame, __u64 packet_id)
{
	struct identity *known = hit->known;
	__u64 flows = 0;

	if (!CONFIG(answers) || role_of(hit->flags) != PWRU_ROLE_TRACE)
		return;
	flows = mix_flow(frame);
	if (known) {
		flows |= (__u64)known->mix << 32;
		known->mix = flows;
	}
	learn_flow(number_of((__u64)hit->address), packet_id, hit->flags, flows);
}

/*
 * Whether a hit is admitted; then `hit` and `frame` are filled for its report. Apart from the report, so that a rejected
 * hit, which nearly all are, keeps everything in registers.
 */
static __always_inline bool admit_hit(struct sk_buff *address, __u32 netns, __u32 flags, struct hit *hit,
				      struct frame *frame)
{
	struct sk_buff *skb = CAST(struct sk_buff, address);
	struct identity *known = looks_first(flags) ? find_identity((__u64)address, skb, role_of(flags)) : NULL;
	struct identity *piece;
	__u64 kin = 0;

	if (CONFIG(track) && !known && role_of(flags) == PWRU_ROLE_TRACE)
		kin = packet_of_clone(skb);
	if (!admit(skb, known, kin, netns, flags, frame)) {
		if (!known)
			return false;
		if (CONFIG(release_hooks) && (flags & HIT_DROP))
			known->was_dropped = 1;
		if (!CONFIG(ends) || !releases_data(role_of(flags)) || known->state != IDENTITY_ALIVE) {
			end_unseen(address, skb, known, role_of(flags));
			return false;
		}
		/* The agent has to hear of it: it may hold what was seen of the packet. */
		clear_frame(frame);
		flags |= HIT_SILENT | HIT_ELSEWHERE;
	}
	/* Before, only with config.track, and only a living clone is admitted for its packet's sake. */
	if (CONFIG(clones) && !known && !kin && role_of(flags) != PWRU_ROLE_FREE) {
		if (!looks_first(flags))
			known = find_identity((__u64)address, skb, role_of(flags));
		if (!known && (!CONFIG(track) || role_of(flags) != PWRU_ROLE_TRACE))
			kin = packet_of_clone(skb);
	}
	if (role_of(flags) != PWRU_ROLE_FREE && !(flags & HIT_SILENT) && may_be_fragment(frame)) {
		piece = CONFIG(clones) || looks_first(flags) ? known
							     : find_identity((__u64)address, skb, role_of(flags));
		kin = packet_of_piece(frame->network, frame->linear, fragment_hint(frame),
				      piece ? piece->packet_id : kin);
	}
	hit->address = address;
	hit->known = known;
	hit->kin = kin;
	hit->netns = netns;
	hit->flags = flags;
	return true;
}

/*
 * One load at a constant offset of the context: the verifier takes no computed one, which clang would make of several.
 */
static __always_inline void *load_context(const void *ctx, const unsigned long offset)
{
	void *value;

	asm volatile("%0 = *(u64 *)(%1 + %2)" : "=r"(value) : "r"(ctx), "i"(offset));
	return value;
}

static __always_inline __u32 target_netns(void *skb)
{
	return CONFIG(any_netns) ? 0 : netns_of(CAST(struct sk_buff, skb));
}

/* First tests, common to every program: is an skb of this namespace anything to the session? */
static __always_inline bool concerns_session(__u32 netns, __u32 place, enum pwru_role role)
{
	return (place & HIT_PLACES) || ((CONFIG(track) || role != PWRU_ROLE_TRACE || !netns) && identified);
}

#endif
