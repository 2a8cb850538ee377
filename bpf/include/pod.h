/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Whether a packet in the node's own namespace is on its way from or to a pod of the session: on the node's end of the
 * pod's veth pair, or by its addresses. Only there: in another pod's namespace an address proves nothing, since that
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

static __always_inline bool is_of_pod(struct sk_buff *skb, __u32 netns, struct frame *frame)
{
	return is_on_pod_interface(skb, netns) || has_pod_address(frame);
}

#endif
