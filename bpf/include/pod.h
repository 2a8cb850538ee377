/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Whether a packet in the node's own namespace is on its way from or to a pod of the session: on the node's end of the
 * pod's veth pair, or by its addresses, or by a port under which it is reached at another address. Only there: in another pod's namespace an address proves nothing, since that
 * pod may give itself any.
 */
#ifndef PWRU_POD_H
#define PWRU_POD_H

#include "answer.h"

static __always_inline bool is_on_pod_interface(struct sk_buff *skb, __u32 netns)
{
	struct net_device *dev = FIELD(skb, dev);
	struct pwru_interface key = { .netns = netns };

	if (!dev)
		return false;
	key.ifindex = FIELD(dev, ifindex);
	return bpf_map_lookup_elem(&pod_interfaces, &key);
}

/* `addresses`: source in the low half, destination in the high one. */
static __always_inline bool has_pod_address4(__u64 addresses)
{
	struct pwru_address address = { .bytes = { [10] = 0xff, [11] = 0xff } };

	*(__be32 *)(address.bytes + 12) = addresses;
	if (is_pod_address(&address))
		return true;
	*(__be32 *)(address.bytes + 12) = addresses >> 32;
	return is_pod_address(&address);
}

static __always_inline bool has_pod_address6(__u64 network)
{
	struct pwru_address address;

	return (!bpf_probe_read_kernel(&address, sizeof(address), (void *)(network + 8)) && is_pod_address(&address)) ||
	       (!bpf_probe_read_kernel(&address, sizeof(address), (void *)(network + 24)) && is_pod_address(&address));
}

/* IP version of a header that can be read, else 0. `protocol`: its EtherType in the low 16 bits. */
static __always_inline __u32 readable_version(__u64 network, __u32 linear, __u32 protocol)
{
	if (!network)
		return 0;
	if ((protocol & 0xffff) == bpf_htons(ETH_P_IP))
		return linear >= IPV4_HEADER_BYTES ? 4 : 0;
	return (protocol & 0xffff) == bpf_htons(ETH_P_IPV6) && linear >= IPV6_HEADER_BYTES ? 6 : 0;
}

/* What find_pod() returns. */
enum pod_relation {
	POD_NONE,
	POD_OWN,
	POD_ANSWER, /* to a packet that left the node under another address */
};

/*
 * What a packet in the node's namespace `netns` has to do with the session's pods. Without `skb_address` it is a packet inside
 * another, which has no interface; an ICMP error's is one that its flow has sent. `protocol`: EtherType.
 * Global for the verifier's sake, as skip_extensions().
 */
__noinline __u32 find_pod(__u64 skb_address, __u64 netns_and_linear, __u64 network, __u64 addresses4, __u32 protocol)
{
	__u32 linear = netns_and_linear;
	__u32 version = readable_version(network, linear, protocol);
	struct flow flow = {};
	struct pwru_port end;

	if (skb_address &&
	    is_on_pod_interface(CAST(struct sk_buff, (void *)skb_address), (__u32)(netns_and_linear >> 32)))
		return POD_OWN;
	if (!version)
		return POD_NONE;
	if (version == 4 ? has_pod_address4(addresses4) : has_pod_address6(network))
		return POD_OWN;
	if (!(skb_address && control.port_count) && !(config.answers && translated))
		return POD_NONE;
	if (!read_flow(&flow, network, linear, version))
		return POD_NONE;
	if (skb_address && control.port_count &&
	    (bpf_map_lookup_elem(&pod_ports, &flow.to) || bpf_map_lookup_elem(&pod_ports, &flow.from)))
		return POD_OWN;
	if (!config.answers || !translated)
		return POD_NONE;
	if (!skb_address) {
		end = flow.from;
		flow.from = flow.to;
		flow.to = end;
	}
	return is_answer(&flow) ? POD_ANSWER : POD_NONE;
}

static __always_inline enum pod_relation relation_to_pods(__u64 skb_address, __u32 netns, struct frame *frame)
{
	const __be32 *words = (const __be32 *)(frame->bytes + NETWORK_AT);

	return find_pod(skb_address, (__u64)netns << 32 | frame->linear, frame->network,
			words[3] | (__u64)words[4] << 32, frame->protocol);
}

#endif
