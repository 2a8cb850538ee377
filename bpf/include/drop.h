/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What the kernel knows of a packet at the moment of its drop. The agent decides by it what the drop means
 * (agent/src/core/drops/drop-class.ts); nothing is decided here.
 */
#ifndef PWRU_DROP_H
#define PWRU_DROP_H

#include "output.h"

#define UDP_HEADER_BYTES 8

/* States of sockets without a connection's numbers (include/net/tcp_states.h): the first and last are no struct tcp_sock. */
#define TCP_TIME_WAIT 6
#define TCP_LISTEN 10
#define TCP_NEW_SYN_RECV 12

#define SHARERS_MAX 15
#define TCP_FIN 0x01
#define TCP_SYN 0x02

/* A TCP header's first 16 bytes, as far as they tell what the segment carries (RFC 9293 section 3.1). */
struct segment {
	__be16 source, destination;
	__be32 sequence, acknowledgement;
	__u8 offset; /* high four bits: words of the header */
	__u8 flags;
	__be16 window;
};

/*
 * Where a packet's transport header is: the protocol in the low byte, above it the offset from the network header; 0 when
 * there is none that could be read.
 */
static __always_inline __u32 find_transport(__u64 network, __u32 linear)
{
	__u8 ip[IPV4_HEADER_BYTES] __attribute__((aligned(4)));
	__u64 extensions;

	if (!network || linear < IPV4_HEADER_BYTES || bpf_probe_read_kernel(ip, sizeof(ip), (void *)network))
		return 0;
	if (ip[0] >> 4 == 4)
		return bpf_ntohs(*(__be16 *)(ip + 6)) & FRAGMENT_OFFSET_MASK
			       ? 0
			       : ip[9] | (ip[0] & 0xf) * 4 << EXTENSIONS_OFFSET_SHIFT;
	if (ip[0] >> 4 != 6 || linear < IPV6_HEADER_BYTES)
		return 0;
	extensions = skip_extensions(network, linear, ip[6]);
	return extensions & EXTENSIONS_NO_TRANSPORT ? 0 : extensions;
}

/*
 * Whether a TCP socket has received all bytes before `end`: since its connection began, and not those of an older one
 * with the same addresses. A FIN and a SYN count as a byte each.
 */
static __always_inline bool has_received(struct tcp_sock *sock, __u32 end)
{
	__s32 behind = FIELD(sock, rcv_nxt) - end;

	return behind >= 0 && (__u64)behind <= FIELD(sock, bytes_received) + 2;
}

/* What the receiving socket adds. `end`: sequence number behind the segment's bytes, when `is_tcp`. */
static __always_inline __u32 socket_facts(struct sock *sk, __u32 end, bool is_tcp)
{
	__u32 state = FIELD(sk, __sk_common.skc_state) & 0xf;
	__u32 facts = PWRU_DROP_KNOWN_SOCKET | state << PWRU_DROP_STATE_SHIFT;

	if (is_tcp && state != TCP_TIME_WAIT && state != TCP_NEW_SYN_RECV && state != TCP_LISTEN &&
	    has_received(CAST(struct tcp_sock, sk), end))
		facts |= PWRU_DROP_RECEIVED;
	return facts;
}

static __always_inline __u32 packet_facts(struct sk_buff *skb)
{
	__u32 sharers = header_sharers(skb);
	__u32 facts = packet_type(skb);

	if (sharers > SHARERS_MAX)
		sharers = SHARERS_MAX;
	facts |= sharers << PWRU_DROP_SHARERS_SHIFT;
	if (!may_be_packet(skb))
		facts |= PWRU_DROP_NOT_A_PACKET;
	return facts;
}

/* Payload of the packet in the high 32 bits, what the socket adds in the low ones. */
static __always_inline __u64 transport_facts(struct sk_buff *skb, struct sock *receiver, __u64 network, __u32 linear)
{
	__u32 transport = find_transport(network, linear);
	__u32 offset = transport >> EXTENSIONS_OFFSET_SHIFT;
	__u32 wire = transport ? FIELD(skb, len) - (__u32)(network - (__u64)FIELD(skb, data)) : 0;
	struct segment segment;
	__u32 header = UDP_HEADER_BYTES;
	__u32 payload;
	__u32 end = 0;
	__u32 facts = 0;

	if (wire <= offset)
		return receiver ? socket_facts(receiver, 0, false) : 0;
	wire -= offset;
	if ((transport & 0xff) == IPPROTO_TCP &&
	    !bpf_probe_read_kernel(&segment, sizeof(segment), (void *)(network + offset))) {
		facts = PWRU_DROP_TCP;
		header = (segment.offset >> 4) * 4;
		end = bpf_ntohl(segment.sequence) + !!(segment.flags & TCP_SYN) + !!(segment.flags & TCP_FIN);
	}
	payload = wire > header ? wire - header : 0;
	if (receiver)
		facts |= socket_facts(receiver, end + payload, facts);
	return (__u64)payload << 32 | facts;
}

/*
 * What is known of a packet that is dropped: pwru_drop.payload in the high 32 bits, facts in the low ones.
 * Global for the verifier's sake, as skip_extensions().
 *   network, linear  as in struct frame
 */
__noinline __u64 drop_facts(__u64 skb_address, __u64 receiver_address, __u64 network, __u32 linear)
{
	struct sk_buff *skb = CAST(struct sk_buff, (void *)skb_address);
	struct sock *receiver = receiver_address ? CAST(struct sock, (void *)receiver_address) : NULL;

	return packet_facts(skb) | transport_facts(skb, receiver, network, linear);
}

#endif
