/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What the agent tells the programs. The verifier knows the values of `config` (frozen before loading) and removes the
 * code that a session does not need; `ready` and `targets` can change while it runs.
 */
#ifndef PWRU_CONFIG_H
#define PWRU_CONFIG_H

#include "types.h"
#include "event.h"

const volatile struct pwru_config config SEC(".rodata.config") = {};

/* 0 until every probe is attached, and again from the moment on which the session ends. */
volatile __u32 ready SEC(".data.ready") = 0;

/* Which network namespaces the session traces, unless config.any_netns. */
volatile struct pwru_targets targets SEC(".data.targets") = {};

/* Inode numbers of the namespaces when there are several. Written by the agent. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PWRU_NETNS_LIMIT);
	__type(key, __u32);
	__type(value, __u8);
} netns_set SEC(".maps");

#endif
