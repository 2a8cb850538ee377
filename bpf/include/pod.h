/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Whether a packet in the node's own namespace is on its way from or to a pod of the session: on the node's end of the
 * pod's veth pair, or by its addresses, or by a port under which it is reached at another address. Only there: in another pod's namespace an address proves nothing, since that
 * pod may give itself any.
 */
#ifndef PWRU_POD_H
#define PWRU_POD_H

#include "frame.h"

static __always_inline bool is_pod_address(const struct pwru_address *address)
{
	return bpf_map_lookup_elem(&pod_addresses, address);
}

static __always_inline bool is_on_pod_interface(struct sk_buff *skb, __u32 netns)
{
	struct net_device *dev = FIELD(skb, dev);
	struct pwru_interface key = { .netns = netns };

	if (!dev)
		return false;
	key.ifindex = FIELD(dev, ifindex);
	return bpf_map_lookup_elem(&pod_interfaces, &key);
}

static __always_inline bool has_pod_address4(const __u8 *ip)
{
	struct pwru_address address = { .bytes = { [10] = 0xff, [11] = 0xff } };

	*(__u32 *)(address.bytes + 12) = *(__u32 *)(ip + 12);
	if (is_pod_address(&address))
		return true;
	*(__u32 *)(address.bytes + 12) = *(__u32 *)(ip + 16);
	return is_pod_address(&address);
}

/* Of a frame that load_frame() has read. */
static __always_inline bool has_pod_address(struct frame *frame)
{
	const __u8 *ip = frame->bytes + NETWORK_AT;

	if (!frame->network)
		return false;
	if (frame->protocol == bpf_htons(ETH_P_IP))
		return frame->linear >= IPV4_HEADER_BYTES && has_pod_address4(ip);
	if (frame->protocol == bpf_htons(ETH_P_IPV6))
		return frame->linear >= IPV6_HEADER_BYTES && (is_pod_address((const struct pwru_address *)(ip + 8)) ||
							      is_pod_address((const struct pwru_address *)(ip + 24)));
	return false;
}

/* A packet's two ends: address and port, of a frame that load_frame() has read. False where it has none. */
static __always_inline bool read_ends(struct frame *frame, struct pwru_port *from, struct pwru_port *to)
{
	const __u8 *ip = frame->bytes + NETWORK_AT;
	__u32 offset = IPV6_HEADER_BYTES;
	__be16 ports[2];

	if (!frame->network)
		return false;
	if (frame->protocol == bpf_htons(ETH_P_IP) && frame->linear >= IPV4_HEADER_BYTES) {
		/* Later fragments have no ports. */
		if (*(__be16 *)(ip + 6) & bpf_htons(FRAGMENT_OFFSET_MASK))
			return false;
		offset = (ip[0] & 0xf) * 4;
		from->protocol = ip[9];
		from->address.bytes[10] = from->address.bytes[11] = 0xff;
		to->address = from->address;
		*(__u32 *)(from->address.bytes + 12) = *(__u32 *)(ip + 12);
		*(__u32 *)(to->address.bytes + 12) = *(__u32 *)(ip + 16);
	} else if (frame->protocol == bpf_htons(ETH_P_IPV6) && frame->linear >= IPV6_HEADER_BYTES) {
		from->protocol = ip[6];
		__builtin_memcpy(&from->address, ip + 8, sizeof(from->address));
		__builtin_memcpy(&to->address, ip + 24, sizeof(to->address));
	} else {
		return false;
	}
	if (frame->linear < offset + sizeof(ports) ||
	    bpf_probe_read_kernel(ports, sizeof(ports), (void *)(frame->network + offset)))
		return false;
	to->protocol = from->protocol;
	from->port = ports[0];
	to->port = ports[1];
	return true;
}

/* A function of its own, so that its bytes on the stack are not those of every hit. */
static __noinline bool has_pod_port(struct frame *frame)
{
	struct pwru_port from = {};
	struct pwru_port to = {};

	return read_ends(frame, &from, &to) &&
	       (bpf_map_lookup_elem(&pod_ports, &to) || bpf_map_lookup_elem(&pod_ports, &from));
}

static __always_inline bool is_of_pod(struct sk_buff *skb, __u32 netns, struct frame *frame)
{
	return is_on_pod_interface(skb, netns) || has_pod_address(frame) || (targets.port_count && has_pod_port(frame));
}

#endif
