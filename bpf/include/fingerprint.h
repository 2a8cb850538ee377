/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Whether the packet at an address is still the one that was seen there. TCP frees its packets where no tracepoint tells
 * (__kfree_skb() of net/ipv4/tcp_input.c, sk_wmem_free_skb() of net/core/sock.c). Where no release program runs, an entry
 * would outlive its packet, and the next one at the address, or with the same data, be taken for it: a stranger's.
 */
#ifndef PWRU_FINGERPRINT_H
#define PWRU_FINGERPRINT_H

#include "frame.h"

#define FINGERPRINT_FACTOR 0x9e3779b1u

/*
 * Of sequence and acknowledgement number, which NAT and encapsulation leave as they are; 0: this is no TCP. Global for the
 * verifier's sake, as skip_extensions(). The bytes exist, as for read_network().
 */
__noinline __u32 tcp_fingerprint(__u64 network)
{
	/* All that tells TCP. Small: a program has 512 bytes of stack, and up to 6.1 each function takes a multiple of 32. */
	__u8 ip[12] __attribute__((aligned(4)));
	__u32 numbers[2];
	__u32 offset = IPV6_HEADER_BYTES;

	if (bpf_probe_read_kernel(ip, sizeof(ip), (void *)network))
		return 0;
	if (ip[0] >> 4 == 4) {
		if (ip[9] != IPPROTO_TCP || (bpf_ntohs(*(__be16 *)(ip + 6)) & FRAGMENT_OFFSET_MASK))
			return 0;
		offset = (ip[0] & 0xf) * 4;
	} else if (ip[0] >> 4 != 6 || ip[6] != IPPROTO_TCP) {
		return 0;
	}
	if (bpf_probe_read_kernel(numbers, sizeof(numbers), (void *)(network + offset + 4)))
		return 0;
	return (numbers[0] + numbers[1] * FINGERPRINT_FACTOR) | 1;
}

/* Of the packet, or of the one that it carries in a tunnel on its way out. 0: it has none, or its end is seen anyway. */
static __always_inline __u32 fingerprint_of(struct sk_buff *skb)
{
	__u64 head;
	__u32 outer;
	__u32 inner;
	__u32 fingerprint;

	if (CONFIG(release_hooks))
		return 0;
	head = (__u64)FIELD(skb, head);
	outer = network_offset(skb);
	fingerprint = outer ? tcp_fingerprint(number_of(head + outer)) : 0;
	inner = FIELD(skb, inner_network_header);
	if (!fingerprint && inner)
		fingerprint = tcp_fingerprint(number_of(head + inner));
	return fingerprint;
}

/* `fingerprint`: of the packet that was seen. */
static __always_inline bool is_stranger(__u32 fingerprint, struct sk_buff *skb)
{
	return !CONFIG(release_hooks) && fingerprint && fingerprint != fingerprint_of(skb);
}

#endif
