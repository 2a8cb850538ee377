/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What runs on the CPU when a hit happens: the task, and whether the kernel has interrupted it. */
#ifndef PWRU_TASK_H
#define PWRU_TASK_H

#include "skb.h"

#if defined(__TARGET_ARCH_x86)
#define STACK_SHIFT 14 /* THREAD_SIZE of include/asm/page_64_types.h; one more with KASAN */
#endif

/*
 * 1 in a softirq or an interrupt, on top of a task that need not have to do with it. On x86 these have a stack of their own,
 * and what `ctx` points to is on the present one; softirqs of ksoftirqd, and on real-time kernels all, are the task's own. The
 * per-CPU preempt_count() cannot be read: of variables, a kernel without CONFIG_KALLSYMS_ALL knows no addresses. No branches,
 * since each would double the verifier's work.
 */
static __always_inline __u32 is_interrupted(void *ctx __attribute__((unused)), struct task_struct *task)
{
#if defined(__TARGET_ARCH_x86)
	__u64 depth = number_of((__u64)ctx) - number_of((__u64)FIELD(task, stack));

	depth >>= STACK_SHIFT + bpf_core_field_exists(task->kasan_depth);
#elif defined(__TARGET_ARCH_arm64)
	/* HARDIRQ_MASK, SOFTIRQ_OFFSET and NMI_MASK of include/linux/preempt.h; a breakpoint counts as NMI and as interrupt. */
	__u64 count = FIELD(task, thread_info.preempt.count);
	__u64 depth = (((count >> 16) - (count >> 20)) & 0xf) | ((count >> 8) & 1);
#endif
	return -depth >> 63;
}

static __always_inline void fill_task(struct pwru_event *event, void *ctx)
{
	struct task_struct *task = CAST(struct task_struct, (void *)bpf_get_current_task());

#ifdef PWRU_RDONLY_CAST
	__u32 tgid = FIELD(task, tgid);

	copy_name(event->comm, &task->comm);
#else
	__u32 tgid = bpf_get_current_pid_tgid() >> 32;

	bpf_get_current_comm(event->comm, sizeof(event->comm));
#endif
	event->task = tgid | is_interrupted(ctx, task) << PWRU_TASK_INTERRUPTED_SHIFT;
}

#endif
