/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Answers to packets of pods that left the node under another address (masquerade, SNAT). Until the node has translated them
 * back they have no pod's address: they are known by the addresses and ports that the followed packet got.
 */
#ifndef PWRU_ANSWER_H
#define PWRU_ANSWER_H

#include "fingerprint.h"
#include "tuple.h"

/* A translation is kept at least 2 minutes without a packet of its flow (RFC 4787 REQ-5), then its port may be another's. */
#define TRANSLATION_LIFE_NS 120000000000ULL

static __always_inline bool is_pod_address(const struct pwru_address *address)
{
	return bpf_map_lookup_elem(&pod_addresses, address);
}

static __always_inline bool is_echo(__u8 protocol, __u8 type)
{
	if (protocol == IPPROTO_ICMP)
		return type == 8 || type == 0;
	return protocol == IPPROTO_ICMPV6 && (type == 128 || type == 129);
}

static __always_inline bool read_flow_ports(struct flow *flow, __u64 transport, __u8 protocol)
{
	__u8 head[8] __attribute__((aligned(8)));

	if (bpf_probe_read_kernel(head, sizeof(head), (void *)transport))
		return false;
	flow->from.protocol = flow->to.protocol = protocol;
	if (is_echo(protocol, head[0])) {
		flow->from.port = flow->to.port = *(__be16 *)(head + 4);
		return true;
	}
	flow->from.port = *(__be16 *)head;
	flow->to.port = *(__be16 *)(head + 2);
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_SCTP;
}

/* Of the IP header of `version` at `network`, without extension headers; `flow` is zeroed. */
static __always_inline bool read_flow(struct flow *flow, __u64 network, __u32 linear, __u32 version)
{
	__u8 ip[IPV4_HEADER_BYTES] __attribute__((aligned(4)));
	__u32 offset = IPV6_HEADER_BYTES;
	__u8 protocol;

	if (linear < IPV4_HEADER_BYTES || bpf_probe_read_kernel(ip, sizeof(ip), (void *)network))
		return false;
	if (version == 4) {
		if (*(__be16 *)(ip + 6) & bpf_htons(FRAGMENT_OFFSET_MASK))
			return false;
		offset = (ip[0] & 0xf) * 4;
		protocol = ip[9];
		flow->from.address.bytes[10] = flow->from.address.bytes[11] = 0xff;
		flow->to.address.bytes[10] = flow->to.address.bytes[11] = 0xff;
		*(__be32 *)(flow->from.address.bytes + 12) = *(__be32 *)(ip + 12);
		*(__be32 *)(flow->to.address.bytes + 12) = *(__be32 *)(ip + 16);
	} else {
		protocol = ip[6];
		if (bpf_probe_read_kernel(&flow->from.address, sizeof(flow->from.address), (void *)(network + 8)) ||
		    bpf_probe_read_kernel(&flow->to.address, sizeof(flow->to.address), (void *)(network + 24)))
			return false;
	}
	return linear >= offset + 8 && read_flow_ports(flow, network + offset, protocol);
}

static __always_inline bool is_same_end(const struct pwru_port *one, const struct pwru_port *other)
{
	const __u32 *a = (const __u32 *)one;
	const __u32 *b = (const __u32 *)other;

	return a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && a[3] == b[3] && a[4] == b[4];
}

/* `where` of note_flow(): IP version, and whether the packet is in the node's namespace and not in a target. */
#define FLOW_VERSION 0xf
#define FLOW_IN_NODE 0x10

/*
 * Notes addresses and ports of an admitted packet, and those of its answers when they have been translated. `length`: from the
 * network header on. Global for the verifier's sake, as skip_extensions().
 */
__noinline int note_flow(__u64 packet_id, __u64 network, __u32 linear, __u32 where, __u32 length)
{
	struct flow_start now = { .length = length };
	struct flow_start *start;
	struct flow answer;
	__u64 seen_ns;

	if (!network || !read_flow(&now.flow, network, linear, where & FLOW_VERSION))
		return 0;
	start = where & FLOW_IN_NODE ? bpf_map_lookup_elem(&flow_starts, &packet_id) : NULL;
	if (!start) {
		bpf_map_update_elem(&flow_starts, &packet_id, &now, BPF_ANY);
		return 0;
	}
	if (start->length != length || start->flow.from.protocol != now.flow.from.protocol ||
	    (is_same_end(&start->flow.from, &now.flow.from) && is_same_end(&start->flow.to, &now.flow.to)))
		return 0;
	/* Its answers have a pod's address, too. */
	if (is_pod_address(&now.flow.from.address) || is_pod_address(&now.flow.to.address))
		return 0;
	answer.from = now.flow.to;
	answer.to = now.flow.from;
	seen_ns = bpf_ktime_get_boot_ns();
	bpf_map_update_elem(&answers, &answer, &seen_ns, BPF_ANY);
	if (!translated)
		translated = 1;
	return 0;
}

/* Whether packets of the flow are answers to packets that were translated. */
static __always_inline bool is_answer(const struct flow *flow)
{
	__u64 *seen_ns = bpf_map_lookup_elem(&answers, flow);

	return seen_ns && bpf_ktime_get_boot_ns() - *seen_ns < TRANSLATION_LIFE_NS;
}

/*
 * A number that changes with addresses and ports, of a loaded frame. Not with all bits of IPv6 addresses: who translates one
 * changes its host part, too. The same words for both versions, since a branch doubles the verifier's work.
 */
static __always_inline __u32 mix_flow(struct frame *frame)
{
	const __u32 *words = (const __u32 *)(frame->bytes + NETWORK_AT);
	__u32 mix = words[3];

	mix = mix * FINGERPRINT_FACTOR + words[4];
	mix = mix * FINGERPRINT_FACTOR + words[5];
	mix = mix * FINGERPRINT_FACTOR + words[8];
	mix = mix * FINGERPRINT_FACTOR + words[9];
	return mix * FINGERPRINT_FACTOR + words[10];
}

#endif
