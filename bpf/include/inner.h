/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The packet inside a packet: what an ICMP error is about (RFC 792, RFC 4443), and what a tunnel carries that does not
 * encrypt it. It belongs to the flow of its inner addresses, whoever's addresses are on the outside.
 */
#ifndef PWRU_INNER_H
#define PWRU_INNER_H

#include "tuple.h"

#define IPPROTO_IPIP 4
#define IPPROTO_IPV6 41
#define IPPROTO_GRE 47

/* Destination ports (IANA; Linux' own before there was one, which flannel and others go on using). */
#define VXLAN_PORT 4789
#define VXLAN_PORT_LINUX 8472
#define GENEVE_PORT 6081

#define UDP_HEADER_BYTES 8
#define VXLAN_HEADER_BYTES 8 /* and Geneve's without options */
#define GENEVE_OPTION_WORDS 0x3f
#define ICMP_ERROR_HEADER_BYTES 8
#define GRE_HEADER_BYTES 4

/* RFC 2784, RFC 2890: bits of the first 16 in host byte order; each of the first three adds four bytes. */
#define GRE_CHECKSUM 0x8000
#define GRE_KEY 0x2000
#define GRE_SEQUENCE 0x1000
#define GRE_VERSION 0x0007
#define ETH_P_TEB 0x6558 /* an Ethernet frame */

#define VXLAN_HAS_VNI 0x08

/* What find_inner() returns: offset of the inner header from the transport header, then these; 0: there is none. */
#define INNER_OFFSET_MASK 0xffff
#define INNER_KIND_SHIFT 16
#define INNER_VERSION_SHIFT 24
#define INNER_VALUE_SHIFT 32

static __always_inline bool is_tunnel_port(__be16 port)
{
	return port == bpf_htons(VXLAN_PORT) || port == bpf_htons(VXLAN_PORT_LINUX) || port == bpf_htons(GENEVE_PORT);
}

static __always_inline bool is_icmp_error(__u32 l4_proto, __u8 type)
{
	/* Unreachable, source quench, redirect, time exceeded, parameter problem; and the four that ICMPv6 has. */
	if (l4_proto == IPPROTO_ICMP)
		return type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
	return type >= 1 && type <= 4;
}

/*
 * Bytes of an Ethernet header with its tags, when IP follows; else NO_IP. Global for the verifier's sake, as
 * skip_extensions().
 */
#define NO_IP 0x10000

__noinline __u32 skip_ethernet(__u64 ethernet)
{
	__be16 protocol;
	__u32 at = ETH_ADDRESSES_BYTES;

	for (int i = 0; i <= BYTE_TAGS_MAX; i++, at += VLAN_TAG_BYTES) {
		if (bpf_probe_read_kernel(&protocol, sizeof(protocol), (void *)(ethernet + at)))
			return NO_IP;
		if (!is_tag(protocol))
			break;
	}
	return protocol == bpf_htons(ETH_P_IP) || protocol == bpf_htons(ETH_P_IPV6) ? at + sizeof(protocol) : NO_IP;
}

/*
 * Where the packet in a packet begins: `transport` is the header of protocol `proto`, of which `linear` bytes can be read.
 * Global for the verifier's sake, as skip_extensions().
 */
__noinline __u64 find_inner(__u64 transport, __u32 linear, __u32 proto)
{
	__u8 head[16] __attribute__((aligned(8)));
	__be16 payload = bpf_htons(ETH_P_IP); /* or IPv6: the version is looked at */
	__u64 value = 0;
	__u32 at = 0;
	__u64 kind;

	if (linear < sizeof(head) || bpf_probe_read_kernel(head, sizeof(head), (void *)transport))
		return 0;
	switch (proto) {
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		if (!is_icmp_error(proto, head[0]))
			return 0;
		kind = PWRU_INNER_ICMP_ERROR;
		if (proto == IPPROTO_ICMP && head[0] == 3 && head[1] == 4)
			value = bpf_ntohs(*(__be16 *)(head + 6));
		else if (proto == IPPROTO_ICMPV6 && head[0] == 2)
			value = bpf_ntohl(*(__be32 *)(head + 4));
		at = ICMP_ERROR_HEADER_BYTES;
		break;
	case IPPROTO_IPIP:
	case IPPROTO_IPV6:
		kind = PWRU_INNER_IPIP;
		break;
	case IPPROTO_GRE: {
		__u32 bits = bpf_ntohs(*(__be16 *)head);

		if (bits & GRE_VERSION)
			return 0;
		kind = PWRU_INNER_GRE;
		payload = *(__be16 *)(head + 2);
		at = GRE_HEADER_BYTES;
		if (bits & GRE_CHECKSUM)
			at += 4;
		if (bits & GRE_KEY) {
			value = bpf_ntohl(at == GRE_HEADER_BYTES ? *(__be32 *)(head + 4) : *(__be32 *)(head + 8));
			at += 4;
		}
		if (bits & GRE_SEQUENCE)
			at += 4;
		break;
	}
	case IPPROTO_UDP: {
		__be16 port = *(__be16 *)(head + 2);
		const __u8 *tunnel = head + UDP_HEADER_BYTES;

		value = bpf_ntohl(*(__be32 *)(tunnel + 4)) >> 8;
		at = UDP_HEADER_BYTES + VXLAN_HEADER_BYTES;
		if (port == bpf_htons(GENEVE_PORT)) {
			kind = PWRU_INNER_GENEVE;
			payload = *(__be16 *)(tunnel + 2);
			at += (tunnel[0] & GENEVE_OPTION_WORDS) * 4;
		} else {
			if (!is_tunnel_port(port) || !(tunnel[0] & VXLAN_HAS_VNI))
				return 0;
			kind = PWRU_INNER_VXLAN;
			payload = bpf_htons(ETH_P_TEB);
		}
		break;
	}
	default:
		return 0;
	}
	if (payload == bpf_htons(ETH_P_TEB))
		at += skip_ethernet(transport + at);
	else if (payload != bpf_htons(ETH_P_IP) && payload != bpf_htons(ETH_P_IPV6))
		return 0;
	if (at + IPV4_HEADER_BYTES > linear || bpf_probe_read_kernel(head, 1, (void *)(transport + at)))
		return 0;
	value = value << INNER_VALUE_SHIFT | kind << INNER_KIND_SHIFT | at;
	if (head[0] >> 4 == 4)
		return value | 4ULL << INNER_VERSION_SHIFT;
	if (head[0] >> 4 != 6 || at + IPV6_HEADER_BYTES > linear)
		return 0;
	return value | 6ULL << INNER_VERSION_SHIFT;
}

/*
 * Offset of the transport header in the low 24 bits, then its protocol; 0: it has none. `protocol`: EtherType of the header
 * at `network`. Global for the verifier's sake, as skip_extensions().
 */
#define TRANSPORT_OFFSET_MASK 0xffffff
#define TRANSPORT_PROTOCOL_SHIFT 24

__noinline __u32 transport_of(__u64 network, __u32 linear, __u32 protocol)
{
	__u8 ip[12] __attribute__((aligned(4)));
	__u64 extensions;

	if (linear < IPV4_HEADER_BYTES || bpf_probe_read_kernel(ip, sizeof(ip), (void *)network))
		return 0;
	if ((protocol & 0xffff) == bpf_htons(ETH_P_IP)) {
		if (bpf_ntohs(*(__be16 *)(ip + 6)) & FRAGMENT_OFFSET_MASK)
			return 0;
		return (ip[0] & 0xf) * 4 | (__u32)ip[9] << TRANSPORT_PROTOCOL_SHIFT;
	}
	extensions = skip_extensions(network, linear, ip[6]);
	if (extensions & EXTENSIONS_NO_TRANSPORT)
		return 0;
	return (extensions >> EXTENSIONS_OFFSET_SHIFT & EXTENSIONS_OFFSET_MASK) | (__u32)(extensions & 0xff)
											  << TRANSPORT_PROTOCOL_SHIFT;
}

/* Protocols that may have a packet inside, and extension headers, behind which they can be; one bit each. */
#define CARRIERS                                                                                                       \
	(IPV6_EXTENSIONS | 1ULL << IPPROTO_ICMP | 1ULL << IPPROTO_IPIP | 1ULL << IPPROTO_UDP | 1ULL << IPPROTO_IPV6 |  \
	 1ULL << IPPROTO_GRE | 1ULL << IPPROTO_ICMPV6)

static __always_inline bool is_carrier(__u8 proto)
{
	return proto < 64 && (CARRIERS >> proto & 1);
}

/* A few instructions that say no for nearly every packet of a loaded frame: every rejected hit pays for them. */
static __always_inline bool may_carry(struct frame *frame)
{
	const __u8 *ip = frame->bytes + NETWORK_AT;

	if (!frame->network)
		return false;
	if (frame->protocol == bpf_htons(ETH_P_IP)) {
		if (ip[9] == IPPROTO_TCP)
			return false;
		/* Behind options the port is elsewhere. */
		if (ip[9] == IPPROTO_UDP)
			return is_tunnel_port(*(__be16 *)(ip + 22)) || ip[0] != 0x45;
		return is_carrier(ip[9]);
	}
	if (ip[6] == IPPROTO_TCP)
		return false;
	if (ip[6] == IPPROTO_UDP)
		return is_tunnel_port(*(__be16 *)(ip + 42));
	return is_carrier(ip[6]);
}

/* EtherType of IP version 4 or 6, by arithmetic: each branch doubles what the verifier looks at behind it. */
static __always_inline __be16 protocol_of(__u32 version)
{
	__u32 is_ipv6 = version >> 1 & 1;

	asm volatile("" : "+r"(is_ipv6));
	return bpf_htons(ETH_P_IP) + is_ipv6 * (bpf_htons(ETH_P_IPV6) - bpf_htons(ETH_P_IP));
}

/* Moves a loaded frame to the packet inside. Returns find_inner()'s result; 0: there is none, and nothing has changed. */
static __always_inline __u64 enter_inner(struct frame *frame)
{
	__u32 transport = transport_of(frame->network, frame->linear, frame->protocol);
	__u32 offset = transport & TRANSPORT_OFFSET_MASK;
	__u64 found;

	if (offset >= frame->linear)
		return 0;
	/* Without a transport header its protocol is 0, which carries nothing. */
	found = find_inner(frame->network + offset, frame->linear - offset, transport >> TRANSPORT_PROTOCOL_SHIFT);
	if (!found)
		return 0;
	offset += found & INNER_OFFSET_MASK;
	frame->network += offset;
	frame->linear -= offset;
	frame->protocol = protocol_of(found >> INNER_VERSION_SHIFT & 0xf);
	read_network(frame);
	return found;
}

#endif
