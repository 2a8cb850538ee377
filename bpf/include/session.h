/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What a session's programs and the agent share beside the records: counters, configuration, targets, cookies.
 * agent/src/core/record/layout.ts is generated from the BTF of these structs, too (npm run gen).
 * All integers are in the CPU's byte order unless a comment says otherwise.
 */
#ifndef PWRU_SESSION_H
#define PWRU_SESSION_H

/* Values of pwru_record.place below this are tracepoint slots, not addresses. */
#define PWRU_SLOT_LIMIT 4096
/* Size of the table of slots of the tracepoint backend; slot 0 is not used. */
#define PWRU_SLOTS 65
/* Slots of the tracepoints that every backend has. */
#define PWRU_SLOT_KFREE_SKB 4095
#define PWRU_SLOT_CONSUME_SKB 4094

/* One per CPU, in its own cache lines; added to atomically, since a raw tracepoint can interrupt a kprobe program. */
struct pwru_counters {
	__u64 produced;		 /* admitted hits */
	__u64 lost_ring;	 /* of those: the ring was full */
	__u64 lost_no_ring;	 /* of those: this CPU has no ring */
	__u64 undecided;	 /* not admitted: the filter needs bytes that cannot be read */
	__u64 packets;		 /* identities given out */
	__u64 identity_failures; /* packets without an identity: the table refused them, or no number was to be had */
	__u64 identity_inserted; /* entries put into the identity table */
	__u64 identity_deleted;	 /* entries taken out by us; inserted - deleted - present = evicted by the kernel */
	__u64 next_packet;	 /* numbers for packet ids that were asked for; some are given to no packet */
	__u64 not_packets;	 /* messages of local sockets that the kernel dropped (pwru_config.drops) */
	__u64 preempt_count;	 /* no counter: address of this CPU's preempt_count(), once it was found */
	__u64 identity_cut; /* entries that may have been another packet's, which could not be told (struct pwru_blind) */
	__u64 pad[4];
};

/* Largest sizes of a session's sets of namespaces, of pods' interfaces, of pods' addresses, and of ports. */
#define PWRU_NETNS_LIMIT 2048
#define PWRU_INTERFACE_LIMIT 2048
#define PWRU_ADDRESS_LIMIT 4096
#define PWRU_PORT_LIMIT 4096

/* Words of a packet from its network header on: what a filter sees without reading memory, and what a tuple needs. */
#define PWRU_NETWORK_WORDS 8
/* Of those: IPv4's and TCP's headers without options. */
#define PWRU_IPV4_WORDS 5

/* Fixed for a session's life (.rodata.config). Flags are 0 or 1. */
struct pwru_config {
	__u64 ifname[2];      /* device name to admit, zero-padded; zero: any */
	__u64 ifname_mask[2]; /* its bytes and the NUL; a device that was renamed has the rest of a longer name there */
	__u32 mark_value;     /* admit (skb->mark & mask) == value */
	__u32 mark_mask;      /* 0: any */
	/* x86-64, signed: where a CPU has its preempt count and its current task, seen from its run queue; both 0: not known */
	__u32 preempt_count_at;
	__u32 current_task_at;
	__u8 any_netns; /* the whole host */
	__u8 has_filter;
	__u8 filter_addresses; /* the filter reads the link-layer addresses */
	__u8 filter_length;    /* the filter looks at the packet's length */
	__u8 filter_far;       /* the filter reads more of an IPv4 packet than PWRU_IPV4_WORDS */
	__u8 filter_vlan;      /* the filter wants an accelerated VLAN tag in the frame */
	__u8 track;	       /* an identified packet is admitted everywhere */
	__u8 keeps_place;      /* neither track nor any_netns: a packet without a namespace is where it was before */
	__u8 stack;	       /* report call stacks */
	__u8 func_ip;	       /* the kernel has bpf_get_func_ip (5.15) */
	__u8 release_hooks;    /* release programs are attached: they end identities, the tracepoints do not */
	__u8 silent_end;       /* do not report skb:consume_skb */
	__u8 pods;	       /* namespaces have enum pwru_netns_flag, and pods' interfaces and addresses count too */
	__u8 drops;	       /* packets are judged by how they end */
	__u8 ends;	       /* every end of a known packet is reported */
	__u8 clones;	       /* clones of a known packet have its id */
	__u8 drop_socket;      /* skb:kfree_skb has a fourth argument, the receiving socket (6.11) */
	__u8 non_packets;      /* messages of local sockets are reported when they are dropped */
	__u8 fragments;	       /* later fragments have the packet id of their first one, and are admitted with it */
	__u8 answers;	       /* answers to followed packets that were translated are the session's */
	__u8 pad[4];
};

/* Value of a namespace in netns_set; without config.pods it is always PWRU_NETNS_TARGET. */
enum pwru_netns_flag {
	PWRU_NETNS_TARGET = 1, /* everything in it is admitted */
	PWRU_NETNS_NODE =
		2, /* the node's own: packets on a pod's interface, or of its address or a port, are admitted */
	PWRU_NETNS_POD = 4, /* another pod's on this node: a followed packet is followed there */
};

/* The node's end of a pod's veth pair. */
struct pwru_interface {
	__u32 netns;
	__u32 ifindex;
};

/* Network byte order; IPv4 as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2). */
struct pwru_address {
	__u8 bytes[16];
};

/* A port of an address: a load balancer's, a node port. What else that address has is not the session's. */
struct pwru_port {
	struct pwru_address address;
	__u16 port;    /* network byte order */
	__u8 protocol; /* IP protocol number */
	__u8 pad;
};

/* What changes while the session runs (.data.control). */
struct pwru_control {
	__u32 ready;	    /* 0 until every probe is attached, and again from the moment on which the session ends */
	__u32 netns_single; /* the inode number of a session of one namespace and no pods, else 0 */
	__u32 port_count;   /* entries of pod_ports */
	__u32 always_doubt; /* ends of packets may pass unseen at any time: pwru_blind does not tell when */
	__u64 epoch;	    /* grows when ends may have passed unseen that pwru_blind does not tell of */
};

/*
 * Softirqs in which no program on a function runs: one began in the midst of such a program, and the kernel has one guard for all
 * of them on a CPU (bpf_prog_active). What is freed there ends unseen. Of the agent, for all its sessions (.data.blind); written
 * with atomic adds, each number in cache lines of its own.
 */
struct pwru_blind {
	__u64 opened; /* that have begun */
	__u64 pad[7];
	__u64 closed; /* that have ended */
	__u64 more_pad[7];
};

/*
 * Cookie of a probe. Bits 0-7: what the function means for the packet's life; bit 8: do not report the hit; bit 10: the
 * argument is a struct sk_buff **; bits 16-23: position of the argument, from 1. Only skb_other reads it.
 */
enum pwru_role {
	PWRU_ROLE_TRACE = 0,   /* sees a living packet: an ended identity at this address is another packet's */
	PWRU_ROLE_NEUTRAL = 1, /* runs on living packets and while one is being freed (destructors) */
	PWRU_ROLE_RELEASE = 2, /* the packet's content ends */
	PWRU_ROLE_FREE = 3,    /* the sk_buff itself goes back to the allocator; its bytes may be gone */
	PWRU_ROLE_END = 4,     /* last sight of the packet, its bytes still there */
};
#define PWRU_COOKIE_ROLE 0xff
#define PWRU_COOKIE_SILENT 0x100
#define PWRU_COOKIE_POINTER 0x400
#define PWRU_COOKIE_ARGUMENT_SHIFT 16
#endif
