/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What the kernel side and the agent share, and nothing else: the ring record, the counters and the configuration.
 * agent/src/core/record/layout.ts is generated from the BTF of these structs (npm run gen).
 * All integers are in the CPU's byte order unless a comment says otherwise.
 */
#ifndef PWRU_EVENT_H
#define PWRU_EVENT_H

/*
 * What becomes of a record's member, for tools/gen: it writes the agent's encoder and its test of repeats from these tags
 * and from event.proto. Each member has one of the first five.
 */
#define PWRU_TAG(text) __attribute__((btf_decl_tag(text)))
/* Copied to this field of pwru.v1.Event. */
#define EVENT(field) PWRU_TAG("event:" #field)
/* The field is the id of an entry that the dictionary makes of this member, and maybe of others of class PACKET. */
#define EVENT_ID(field) PWRU_TAG("id:" #field)
/* An IP address, whose length is told by the ip_version of the same struct. */
#define EVENT_ADDRESS(field) PWRU_TAG("address:" #field)
/* Of the packet: a hit that repeats the packet has the same. Code by hand puts it into an id or into the details. */
#define PACKET PWRU_TAG("packet")
/* The hit's own, written by hand; or nobody's. */
#define OWN PWRU_TAG("own")
/* Beside those: the bits of this member that are a field of their own, true when they are set. */
#define EVENT_BITS(field, bits) PWRU_TAG("bits:" #field ":" #bits)
/* Beside those: means something only when these bits of the member of the same struct are set. */
#define WITH(member, bits) PWRU_TAG("with:" #member ":" #bits)

#define PWRU_COMM_BYTES 16
#define PWRU_IFNAME_BYTES 16
#define PWRU_STACK_FRAMES 50

/* Bits of pwru_event.flags. */
enum pwru_event_flag {
	PWRU_EVENT_VLAN = 1,  /* vlan_tci is valid */
	PWRU_EVENT_DROP = 2,  /* the drop_ members and location are valid */
	PWRU_EVENT_STACK = 4, /* a struct pwru_stack follows this record's struct pwru_event */
	PWRU_EVENT_FREED = 8, /* the skb goes back to the allocator or is consumed: the packet ends here */
	/* Only with pwru_config.drops: */
	PWRU_EVENT_SILENT = 16,	 /* for the agent alone: an end where no selected function, or no target, is */
	PWRU_EVENT_KEPT = 32,	 /* the skb stays in its TCP socket's queue; only clones of it travel */
	PWRU_EVENT_CAPTURE = 64, /* the skb is a packet socket's copy */
	PWRU_EVENT_SOCKET = 128, /* the skb belongs to a socket of this machine: it sent the packet */
	/* Beside FREED, with release hooks: not the first record of this skb's end. No skb is both of what these two bits say. */
	PWRU_EVENT_ENDED = PWRU_EVENT_KEPT | PWRU_EVENT_CAPTURE,
};

/* Bits of pwru_event.drop_facts: what the kernel knew of the packet when it dropped it. */
enum pwru_drop_fact {
	PWRU_DROP_PACKET_TYPE = 0x7,   /* skb->pkt_type (include/uapi/linux/if_packet.h) */
	PWRU_DROP_NOT_A_PACKET = 0x8,  /* a message of a local socket: UNIX, netlink, vsock */
	PWRU_DROP_TCP = 0x10,	       /* drop_payload is that of a TCP segment, whose header could be read */
	PWRU_DROP_KNOWN_SOCKET = 0x20, /* the kernel named the receiving socket: state and RECEIVED are valid */
	PWRU_DROP_RECEIVED = 0x40,     /* TCP: all bytes of the segment had been received before */
	PWRU_DROP_SHARERS = 0xf00,     /* other sk_buffs with the same headers, at most 15 are counted */
	PWRU_DROP_SHARERS_SHIFT = 8,
	PWRU_DROP_STATE = 0xf000, /* sk_state (include/net/tcp_states.h) */
	PWRU_DROP_STATE_SHIFT = 12,
	PWRU_DROP_VERDICT_SHIFT = 24, /* bits 24 to 31: set by the agent, number of its verdict; 0 in the kernel */
};

/* Parts of pwru_event.task. No process id is larger (PID_MAX_LIMIT of include/linux/threads.h). */
#define PWRU_TASK_PID 0x3fffff
#define PWRU_TASK_CONTEXT_SHIFT 30 /* enum pwru_task_context */

/* What a hit is to the task that was current. */
enum pwru_task_context {
	PWRU_TASK_NOT_KNOWN = 0,
	PWRU_TASK_OWN = 1,	   /* the task itself did it */
	PWRU_TASK_INTERRUPTED = 2, /* a softirq or an interrupt, on top of the task that was there */
};

/* Bits of pwru_tuple.flags. */
enum pwru_tuple_flag {
	PWRU_TUPLE_PORTS = 1,	       /* sport and dport were read */
	PWRU_TUPLE_MORE_FRAGMENTS = 2, /* a fragment of a datagram, and not the last one */
};

/* Addresses and what the transport header says, of one IP header. */
struct pwru_tuple {
	/* Network byte order; IPv4 in the first 4 bytes. Aligned, or clang would store them by 2 bytes. */
	__u8 saddr[16] __attribute__((aligned(8))) EVENT_ADDRESS(source_address);
	__u8 daddr[16] __attribute__((aligned(8))) EVENT_ADDRESS(destination_address);
	__u16 sport EVENT(source_port);	     /* host byte order; 0 without PWRU_TUPLE_PORTS */
	__u16 dport EVENT(destination_port); /* the same */
	__u16 icmp EVENT(icmp_type_code);    /* type << 8 | code */
	/* Offset of a later fragment in its datagram, which has no transport header; else 0. */
	__u16 fragment_bytes PACKET;
	__u8 ip_version EVENT(ip_version); /* 4, 6, or 0: no readable IP header */
	__u8 l4_proto EVENT(ip_protocol);  /* IP protocol number after extension headers */
	__u8 tcp_flags EVENT(tcp_flags);
	__u8 flags PACKET; /* enum pwru_tuple_flag */
	__u32 pad OWN;
};

/* IPv6 header and what of TCP is shown. */
#define PWRU_INNER_BYTES 56

/* What the packet has inside its IP payload that is a packet itself. */
enum pwru_inner_kind {
	PWRU_INNER_NONE = 0,
	PWRU_INNER_ICMP_ERROR = 1, /* the packet that an ICMP error is about; inner_value: MTU in bytes, or 0 */
	PWRU_INNER_VXLAN = 2,	   /* RFC 7348; inner_value: VNI */
	PWRU_INNER_GENEVE = 3,	   /* RFC 8926; inner_value: VNI */
	PWRU_INNER_IPIP = 4,	   /* RFC 2003, RFC 2473, RFC 4213 */
	PWRU_INNER_GRE = 5,	   /* RFC 2784, RFC 2890; inner_value: key, or 0 */
};

/* Where pwru_event.mtu is from. */
enum pwru_mtu_source {
	PWRU_MTU_DEVICE = 0,	   /* the skb's device */
	PWRU_MTU_ROUTE = 1,	   /* metric of the packet's route */
	PWRU_MTU_ROUTE_DEVICE = 2, /* device of the packet's route, which is another: mtu_ifindex */
};

/* One admitted hit. The CPU is that of the ring. */
struct pwru_event {
	__u64 time_ns EVENT(boot_time_ns); /* CLOCK_BOOTTIME at entry */
	__u64 func EVENT_ID(function_id);  /* address of the function; below PWRU_SLOT_LIMIT: tracepoint slot */
	__u64 skb EVENT(skb_address);	   /* address of the struct sk_buff */
	__u64 packet_id EVENT(packet_id);  /* 0: the identity table could not take the packet */
	__u64 location OWN;		   /* address that dropped the packet (PWRU_EVENT_DROP) */
	__u64 destructor OWN;		   /* skb->destructor: who the skb is charged to (PWRU_EVENT_DROP) */
	__u32 drop_reason OWN;		   /* enum skb_drop_reason, subsystem in the high 16 bits (PWRU_EVENT_DROP) */
	__u32 drop_facts OWN;		   /* enum pwru_drop_fact (PWRU_EVENT_DROP) */
	__u32 drop_payload OWN;		/* bytes behind the transport header, as far as it is known (PWRU_EVENT_DROP) */
	__u32 netns EVENT(netns_inode); /* inode number of the network namespace, 0: none */
	__u32 ifindex EVENT_ID(interface_id); /* 0: the skb has no device */
	__u32 mark EVENT(mark);		      /* skb->mark */
	__u32 len EVENT(length_bytes);	      /* skb->len, bytes */
	__u32 mtu EVENT(mtu_bytes);	      /* bytes; 0: not known */
	__u32 mtu_ifindex PACKET;	      /* of the route's device (PWRU_MTU_ROUTE_DEVICE), else 0 */
	__u32 task EVENT_ID(process_id); /* process id of the current task in the root pid namespace, and its context */
	__u16 ether_type EVENT(ether_type);			     /* skb->protocol in host byte order */
	__u16 vlan_tci EVENT(vlan_tci) WITH(flags, PWRU_EVENT_VLAN); /* host byte order */
	__u8 flags OWN EVENT_BITS(has_vlan, PWRU_EVENT_VLAN);	     /* enum pwru_event_flag */
	__u8 mtu_source PACKET;					     /* enum pwru_mtu_source */
	__u8 inner_kind PACKET;	 /* enum pwru_inner_kind; without one, inner is not written */
	__u8 inner_bytes PACKET; /* of inner that are the packet's */
	struct pwru_tuple outer;
	char comm[PWRU_COMM_BYTES] PACKET;     /* of the current task, NUL-terminated */
	char ifname[PWRU_IFNAME_BYTES] PACKET; /* of the skb's device, NUL-terminated */
	__u32 inner_value PACKET;	       /* by inner_kind */
	__u32 stack_bytes OWN;		       /* used bytes of the pwru_stack that follows, 0 without */
	/* The packet inside the packet, from its IP header on. */
	__u8 inner[PWRU_INNER_BYTES] PACKET WITH(inner_kind, 0xff);
};

/* Call stack, innermost first; pwru_event.stack_bytes / 8 entries are valid. */
struct pwru_stack {
	__u64 address[PWRU_STACK_FRAMES];
};

/* func values below this are tracepoint slots, not addresses. */
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
	__u64 pad[5];
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
	__u8 drops;	       /* packets are judged by how they end: every end of a known packet is reported */
	__u8 clones;	       /* clones of a known packet have its id */
	__u8 drop_socket;      /* skb:kfree_skb has a fourth argument, the receiving socket (6.11) */
	__u8 non_packets;      /* messages of local sockets are reported when they are dropped */
	__u8 fragments;	       /* later fragments have the packet id of their first one, and are admitted with it */
	__u8 answers;	       /* answers to followed packets that were translated are the session's */
	__u8 pad[5];
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

/* Changes while the session runs (.data.targets). */
struct pwru_targets {
	__u32 netns_single; /* the inode number of a session of one namespace and no pods, else 0 */
	__u32 port_count;   /* entries of pod_ports */
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
