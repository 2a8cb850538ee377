/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Whether the packet at an address is still the one that was seen there. TCP and UDP free packets where no tracepoint tells
 * (__kfree_skb() of net/ipv4/tcp_input.c, sk_wmem_free_skb() of net/core/sock.c, skb_attempt_defer_free() of
 * net/core/skbuff.c). Where no release program runs, at all or in a blind softirq (struct pwru_blind), an entry would outlive its
 * packet, and the next one at the address, or with the same data, be taken for it: a stranger's.
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
 * A fingerprint is made of those fields that NAT, forwarding and fragmentation leave as they are. 0: the packet has no header yet;
 * FINGERPRINT_UNKNOWN: not known, as of a tunnel's outer packet, since the inner packet comes out of the same sk_buff. TCP: the sequence
 * number; of a segment without payload, SYN or FIN the acknowledgement number, too. A retransmission may have another acknowledgement
 * number. Other protocols: protocol and identification or flow label; and of UDP and ICMP what their payload begins with,
 * or 0: it may get into the linear part later.
 */
#define FINGERPRINT_TCP 1u
#define FINGERPRINT_OTHER 2u
#define FINGERPRINT_UNKNOWN 3u
#define FINGERPRINT_PAYLOAD 0xfffcu
#define FINGERPRINT_HEADER 0xffff0000u

#define TCP_FIN_SYN 0x03 /* in the 14th byte: they take a sequence number each (RFC 9293 section 3.4) */

/* Protocols of packets that are no tunnel. */
static __always_inline bool is_plain(__u32 protocol)
{
	return protocol == IPPROTO_UDP || protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6 ||
	       protocol == IPPROTO_HOPOPTS || protocol == IPPROTO_IGMP || protocol == IPPROTO_SCTP;
}

/* The header of UDP or ICMP, and as many bytes behind it. */
#define FINGERPRINT_BYTES 16

/* In network byte order; `acknowledgement`: 0 for a segment with payload, SYN or FIN. */
static __always_inline __u32 tcp_fingerprint(__be32 sequence, __be32 acknowledgement)
{
	return (sequence + acknowledgement * FINGERPRINT_FACTOR) | FINGERPRINT_TCP;
}

/* Whether it is the sk_buff of TCP's write queue, of which only clones are sent (__skb_header_release(), which nobody else calls). */
static __always_inline bool is_kept(struct sk_buff *skb)
{
#ifdef PWRU_RDONLY_CAST
	return BPF_CORE_READ_BITFIELD(skb, nohdr);
#else
	return BPF_CORE_READ_BITFIELD_PROBED(skb, nohdr);
#endif
}

static __always_inline bool is_cloned(struct sk_buff *skb)
{
#ifdef PWRU_RDONLY_CAST
	return BPF_CORE_READ_BITFIELD(skb, cloned);
#else
	return BPF_CORE_READ_BITFIELD_PROBED(skb, cloned);
#endif
}

/* Whether it may be a sk_buff of TCP's write queue, or a clone of one that has no header yet: skb->cb is a struct tcp_skb_cb. */
static __always_inline bool may_be_kept(struct sk_buff *skb)
{
	return is_kept(skb) || is_cloned(skb);
}

/* Of an sk_buff of TCP's write queue, which has no header; its clones have the same fingerprint. 0: it is no such sk_buff. */
static __always_inline __u32 kept_fingerprint(struct sk_buff *skb)
{
	__u32 sequence;

	if (!may_be_kept(skb) || bpf_core_read(&sequence, sizeof(sequence), &((struct tcp_skb_cb *)&skb->cb)->seq))
		return 0;
	return tcp_fingerprint(bpf_htonl(sequence), 0);
}

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
	__u32 total;
	__u32 next;

	if (protocol == bpf_htons(ETH_P_ARP))
		return FINGERPRINT_HEADER | FINGERPRINT_OTHER;
	if (bpf_probe_read_kernel(words, 12, (void *)network))
		return 0;
	if (bytes[0] >> 4 == 4) {
		next = bytes[9];
		header = *(__be16 *)(bytes + 4);
		total = bpf_ntohs(*(__be16 *)(bytes + 2));
		is_later = *(__be16 *)(bytes + 6) & bpf_htons(FRAGMENT_OFFSET_MASK);
		transport = (bytes[0] & 0xf) * 4;
	} else if (bytes[0] >> 4 == 6) {
		next = bytes[6];
		header = words[0] & bpf_htonl(IPV6_FLOW_LABEL_MASK);
		total = IPV6_HEADER_BYTES + bpf_ntohs(*(__be16 *)(bytes + 4));
	} else {
		return 0;
	}
	/* Where a tag may be, the version was guessed. */
	if (next == IPPROTO_TCP ? is_later : is_tag(protocol) || !is_plain(next))
		return 0;
	header = ((header + next) * FINGERPRINT_FACTOR & FINGERPRINT_HEADER) | FINGERPRINT_OTHER;
	if (is_later)
		return header;
	/* Of TCP: how long it is with its header, which the linear part need not have; more than 64 KiB say 0 for all. */
	if (next == IPPROTO_TCP)
		linear = total - transport;
	else
		linear = linear > transport ? linear - transport : 0;
	if (bpf_probe_read_kernel(words, sizeof(words), (void *)(network + transport)))
		return 0;
	if (next == IPPROTO_TCP)
		return tcp_fingerprint(words[1],
				       linear > (bytes[12] >> 4) * 4u || (bytes[13] & TCP_FIN_SYN) ? 0 : words[2]);
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

/* Of the packet that is at this address, with its link-layer header and tags left out; 0 also when it has no header yet. */
static __always_inline __u32 outer_fingerprint(struct sk_buff *skb)
{
	__u32 offset = network_offset(skb);

	return offset ? content_fingerprint(number_of((__u64)FIELD(skb, head) + offset), FIELD(skb, tail) - offset,
					    FIELD(skb, protocol))
		      : kept_fingerprint(skb);
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

	if (!fingerprint)
		fingerprint = inner_fingerprint(skb);
	return !fingerprint && network_offset(skb) ? FINGERPRINT_UNKNOWN : fingerprint;
}

static __always_inline bool has_content(__u32 fingerprint)
{
	return fingerprint && fingerprint != FINGERPRINT_UNKNOWN;
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

/* PACKET_GONE: another packet is there. PACKET_UNSURE: that cannot be told, and has to be taken for so. */
enum packet_test {
	PACKET_SAME = 0,
	PACKET_GONE = 1,
	PACKET_UNSURE = 2,
};

/*
 * Whether another packet is at the address than the one that was seen there, with this fingerprint. What was a packet is no message
 * of a local socket later, which has no network header.
 */
static __always_inline enum packet_test test_packet(struct sk_buff *skb, __u32 fingerprint)
{
	__u32 outer;
	__u32 inner;

	if (!network_offset(skb) && !may_be_kept(skb))
		return PACKET_GONE;
	outer = outer_fingerprint(skb);
	if (!is_other(fingerprint, outer))
		return PACKET_SAME;
	inner = inner_fingerprint(skb);
	if (inner && !is_other(fingerprint, inner))
		return PACKET_SAME;
	return outer || inner ? PACKET_GONE : PACKET_UNSURE;
}

/*
 * As test_packet(), of a packet with a fingerprint or 0; `has_left`: away from its origin. Global for the verifier's sake, as
 * skip_extensions().
 */
__noinline int is_other_packet(__u64 skb_address, __u32 fingerprint, __u32 has_left)
{
	if (has_left && is_at_origin(skb_address))
		return true;
	return has_content(fingerprint) &&
	       test_packet(CAST(struct sk_buff, (void *)skb_address), fingerprint) != PACKET_SAME;
}

/*
 * How often ends may have passed unseen so far, times two: it grows before they do. Where programs see all others. Of 31 bits: what
 * was not seen for exactly 2^31 blind softirqs is not doubted.
 */
static __always_inline __u32 doubt_now(void)
{
	return (blind.opened + control.epoch) << 1;
}

/* No doubt_now() is this. */
#define NEVER_SURE 1

/*
 * The mark of what is known to be right now. While a blind softirq runs, it may be wrong in a moment. Global for the verifier's sake, as
 * skip_extensions().
 */
__noinline __u32 mark_of_now(void)
{
	/* Read first: with the other number the same, none was running in between. */
	__u64 closed = blind.closed;
	__u64 opened = blind.opened;

	return control.always_doubt || closed != opened ? NEVER_SURE : (opened + control.epoch) << 1;
}

/*
 * enum packet_test, of what is in doubt. What had no header yet is where it was made: a blind softirq does not get it. What is not known
 * cannot be told from others; where there would be no end to the doubt it is kept all the same. Global for the verifier's sake, as
 * skip_extensions().
 */
__noinline int look_again(__u64 skb_address, __u32 fingerprint)
{
	if (!fingerprint)
		return PACKET_SAME;
	if (has_content(fingerprint))
		return test_packet(CAST(struct sk_buff, (void *)skb_address), fingerprint);
	return control.always_doubt ? PACKET_SAME : PACKET_UNSURE;
}

/*
 * enum packet_test: whether what is known of the packet at an address, or of its data, may be of another one, where programs see the
 * ends of packets. `mark`: of what is known; it is renewed.
 */
static __always_inline int doubt(__u32 *mark, __u32 fingerprint, struct sk_buff *skb)
{
	int found;

	if (*mark == doubt_now())
		return PACKET_SAME;
	found = look_again(number_of((__u64)skb), fingerprint);
	if (found == PACKET_SAME)
		*mark = mark_of_now();
	return found;
}

#endif
