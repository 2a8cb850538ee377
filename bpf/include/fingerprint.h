/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Whether the packet at an address is still the one that was seen there. TCP and UDP free packets where no tracepoint tells
 * (__kfree_skb() of net/ipv4/tcp_input.c, sk_wmem_free_skb() of net/core/sock.c, skb_attempt_defer_free() of
 * net/core/skbuff.c). Where no release program runs, an entry would outlive its packet, and the next one at the address, or
 * with the same data, be taken for it: a stranger's.
 */
#ifndef PWRU_FINGERPRINT_H
#define PWRU_FINGERPRINT_H

#include "inner.h"

#define IPPROTO_HOPOPTS 0
#define IPPROTO_IGMP 2
#define IPPROTO_SCTP 132
#define ETH_P_ARP 0x0806
#define IPV6_FLOW_LABEL_MASK 0xfffff

#define FINGERPRINT_FACTOR 0x9e3779b1u

/*
 * A fingerprint is of what NAT, forwarding and fragmentation leave as it is. 0: not known, as of a tunnel, whose packet
 * comes out of the same sk_buff. TCP: sequence and acknowledgement number. Else protocol and identification or flow label;
 * and of UDP and ICMP what their payload begins with, or 0: it may get into the linear part later.
 */
#define FINGERPRINT_TCP 1u
#define FINGERPRINT_OTHER 2u
#define FINGERPRINT_PAYLOAD 0xfffcu
#define FINGERPRINT_HEADER 0xffff0000u

/* Protocols of packets that are no tunnel. */
static __always_inline bool is_plain(__u32 protocol)
{
	return protocol == IPPROTO_UDP || protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6 ||
	       protocol == IPPROTO_HOPOPTS || protocol == IPPROTO_IGMP || protocol == IPPROTO_SCTP;
}

/* The header of UDP or ICMP, and as many bytes behind it. */
#define FINGERPRINT_BYTES 16

/*
 * Of the packet at `network`, of which `linear` bytes are there; the others exist, too, as for read_network(). `protocol`:
 * its EtherType, or 0. Global for the verifier's sake, as skip_extensions(). Small: a program has 512 bytes of stack, and up
 * to 6.1 each function takes a multiple of 32.
 */
__noinline __u32 content_fingerprint(__u64 network, __u32 linear, __u32 protocol)
{
	__u32 words[FINGERPRINT_BYTES / 4];
	const __u8 *bytes = (const __u8 *)words;
	__u32 transport = IPV6_HEADER_BYTES;
	bool is_later = false;
	__u32 header;
	__u32 payload;
	__u32 next;

	if (protocol == bpf_htons(ETH_P_ARP))
		return FINGERPRINT_HEADER | FINGERPRINT_OTHER;
	if (bpf_probe_read_kernel(words, 12, (void *)network))
		return 0;
	if (bytes[0] >> 4 == 4) {
		next = bytes[9];
		header = *(__be16 *)(bytes + 4);
		is_later = *(__be16 *)(bytes + 6) & bpf_htons(FRAGMENT_OFFSET_MASK);
		transport = (bytes[0] & 0xf) * 4;
	} else if (bytes[0] >> 4 == 6) {
		next = bytes[6];
		header = words[0] & bpf_htonl(IPV6_FLOW_LABEL_MASK);
	} else {
		return 0;
	}
	/* Where a tag may be, the version was guessed. */
	if (next == IPPROTO_TCP ? is_later : is_tag(protocol) || !is_plain(next))
		return 0;
	header = ((header + next) * FINGERPRINT_FACTOR & FINGERPRINT_HEADER) | FINGERPRINT_OTHER;
	if (is_later)
		return header;
	linear = linear > transport ? linear - transport : 0;
	if (bpf_probe_read_kernel(words, sizeof(words), (void *)(network + transport)))
		return 0;
	if (next == IPPROTO_TCP)
		return (words[1] + words[2] * FINGERPRINT_FACTOR) | FINGERPRINT_TCP;
	payload = words[2] + words[3] * FINGERPRINT_FACTOR;
	if (next == IPPROTO_UDP) {
		if (is_tunnel_port(*(__be16 *)(bytes + 2)))
			return 0;
		linear = linear < FINGERPRINT_BYTES ? 0 : bpf_ntohs(*(__be16 *)(bytes + 4));
	} else if (next == IPPROTO_ICMP || next == IPPROTO_ICMPV6) {
		/* Without the identifier, which NAT changes. */
		payload += *(__be16 *)bytes + *(__be16 *)(bytes + 6);
	} else {
		linear = 0;
	}
	return linear < FINGERPRINT_BYTES ? header
					  : header | (payload * FINGERPRINT_FACTOR >> 16 & FINGERPRINT_PAYLOAD);
}

/* Of the packet that is at this address, with its link-layer header and tags left out; 0 also when it has none yet. */
static __always_inline __u32 outer_fingerprint(struct sk_buff *skb)
{
	__u32 offset = network_offset(skb);

	return offset ? content_fingerprint(number_of((__u64)FIELD(skb, head) + offset), FIELD(skb, tail) - offset,
					    FIELD(skb, protocol))
		      : 0;
}

/* Of the packet that it carries in a tunnel, on its way out. */
static __always_inline __u32 inner_fingerprint(struct sk_buff *skb)
{
	__u32 offset = FIELD(skb, inner_network_header);

	return offset ? content_fingerprint(number_of((__u64)FIELD(skb, head) + offset), FIELD(skb, tail) - offset, 0)
		      : 0;
}

/* Global for the verifier's sake, as skip_extensions(). */
__noinline __u32 packet_fingerprint(__u64 skb_address)
{
	struct sk_buff *skb = CAST(struct sk_buff, (void *)skb_address);
	__u32 fingerprint = outer_fingerprint(skb);

	return fingerprint ? fingerprint : inner_fingerprint(skb);
}

/* 0: it has none, or its end is seen anyway. */
static __always_inline __u32 fingerprint_of(struct sk_buff *skb)
{
	return CONFIG(release_hooks) ? 0 : packet_fingerprint(number_of((__u64)skb));
}

/* `now` is not known: only of TCP is it sure then that it is another packet. */
static __always_inline bool is_other(__u32 before, __u32 now)
{
	__u32 difference = before ^ now;

	if (!now || (before & FINGERPRINT_TCP))
		return difference && (before & FINGERPRINT_TCP);
	if (difference & ~FINGERPRINT_PAYLOAD)
		return true;
	return difference && (before & FINGERPRINT_PAYLOAD) && (now & FINGERPRINT_PAYLOAD);
}

/*
 * Whether it is still with the socket that has made it, in that one's namespace. From there a packet only goes away: into another
 * namespace, still with the socket, or to where it is received, which gives it an interface that it came in by. Global for the verifier's sake, as skip_extensions().
 */
__noinline int is_at_origin(__u64 skb_address)
{
	struct sk_buff *skb = CAST(struct sk_buff, (void *)skb_address);
	struct net_device *dev = FIELD(skb, dev);
	struct sock *sk = FIELD(skb, sk);

	return sk && dev && !FIELD(skb, skb_iif) && FIELD(sk, __sk_common.skc_net.net) == FIELD(dev, nd_net.net);
}

/*
 * Whether another packet is at the address than the one that was seen there, with this fingerprint or 0; `has_left`: away from
 * its origin. What was a packet is no message of a local socket later, which has no network header. Global for the verifier's
 * sake, as skip_extensions().
 */
__noinline int is_other_packet(__u64 skb_address, __u32 fingerprint, __u32 has_left)
{
	struct sk_buff *skb = CAST(struct sk_buff, (void *)skb_address);
	__u32 inner;

	if (has_left && is_at_origin(skb_address))
		return true;
	if (!fingerprint)
		return false;
	if (!network_offset(skb))
		return true;
	if (!is_other(fingerprint, outer_fingerprint(skb)))
		return false;
	inner = inner_fingerprint(skb);
	return !inner || is_other(fingerprint, inner);
}

/* Where the ends of packets are not seen. */
static __always_inline bool is_stranger(__u32 fingerprint, __u32 has_left, struct sk_buff *skb)
{
	return !CONFIG(release_hooks) && is_other_packet(number_of((__u64)skb), fingerprint, has_left);
}

#endif
