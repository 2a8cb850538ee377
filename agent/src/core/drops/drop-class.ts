import {
  PWRU_DROP_KNOWN_SOCKET,
  PWRU_DROP_NOT_A_PACKET,
  PWRU_DROP_PACKET_TYPE,
  PWRU_DROP_RECEIVED,
  PWRU_DROP_STATE,
  PWRU_DROP_STATE_SHIFT,
  PWRU_DROP_TCP,
} from '../record/layout.ts';

/**
 * What a drop means for the packet (pwru.v1.DropClass, same numbers).
 *
 * - lost: nobody got what the packet carried, unless another copy of it lives.
 * - copy: another copy of the packet lived on or arrived, or this one was a capture's.
 * - discarded: the packet had reached the socket or the protocol that it was for.
 * - notAPacket: a message of a local socket.
 * - unwanted: sent to many, or by a switch to all, and nobody here listens for it.
 * - notKnown: another sk_buff has its bytes, and nothing tells whether that can arrive or is a capture's.
 */
export const dropClasses = {
  lost: 1,
  copy: 2,
  discarded: 3,
  notAPacket: 4,
  unwanted: 5,
  notKnown: 6,
} as const;

export type DropClass = (typeof dropClasses)[keyof typeof dropClasses];

/** What is known of one drop. Names are empty where the kernel has none. */
export interface Drop {
  /** Without SKB_DROP_REASON_; empty before Linux 5.17. */
  readonly reason: string;
  /** Function that dropped the packet. */
  readonly place: string;
  /** Function that uncharges the owner of the skb: `sock_rfree` in the queue of a socket that received it. */
  readonly destructor: string;
  /** Bits of enum pwru_drop_fact. */
  readonly facts: number;
  readonly isCapture: boolean;
  /** IP protocol number; 0 when there is no IP header. */
  readonly protocol: number;
  readonly tcpFlags: number;
  /** Behind the transport header. */
  readonly payloadBytes: number;
  /** skb->len: at a socket's queue what the application has not read. */
  readonly lengthBytes: number;
  /** One fragment of a datagram, or what it is in the datagram that it was put together to. */
  readonly isFragment: boolean;
  /** The destination is a multicast or broadcast address of IP. */
  readonly isToMany: boolean;
}

export interface DropVerdict {
  readonly class: DropClass;
  /** Why it is no loss, or not known to be one, for the user; empty for a loss. */
  readonly note: string;
  /** Whether it is a loss after all when a socket of this machine sent the packet and no copy of it arrived. */
  readonly isLossOfSender?: boolean;
}

interface DropRule extends DropVerdict {
  /** Any when absent. */
  readonly reasons?: ReadonlySet<string>;
  readonly places?: ReadonlySet<string>;
  readonly when?: (drop: Drop) => boolean;
}

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;
const TCP = 6;
const UDP = 17;
const ICMPV6 = 58;

/** include/uapi/linux/if_packet.h: skb->pkt_type. */
const packetTypes = { BROADCAST: 1, MULTICAST: 2, OTHERHOST: 3, LOOPBACK: 5 } as const;
/** include/net/tcp_states.h. */
const [TCP_TIME_WAIT, TCP_LISTEN] = [6, 10];

/** The kernel does not say why: before 5.17, and where nobody has given the drop a reason. */
const generic = ['', 'NOT_SPECIFIED'];

const names = (...list: readonly string[]): ReadonlySet<string> => new Set(list);
const packetType = ({ facts }: Drop) => facts & PWRU_DROP_PACKET_TYPE;
const isTcp = ({ protocol, facts }: Drop) => protocol === TCP && (facts & PWRU_DROP_TCP) !== 0;

/** A segment that brings no byte to an application and opens no connection: an acknowledgement, a keep-alive, FIN, RST. */
const isWithoutData = (drop: Drop) =>
  isTcp(drop) && drop.payloadBytes === 0 && (drop.tcpFlags & SYN) === 0;

/** The kernel named the connection, which had received all bytes of this segment before. */
const isReceived = (drop: Drop) =>
  isTcp(drop) &&
  (drop.facts & PWRU_DROP_KNOWN_SOCKET) !== 0 &&
  (drop.facts & PWRU_DROP_RECEIVED) !== 0 &&
  (drop.tcpFlags & SYN) === 0;

const isInState = ({ facts }: Drop, state: number) =>
  (facts & PWRU_DROP_KNOWN_SOCKET) !== 0 &&
  (facts & PWRU_DROP_STATE) >>> PWRU_DROP_STATE_SHIFT === state;

const isInTimeWait = (drop: Drop) => isInState(drop, TCP_TIME_WAIT);

/** It acknowledges something, and no connection is there that it could belong to. */
const isForListener = (drop: Drop) => isInState(drop, TCP_LISTEN) && (drop.tcpFlags & ACK) !== 0;

const isToMany = (drop: Drop) => {
  const type = packetType(drop);
  return (
    drop.isToMany ||
    type === packetTypes.BROADCAST ||
    type === packetTypes.MULTICAST ||
    type === packetTypes.LOOPBACK
  );
};

/** tcp_validate_incoming(), tcp_ack() of net/ipv4/tcp_input.c: the segment is not acceptable to its connection. */
const unacceptable = names(
  ...generic,
  'TCP_OLD_SEQUENCE',
  'TCP_INVALID_SEQUENCE',
  'TCP_INVALID_END_SEQUENCE',
  'TCP_INVALID_ACK_SEQUENCE',
  'TCP_RFC7323_PAWS',
  'TCP_RFC7323_PAWS_ACK',
  'TCP_RFC7323_TSECR',
  'TCP_RFC7323_TW_PAWS',
  'TCP_OLD_ACK',
  'TCP_TOO_OLD_ACK',
  'TCP_ACK_UNSENT_DATA',
  'TCP_ZEROWINDOW',
  'TCP_OVERWINDOW',
);

/** Where TCP takes segments of a connection apart. Some are compiled into others. */
const tcpReceive = names(
  'tcp_rcv_state_process',
  'tcp_rcv_established',
  'tcp_validate_incoming',
  'tcp_data_queue',
  'tcp_drop_reason',
  'tcp_v4_do_rcv',
  'tcp_v6_do_rcv',
);

/**
 * Where a packet is dropped that somebody would have got, though the kernel does not say why: by a rule (nf_hook_slow() of
 * net/netfilter/core.c), a traffic control filter or a queue on its way out (net/core/dev.c, skbuff.c), a device's queue
 * (drivers/net/veth.c), a socket's queue or filter (net/ipv4/udp.c, net/ipv6/udp.c, net/core/filter.c).
 */
const refusals = names(
  'nf_hook_slow',
  'nf_hook_slow_list',
  '__dev_queue_xmit',
  'kfree_skb_list',
  'kfree_skb_list_reason',
  'veth_xmit',
  'udp_queue_rcv_one_skb',
  'udpv6_queue_rcv_one_skb',
  'sk_filter_trim_cap',
);

/**
 * The rules, first match first; what none matches is lost. By reason where the kernel gives one, by place where it does
 * not. Kernel source: Linux 5.10 to 7.x.
 */
const rules: readonly DropRule[] = [
  {
    class: dropClasses.notAPacket,
    note: 'a message of a local socket',
    when: ({ facts }) => (facts & PWRU_DROP_NOT_A_PACKET) !== 0,
  },
  {
    // packet_rcv(), tpacket_rcv() of net/packet/af_packet.c; dev_queue_xmit_nit() of net/core/dev.c.
    class: dropClasses.copy,
    note: "a capture's copy",
    when: ({ isCapture, destructor, place }) =>
      (isCapture && destructor !== 'sock_wfree') ||
      place === 'packet_rcv' ||
      place === 'tpacket_rcv',
  },
  {
    // Before 6.3 skb_release_data() of net/core/skbuff.c frees the fragments of a datagram in this way, whatever became of it.
    class: dropClasses.copy,
    note: 'a part of a datagram, which has ended',
    reasons: names(...generic),
    places: names('kfree_skb_list', 'kfree_skb_list_reason', 'skb_release_data'),
    when: ({ isFragment }) => isFragment,
  },
  {
    // tcp_prune_ofo_queue() of net/ipv4/tcp_input.c: data that was acknowledged selectively is thrown away again.
    class: dropClasses.lost,
    note: '',
    reasons: names('TCP_OFO_QUEUE_PRUNE'),
  },
  {
    // A received skb is charged to its socket while it waits in a queue (skb_set_owner_r() of include/net/sock.h, sock_queue_err_skb() of
    // net/core/skbuff.c); UDP's own queue is not (__udp_enqueue_schedule_skb() of net/ipv4/udp.c).
    class: dropClasses.discarded,
    note: 'data that nobody read',
    reasons: names(...generic, 'QUEUE_PURGE', 'SOCKET_CLOSE'),
    when: (drop) => drop.lengthBytes > 0 && isQueued(drop),
  },
  {
    // The same of a FIN, or of what was read but for its end: sk_stream_kill_queues() of net/core/stream.c.
    class: dropClasses.discarded,
    note: 'nothing in it was left to read',
    reasons: names(...generic, 'QUEUE_PURGE', 'SOCKET_CLOSE'),
    when: (drop) => isQueued(drop),
  },
  {
    // tcp_data_queue(), tcp_data_queue_ofo() of net/ipv4/tcp_input.c.
    class: dropClasses.discarded,
    note: 'its data had been received before',
    reasons: names('TCP_OLD_DATA', 'TCP_OFOMERGE'),
  },
  {
    class: dropClasses.discarded,
    note: 'its data had been received before',
    reasons: unacceptable,
    when: (drop) => isReceived(drop) && drop.payloadBytes > 0,
  },
  {
    // tcp_reset(), tcp_rcv_state_process() of net/ipv4/tcp_input.c: FIN_WAIT after close(), RFC 9293 section 3.6.1.
    class: dropClasses.discarded,
    note: 'the application had closed the connection',
    reasons: names('TCP_ABORT_ON_DATA', 'TCP_ABORT_ON_CLOSE', 'TCP_ABORT_ON_LINGER', 'TCP_CLOSE'),
    when: ({ tcpFlags }) => (tcpFlags & SYN) === 0,
  },
  {
    // tcp_timewait_state_process(): a socket that was closed, and waits for the other side's FIN, answers data with a reset.
    class: dropClasses.discarded,
    note: 'the application had closed the connection',
    reasons: names(...generic),
    places: names('tcp_v4_rcv', 'tcp_v6_rcv'),
    when: (drop) => isInTimeWait(drop) && drop.payloadBytes > 0 && (drop.tcpFlags & SYN) === 0,
  },
  {
    class: dropClasses.discarded,
    note: 'a reset that no connection waits for',
    reasons: names(...unacceptable, 'TCP_RESET', 'TCP_FLAGS', 'NO_SOCKET'),
    when: (drop) => isWithoutData(drop) && (drop.tcpFlags & RST) !== 0,
  },
  {
    // tcp_timewait_state_process() of net/ipv4/tcp_minisocks.c answers; tcp_v4_rcv() drops.
    class: dropClasses.discarded,
    note: 'its connection had ended on both sides',
    reasons: names(...generic, 'TCP_OLD_SEQUENCE', 'TCP_RFC7323_TW_PAWS'),
    places: names('tcp_v4_rcv', 'tcp_v6_rcv'),
    when: (drop) => isWithoutData(drop) && (isInTimeWait(drop) || (drop.tcpFlags & FIN) !== 0),
  },
  {
    // Before 6.11 the kernel does not name the socket. A listener that is full drops there what ends the handshake
    // (tcp_check_req() of net/ipv4/tcp_minisocks.c) and the data after it: the data is called lost.
    class: dropClasses.discarded,
    note: 'it carried no data: its connection had ended on both sides, or waits for a listener that is full',
    reasons: names(...generic),
    places: names('tcp_v4_rcv', 'tcp_v6_rcv'),
    when: (drop) => isWithoutData(drop) && (drop.facts & PWRU_DROP_KNOWN_SOCKET) === 0,
  },
  {
    // Keep-alives and their kind: tcp_validate_incoming() answers them; tcp_rcv_state_process() has taken their number.
    class: dropClasses.discarded,
    note: 'it carried no data, and its connection has seen it',
    reasons: unacceptable,
    when: (drop) =>
      isWithoutData(drop) && (!generic.includes(drop.reason) || tcpReceive.has(drop.place)),
  },
  {
    // tcp_v4_rcv(), and where a socket still listens tcp_rcv_state_process(): a late acknowledgement or FIN. SYN, SYN|ACK and data
    // are lost.
    class: dropClasses.discarded,
    note: 'it carried no data, and its connection is gone',
    reasons: names('NO_SOCKET', 'TCP_FLAGS'),
    when: (drop) => isWithoutData(drop) && (drop.reason === 'NO_SOCKET' || isForListener(drop)),
  },
  {
    // icmpv6_rcv(), ndisc_rcv() of net/ipv6: a host ignores what only routers take, and the other way round. Before 6.3 all of
    // ICMPv6 ends there once it is handled. igmp_rcv() of net/ipv4/igmp.c ends with kfree_skb() whatever came.
    class: dropClasses.discarded,
    note: 'handled by the protocol',
    reasons: names(...generic),
    places: names('icmpv6_rcv', 'ndisc_rcv', 'igmp_rcv'),
    when: ({ place, protocol }) => place === 'igmp_rcv' || protocol === ICMPV6,
  },
  {
    // ip_rcv_core(), ip6_rcv_core(): by the frame's address it is another host's.
    class: dropClasses.unwanted,
    note: "another host's: its link-layer address is not ours",
    isLossOfSender: true,
    reasons: names('OTHERHOST'),
  },
  {
    class: dropClasses.unwanted,
    note: "another host's: its link-layer address is not ours",
    isLossOfSender: true,
    reasons: names(...generic),
    places: names('ip_rcv_core', 'ip_rcv', 'ip6_rcv_core', 'ipv6_rcv', 'tcp_v4_rcv', 'tcp_v6_rcv'),
    when: (drop) => packetType(drop) === packetTypes.OTHERHOST,
  },
  {
    // br_handle_frame(), br_handle_frame_finish() of net/bridge/br_input.c: a frame for all from a port that does not forward yet.
    // Somebody waits for an answer to a datagram, as DHCP does.
    class: dropClasses.lost,
    note: '',
    reasons: names(...generic, 'BRIDGE_INGRESS_STP_STATE'),
    places: names('br_handle_frame', 'br_handle_frame_finish'),
    when: ({ protocol }) => protocol === UDP || protocol === TCP,
  },
  {
    // What a host announces when its interface comes up: ARP, neighbour and router discovery, groups. A packet that waits for an
    // answer to ARP is lost where it waits (neigh_invalidate() of net/core/neighbour.c).
    class: dropClasses.unwanted,
    note: "announced to all before the bridge's port forwards",
    reasons: names('BRIDGE_INGRESS_STP_STATE'),
    when: isToMany,
  },
  {
    // ip6_mc_input(), __udp4_lib_mcast_deliver(), br_flood(), __netif_receive_skb_core(): nobody has joined the group or asked for the
    // protocol. A rule, a full queue or a bad checksum is a loss to those who listen.
    class: dropClasses.unwanted,
    note: 'sent to many, and nobody here listens',
    reasons: names(
      ...generic,
      'NO_SOCKET',
      'IP_NOPROTO',
      'UNHANDLED_PROTO',
      'INVALID_PROTO',
      'NO_TX_TARGET',
      'IP_INNOROUTES',
      'IP_INADDRERRORS',
      'IPV6_NDISC_BAD_OPTIONS',
    ),
    when: (drop) => isToMany(drop) && !(generic.includes(drop.reason) && refusals.has(drop.place)),
  },
];

/** Queues of sockets, emptied when they close: functions whose skbs have been delivered. */
const socketQueues = names(
  'sk_stream_kill_queues',
  'inet_sock_destruct',
  'inet6_sock_destruct',
  'udp_destruct_common',
  'udp_destruct_sock',
  'udpv6_destruct_sock',
);

function isQueued({ destructor, place }: Drop): boolean {
  return destructor === 'sock_rfree' || destructor === 'sock_rmem_free' || socketQueues.has(place);
}

/** Verdicts by number: 0 is none yet. Those of the rules come behind those that need more than the drop itself. */
const verdicts: readonly DropVerdict[] = [
  { class: dropClasses.lost, note: '' },
  { class: dropClasses.lost, note: '' },
  { class: dropClasses.copy, note: 'another copy of the packet arrived, or lived on' },
  {
    class: dropClasses.notKnown,
    note: "another sk_buff had its bytes: a copy that may have arrived, or a capture's",
  },
  ...rules,
];

/** Numbers of the verdicts on a packet of which several copies were seen. */
export const verdictNumbers = { undecided: 0, lost: 1, copy: 2, notKnown: 3 } as const;
const firstRuleVerdict = 4;

/**
 * What a drop means, as far as this copy of the packet and its socket tell. Whether another copy lives is not looked at:
 * see DropJourneys.
 * @returns a number for `verdictOf`, from 1 to 255.
 */
export function judgeDrop(drop: Drop): number {
  const index = rules.findIndex(
    ({ reasons, places, when }) =>
      (reasons === undefined || reasons.has(drop.reason)) &&
      (places === undefined || places.has(drop.place)) &&
      (when === undefined || when(drop)),
  );
  return index < 0 ? verdictNumbers.lost : firstRuleVerdict + index;
}

/** @param verdict a number from `judgeDrop` or `verdictNumbers`. */
export function verdictOf(verdict: number): DropVerdict {
  return verdicts[verdict] ?? { class: dropClasses.lost, note: '' };
}
