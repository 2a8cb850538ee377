import type { SkbFunction } from '../btf/skb-functions.ts';
import { lateTracepoints, tracepointFunctionPrefixes } from './select-tracepoints.ts';

/**
 * Functions whose skb argument does not lead to the packet at entry, although its type says so. The list was made by
 * reading every function with a `struct sk_buff **` in net, drivers, kernel and io_uring of Linux 6.12.117 and every
 * one in the BTF of 6.18. Those not listed point at the packet that is being handled (rx handlers, XDP, queues of a
 * sender), sometimes at NULL.
 */

const OUTPUT = 'its struct sk_buff ** is an output: what it points to at entry is not initialised';

/** Functions that store a packet (or message) there before they return. */
const outputs: readonly string[] = [
  // net/core/datagram.c: *last = queue->prev
  '__skb_try_recv_from_queue',
  '__skb_try_recv_datagram',
  // kernel/taskstats.c: *skbp = genlmsg_new()
  'prepare_reply',
  // net/bpf/test_run.c: array filled by kmem_cache_alloc_bulk()
  'xdp_recv_frames',
  // net/tipc/discover.c: *skb = skb_clone()
  'tipc_disc_create',
  // net/nfc
  'nci_nfcc_loopback',
  'nci_hci_get_param',
  'nci_hci_send_cmd',
  'nfc_hci_get_param',
  'nfc_hci_send_cmd',
  'nfc_hci_execute_cmd',
  // drivers/net/ethernet
  'cas_rx_process_pkt',
  'hinic_rq_read_next_wqe',
  'hinic_rq_read_wqe',
  'hinic_sq_read_wqe',
  'hinic_sq_read_wqebb',
  'hns_nic_poll_rx_skb',
  'ioc3_alloc_skb',
  'ixgbe_get_rx_buffer',
  'nicvf_xdp_rx',
  'ocelot_xtr_poll_frame',
  'octeon_mgmt_dequeue_rx_buffer',
  'sonic_alloc_rb',
  'wx_get_rx_buffer',
  // drivers/net: others
  'ath11k_ce_completed_recv_next',
  'ath11k_dp_rx_h_defrag',
  'ath11k_dp_rx_full_mon_mpdu_pop',
  'ath11k_dp_rx_mon_mpdu_pop',
  'ath12k_ce_completed_recv_next',
  'ath12k_dp_rx_h_defrag',
  'ath_tid_dequeue',
  'ath_tid_pull',
  'brcmf_fws_hanger_poppkt',
  'cw1200_queue_get_skb',
  'lan78xx_tx_pend_skb_get',
  'move_pkt_msd',
  'mt76_mcu_send_and_get_msg',
  'mwifiex_usb_prepare_tx_aggr_skb',
  'vmxnet3_process_xdp',
  'vmxnet3_process_xdp_small',
  // drivers/target, drivers/crypto
  'process_cipher',
  'tcmu_netlink_event_init',
];

const TO_FREE =
  'its struct sk_buff ** is the list of packets dropped before, not the packet it drops';

/** Queueing disciplines: `to_free` collects what __dev_xmit_skb() frees afterwards. */
const dropLists: readonly string[] = [
  'cake_drop',
  'choke_drop_by_idx',
  'fq_codel_drop',
  'hhf_drop',
  'sfq_drop',
];

const SLOTS =
  'its struct sk_buff ** is an array of ring slots, of which the first is not the packet';

const slots: readonly string[] = [
  // drivers/net/ethernet/ibm/ehea/ehea_main.c
  'get_skb_by_index',
  'get_skb_by_index_ll',
  // drivers/net/wireless/intersil/p54/p54pci.c
  'p54p_check_rx_ring',
  'p54p_check_tx_ring',
  'p54p_refill_rx_ring',
];

const FRESH =
  'its first skb is being made: at entry it holds what lay there before (net/core/skbuff.c)';

/** Functions that fill a struct sk_buff which the allocator has just given out. */
const freshSkbs: readonly string[] = [
  '__skb_clone',
  '__copy_skb_header',
  'skb_copy_header',
  '__build_skb_around',
  '__finalize_skb_around',
  // Takes the skb since Linux 7: __alloc_skb() calls it before it clears it.
  'kmalloc_reserve',
];

const pointersToPointers = new Map([
  ...outputs.map((name) => [name, OUTPUT] as const),
  ...dropLists.map((name) => [name, TO_FREE] as const),
  ...slots.map((name) => [name, SLOTS] as const),
]);

/** Functions that get something else where their prototype says skb. */
const notPackets = new Map<string, string>([
  ...[...lateTracepoints].flatMap(([name, reason]) =>
    tracepointFunctionPrefixes.map(
      (prefix) => [`${prefix}${name}`, `part of tracepoint ${name}: ${reason}`] as const,
    ),
  ),
  ...freshSkbs.map((name) => [name, FRESH] as const),
  [
    '__skb_wait_for_more_packets',
    'its skb is the last packet that a receiver saw: while the queue is empty, the queue head itself, which is no packet (net/core/datagram.c, net/ipv4/udp.c)',
  ],
]);

/** Why the function's skb argument cannot be used; undefined when it can. */
export function unusableArgument({ name, kind }: SkbFunction): string | undefined {
  return kind === 'pointer-to-pointer' ? pointersToPointers.get(name) : notPackets.get(name);
}
