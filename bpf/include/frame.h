/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The packet as the Ethernet frame it is or will be: 14 bytes of header made from what the skb knows (addresses only
 * when it has a link-layer header; EtherType from skb->protocol), then its bytes from the network header on. So a filter
 * means the same on the packet's whole way, whether or not its link-layer header exists at the moment.
 */
#ifndef PWRU_FRAME_H
#define PWRU_FRAME_H

#include "filter.h"
#include "skb.h"

#define ETH_ADDRESSES_BYTES 12
#define ETH_HEADER_BYTES 14
#define VLAN_TAG_BYTES 4
#define ETH_P_8021Q 0x8100
#define ETH_P_8021AD 0x88A8
#define MAC_HEADER_UNSET 0xffff
#define IPV4_HEADER_BYTES 20
#define IPV6_HEADER_BYTES 40
#define IPPROTO_TCP 6
#define FRAGMENT_OFFSET_MASK 0x1fff

/* The link-layer header ends here, so that the network header is 8-byte aligned: stack accesses must be. */
#define NETWORK_AT 24

struct frame {
	__u8 bytes[NETWORK_AT + PWRU_NETWORK_WORDS * 8] __attribute__((aligned(8)));
	__u64 network;	 /* kernel address of the network header; 0: the packet has none yet */
	__u64 byte_tags; /* tags in the packet's bytes, right before the network header */
	__u32 linear;	 /* bytes from the network header on in the skb's linear part */
	__be16 protocol; /* EtherType of what follows the link-layer header and its tags */
	__u8 tags;	 /* tags in the frame's header: 14 bytes without, 4 more with each */
	bool addresses;	 /* the frame's addresses are the packet's own; set only if the filter looks at them */
};

#ifdef PWRU_RDONLY_CAST
/* Words that can be read as members of a struct pt_regs: its unsigned longs up to `ip` (x86-64), `regs` (arm64). */
#define REGISTER_WORDS 16
_Static_assert(PWRU_NETWORK_WORDS <= REGISTER_WORDS, "load_words() reads no more");

/*
 * Plain loads need a kernel type; any that has enough words will do: struct pt_regs has 17 (x86-64: up to `ip`). A call of
 * bpf_probe_read_kernel costs as much as 12 of them.
 */
static __always_inline void load_words(__u64 *to, __u64 address, const __u32 first, const __u32 end)
{
	const __u64 *from = (const __u64 *)CAST(struct pt_regs, (void *)address);

#pragma unroll
	for (__u32 i = first; i < end; i++)
		to[i] = from[i];
}
#endif

/*
 * Copies PWRU_NETWORK_WORDS words from the network header on. They may reach past the linear part: that is still the skb's
 * own memory, since struct skb_shared_info (320 bytes) follows it. Users look at `linear`.
 */
static __always_inline void read_network(struct frame *frame)
{
	__u64 *to = (__u64 *)(frame->bytes + NETWORK_AT);

#ifdef PWRU_RDONLY_CAST
	load_words(to, frame->network, 0, PWRU_NETWORK_WORDS);
#else
	bpf_probe_read_kernel(to, PWRU_NETWORK_WORDS * 8, (void *)frame->network);
#endif
}

/*
 * The same of a packet whose EtherType is in the frame, or 0. Of most IPv4 packets nobody asks for more than the first
 * words, and a plain load is nine instructions: it tests its address.
 */
static __always_inline void read_first_network(struct frame *frame)
{
#ifdef PWRU_RDONLY_CAST
	__u64 *to = (__u64 *)(frame->bytes + NETWORK_AT);

	load_words(to, frame->network, 0, PWRU_IPV4_WORDS);
	if (frame->protocol != bpf_htons(ETH_P_IP) || CONFIG(filter_far)) {
		load_words(to, frame->network, PWRU_IPV4_WORDS, PWRU_NETWORK_WORDS);
		return;
	}
#pragma unroll
	for (__u32 i = PWRU_IPV4_WORDS; i < PWRU_NETWORK_WORDS; i++)
		to[i] = 0; /* the verifier does not know that nobody reads them */
#else
	read_network(frame);
#endif
}

/* EtherType for an IP version nibble. */
static __always_inline __be16 guess_protocol(__u8 version)
{
	if (version == 4)
		return bpf_htons(ETH_P_IP);
	return version == 6 ? bpf_htons(ETH_P_IPV6) : 0;
}

/* Offset of the network header from skb->head; 0 when the packet has none yet. */
static __always_inline __u32 network_offset(struct sk_buff *skb)
{
	__u32 offset = FIELD(skb, network_header);
	__u32 mac;

	if (offset)
		return offset; /* 0 is headroom: not set */
	/* A received packet has its link-layer header first (eth_type_trans). */
	mac = FIELD(skb, mac_header);
	return mac == MAC_HEADER_UNSET ? 0 : mac + ETH_HEADER_BYTES;
}

static __always_inline bool is_tag(__be16 protocol)
{
	return protocol == bpf_htons(ETH_P_8021Q) || protocol == bpf_htons(ETH_P_8021AD);
}

/* Tags in the packet's bytes that are understood; further ones are left as they are. */
#define BYTE_TAGS_MAX 2

/* What find_tags() returns: the EtherType behind the tags, their number, and their bytes from the network header on. */
#define BYTE_TAGS_SHIFT 16
#define SKIPPED_SHIFT 32

/*
 * Finds the network header of a packet whose skb->protocol is that of a tag. For a device that does not put in the tag
 * itself, validate_xmit_vlan() (net/core/dev.c) does; the network header stays where it was, behind the tags, through a
 * veth pair until __netif_receive_skb_core() sets it, on the first tag, which skb_vlan_untag() takes out.
 * `link`: begin of the link-layer header, 0 without. Global for the verifier's sake, as skip_extensions().
 */
__noinline __u64 find_tags(__u64 network, __u32 linear, __u64 data, __u64 link)
{
	__be16 words[4] __attribute__((aligned(8))) = {};
	__u64 before = 0;

	/* A packet that is being received begins behind the link-layer header's addresses and first EtherType. */
	if (data < network)
		before = network - data;
	else if (link)
		before = network - link;
	if (before > ETH_HEADER_BYTES)
		before -= ETH_HEADER_BYTES;
	if (before == VLAN_TAG_BYTES || before == BYTE_TAGS_MAX * VLAN_TAG_BYTES) {
		bpf_probe_read_kernel(words, 2, (void *)(network - 2));
		return words[0] | before / VLAN_TAG_BYTES << BYTE_TAGS_SHIFT;
	}
	if (linear < sizeof(words) || bpf_probe_read_kernel(words, sizeof(words), (void *)network))
		return 0;
	if (!is_tag(words[1]))
		return words[1] | 1ULL << BYTE_TAGS_SHIFT | (__u64)VLAN_TAG_BYTES << SKIPPED_SHIFT;
	return words[3] | (__u64)BYTE_TAGS_MAX << BYTE_TAGS_SHIFT |
	       (__u64)(BYTE_TAGS_MAX * VLAN_TAG_BYTES) << SKIPPED_SHIFT;
}

static __always_inline __u64 find_tags_of(struct sk_buff *skb, __u64 network, __u32 linear)
{
	__u64 head = number_of((__u64)FIELD(skb, head));
	__u64 mac = FIELD(skb, mac_header);
	__u64 link = mac == MAC_HEADER_UNSET ? 0 : head + mac;

	return find_tags(network, linear, number_of((__u64)FIELD(skb, data)), link);
}

static __always_inline void step_over_tags(struct frame *frame, struct sk_buff *skb)
{
	__u64 found = find_tags_of(skb, frame->network, frame->linear);

	frame->protocol = found;
	frame->byte_tags = found >> BYTE_TAGS_SHIFT & 0xff;
	frame->network += found >> SKIPPED_SHIFT;
	frame->linear -= found >> SKIPPED_SHIFT;
	read_network(frame);
}

/* A frame without a network header. */
static __always_inline void clear_frame(struct frame *frame)
{
	__u64 *words = (__u64 *)(frame->bytes + NETWORK_AT);

	/* What is looked at before it is known that there is none. */
#pragma unroll
	for (__u32 i = 0; i < PWRU_NETWORK_WORDS; i++)
		words[i] = 0;
	frame->network = 0;
	frame->linear = 0;
	frame->protocol = 0;
}

static __always_inline void load_frame(struct frame *frame, struct sk_buff *skb)
{
	__u64 head = (__u64)FIELD(skb, head);
	__u32 offset = network_offset(skb);
	__u32 tail = FIELD(skb, tail);

	if (!offset || offset >= tail) {
		clear_frame(frame);
		return;
	}
	frame->network = number_of(head + offset);
	frame->linear = tail - offset;
	frame->protocol = FIELD(skb, protocol);
	frame->byte_tags = 0;
	read_first_network(frame);
	if (frame->protocol == bpf_htons(ETH_P_IP))
		return;
	if (!frame->protocol) /* not set yet on the way out */
		frame->protocol = guess_protocol(frame->bytes[NETWORK_AT] >> 4);
	else if (is_tag(frame->protocol))
		step_over_tags(frame, skb);
}

/* All bytes of the packet from the network header on. */
static __always_inline __u32 wire_bytes(struct frame *frame, struct sk_buff *skb)
{
	return frame->linear + FIELD(skb, data_len);
}

static __always_inline void load_addresses(struct frame *frame, struct sk_buff *skb, __u8 *to)
{
	__u64 head = (__u64)FIELD(skb, head);
	__u32 mac = FIELD(skb, mac_header);

	frame->addresses = mac != MAC_HEADER_UNSET && head + mac + ETH_HEADER_BYTES <= frame->network &&
			   !bpf_probe_read_kernel(to, ETH_ADDRESSES_BYTES, (void *)(head + mac));
}

/* Puts the tags into the header, the outermost first: two of them, when there are three. */
static __always_inline void load_tags(struct frame *frame, struct sk_buff *skb)
{
	__u8 *end = frame->bytes + NETWORK_AT - 2;

	frame->tags = frame->byte_tags;
	if (frame->byte_tags == BYTE_TAGS_MAX) {
		bpf_probe_read_kernel(end - 8, 8, (void *)(frame->network - 10));
		return;
	}
	if (frame->byte_tags)
		bpf_probe_read_kernel(end - 4, 4, (void *)(frame->network - 6));
	if (!has_accelerated_tag(skb))
		return;
	frame->tags++;
	if (frame->byte_tags)
		end -= VLAN_TAG_BYTES;
	*(__be16 *)(end - 2) = bpf_htons(FIELD(skb, vlan_tci));
	*(__be16 *)(end - 4) = FIELD(skb, vlan_proto);
}

/* Puts a link-layer header before the network header that load_frame() has read. */
static __always_inline void load_link_header(struct frame *frame, struct sk_buff *skb)
{
	__u8 *end = frame->bytes + NETWORK_AT;

	frame->tags = 0;
	if (CONFIG(filter_vlan))
		load_tags(frame, skb);
	*(__be16 *)(end - 2) = frame->protocol;
	/* Without, the filter reads no byte of them. */
	if (!CONFIG(filter_addresses))
		return;
	if (frame->tags == 2)
		load_addresses(frame, skb, end - ETH_HEADER_BYTES - 2 * VLAN_TAG_BYTES);
	else if (frame->tags)
		load_addresses(frame, skb, end - ETH_HEADER_BYTES - VLAN_TAG_BYTES);
	else
		load_addresses(frame, skb, end - ETH_HEADER_BYTES);
}

/* `tags` is a constant to the compiler. */
static __always_inline __u64 filter_tagged(struct frame *frame, __u32 tags, __u32 wire)
{
	__u32 header = ETH_HEADER_BYTES + tags * VLAN_TAG_BYTES;

	return pwru_filter_packet(frame->bytes + NETWORK_AT - header, header, frame->network, frame->linear, wire);
}

/* A filter that wants bytes past the packet's end rejects it, as classic BPF has it. */
static __always_inline __u64 past_end(struct frame *frame, struct sk_buff *skb, __u64 verdict)
{
	return verdict == PWRU_FILTER_SHORT && frame->linear >= wire_bytes(frame, skb) ? PWRU_FILTER_REJECT : verdict;
}

/*
 * The session's packet filter on a loaded frame. PWRU_FILTER_SHORT: undecided, since it needs bytes that the packet does not have yet, or not in its linear part.
 */
static __always_inline __u64 filter_frame(struct frame *frame, struct sk_buff *skb)
{
	__u32 wire;
	__u64 verdict;

	if (!frame->network)
		return may_be_packet(skb) ? PWRU_FILTER_SHORT : PWRU_FILTER_REJECT;
	load_link_header(frame, skb);
	if (CONFIG(filter_addresses) && !frame->addresses)
		return PWRU_FILTER_SHORT;
	wire = CONFIG(filter_length) ? wire_bytes(frame, skb) : 0;
	if (CONFIG(filter_vlan) && frame->tags == 2)
		verdict = filter_tagged(frame, 2, wire);
	else if (CONFIG(filter_vlan) && frame->tags)
		verdict = filter_tagged(frame, 1, wire);
	else
		verdict = filter_tagged(frame, 0, wire);
	return past_end(frame, skb, verdict);
}

/* The same of a packet inside the packet, which has neither tags nor link-layer addresses that a filter could see. */
static __always_inline __u64 filter_inner(struct frame *frame, struct sk_buff *skb)
{
	__u32 wire = CONFIG(filter_length) ? wire_bytes(frame, skb) : 0;

	if (CONFIG(filter_addresses))
		return PWRU_FILTER_REJECT;
	*(__be16 *)(frame->bytes + NETWORK_AT - 2) = frame->protocol;
	return past_end(frame, skb, filter_tagged(frame, 0, wire));
}

#endif
