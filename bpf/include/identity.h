/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Which packet is at an sk_buff's address. Addresses are reused, so an entry ends when its packet's content is released;
 * the next function that sees a living packet there begins a new identity.
 */
#ifndef PWRU_IDENTITY_H
#define PWRU_IDENTITY_H

#include "counters.h"

enum identity_state {
	IDENTITY_ALIVE = 0,
	IDENTITY_ENDED = 1,	 /* released where the session does not look */
	IDENTITY_ENDED_HERE = 2, /* released by a hit that was admitted: what frees the rest is admitted too */
};

struct identity {
	__u64 packet_id;
	__u64 state;
};

/* Key: address of the sk_buff. Written by the programs only; max_entries set by the agent. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, __u64);
	__type(value, struct identity);
} identities SEC(".maps");

/* 1 once there ever was an entry: until then nobody needs to look. */
volatile __u32 identified SEC(".bss.identified");

static __always_inline struct identity *find_identity(__u64 skb)
{
	return identified ? bpf_map_lookup_elem(&identities, &skb) : NULL;
}

/* A number that no other packet of the session has: CPU + 1 in the high bits; fits a double's 53 bits. */
static __always_inline __u64 next_packet_id(struct pwru_counters *counters)
{
	return ((__u64)(bpf_get_smp_processor_id() + 1) << 40) | __sync_fetch_and_add(&counters->packets, 1);
}

/* After this hit the address names no packet. */
static __always_inline bool is_last_sight(enum pwru_role role)
{
	return role == PWRU_ROLE_FREE || role == PWRU_ROLE_END;
}

static __always_inline bool ends_packet(enum pwru_role role)
{
	return role >= PWRU_ROLE_RELEASE;
}

/*
 * Packet id of an admitted hit; 0 when the table refuses the packet. `known` is the entry at the skb's address, when
 * there is one.
 */
static __always_inline __u64 identify(__u64 skb, struct identity *known, enum pwru_role role,
				      struct pwru_counters *counters)
{
	struct identity fresh = { .state = ends_packet(role) ? IDENTITY_ENDED_HERE : IDENTITY_ALIVE };

	if (known && (known->state == IDENTITY_ALIVE || role != PWRU_ROLE_TRACE)) {
		if (ends_packet(role))
			known->state = IDENTITY_ENDED_HERE;
		return known->packet_id;
	}
	fresh.packet_id = next_packet_id(counters);
	if (known) {
		*known = fresh;
		return fresh.packet_id;
	}
	if (bpf_map_update_elem(&identities, &skb, &fresh, BPF_ANY)) {
		count(&counters->identity_failures);
		return 0;
	}
	count(&counters->identity_inserted);
	if (!identified)
		identified = 1;
	return fresh.packet_id;
}

static __always_inline void forget_identity(__u64 skb, struct pwru_counters *counters)
{
	if (!bpf_map_delete_elem(&identities, &skb))
		count(&counters->identity_deleted);
}

#endif
