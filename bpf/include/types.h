/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The few kernel types that the programs read, kept by hand so that a build needs no running kernel. libbpf moves each
 * access to the running kernel's offset (CO-RE); names are those of Linux 5.10 to 7.x, flavours (___old) where they
 * changed.
 */
#ifndef PWRU_TYPES_H
#define PWRU_TYPES_H

#define __VMLINUX_H__ /* bpf_tracing.h: the pt_regs below have the kernel's member names */

#include <stdbool.h>

typedef signed char __s8;
typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u64 __be64;
typedef __u32 __wsum;
typedef __u16 __sum16;

/* include/uapi/linux/bpf.h */
enum bpf_map_type {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_LRU_HASH = 9,
	BPF_MAP_TYPE_ARRAY_OF_MAPS = 12,
	BPF_MAP_TYPE_RINGBUF = 27,
};
#define BPF_ANY 0
#define BPF_F_MMAPABLE (1U << 10)
#define BPF_RB_NO_WAKEUP 1
struct bpf_raw_tracepoint_args {
	__u64 args[0];
};

/* Not relocated: the kernel gives programs exactly this layout. */
#if defined(__TARGET_ARCH_x86)
/* arch/x86/include/asm/ptrace.h */
struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di;
	unsigned long orig_ax, ip, cs, flags, sp, ss;
};
#elif defined(__TARGET_ARCH_arm64)
/* arch/arm64/include/uapi/asm/ptrace.h */
struct user_pt_regs {
	__u64 regs[31];
	__u64 sp, pc, pstate;
};
struct pt_regs {
	struct user_pt_regs user_regs;
};
#endif

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct ns_common {
	unsigned int inum;
};

struct net {
	struct ns_common ns;
};

typedef struct {
	struct net *net;
} possible_net_t;

struct net_device {
	possible_net_t nd_net;
	char name[16];
	int ifindex;
	unsigned int mtu;
	unsigned int flags;
};

struct dst_entry {
	struct net_device *dev;
	unsigned long _metrics;
};

struct dst_metrics {
	__u32 metrics[2]; /* the kernel's has more */
};

#if defined(__TARGET_ARCH_arm64)
struct thread_info {
	struct {
		__u32 count;
	} preempt;
};
#endif

struct cfs_rq {
	struct rq *rq;
};

struct sched_entity {
	struct cfs_rq *cfs_rq;
};

struct task_struct {
#if defined(__TARGET_ARCH_arm64)
	struct thread_info thread_info;
#endif
	struct sched_entity se;
	int softirq_disable_cnt; /* with CONFIG_PREEMPT_RT */
	int tgid;
	char comm[16];
};

struct sock_common {
	unsigned short skc_family;
	unsigned char skc_state;
	possible_net_t skc_net;
};

struct sock {
	struct sock_common __sk_common;
	__u16 sk_type, sk_protocol;
};

struct tcp_sock {
	__u32 rcv_nxt;
	__u64 bytes_received;
};

struct sk_buff {
	struct net_device *dev;
	struct sock *sk;
	unsigned long _skb_refdst;
	unsigned int len, data_len;
	__u16 transport_header, network_header, mac_header;
	__u16 inner_network_header;
	__be16 protocol;
	int skb_iif; /* index of the interface that it came in by; 0: none */
	__u32 mark;
	__be16 vlan_proto;
	__u16 vlan_tci;
	__u32 vlan_all;		/* vlan_proto and vlan_tci; since 6.2 non-zero says that there is a tag */
	unsigned int tail, end; /* offsets from head (64-bit kernels) */
	unsigned char *head, *data;
	char cb[48];
	__u8 cloned : 1, nohdr : 1;
	__u8 pkt_type : 3;
	void (*destructor)(struct sk_buff *skb);
};

/* Lies at skb->cb. */
struct tcp_skb_cb {
	__u32 seq;
};

/* Lies at skb->head + skb->end. */
struct skb_shared_info {
	struct {
		int counter;
	} dataref;
};

/* Before 6.2 a bit says that there is a tag. */
struct sk_buff___old {
	__u8 vlan_present : 1;
};

#pragma clang attribute pop

/* Exists since 5.17, when skb:kfree_skb got its third argument. */
enum skb_drop_reason {
	SKB_NOT_DROPPED_YET = 0,
};

#endif
