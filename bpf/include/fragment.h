/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Fragments of a datagram are one packet. A later fragment has no transport header, by which a filter could take it: it
 * belongs to the first one, if that was admitted before.
 */
#ifndef PWRU_FRAGMENT_H
#define PWRU_FRAGMENT_H

#include "identity.h"
#include "tuple.h"

#define IPV4_FRAGMENT_MASK (IPV4_MORE_FRAGMENTS | FRAGMENT_OFFSET_MASK)

/* So long a receiver waits for a datagram's other fragments: ipfrag_time, Documentation/networking/ip-sysctl.rst. */
#define FRAGMENT_LIFE_NS 30000000000ULL

enum piece {
	PIECE_NONE, /* no fragment */
	PIECE_FIRST,
	PIECE_LATER,
};

/* `fragment`: offset and flags, of which `more` says that it is not the last one. */
static __always_inline enum piece piece_of(__u32 fragment, __u32 offset_mask, __u32 more)
{
	if (fragment & offset_mask)
		return PIECE_LATER;
	return fragment & more ? PIECE_FIRST : PIECE_NONE;
}

static __always_inline enum piece read_datagram4(struct datagram *key, __u64 network)
{
	__u8 head[8] __attribute__((aligned(8))); /* id, fragment, TTL, protocol, checksum */
	__be32 addresses[2];

	if (bpf_probe_read_kernel(head, sizeof(head), (void *)(network + 4)) ||
	    bpf_probe_read_kernel(addresses, sizeof(addresses), (void *)(network + 12)))
		return PIECE_NONE;
	key->from.bytes[10] = key->from.bytes[11] = 0xff;
	key->to = key->from;
	*(__be32 *)(key->from.bytes + 12) = addresses[0];
	*(__be32 *)(key->to.bytes + 12) = addresses[1];
	key->id = *(__be16 *)head;
	key->protocol = head[5];
	return piece_of(bpf_ntohs(*(__be16 *)(head + 2)), FRAGMENT_OFFSET_MASK, IPV4_MORE_FRAGMENTS);
}

static __always_inline enum piece read_datagram6(struct datagram *key, __u64 network, __u32 linear)
{
	__u8 head[8] __attribute__((aligned(8)));
	__u64 fragment;

	if (bpf_probe_read_kernel(head, sizeof(head), (void *)network) ||
	    bpf_probe_read_kernel(key, sizeof(key->from) + sizeof(key->to), (void *)(network + 8)))
		return PIECE_NONE;
	fragment = find_fragment(network, linear, head[6]);
	if (!fragment ||
	    bpf_probe_read_kernel(&key->id, sizeof(key->id), (void *)(network + (fragment & FRAGMENT_AT_MASK) + 4)))
		return PIECE_NONE;
	return piece_of(fragment >> FRAGMENT_FIELD_SHIFT, IPV6_FRAGMENT_OFFSET_MASK, IPV6_MORE_FRAGMENTS);
}

/* Of the IP header of `version` at `network`; `key` is zeroed. */
static __always_inline enum piece read_datagram(struct datagram *key, __u64 network, __u32 linear, __u32 version)
{
	if (version == 4)
		return linear < IPV4_HEADER_BYTES ? PIECE_NONE : read_datagram4(key, network);
	return linear < IPV6_HEADER_BYTES ? PIECE_NONE : read_datagram6(key, network, linear);
}

/*
 * What tells in a few instructions that nearly every packet is no fragment: EtherType, and above it bytes 6 and 7 of the IP
 * header. Of a frame that load_frame() has read.
 */
static __always_inline __u32 fragment_hint(struct frame *frame)
{
	return frame->protocol | (__u32) * (__be16 *)(frame->bytes + NETWORK_AT + 6) << 16;
}

/* IP version of a packet that may be a fragment; 0: it is none. */
static __always_inline __u32 version_of_fragment(__u32 hint)
{
	if ((hint & 0xffff) == bpf_htons(ETH_P_IP))
		return hint >> 16 & bpf_htons(IPV4_FRAGMENT_MASK) ? 4 : 0;
	return may_have_fragment_header(hint >> 16 & 0xff) && (hint & 0xffff) == bpf_htons(ETH_P_IPV6) ? 6 : 0;
}

/* Packet id of the datagram; 0: its first fragment was not admitted, or not in the last `life_ns`. */
static __always_inline __u64 find_datagram(struct datagram *key, __u64 life_ns)
{
	struct datagram_packet *known = bpf_map_lookup_elem(&datagrams, key);

	return known && bpf_ktime_get_boot_ns() - known->seen_ns < life_ns ? known->packet_id : 0;
}

/*
 * Of a packet that the session's filter does not take: packet id of the datagram that it is a later fragment of; 0: it is
 * none, or its first one was not admitted. A first fragment that comes here begins another datagram with an id that was
 * used before. Global for the verifier's sake, as skip_extensions().
 */
__noinline __u64 packet_of_fragment(__u64 network, __u32 linear, __u32 version)
{
	struct datagram key = {};
	enum piece piece = read_datagram(&key, network, linear, version);

	if (piece == PIECE_LATER)
		return find_datagram(&key, FRAGMENT_LIFE_NS);
	/* Link-layer addresses come and go: without, the filter decides nothing. */
	if (piece == PIECE_FIRST && !config.filter_addresses)
		bpf_map_delete_elem(&datagrams, &key);
	return 0;
}

/*
 * So long a first fragment with the same key is of the same datagram: ip_fraglist_prepare() of net/ipv4/ip_output.c gives the
 * next one the header of the first for a moment.
 */
#define FRAGMENT_MOMENT_NS 100000000ULL

/*
 * Packet id of an admitted packet that may be a fragment, which is its datagram's. `packet_id` is the one that it has, or 0;
 * `hint` of fragment_hint(). The first fragment's is remembered, and made when it has none. 0: it has none, and belongs to no
 * datagram that is known. Global for the verifier's sake, as skip_extensions().
 */
__noinline __u64 packet_of_piece(__u64 network, __u32 linear, __u32 hint, __u64 packet_id)
{
	struct datagram_packet packet = {};
	struct datagram key = {};
	enum piece piece = read_datagram(&key, network, linear, version_of_fragment(hint));

	if (piece == PIECE_NONE || (piece == PIECE_LATER && packet_id))
		return packet_id;
	if (!packet_id)
		packet_id = find_datagram(&key, piece == PIECE_FIRST ? FRAGMENT_MOMENT_NS : FRAGMENT_LIFE_NS);
	if (piece == PIECE_LATER)
		return packet_id;
	packet.packet_id = packet_id ? packet_id : next_packet_id();
	packet.seen_ns = bpf_ktime_get_boot_ns();
	if (packet.packet_id)
		bpf_map_update_elem(&datagrams, &key, &packet, BPF_ANY);
	return packet.packet_id;
}

/* A few instructions that say no for nearly every packet of a loaded frame. */
static __always_inline bool may_be_fragment(struct frame *frame)
{
	return version_of_fragment(fragment_hint(frame)) && CONFIG(fragments);
}

/* enum pwru_piece of a packet, if its bytes are still there. Global for the verifier's sake, as skip_extensions(). */
__noinline __u32 piece_of_skb(__u64 skb_address, enum pwru_role role)
{
	struct sk_buff *skb = CAST(struct sk_buff, (void *)skb_address);
	__u32 offset = network_offset(skb);
	__u64 network = number_of((__u64)FIELD(skb, head) + offset);
	__u32 linear = FIELD(skb, tail) - offset;
	__be16 protocol = FIELD(skb, protocol);
	__u8 ip[8] __attribute__((aligned(8)));
	__u32 fragment_bytes;
	__u32 more;

	if (role == PWRU_ROLE_FREE || !offset || linear < IPV4_HEADER_BYTES ||
	    bpf_probe_read_kernel(ip, sizeof(ip), (void *)network))
		return PWRU_PIECE_NOT_KNOWN;
	if (!protocol)
		protocol = guess_protocol(ip[0] >> 4);
	if (protocol == bpf_htons(ETH_P_IP)) {
		more = bpf_ntohs(*(__be16 *)(ip + 6));
		fragment_bytes = (more & FRAGMENT_OFFSET_MASK) << 3;
		more &= IPV4_MORE_FRAGMENTS;
	} else if (protocol == bpf_htons(ETH_P_IPV6)) {
		more = find_fragment(network, linear, ip[6]) >> FRAGMENT_FIELD_SHIFT;
		fragment_bytes = more & IPV6_FRAGMENT_OFFSET_MASK;
		more &= IPV6_MORE_FRAGMENTS;
	} else {
		return PWRU_PIECE_NOT_KNOWN;
	}
	return fragment_bytes || more ? PWRU_PIECE_FIRST + (fragment_bytes >> 3) : PWRU_PIECE_WHOLE;
}

/* Offset of what follows a fragment header that follows the IPv6 header, in words. */
#define BEHIND_FRAGMENT_HEADER 6

/*
 * Moves a loaded frame of IPv6 to the datagram that its fragment is the beginning of: pcap-filter(7) looks for ports behind
 * the IPv6 header only. False: it is none, and nothing has changed.
 */
static __always_inline bool leave_out_fragment_header(struct frame *frame)
{
	__u8 *ip = frame->bytes + NETWORK_AT;
	__u64 *words = (__u64 *)ip;

	if (frame->protocol != bpf_htons(ETH_P_IPV6) || ip[6] != IPPROTO_FRAGMENT ||
	    frame->linear < IPV6_HEADER_BYTES + FRAGMENT_HEADER_BYTES ||
	    *(__be16 *)(ip + 42) & bpf_htons(IPV6_FRAGMENT_OFFSET_MASK))
		return false;
	ip[6] = ip[40];
#pragma unroll
	for (__u32 i = BEHIND_FRAGMENT_HEADER; i < PWRU_NETWORK_WORDS; i++)
		words[i - 1] = words[i];
	frame->network += FRAGMENT_HEADER_BYTES;
	frame->linear -= FRAGMENT_HEADER_BYTES;
	/* As for read_network(). */
	bpf_probe_read_kernel(words + PWRU_NETWORK_WORDS - 1, sizeof(*words),
			      (void *)(frame->network + (PWRU_NETWORK_WORDS - 1) * sizeof(*words)));
	return true;
}

#endif
