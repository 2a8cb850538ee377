/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Reading kernel structures. The object is compiled twice: with PWRU_RDONLY_CAST, for kernels that have bpf_rdonly_cast
 * (6.2), a field is one plain load (a fault gives 0); without, one call of bpf_probe_read_kernel. Every pointer may be
 * garbage: skb->dev shares its memory with queue links.
 */
#ifndef PWRU_SKB_H
#define PWRU_SKB_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include "config.h"

#ifdef PWRU_RDONLY_CAST
extern void *bpf_rdonly_cast(const void *obj, __u32 btf_id) __ksym;

/* `ptr` as a pointer that FIELD() can read through. */
#define CAST(type, ptr) ((type *)bpf_rdonly_cast((ptr), bpf_core_type_id_kernel(type)))
/* Value of ptr->member; ptr comes from CAST() or, through a pointer member, from FIELD(). */
#define FIELD(ptr, member) ((ptr)->member)
#else
#define CAST(type, ptr) ((type *)(ptr))
#define FIELD(ptr, member)                                                                                             \
	({                                                                                                             \
		typeof((ptr)->member) value__;                                                                         \
		bpf_core_read(&value__, sizeof(value__), &(ptr)->member);                                              \
		value__;                                                                                               \
	})
#endif

/*
 * An address that is a number to the verifier, too, as every argument of a global function must be. Newer kernels know a
 * pointer to bytes that was read through CAST() as a pointer (rdonly_untrusted_mem: btf_struct_walk() of
 * kernel/bpf/btf.c); a pointer that is brought into little-endian order is a number. On a little-endian CPU that is no
 * instruction at all (BPF_END in arch/x86/net/bpf_jit_comp.c and arch/arm64/net/bpf_jit_comp.c).
 */
static __always_inline __u64 number_of(__u64 address)
{
	asm volatile("%0 = le64 %0" : "+r"(address));
	return address;
}

/* Copies a 16-byte name out of a kernel structure. `to` is 8-byte aligned. */
static __always_inline void copy_name(void *to, const char (*name)[16])
{
#ifdef PWRU_RDONLY_CAST
	((__u64 *)to)[0] = ((const __u64 *)name)[0];
	((__u64 *)to)[1] = ((const __u64 *)name)[1];
#else
	bpf_probe_read_kernel(to, sizeof(*name), name);
#endif
}

/*
 * Inode numbers of namespaces: from PROC_DYNAMIC_FIRST on (fs/proc/generic.c), and the initial namespaces' fixed ones just
 * below (include/linux/proc_ns.h). Others were read from something that is no namespace; the upper half of a kernel
 * address lies above.
 */
#define NETNS_INODE_MIN 0xEFFFFFF0u
#define NETNS_INODE_MAX 0xFEFFFFFFu

static __always_inline __u32 inode_of(struct net *net)
{
	__u32 inode = net ? FIELD(net, ns.inum) : 0;

	return inode - NETNS_INODE_MIN <= NETNS_INODE_MAX - NETNS_INODE_MIN ? inode : 0;
}

static __always_inline __u32 netns_of_device(struct net_device *dev)
{
	return dev ? inode_of(FIELD(dev, nd_net.net)) : 0;
}

/* SKB_DST_PTRMASK of include/linux/skbuff.h: the lowest bit says that the skb has no reference of its own. */
#define DST_POINTER_MASK (~1UL)

/* The packet's route, or garbage: TCP has the links of its send queue in the same place. NULL: it has none. */
static __always_inline struct dst_entry *route_of(struct sk_buff *skb)
{
	__u64 dst = FIELD(skb, _skb_refdst) & DST_POINTER_MASK;

	return dst ? CAST(struct dst_entry, (void *)dst) : NULL;
}

/*
 * Network namespace of an skb that has no device: its socket's, else that of its route, which tcp_v4_rcv() and tcp_v6_rcv()
 * keep after they have cleared skb->dev. 0: it has neither.
 */
static __always_inline __u32 netns_without_device(struct sk_buff *skb)
{
	struct sock *sk = FIELD(skb, sk);
	__u32 inode = sk ? inode_of(FIELD(sk, __sk_common.skc_net.net)) : 0;
	struct dst_entry *route;

	if (inode)
		return inode;
	route = route_of(skb);
	return route ? netns_of_device(FIELD(route, dev)) : 0;
}

/* Network namespace of an skb; 0 when nothing tells it. */
static __always_inline __u32 netns_of(struct sk_buff *skb)
{
	__u32 inode = netns_of_device(FIELD(skb, dev));

	return inode ? inode : netns_without_device(skb);
}

#define AF_INET 2
#define AF_INET6 10
#define AF_PACKET 17
#define ETH_P_IP 0x0800
#define ETH_P_IPV6 0x86DD

/* False for the messages of netlink and local sockets, which are skbs and never packets. */
static __always_inline bool may_be_packet(struct sk_buff *skb)
{
	struct net_device *dev = FIELD(skb, dev);
	struct sock *sk;
	__be16 protocol;
	__u16 family;

	if (netns_of_device(dev))
		return true;
	sk = FIELD(skb, sk);
	family = sk ? FIELD(sk, __sk_common.skc_family) : 0;
	if (family)
		return family == AF_INET || family == AF_INET6 || family == AF_PACKET;
	/* A received segment has neither, from tcp_v4_rcv() on until it is in a socket's queue. */
	protocol = FIELD(skb, protocol);
	return (protocol == bpf_htons(ETH_P_IP) || protocol == bpf_htons(ETH_P_IPV6)) && FIELD(skb, network_header);
}

/* True when the skb carries a VLAN tag beside its bytes (hardware acceleration). */
static __always_inline bool has_accelerated_tag(struct sk_buff *skb)
{
	if (bpf_core_field_exists(skb->vlan_all))
		return FIELD(skb, vlan_all) != 0;
	return BPF_CORE_READ_BITFIELD_PROBED((struct sk_buff___old *)skb, vlan_present);
}

#endif
