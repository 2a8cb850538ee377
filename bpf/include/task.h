/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What runs on the CPU when a hit happens: the task, and whether the kernel has interrupted it. */
#ifndef PWRU_TASK_H
#define PWRU_TASK_H

#include "counters.h"
#include "frame.h"

/* Parts of preempt_count(): include/linux/preempt.h. */
#define PREEMPT_SERVING_SOFTIRQ 0x100 /* SOFTIRQ_OFFSET; a task that keeps softirqs off counts twice that */
#define PREEMPT_HARDIRQ 0xf0000
#define PREEMPT_NMI_TO_HARDIRQ 4 /* from NMI_SHIFT to HARDIRQ_SHIFT */

#if defined(__TARGET_ARCH_x86)
static __always_inline __u64 read_word(__u64 address)
{
	__u64 word = 0;

#ifdef PWRU_RDONLY_CAST
	load_words(&word, address, 0, 1);
#else
	bpf_probe_read_kernel(&word, sizeof(word), (void *)address);
#endif
	return word;
}

/*
 * Address of this CPU's preempt count, or 0. A kernel without CONFIG_KALLSYMS_ALL gives programs no per-CPU variable by its name.
 * But a task's run queue is one, and all lie as far apart on each CPU as the kernel's BTF has them. It is this CPU's where the
 * current task beside it is the one that runs. Global for the verifier's sake, as skip_extensions().
 */
__noinline __u64 find_preempt_count(void)
{
	__u64 current = bpf_get_current_task();
	struct cfs_rq *fair;
	__u64 queue;

	if (!config.preempt_count_at)
		return 0;
	fair = FIELD(CAST(struct task_struct, (void *)current), se.cfs_rq);
	queue = number_of((__u64)FIELD(fair, rq));
	if (read_word(queue + (__s32)config.current_task_at) != current)
		return 0;
	return queue + (__s32)config.preempt_count_at;
}
#endif

/* 1 where it is not 0. Not a comparison, of which clang makes a branch. */
static __always_inline __u64 is_any(__u64 bits)
{
	asm volatile("%0 = -%0" : "+r"(bits));
	return bits >> 63;
}

/*
 * enum pwru_task_context. A kprobe that is a breakpoint counts as NMI and as interrupt on top of what it is in, and no sk_buff is
 * touched in an NMI. With next to no branches, since each doubles the verifier's work.
 */
static __always_inline __u32 context_of(struct task_struct *task __attribute__((unused)),
					struct pwru_counters *counters __attribute__((unused)))
{
	__u64 known;
	__u64 count;

#if defined(__TARGET_ARCH_x86)
	known = counters->preempt_count;
	if (!known)
		known = counters->preempt_count = find_preempt_count();
	count = read_word(known);
	known >>= 63; /* a kernel address */
#elif defined(__TARGET_ARCH_arm64)
	count = FIELD(task, thread_info.preempt.count);
	known = 1;
#endif
	/* CONFIG_PREEMPT_RT counts softirqs with the task. */
	if (bpf_core_field_exists(task->softirq_disable_cnt))
		count |= FIELD(task, softirq_disable_cnt) & PREEMPT_SERVING_SOFTIRQ;
	count -= (count >> PREEMPT_NMI_TO_HARDIRQ) & PREEMPT_HARDIRQ;
	return known + is_any(count & (PREEMPT_HARDIRQ | PREEMPT_SERVING_SOFTIRQ));
}

static __always_inline void fill_task(struct pwru_hit *record, struct pwru_counters *counters)
{
#ifdef PWRU_RDONLY_CAST
	/* Whoever runs is there: its members are read without a test of the address. */
	struct task_struct *task = bpf_get_current_task_btf();
	__u32 context = context_of(task, counters) << PWRU_TASK_CONTEXT_SHIFT;
	const char(*comm)[16];

	record->task = context | FIELD(task, tgid);
	comm = &task->comm;
	asm volatile("" : "+r"(comm)); /* else clang computes it twice */
	copy_name(record->comm, comm);
#else
	struct task_struct *task = CAST(struct task_struct, (void *)bpf_get_current_task());
	__u32 context = context_of(task, counters) << PWRU_TASK_CONTEXT_SHIFT;

	record->task = context | bpf_get_current_pid_tgid() >> 32;
	bpf_get_current_comm(record->comm, sizeof(record->comm));
#endif
}

#endif
