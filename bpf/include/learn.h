/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What an admitted packet tells of its answers. */
#ifndef PWRU_LEARN_H
#define PWRU_LEARN_H

#include "answer.h"
#include "output.h"

/*
 * Without the frame, which the report has moved to the packet inside. Global for the verifier's sake, as skip_extensions().
 *   flags  of the hit
 *   flows  of mix_flow(), and above it that of the last hit
 */
__noinline int learn_flow(__u64 skb_address, __u64 packet_id, __u32 flags, __u64 flows)
{
	struct sk_buff *skb;
	__u64 network;
	__u32 offset;
	__u32 linear;
	__u64 found;
	__u32 tail;
	__u8 version;

	if (!packet_id || (__u32)flows == flows >> 32)
		return 0;
	skb = CAST(struct sk_buff, (void *)skb_address);
	offset = network_offset(skb);
	tail = FIELD(skb, tail);
	if (!offset || offset >= tail)
		return 0;
	network = number_of((__u64)FIELD(skb, head)) + offset;
	linear = tail - offset;
	if (is_tag(FIELD(skb, protocol))) {
		found = find_tags_of(skb, network, linear);
		network += found >> SKIPPED_SHIFT;
		linear -= found >> SKIPPED_SHIFT;
	}
	if (bpf_probe_read_kernel(&version, sizeof(version), (void *)network))
		return 0;
	version >>= 4;
	if (version != 4 && version != 6)
		return 0;
	if ((flags & HIT_PLACES) == HIT_IN_NODE)
		version |= FLOW_IN_NODE;
	return note_flow(packet_id, network, linear, version, linear + FIELD(skb, data_len));
}

#endif
