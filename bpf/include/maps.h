/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The maps of a session. The object session_maps.bpf.c, which has no program, makes them; each object of programs joins them by
 * name (agent/src/kernel/bpf/session-maps.ts). So all programs of a session know the same packets, also those that come later.
 * Sizes are the agent's: max_entries below is only what the ELF must have.
 */
#ifndef PWRU_MAPS_H
#define PWRU_MAPS_H

#include "session.h"

/* Written by the agent alone, all of it at once: takes effect on all CPUs with the next hit. */
volatile struct pwru_control control SEC(".data.control") = {};

/* Written by softirqs.bpf.c. */
volatile struct pwru_blind blind SEC(".data.blind") = {};

/* enum pwru_netns_flag of namespaces by inode number. Written by the agent, also while the session runs. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PWRU_NETNS_LIMIT);
	__type(key, __u32);
	__type(value, __u8);
} netns_set SEC(".maps");

/* The node's ends of the pods' interfaces, the pods' addresses, and ports of other addresses. The same. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PWRU_INTERFACE_LIMIT);
	__type(key, struct pwru_interface);
	__type(value, __u8);
} pod_interfaces SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PWRU_ADDRESS_LIMIT);
	__type(key, struct pwru_address);
	__type(value, __u8);
} pod_addresses SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PWRU_PORT_LIMIT);
	__type(key, struct pwru_port);
	__type(value, __u8);
} pod_ports SEC(".maps");

/* Index: CPU. Written by the programs with atomic adds, mapped by the agent. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct pwru_counters);
} counters SEC(".maps");

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

struct identity {
	__u64 packet_id;
	__u8 state;	       /* enum identity_state */
	__u8 ends;	       /* a bit more for each hit of the skb's end */
	__u16 delivered : 14;  /* without config.track: of delivered_at() at the last hit that was admitted */
	__u16 has_left : 1;    /* without config.release_hooks: it was seen elsewhere than at its origin */
	__u16 was_dropped : 1; /* with config.release_hooks: the tracepoint skb:kfree_skb was hit with it */
	__u32 fingerprint;     /* of packet_fingerprint() */
	__u32 mark; /* with config.release_hooks: doubt_now() when it was last known to be right, or NEVER_SURE */
	union {
		__u32 netns; /* without config.track: of the last hit that was admitted */
		__u32 mix;   /* with config.answers: of mix_flow() at the last hit */
	};
	__u64 head; /* with config.clones: key of its entry in `data_heads` */
};

/* Key: address of the sk_buff. Written by the programs only. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, __u64);
	__type(value, struct identity);
} identities SEC(".maps");

/*
 * Packet by skb->head, the data that clones share, so that they are followed like their original. Only with
 * config.clones. An entry ends when the last of them releases the data. A copy
 * (skb_copy, pskb_copy) has data of its own: it is another packet, admitted where it matches.
 */
struct kin {
	__u64 packet_id;
	__u32 state; /* not looked at: the beginning of struct identity is copied as it is */
	__u32 fingerprint;
	__u32 mark;
	__u32 pad; /* the same */
};
_Static_assert(__builtin_offsetof(struct kin, mark) == __builtin_offsetof(struct identity, mark),
	       "struct identity begins as struct kin");
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, __u64);
	__type(value, struct kin);
} data_heads SEC(".maps");

/* What all fragments of a datagram have in common, and no other datagram at the time (RFC 791 section 3.2, RFC 8200 section 4.5). */
struct datagram {
	struct pwru_address from, to; /* IPv4 as in struct pwru_address */
	__u32 id;		      /* network byte order */
	__u32 protocol;		      /* of IPv4; IPv6: 0 */
};

struct datagram_packet {
	__u64 packet_id;
	__u64 seen_ns; /* when a first fragment was admitted last */
};

/* Datagrams whose first fragment was admitted. Only with config.fragments. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct datagram);
	__type(value, struct datagram_packet);
} datagrams SEC(".maps");

/* Addresses and ports; of an ICMP echo both ports are its identifier. */
struct flow {
	struct pwru_port from, to;
};

/* Translation leaves a packet's protocol and length; what puts a header before it does not. */
struct flow_start {
	struct flow flow;
	__u32 length; /* from the network header on */
	__u32 pad;
};

/* Key: packet id. Only with config.answers. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, __u64);
	__type(value, struct flow_start);
} flow_starts SEC(".maps");

/* Flows whose packets are answers; when the last packet that they answer was seen, ns. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct flow);
	__type(value, __u64);
} answers SEC(".maps");

/*
 * 1 once there ever was an entry in `identities`, and in `answers`: until then nobody needs to look. In one section, since each
 * section is a map.
 */
volatile __u32 identified SEC(".bss.known");
volatile __u32 translated SEC(".bss.known");

#endif
