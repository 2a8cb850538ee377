// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The maps of a session, without a program and without a type of the kernel: made in milliseconds. */
#include "include/types.h"
#include <bpf/bpf_helpers.h>
#include "include/maps.h"
