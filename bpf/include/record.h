/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The ring record. agent/src/core/record/layout.ts is generated from the BTF of these structs, and so is the code that
 * knows their members (npm run gen). Written once, by one program, between reserve and submit.
 * All integers are in the CPU's byte order unless a comment says otherwise.
 */
#ifndef PWRU_RECORD_H
#define PWRU_RECORD_H

/*
 * What becomes of a record's member, for tools/gen: it writes the agent's encoder and its test of repeats from these tags
 * and from event.proto. Each member has one of the first six.
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
/* A call stack: ids of the code locations that the dictionary makes of these addresses. */
#define EVENT_STACK(field) PWRU_TAG("stack:" #field)
/* Of a struct: what follows a hit under this type (enum pwru_section_type). */
#define SECTION(type) PWRU_TAG("section:" #type)
/* Beside those: the bits of this member that are a field of their own, true when they are set. */
#define EVENT_BITS(field, bits) PWRU_TAG("bits:" #field ":" #bits)
/* Beside those: means something only when these bits of that member are set. */
#define WITH(member, bits) PWRU_TAG("with:" #member ":" #bits)

#define PWRU_COMM_BYTES 16
#define PWRU_IFNAME_BYTES 16
#define PWRU_STACK_FRAMES 50

enum pwru_record_kind {
	PWRU_KIND_HIT = 1, /* struct pwru_hit, then its sections */
	PWRU_KIND_END =
		2, /* struct pwru_end: an end of a known packet's sk_buff where no selected function, or no target, is */
};

/* Bits of pwru_record.flags. */
enum pwru_record_flag {
	PWRU_FLAG_VLAN = 1,  /* vlan_tci is valid */
	PWRU_FLAG_DROP = 2,  /* a drop: struct pwru_drop follows struct pwru_hit */
	PWRU_FLAG_FREED = 4, /* the skb goes back to the allocator or is consumed: it ends here */
	/* Only with pwru_config.drops: */
	PWRU_FLAG_KEPT = 8,	/* the skb stays in its TCP socket's queue; only clones of it travel */
	PWRU_FLAG_CAPTURE = 16, /* the skb is a packet socket's copy */
	PWRU_FLAG_SOCKET = 32,	/* the skb belongs to a socket of this machine: it sent the packet */
	/* Beside FREED, with release hooks: not the first record of this skb's end. No skb is both of what these two bits say. */
	PWRU_FLAG_ENDED = PWRU_FLAG_KEPT | PWRU_FLAG_CAPTURE,
};

/* Bits of pwru_drop.facts: what the kernel knew of the packet when it dropped it. */
enum pwru_drop_fact {
	PWRU_DROP_PACKET_TYPE = 0x7,   /* skb->pkt_type (include/uapi/linux/if_packet.h) */
	PWRU_DROP_NOT_A_PACKET = 0x8,  /* a message of a local socket: UNIX, netlink, vsock */
	PWRU_DROP_TCP = 0x10,	       /* pwru_drop.payload is that of a TCP segment, whose header could be read */
	PWRU_DROP_KNOWN_SOCKET = 0x20, /* the kernel named the receiving socket: state and RECEIVED are valid */
	PWRU_DROP_RECEIVED = 0x40,     /* TCP: all bytes of the segment had been received before */
	PWRU_DROP_SHARERS = 0xf00,     /* other sk_buffs with the same headers, at most 15 are counted */
	PWRU_DROP_SHARERS_SHIFT = 8,
	PWRU_DROP_STATE = 0xf000, /* sk_state (include/net/tcp_states.h) */
	PWRU_DROP_STATE_SHIFT = 12,
	PWRU_DROP_VERDICT_SHIFT = 24, /* bits 24 to 31: set by the agent, number of its verdict; 0 in the kernel */
};

/* Parts of pwru_hit.task. No process id is larger (PID_MAX_LIMIT of include/linux/threads.h). */
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

/* Where pwru_hit.mtu is from. */
enum pwru_mtu_source {
	PWRU_MTU_DEVICE = 0,	   /* the skb's device */
	PWRU_MTU_ROUTE = 1,	   /* metric of the packet's route */
	PWRU_MTU_ROUTE_DEVICE = 2, /* device of the packet's route, which is another: mtu_ifindex */
};

/* First in every record. The CPU is that of the ring. */
struct pwru_record {
	__u64 time_ns EVENT(boot_time_ns); /* CLOCK_BOOTTIME at entry */
	__u64 place EVENT_ID(function_id); /* address of the function; below PWRU_SLOT_LIMIT: tracepoint slot */
	__u64 packet_id EVENT(packet_id);  /* 0: the identity table could not take the packet */
	__u16 kind OWN;			   /* enum pwru_record_kind */
	__u16 flags OWN EVENT_BITS(has_vlan, PWRU_FLAG_VLAN); /* enum pwru_record_flag */
	__u32 bytes OWN; /* used bytes with all sections, a multiple of 8; what was reserved may be more */
};

/* One admitted hit. */
struct pwru_hit {
	struct pwru_record head;
	__u64 skb EVENT(skb_address);	      /* address of the struct sk_buff */
	__u32 netns EVENT(netns_inode);	      /* inode number of the network namespace, 0: none */
	__u32 ifindex EVENT_ID(interface_id); /* 0: the skb has no device */
	__u32 mark EVENT(mark);		      /* skb->mark */
	__u32 len EVENT(length_bytes);	      /* skb->len, bytes */
	__u32 mtu EVENT(mtu_bytes);	      /* bytes; 0: not known */
	__u32 mtu_ifindex PACKET;	      /* of the route's device (PWRU_MTU_ROUTE_DEVICE), else 0 */
	__u32 task EVENT_ID(process_id); /* process id of the current task in the root pid namespace, and its context */
	__u32 inner_value PACKET;	 /* by inner_kind */
	__u16 ether_type EVENT(ether_type);				 /* skb->protocol in host byte order */
	__u16 vlan_tci EVENT(vlan_tci) WITH(head_flags, PWRU_FLAG_VLAN); /* host byte order */
	__u8 mtu_source PACKET;						 /* enum pwru_mtu_source */
	__u8 inner_kind PACKET;	 /* enum pwru_inner_kind; without one, inner is not written */
	__u8 inner_bytes PACKET; /* of inner that are the packet's */
	__u8 pad OWN;
	struct pwru_tuple outer;
	char comm[PWRU_COMM_BYTES] PACKET;     /* of the current task, NUL-terminated */
	char ifname[PWRU_IFNAME_BYTES] PACKET; /* of the skb's device, NUL-terminated */
	/* The packet inside the packet, from its IP header on. */
	__u8 inner[PWRU_INNER_BYTES] PACKET WITH(inner_kind, 0xff);
};

/* An end that nobody is shown, for whoever waits for the packet's fate. */
struct pwru_end {
	struct pwru_record head;
	__u64 skb EVENT(skb_address);
	__u32 netns OWN;
	__u16 piece OWN; /* enum pwru_piece */
	__u16 pad OWN;
};

/* Which part of its datagram a packet is. */
enum pwru_piece {
	PWRU_PIECE_NOT_KNOWN = 0,
	PWRU_PIECE_WHOLE = 1, /* not in fragments */
	PWRU_PIECE_FIRST = 2, /* a later one: this and its offset in units of 8 bytes */
};

/* What only some records have, behind their body; one of a type that is not known is left out. */
struct pwru_section {
	__u16 type;  /* enum pwru_section_type */
	__u16 bytes; /* with this header, a multiple of 8; from here to the next section */
	__u32 pad;
};

enum pwru_section_type {
	PWRU_SECTION_DROP = 1,
	PWRU_SECTION_STACK = 2,
};

struct pwru_drop {
	struct pwru_section head;
	__u64 location EVENT_ID(drop_location_id); /* address that dropped the packet */
	__u64 destructor OWN;			   /* skb->destructor: who the skb is charged to */
	__u32 reason EVENT_ID(drop_reason_id);	   /* enum skb_drop_reason, subsystem in the high 16 bits */
	__u32 facts OWN;			   /* enum pwru_drop_fact */
	__u32 payload OWN;			   /* bytes behind the transport header, as far as it is known */
	__u32 pad OWN;
} SECTION(PWRU_SECTION_DROP);

/* Call stack, innermost first. Last in its record: head.bytes tells how many addresses it has. */
struct pwru_stack {
	struct pwru_section head;
	__u64 address[PWRU_STACK_FRAMES] EVENT_STACK(stack_location_ids);
} SECTION(PWRU_SECTION_STACK);
#endif
