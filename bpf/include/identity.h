/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Which packet is at an sk_buff's address. Addresses are reused, so an entry ends when its packet's content is released;
 * the next function that sees a living packet there begins a new identity.
 */
#ifndef PWRU_IDENTITY_H
#define PWRU_IDENTITY_H

#include "counters.h"
#include "fingerprint.h"
#include "skb.h"

/* include/uapi/linux/if_packet.h */
#define PACKET_OUTGOING 4

enum identity_state {
	IDENTITY_ALIVE = 0,
	IDENTITY_ENDED = 1,	 /* released where the session does not look */
	IDENTITY_ENDED_HERE = 2, /* released by a hit that was admitted: what frees the rest is admitted too */
};

static __always_inline void forget_identity(__u64 address, struct pwru_counters *counters)
{
	if (!bpf_map_delete_elem(&identities, &address))
		count(&counters->identity_deleted);
}

/*
 * The entry of the packet that is at the address; NULL when it has none. A hit on a living packet ends what an entry says of
 * one that was released. So it does where a datagram is put together: the sk_buff of its last fragment lets go of its data and
 * shares those of the first one (inet_frag_reasm_prepare() of net/ipv4/inet_fragment.c).
 */
static __always_inline struct identity *find_identity(__u64 address, struct sk_buff *skb, enum pwru_role role)
{
	struct identity *known = identified ? bpf_map_lookup_elem(&identities, &address) : NULL;
	struct pwru_counters *counters;
	int found = PACKET_GONE;

	if (!known)
		return NULL;
	if (!CONFIG(release_hooks)) {
		if (!is_other_packet(number_of((__u64)skb), known->fingerprint, known->has_left) &&
		    (role != PWRU_ROLE_TRACE || known->state == IDENTITY_ALIVE))
			return known;
	} else if (known->state != IDENTITY_ALIVE || known->was_dropped) {
		if (role != PWRU_ROLE_TRACE)
			return known;
	} else {
		/* When the sk_buff is freed its bytes may be gone. */
		found = role == PWRU_ROLE_FREE ? PACKET_SAME : doubt(&known->mark, known->fingerprint, skb);
		if (found == PACKET_SAME)
			return known;
	}
	counters = this_cpu_counters();
	if (!counters)
		return NULL;
	forget_identity(address, counters);
	if (found == PACKET_UNSURE)
		count(&counters->identity_cut);
	return NULL;
}

#define PACKET_NUMBER_TRIES 4

/*
 * A number that no other packet of the session has: CPU + 1 in the high bits; fits a double's 53 bits. 0: the program was
 * interrupted at every try. Before 5.12 an atomic add does not give the old value. Of all that have read the same number,
 * only one can see it grown by one after its own add. Global for the verifier's sake, as skip_extensions().
 */
__noinline __u64 next_packet_id(void)
{
	struct pwru_counters *counters = this_cpu_counters();
	volatile __u64 *next;
	__u64 number;

	if (!counters)
		return 0;
	next = &counters->next_packet;
	for (int i = 0; i < PACKET_NUMBER_TRIES; i++) {
		number = *next;
		count(&counters->next_packet);
		if (*next == number + 1) {
			count(&counters->packets);
			return (__u64)(bpf_get_smp_processor_id() + 1) << 40 | number;
		}
	}
	count(&counters->identity_failures);
	return 0;
}

/*
 * Where the network header of a packet is whose transport protocol has it, counted from 1: skb->data is behind the header
 * then. Such a packet stays in its namespace. 0: it is not there yet, or on its way out.
 */
static __always_inline __u32 delivered_at(struct sk_buff *skb)
{
	__u32 offset = FIELD(skb, network_header);
	__u64 data = (__u64)FIELD(skb, data) - (__u64)FIELD(skb, head);

	return offset && data > offset ? offset + 1 : 0;
}

/*
 * Packet id of the one that the skb at this address, not known itself, shares its data with; 0 when there is none. Global
 * for the verifier's sake, as skip_extensions().
 */
__noinline __u64 packet_of_data(__u64 skb_address)
{
	struct sk_buff *skb = CAST(struct sk_buff, (void *)skb_address);
	__u64 head = (__u64)FIELD(skb, head);
	struct kin *kin = bpf_map_lookup_elem(&data_heads, &head);

	if (!kin)
		return 0;
	/* Always looked at: the last user of the data may have been one that was never seen. */
	if (has_content(kin->fingerprint))
		return test_packet(skb, kin->fingerprint) == PACKET_SAME ? kin->packet_id : 0;
	return CONFIG(release_hooks) && doubt(&kin->mark, kin->fingerprint, skb) ? 0 : kin->packet_id;
}

static __always_inline __u64 packet_of_clone(struct sk_buff *skb)
{
	return identified && is_cloned(skb) ? packet_of_data(number_of((__u64)skb)) : 0;
}

/* The packet has no entry of its data any more. */
static __always_inline void drop_head(struct identity *identity)
{
	__u64 head = identity->head;

	if (!head)
		return;
	bpf_map_delete_elem(&data_heads, &head);
	identity->head = 0;
}

/* Keeps the entry of a living packet's data up to date: functions like pskb_expand_head() move it. */
static __always_inline void note_head(struct identity *identity, struct sk_buff *skb)
{
	__u64 head = (__u64)FIELD(skb, head);

	if (identity->head == head)
		return;
	drop_head(identity);
	identity->head = head;
	bpf_map_update_elem(&data_heads, &head, identity, BPF_ANY);
}

/* SKB_DATAREF_MASK, SKB_DATAREF_SHIFT of include/linux/skbuff.h: users of the data; above it those of the payload alone. */
#define DATAREF_MASK 0xffff
#define DATAREF_SHIFT 16

static __always_inline __u32 data_users(struct sk_buff *skb)
{
	struct skb_shared_info *info = (struct skb_shared_info *)(FIELD(skb, head) + FIELD(skb, end));
	int users = 0;

	bpf_core_read(&users, sizeof(users), &info->dataref.counter);
	return users;
}

static __always_inline bool shares_data(struct sk_buff *skb)
{
	return (data_users(skb) & DATAREF_MASK) > 1;
}

/*
 * Other sk_buffs with the same headers, each the same packet on a way of its own. What TCP keeps to send again has the
 * payload alone (__skb_header_release() of include/linux/skbuff.h).
 */
static __always_inline __u32 header_sharers(struct sk_buff *skb)
{
	__u32 users = data_users(skb);

	return (users & DATAREF_MASK) - (users >> DATAREF_SHIFT) - 1;
}

static __always_inline __u32 packet_type(struct sk_buff *skb)
{
#ifdef PWRU_RDONLY_CAST
	return BPF_CORE_READ_BITFIELD(skb, pkt_type);
#else
	return BPF_CORE_READ_BITFIELD_PROBED(skb, pkt_type);
#endif
}

/*
 * Whether it is a packet socket's: in its queue, or made for it on the packet's way out (dev_queue_xmit_nit() of
 * net/core/dev.c, which alone sets this type).
 */
static __always_inline bool is_capture(struct sk_buff *skb, struct sock *sk)
{
	return packet_type(skb) == PACKET_OUTGOING || (sk && FIELD(sk, __sk_common.skc_family) == AF_PACKET);
}

/* On the packet's release, before the kernel counts one user less. */
static __always_inline void forget_head(struct identity *identity, struct sk_buff *skb)
{
	if (identity->head && !shares_data(skb))
		drop_head(identity);
}

/* After this hit the address names no packet. */
static __always_inline bool is_last_sight(enum pwru_role role)
{
	return role == PWRU_ROLE_FREE || role == PWRU_ROLE_END;
}

/* At PWRU_ROLE_FREE the skb's bytes may be gone: its release was before. */
static __always_inline bool releases_data(enum pwru_role role)
{
	return role == PWRU_ROLE_RELEASE || role == PWRU_ROLE_END;
}

static __always_inline bool ends_packet(enum pwru_role role)
{
	return role >= PWRU_ROLE_RELEASE;
}

/* An entry for a packet that is seen at this address for the first time; NULL when the table refuses it. */
static __always_inline struct identity *add_identity(__u64 skb, struct identity *stale, struct identity *fresh,
						     struct pwru_counters *counters)
{
	if (stale) {
		*stale = *fresh;
		return stale;
	}
	if (bpf_map_update_elem(&identities, &skb, fresh, BPF_ANY)) {
		count(&counters->identity_failures);
		return NULL;
	}
	count(&counters->identity_inserted);
	if (!identified)
		identified = 1;
	return config.clones ? bpf_map_lookup_elem(&identities, &skb) : fresh;
}

static __always_inline void note_place(struct identity *identity, struct sk_buff *skb, __u32 netns)
{
	identity->netns = netns;
	identity->delivered = delivered_at(skb);
}

/* The packet was delivered to a transport protocol in the session's namespaces when it was seen last, and is there. */
static __always_inline bool is_delivered_here(struct identity *known, struct sk_buff *skb)
{
	return known->state == IDENTITY_ALIVE && known->delivered && known->delivered == delivered_at(skb);
}

/*
 * Packet id of an admitted hit; 0 when the table refuses the packet. `known` is the entry at the skb's address, when
 * there is one; `kin` the packet that it shares its data with, or 0. `is_drop`: the hit is of the tracepoint
 * skb:kfree_skb.
 */
static __always_inline __u64 identify(__u64 address, struct sk_buff *skb, struct identity *known, __u64 kin,
				      __u32 netns, enum pwru_role role, bool is_drop, struct pwru_counters *counters)
{
	struct identity fresh;

	if (known && (known->state == IDENTITY_ALIVE || role != PWRU_ROLE_TRACE)) {
		if (ends_packet(role)) {
			known->state = IDENTITY_ENDED_HERE;
			known->ends = known->ends << 1 | 1;
		}
		if (role == PWRU_ROLE_TRACE && !has_content(known->fingerprint)) {
			known->fingerprint = packet_fingerprint(number_of(address));
			if (config.clones && has_content(known->fingerprint))
				drop_head(known);
		}
		if (!config.release_hooks && !known->has_left && !is_at_origin(number_of(address)))
			known->has_left = 1;
		if (is_drop)
			known->was_dropped = 1;
		if (config.keeps_place && netns && role != PWRU_ROLE_FREE)
			note_place(known, skb, netns);
	} else {
		/* One after the other: what is in place needs no room for itself. */
		fresh = (struct identity){
			.state = ends_packet(role) ? IDENTITY_ENDED_HERE : IDENTITY_ALIVE,
			.ends = ends_packet(role),
			.was_dropped = is_drop,
		};
		fresh.packet_id = kin ? kin : next_packet_id();
		fresh.fingerprint = packet_fingerprint(number_of(address));
		if (config.release_hooks)
			fresh.mark = mark_of_now();
		else
			fresh.has_left = !is_at_origin(number_of(address));
		if (config.keeps_place)
			note_place(&fresh, skb, netns);
		known = add_identity(address, known, &fresh, counters);
		if (!known)
			return 0;
	}
	if (config.clones) {
		if (role == PWRU_ROLE_TRACE || (releases_data(role) && !known->head && shares_data(skb)))
			note_head(known, skb);
		if (releases_data(role))
			forget_head(known, skb);
	}
	return known->packet_id;
}

#endif
