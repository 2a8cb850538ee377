/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What the agent tells the programs when it loads them. The verifier knows the values, and removes what a session does not need. */
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

#endif
