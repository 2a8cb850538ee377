/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What the agent tells the programs. The verifier knows the values of `config` (frozen before loading) and removes the
 * code that a session does not need; `ready` and `targets` can change while it runs.
 */
#ifndef PWRU_CONFIG_H
#define PWRU_CONFIG_H

#include "types.h"
#include "session.h"

const volatile struct pwru_config config SEC(".rodata.config") = {};

/*
 * A flag of `config` on the way of a hit that may be rejected. In assembly that is not volatile, so that clang reads a flag
 * at most once, and only where it is asked: the verifier removes the branches that a session does not take, but no read that
 * leads to one. Elsewhere a flag that is remembered takes room on the stack, of which there is none.
 */
#define CONFIG(flag)                                                                                                   \
	({                                                                                                             \
		__u64 value__;                                                                                         \
                                                                                                                       \
		_Static_assert(sizeof(config.flag) == 1, "a flag is a byte");                                          \
		asm("%0 = *(u8 *)(%1 + %2)"                                                                            \
		    : "=r"(value__)                                                                                    \
		    : "r"(&config), "i"(__builtin_offsetof(struct pwru_config, flag)));                                \
		value__;                                                                                               \
	})

/* 0 until every probe is attached, and again from the moment on which the session ends. */
volatile __u32 ready SEC(".data.ready") = 0;

/* Which network namespaces the session traces, unless config.any_netns. */
volatile struct pwru_targets targets SEC(".data.targets") = {};

/* enum pwru_netns_flag of namespaces by inode number. Written by the agent, also while the session runs. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PWRU_NETNS_LIMIT);
	__type(key, __u32);
	__type(value, __u8);
} netns_set SEC(".maps");

/* The node's ends of the pods' interfaces, the pods' addresses, and ports of other addresses. The same. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PWRU_INTERFACE_LIMIT);
	__type(key, struct pwru_interface);
	__type(value, __u8);
} pod_interfaces SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PWRU_ADDRESS_LIMIT);
	__type(key, struct pwru_address);
	__type(value, __u8);
} pod_addresses SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PWRU_PORT_LIMIT);
	__type(key, struct pwru_port);
	__type(value, __u8);
} pod_ports SEC(".maps");

#endif
