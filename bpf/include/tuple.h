/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The 5-tuple and what goes with it, from the bytes of a loaded frame. */
#ifndef PWRU_TUPLE_H
#define PWRU_TUPLE_H

#include "frame.h"
#include "record.h"

#define IPPROTO_HOPOPTS 0
#define IPPROTO_ICMP 1
#define IPPROTO_UDP 17
#define IPPROTO_ROUTING 43
#define IPPROTO_FRAGMENT 44
#define IPPROTO_AH 51
#define IPPROTO_ICMPV6 58
#define IPPROTO_DSTOPTS 60
#define IPPROTO_SCTP 132

#define IPV4_MORE_FRAGMENTS 0x2000
#define IPV6_MORE_FRAGMENTS 1
#define IPV6_FRAGMENT_OFFSET_MASK 0xfff8 /* in bytes */

#define IPV6_EXTENSIONS_MAX 8

/* First bytes of a transport header: ports and, for TCP, flags at byte 13; for ICMP type and code. */
struct transport {
	__u8 bytes[14] __attribute__((aligned(4)));
};

static __always_inline void read_transport(struct pwru_tuple *tuple, const __u8 *bytes, __u32 available)
{
	switch (tuple->l4_proto) {
	case IPPROTO_TCP:
		if (available >= 14)
			tuple->tcp_flags = bytes[13];
		/* fallthrough */
	case IPPROTO_UDP:
	case IPPROTO_SCTP:
		if (available >= 4) {
			tuple->sport = bpf_ntohs(*(__be16 *)bytes);
			tuple->dport = bpf_ntohs(*(__be16 *)(bytes + 2));
			tuple->flags |= PWRU_TUPLE_PORTS;
		}
		break;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		if (available >= 2)
			tuple->icmp = bpf_ntohs(*(__be16 *)bytes);
		break;
	}
}

/* Transport header that is not where it usually is: one more read. */
static __always_inline void read_far_transport(struct pwru_tuple *tuple, struct frame *frame, __u32 offset)
{
	struct transport transport = {};
	__u32 available = frame->linear > offset ? frame->linear - offset : 0;

	if (available && !bpf_probe_read_kernel(&transport, sizeof(transport), (void *)(frame->network + offset)))
		read_transport(tuple, transport.bytes, available);
}

static __always_inline void read_ipv4(struct pwru_tuple *tuple, struct frame *frame)
{
	const __u8 *ip = frame->bytes + NETWORK_AT;
	__u32 header_bytes = (ip[0] & 0xf) * 4;

	if (frame->linear < IPV4_HEADER_BYTES || ip[0] >> 4 != 4)
		return;
	tuple->ip_version = 4;
	tuple->l4_proto = ip[9];
	*(__u32 *)tuple->saddr = *(__u32 *)(ip + 12);
	*(__u32 *)tuple->daddr = *(__u32 *)(ip + 16);
	tuple->fragment_bytes = bpf_ntohs(*(__be16 *)(ip + 6)) << 3; /* without the flags */
	if (config.drops && *(__be16 *)(ip + 6) & bpf_htons(IPV4_MORE_FRAGMENTS))
		tuple->flags = PWRU_TUPLE_MORE_FRAGMENTS;
	if (tuple->fragment_bytes)
		return; /* a later fragment has no transport header */
	if (header_bytes == IPV4_HEADER_BYTES)
		read_transport(tuple, ip + IPV4_HEADER_BYTES, frame->linear - IPV4_HEADER_BYTES);
	else
		read_far_transport(tuple, frame, header_bytes);
}

/* Kinds of extension headers, one bit each. */
#define IPV6_EXTENSIONS                                                                                                \
	(1ULL << IPPROTO_HOPOPTS | 1ULL << IPPROTO_ROUTING | 1ULL << IPPROTO_FRAGMENT | 1ULL << IPPROTO_AH |           \
	 1ULL << IPPROTO_DSTOPTS)

/* What skip_extensions() returns: the last kind of header in the low byte, its offset above. */
#define EXTENSIONS_OFFSET_SHIFT 8
#define EXTENSIONS_OFFSET_MASK 0xffffff
/* No transport header follows that could be read. */
#define EXTENSIONS_NO_TRANSPORT (1ULL << 32)
/* Offset of a later fragment, in bytes. */
#define EXTENSIONS_FRAGMENT_SHIFT 48

/*
 * Walks extension headers (RFC 8200 section 4) from behind the IPv6 header, whose next header is `kind`. Global, so that
 * the verifier looks at it once by itself and not again on each way that leads here: that was four fifths of its work.
 */
__noinline __u64 skip_extensions(__u64 network, __u32 linear, __u32 kind)
{
	__u32 offset = IPV6_HEADER_BYTES;
	__u64 fragment = 0;

	for (int i = 0; i < IPV6_EXTENSIONS_MAX; i++) {
		__u8 next[4] __attribute__((aligned(4)));

		if (kind >= 64 || !(IPV6_EXTENSIONS >> kind & 1))
			return kind | (__u64)offset << EXTENSIONS_OFFSET_SHIFT;
		if (offset + sizeof(next) > linear ||
		    bpf_probe_read_kernel(next, sizeof(next), (void *)(network + offset)))
			break;
		offset += kind == IPPROTO_FRAGMENT ? 8 : kind == IPPROTO_AH ? (next[1] + 2) * 4 : (next[1] + 1) * 8;
		if (kind == IPPROTO_FRAGMENT)
			fragment = bpf_ntohs(*(__be16 *)(next + 2)) & ~7ULL;
		kind = next[0];
		if (fragment)
			break; /* a later fragment has no transport header */
	}
	return kind | EXTENSIONS_NO_TRANSPORT | fragment << EXTENSIONS_FRAGMENT_SHIFT;
}

#define FRAGMENT_HEADER_BYTES 8
/* The fragment header and what may come before it (RFC 8200 section 4.1), one bit each. */
#define FRAGMENT_WAY                                                                                                   \
	(1ULL << IPPROTO_HOPOPTS | 1ULL << IPPROTO_ROUTING | 1ULL << IPPROTO_DSTOPTS | 1ULL << IPPROTO_FRAGMENT)
#define BEFORE_FRAGMENT_MAX 3

/* What find_fragment() returns: offset of the fragment header from the IPv6 header, and above it its field of offset and flags. */
#define FRAGMENT_AT_MASK 0xffffffff
#define FRAGMENT_FIELD_SHIFT 32

static __always_inline bool may_have_fragment_header(__u32 kind)
{
	return kind < 64 && FRAGMENT_WAY >> kind & 1;
}

/*
 * Looks for a fragment header behind the IPv6 header, whose next header is `kind`. 0: there is none. Global for the
 * verifier's sake, as skip_extensions().
 */
__noinline __u64 find_fragment(__u64 network, __u32 linear, __u32 kind)
{
	__u32 offset = IPV6_HEADER_BYTES;

	for (int i = 0; i <= BEFORE_FRAGMENT_MAX; i++) {
		__u8 next[4] __attribute__((aligned(4)));

		if (!may_have_fragment_header(kind) || offset + FRAGMENT_HEADER_BYTES > linear ||
		    bpf_probe_read_kernel(next, sizeof(next), (void *)(network + offset)))
			return 0;
		if (kind == IPPROTO_FRAGMENT)
			return offset | (__u64)bpf_ntohs(*(__be16 *)(next + 2)) << FRAGMENT_FIELD_SHIFT;
		kind = next[0];
		offset += (next[1] + 1) * 8;
	}
	return 0;
}

static __always_inline bool has_more_fragments6(struct frame *frame, __u32 kind)
{
	return may_have_fragment_header(kind) &&
	       find_fragment(frame->network, frame->linear, kind) >> FRAGMENT_FIELD_SHIFT & IPV6_MORE_FRAGMENTS;
}

static __always_inline void read_ipv6(struct pwru_tuple *tuple, struct frame *frame)
{
	const __u8 *ip = frame->bytes + NETWORK_AT;
	__u64 extensions;
	__u32 offset;

	if (frame->linear < IPV6_HEADER_BYTES || ip[0] >> 4 != 6)
		return;
	tuple->ip_version = 6;
	((__u64 *)tuple->saddr)[0] = *(__u64 *)(ip + 8);
	((__u64 *)tuple->saddr)[1] = *(__u64 *)(ip + 16);
	((__u64 *)tuple->daddr)[0] = *(__u64 *)(ip + 24);
	((__u64 *)tuple->daddr)[1] = *(__u64 *)(ip + 32);
	extensions = skip_extensions(frame->network, frame->linear, ip[6]);
	tuple->l4_proto = extensions;
	tuple->fragment_bytes = extensions >> EXTENSIONS_FRAGMENT_SHIFT;
	if (config.drops && has_more_fragments6(frame, ip[6]))
		tuple->flags = PWRU_TUPLE_MORE_FRAGMENTS;
	if (extensions & EXTENSIONS_NO_TRANSPORT)
		return;
	offset = extensions >> EXTENSIONS_OFFSET_SHIFT & EXTENSIONS_OFFSET_MASK;
	if (offset == IPV6_HEADER_BYTES)
		read_transport(tuple, ip + IPV6_HEADER_BYTES, frame->linear - IPV6_HEADER_BYTES);
	else
		read_far_transport(tuple, frame, offset);
}

/* Fills a zeroed tuple from the frame's IP header. */
static __always_inline void read_ip(struct pwru_tuple *tuple, struct frame *frame)
{
	if (frame->protocol == bpf_htons(ETH_P_IP))
		read_ipv4(tuple, frame);
	else if (frame->protocol == bpf_htons(ETH_P_IPV6))
		read_ipv6(tuple, frame);
}

/* The outermost tag: the one that the device will put in, else the first in the packet's bytes. */
static __always_inline void read_tag(struct pwru_hit *record, struct frame *frame, struct sk_buff *skb)
{
	__be16 tci;

	if (has_accelerated_tag(skb)) {
		record->vlan_tci = FIELD(skb, vlan_tci);
	} else {
		if (!frame->network || !frame->byte_tags ||
		    bpf_probe_read_kernel(&tci, sizeof(tci),
					  (void *)(frame->network - VLAN_TAG_BYTES * frame->byte_tags)))
			return;
		record->vlan_tci = bpf_ntohs(tci);
	}
	record->head.flags |= PWRU_FLAG_VLAN;
}

/* Fills the tuple's members of a zeroed record. */
static __always_inline void read_tuple(struct pwru_hit *record, struct frame *frame, struct sk_buff *skb)
{
	read_tag(record, frame, skb);
	if (!frame->network)
		return;
	read_ip(&record->outer, frame);
}

#endif
