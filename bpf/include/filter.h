/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The packet filter: a function whose body the agent replaces before it loads the object (agent/src/core/elf), by what
 * it compiled from the user's pcap-filter expression (agent/src/core/filter). Untouched, it accepts every packet.
 *
 * Every packet is filtered as the Ethernet frame it is or will be. The program puts the frame's first bytes, as many as
 * the filter reads (FilterPlan.readBytes), on its stack: the header, which it makes itself and which therefore exists
 * nowhere else, then a copy from the network header on.
 */
#ifndef PWRU_FILTER_H
#define PWRU_FILTER_H

/* Results of pwru_filter. */
#define PWRU_FILTER_REJECT 0
#define PWRU_FILTER_ACCEPT 1
#define PWRU_FILTER_SHORT 2 /* needs bytes that are not readable: reject when all bytes are, else undecided */

/* Most bytes of the frame that the filter reads from the stack (NEAR_BYTES of packet-loader.ts). */
#define PWRU_FRAME_BYTES 78
/* Instructions that a filter can have. The agent cuts off what is not needed, so that many cost nothing. */
#define PWRU_FILTER_SLOTS 8192

#define PWRU_STRING_(x) #x
#define PWRU_STRING(x) PWRU_STRING_(x)

/*
 * Filters one frame.
 *   frame           the frame's first bytes on the stack, FilterPlan.readBytes of them initialised; at 2 modulo 4, so
 *                   that the network header is aligned: the verifier wants that of stack accesses
 *   readable_bytes  bytes of the frame that can be read, at least 14; those beyond the buffer are read from `base`
 *   wire_bytes      the whole length of the frame
 *   base            kernel address such that byte k of the frame is at base + k, for k from the network header on
 * Returns PWRU_FILTER_*.
 *
 * Hidden rather than static: clang must neither clone it nor drop or specialise its arguments, which the body that it
 * sees does not use; for libbpf (>= 0.5) a hidden function is static, so that the verifier follows the frame pointer
 * into it. The slots are there to be overwritten. The body uses at most 120 bytes of stack.
 */
__attribute__((visibility("hidden"), noinline)) __u64 pwru_filter(const __u8 *frame, __u64 readable_bytes,
								  __u64 wire_bytes, __u64 base)
{
	__u64 verdict;

	/* The verdict comes out of the assembly, so that clang cannot know it and drop the test after the call. */
	asm volatile("%0 = 1\n\t.rept " PWRU_STRING(PWRU_FILTER_SLOTS) "\n\tgoto +0\n\t.endr"
		     : "=r"(verdict)
		     : "r"(frame), "r"(readable_bytes), "r"(wire_bytes), "r"(base));
	return verdict;
}

/*
 * Filters the frame whose first `header_bytes` are in `bytes` only and whose other bytes begin at `network`: of
 * `network_bytes` in all, the first `linear_bytes` can be read.
 */
static __always_inline __u64 pwru_filter_packet(const __u8 *bytes, __u64 header_bytes, __u64 network,
						__u64 linear_bytes, __u64 network_bytes)
{
	return pwru_filter(bytes, header_bytes + linear_bytes, header_bytes + network_bytes, network - header_bytes);
}

#endif
