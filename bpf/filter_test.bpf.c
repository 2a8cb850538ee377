// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Runs the packet filter over packets that a test wrote into the arena: one run judges `count` of them. Not part of the
 * product; test/kernel/filter-*.test.ts compares the verdicts with libpcap's.
 */
#include "include/types.h"
#include <bpf/bpf_helpers.h>
#include "include/filter.h"

#define PACKETS_MAX 4096
#define ARENA_BYTES (4 << 20)
/* Bytes between a frame's header and the rest, so that a header read from where only the rest is gives garbage. */
#define HEADER_GAP_BYTES 32
/* The network header's place in the buffer: 14, 18 and 22 bytes before it are at 2 modulo 4. */
#define NETWORK_AT 24

/* Fixed before loading. The verifier knows the values, as it knows those of the product's configuration. */
struct pwru_filter_test_config {
	__u32 read_bytes;   /* FilterPlan.readBytes */
	__u32 header_bytes; /* of each frame, that are in the buffer only: 0, 14, 18 or 22 */
};
const volatile struct pwru_filter_test_config config SEC(".rodata.config") = {};

/* Written by the test, through the mapped .bss.packets. */
struct pwru_filter_test_packet {
	__u32 offset; /* of the frame in the arena */
	__u32 readable_bytes;
	__u32 wire_bytes;
	__u32 verdict; /* out: PWRU_FILTER_* */
};
struct pwru_filter_test_packet packets[PACKETS_MAX] SEC(".bss.packets");
__u8 arena[ARENA_BYTES] SEC(".bss.arena");

static long judge(__u32 index, void *context __attribute__((unused)))
{
	__u8 buffer[NETWORK_AT + PWRU_FRAME_BYTES] __attribute__((aligned(8)));
	struct pwru_filter_test_packet *packet;
	__u32 header = config.header_bytes;
	__u32 read = config.read_bytes;
	__u8 *frame = header == 22 ? buffer + 2 : header == 18 ? buffer + 6 : buffer + 10;
	__u64 start, network;
	__u8 *pointer = arena;

	if (index >= PACKETS_MAX || header > 22 || read > PWRU_FRAME_BYTES)
		return 1;
	packet = &packets[index];
	/* As in the product, the address is a number to the verifier, not a pointer into a map. */
	if (bpf_probe_read_kernel(&start, sizeof(start), &pointer))
		return 1;
	start += packet->offset;
	network = start + header + HEADER_GAP_BYTES;
	if (header && bpf_probe_read_kernel(frame, header, (void *)start))
		return 1;
	if (read > header && bpf_probe_read_kernel(frame + header, read - header, (void *)network))
		return 1;
	packet->verdict = pwru_filter_packet(frame, header, network, packet->readable_bytes - header,
					     packet->wire_bytes - header);
	return 0;
}

struct pwru_filter_test_run {
	__u32 count;
};

/* Returns the number of packets judged. */
SEC("syscall")
int judge_all(struct pwru_filter_test_run *run)
{
	return bpf_loop(run->count, judge, 0, 0);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
