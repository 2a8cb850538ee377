/**
 * How an skb ends. Read in net/core/skbuff.c, net/core/gro.c and net/core/dev.c of Linux 5.10, 6.1, 6.12 and 6.18.
 *
 * The paths, as probes see them (in brackets what GCC usually inlines):
 * - kfree_skb_reason or sk_skb_reason_drop, consume_skb -> __kfree_skb -> skb_release_head_state (destructor inside)
 *   -> skb_release_data -> kfree_skbmem
 * - kfree_skb_list_reason -> [kfree_skb_add_bulk] -> skb_release_head_state -> skb_release_data, then in bulk to the
 *   allocator: no function sees the pointer again
 * - napi_consume_skb, __napi_kfree_skb (__kfree_skb_defer before 6.4) -> skb_release_head_state -> skb_release_data
 *   -> napi_skb_cache_put: into this CPU's cache, from which the next __alloc_skb takes it
 * - 6.18: napi_consume_skb -> skb_release_head_state -> skb_attempt_defer_free -> another CPU: napi_consume_skb again
 * - UDP receive: skb_consume_udp -> __consume_stateless_skb -> skb_release_data -> kfree_skbmem
 * - TCP receive: [tcp_eat_recv_skb] -> skb_attempt_defer_free -> another CPU, or at once: [kfree_skb_napi_cache]
 *   -> __kfree_skb or __napi_kfree_skb
 * - GRO and TCP coalescing: the data lives on in another skb, the shell goes: napi_skb_free_stolen_head ->
 *   napi_skb_cache_put; kfree_skb_partial -> skb_release_head_state, then straight to the allocator
 * - napi_reuse_skb: the driver gets the shell back for its next packet
 * - skb_morph: the first argument's content is released (skb_release_head_state, skb_release_data) and replaced by the
 *   second's: the pointer is another packet when it returns
 *
 * A trap: skb_release_data and skb_free_head are no end. pskb_expand_head and pskb_carve call them on a packet that
 * lives on with another head (Linux 6.12, skbuff.c lines 2304, 6789, 6936).
 * A known exception: skb_segment_list and skb_segment call skb_release_head_state on a segment that they then give the
 * head packet's state: a packet of a GRO fraglist that is segmented again goes on as a new identity.
 */

/**
 * What a function means to a packet's identity.
 * - trace: sees living packets; on a pointer whose content was released it begins a new packet.
 * - neutral: can run while a packet is being released, after its content is gone: on such a pointer it still belongs
 *   to the old packet. On a living packet it changes nothing.
 * - release: the packet's content ends at entry.
 * - free: the memory goes back to the allocator: the next sight of the pointer is another packet's.
 */
export type ProbeRole = 'trace' | 'neutral' | 'release' | 'free';

interface Release {
  readonly role: 'release' | 'free';
  readonly reason: string;
}

/** Functions of vmlinux at whose entry the skb is at its end, with the reason. */
export const releaseFunctions: ReadonlyMap<string, Release> = new Map<string, Release>([
  ['__kfree_skb', { role: 'release', reason: 'the last reference is gone' }],
  ['__kfree_skb_defer', { role: 'release', reason: 'frees into the NAPI cache, before Linux 6.4' }],
  ['__napi_kfree_skb', { role: 'release', reason: 'frees into the NAPI cache, from Linux 6.4' }],
  [
    '__consume_stateless_skb',
    { role: 'release', reason: 'the last reference is gone and the state was dropped before' },
  ],
  ['skb_release_all', { role: 'release', reason: 'releases state and data' }],
  [
    'skb_release_head_state',
    { role: 'release', reason: 'releases route, socket and conntrack: every way to free comes by' },
  ],
  [
    'kfree_skb_partial',
    { role: 'release', reason: 'frees the skb whose data was merged into another' },
  ],
  [
    'napi_skb_free_stolen_head',
    { role: 'release', reason: 'GRO merged the data into another skb' },
  ],
  ['napi_reuse_skb', { role: 'release', reason: 'the driver gets the emptied skb back' }],
  ['kfree_skbmem', { role: 'free', reason: 'gives the memory to the allocator' }],
  ['napi_skb_cache_put', { role: 'free', reason: "gives the memory to this CPU's NAPI cache" }],
]);

/** Every way to free comes by these, or by others that are hooked as well: without them an end may pass unseen. */
const necessaryHooks = ['skb_release_head_state', 'kfree_skbmem'];

/** Whether probes on these functions of vmlinux see the end of each packet, as long as the kernel runs them. */
export function seeAllEnds(attached: ReadonlySet<string>): boolean {
  return necessaryHooks.every((name) => attached.has(name));
}

const DESTRUCTOR =
  'skb->destructor, called by skb_release_head_state (and by skb_orphan on living packets)';
const COMPLETION = 'completion of a zero-copy send, called by skb_release_data';

/** Functions that can run while a packet is being released, with the reason. Modules' included. */
export const freeingFunctions: ReadonlyMap<string, string> = new Map<string, string>([
  [
    'skb_release_data',
    'releases the data after skb_release_head_state (and the old head of a living packet)',
  ],
  ['skb_free_head', 'part of skb_release_data'],
  ['skb_pp_recycle', 'part of skb_free_head'],
  [
    'skb_attempt_defer_free',
    'hands the skb to the CPU that allocated it; from Linux 6.18 its state is released already',
  ],
  ['kfree_skb_napi_cache', 'part of skb_attempt_defer_free'],
  [
    'napi_consume_skb',
    'frees what skb_attempt_defer_free handed over, a second time for the same packet from Linux 6.18',
  ],
  ['unix_detach_fds', 'part of unix_destruct_scm'],
  ['xsk_cq_submit_addr_locked', 'part of xsk_destruct_skb'],
  ['xsk_get_num_desc', 'part of xsk_destruct_skb'],
  ...[
    '__mhi_skb_destructor',
    '__sock_wfree',
    'caif_flow_cb',
    'deferred_unmap_destructor',
    'kcm_rfree',
    'mptcp_rfree',
    'netlink_skb_destructor',
    'rfcomm_wfree',
    'rxe_skb_tx_dtor',
    'sctp_control_release_owner',
    'sctp_sock_rfree',
    'sctp_wfree',
    'sock_edemux',
    'sock_efree',
    'sock_ofree',
    'sock_pfree',
    'sock_rfree',
    'sock_rmem_free',
    'sock_wfree',
    'tcp_wfree',
    'tpacket_destruct_skb',
    'unix_destruct_scm',
    'unix_wfree',
    'xsk_destruct_skb',
  ].map((name) => [name, DESTRUCTOR] as const),
  ...[
    'io_tx_ubuf_complete',
    'io_uring_tx_zerocopy_callback',
    'msg_zerocopy_callback',
    'msg_zerocopy_complete',
    'tpacket_ubuf_complete',
    'vhost_zerocopy_callback',
    'vhost_zerocopy_complete',
    'xenvif_zerocopy_callback',
  ].map((name) => [name, COMPLETION] as const),
]);

/** Role of a function, by name and module ('' is vmlinux). */
export function roleOf(name: string, module: string): ProbeRole {
  const release = module === '' ? releaseFunctions.get(name) : undefined;
  return release?.role ?? (freeingFunctions.has(name) ? 'neutral' : 'trace');
}
