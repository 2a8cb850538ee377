// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Fills event rings with records, as the product's programs do, so that reading them can be tested and measured on the
 * running kernel without traffic. Not part of the product: test/kernel/ring*.test.ts and test/bench/pipeline*.ts.
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>
#include "include/record.h"

#define STACK_BYTES 128

struct ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
};
/* As in the product: index CPU, rings put in by user space. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct ring);
} rings SEC(".maps");

struct stacked_hit {
	struct pwru_hit hit;
	struct pwru_stack stack;
};

/* One run. Record i is `hit` with the fields below in place of its own. */
struct pwru_ring_test_request {
	__u32 ring;	     /* index in rings */
	__u32 count;	     /* records to produce */
	__u32 discard_every; /* discard each n-th instead of submitting it; 0: none */
	__u32 stack;	     /* 1: each has a stack of STACK_BYTES / 8 addresses, from the place on */
	__u64 first_time_ns; /* time_ns of record 0; 0: the clock's time */
	__u64 time_step_ns;
	__u64 first_skb;     /* skb is this + i */
	__u64 first_packet;  /* packet_id is this + i / packet_events */
	__u32 packet_events; /* not 0 */
	__u32 functions;     /* place is hit.head.place + 16 * (i % functions); not 0 */
	__u64 lost;	     /* out: records for which the ring had no room */
	__u64 discarded;     /* out */
	struct pwru_hit hit;
};

/* Only one run at a time: a callback of bpf_loop cannot reach the context. */
struct pwru_ring_test_request request;

static __always_inline void copy_hit(struct pwru_hit *to, const struct pwru_hit *from)
{
	__u64 *words = (__u64 *)to;
	const __u64 *source = (const __u64 *)from;

#pragma unroll
	for (__u32 i = 0; i < sizeof(*to) / sizeof(*words); i++)
		words[i] = source[i];
}

static __always_inline void fill_hit(struct pwru_hit *record, __u32 index)
{
	__u32 packet_events = request.packet_events;
	__u32 functions = request.functions;

	copy_hit(record, &request.hit);
	record->head.time_ns =
		request.first_time_ns ? request.first_time_ns + index * request.time_step_ns : bpf_ktime_get_boot_ns();
	record->head.kind = PWRU_KIND_HIT;
	record->head.bytes = sizeof(*record);
	record->head.packet_id = request.first_packet + index / packet_events;
	record->head.place += 16 * (index % functions);
	record->skb = request.first_skb + index;
}

static __always_inline void finish(void *record, __u32 index)
{
	if (request.discard_every && index % request.discard_every == 0) {
		request.discarded++;
		bpf_ringbuf_discard(record, BPF_RB_NO_WAKEUP);
	} else {
		bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
	}
}

static long produce(__u32 index, void **ring)
{
	struct pwru_hit *record = bpf_ringbuf_reserve(*ring, sizeof(*record), 0);

	if (!record) {
		request.lost++;
		return 0;
	}
	fill_hit(record, index);
	finish(record, index);
	return 0;
}

static long produce_stacked(__u32 index, void **ring)
{
	struct stacked_hit *record = bpf_ringbuf_reserve(*ring, sizeof(*record), 0);

	if (!record) {
		request.lost++;
		return 0;
	}
	fill_hit(&record->hit, index);
	record->hit.head.bytes += sizeof(record->stack.head) + STACK_BYTES;
	record->stack.head.type = PWRU_SECTION_STACK;
	record->stack.head.bytes = sizeof(record->stack.head) + STACK_BYTES;
#pragma unroll
	for (__u32 i = 0; i < STACK_BYTES / 8; i++)
		record->stack.address[i] = record->hit.head.place + 8 * i;
	finish(record, index);
	return 0;
}

/* Returns 0, or 1 when there is no such ring. */
SEC("syscall")
int fill(struct pwru_ring_test_request *context)
{
	__u32 index = context->ring;
	void *ring = bpf_map_lookup_elem(&rings, &index);

	if (!ring)
		return 1;
	__builtin_memcpy(&request, context, sizeof(request));
	request.lost = 0;
	request.discarded = 0;
	bpf_loop(request.count, request.stack ? (void *)produce_stacked : (void *)produce, &ring, 0);
	context->lost = request.lost;
	context->discarded = request.discarded;
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
