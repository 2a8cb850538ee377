import { describe, expect, test } from 'vitest';
import {
  PWRU_DROP_KNOWN_SOCKET,
  PWRU_DROP_NOT_A_PACKET,
  PWRU_DROP_RECEIVED,
  PWRU_DROP_STATE_SHIFT,
  PWRU_DROP_TCP,
} from '../record/layout.ts';
import { type Drop, dropClasses, judgeDrop, verdictOf } from './drop-class.ts';

const [FIN, SYN, RST, ACK] = [0x01, 0x02, 0x04, 0x10];
const [ESTABLISHED, TIME_WAIT, LISTEN, NEW_SYN_RECV] = [1, 6, 10, 12];
const inState = (state: number) => PWRU_DROP_KNOWN_SOCKET | (state << PWRU_DROP_STATE_SHIFT);

const nothing: Drop = {
  ...{ reason: '', place: '', destructor: '', facts: 0, isCapture: false, protocol: 0 },
  ...{ tcpFlags: 0, payloadBytes: 0, lengthBytes: 0, isFragment: false, isToMany: false },
};

function classOf(drop: Partial<Drop>): string {
  const { class: dropClass } = verdictOf(judgeDrop({ ...nothing, ...drop }));
  return Object.entries(dropClasses).find(([, value]) => value === dropClass)?.[0] ?? '';
}

const segment = (tcpFlags: number, more: Partial<Drop> = {}): Partial<Drop> => ({
  ...{ protocol: 6, tcpFlags },
  ...more,
  facts: PWRU_DROP_TCP | (more.facts ?? 0),
});

/** What is dropped, the class of that, and the twin: the same place or reason with a loss. */
const cases: ReadonlyArray<[string, Partial<Drop>, string, Partial<Drop>]> = [
  [
    'a FIN in the queue of a closing socket',
    segment(FIN | ACK, { reason: 'QUEUE_PURGE', place: 'sk_stream_kill_queues' }),
    'discarded',
    // A device that goes down, a neighbour that is gone.
    { reason: 'QUEUE_PURGE', place: 'pfifo_fast_reset', lengthBytes: 100 },
  ],
  [
    'data in the queue of a closing socket, charged to it',
    { reason: 'NOT_SPECIFIED', place: 'skb_queue_purge', destructor: 'sock_rfree', lengthBytes: 9 },
    'discarded',
    { reason: 'NOT_SPECIFIED', place: 'skb_queue_purge', lengthBytes: 9 },
  ],
  [
    'data out of order that is thrown away though it was acknowledged',
    { reason: 'TCP_OFO_QUEUE_PRUNE', destructor: 'sock_rfree', lengthBytes: 9 },
    'lost',
    { reason: 'TCP_OFO_QUEUE_PRUNE' },
  ],
  [
    'a fragment that is freed with its datagram',
    { place: 'kfree_skb_list', isFragment: true },
    'copy',
    { reason: 'NETFILTER_DROP', place: 'kfree_skb_list_reason', isFragment: true },
  ],
  [
    'an acknowledgement on a half-closed connection',
    segment(ACK, { reason: 'NOT_SPECIFIED', place: 'tcp_rcv_state_process' }),
    'discarded',
    segment(ACK, { reason: 'NOT_SPECIFIED', place: 'tcp_rcv_state_process', payloadBytes: 1 }),
  ],
  [
    'a keep-alive',
    segment(ACK, { reason: 'TCP_OLD_SEQUENCE' }),
    'discarded',
    segment(ACK, { reason: 'TCP_OLD_SEQUENCE', payloadBytes: 4 }),
  ],
  [
    'a keep-alive with a byte that the connection has received',
    segment(ACK, {
      ...{ reason: 'TCP_OLD_SEQUENCE', payloadBytes: 1 },
      facts: inState(ESTABLISHED) | PWRU_DROP_RECEIVED,
    }),
    'discarded',
    segment(ACK, { reason: 'TCP_OLD_SEQUENCE', payloadBytes: 1, facts: inState(ESTABLISHED) }),
  ],
  [
    'data that came twice',
    segment(ACK, { reason: 'TCP_OLD_DATA', payloadBytes: 1000 }),
    'discarded',
    segment(ACK, { reason: 'TCP_OVERWINDOW', payloadBytes: 1000 }),
  ],
  [
    'the last FIN, in TIME_WAIT',
    segment(FIN | ACK, {
      ...{ reason: 'NOT_SPECIFIED', place: 'tcp_v4_rcv' },
      facts: inState(TIME_WAIT),
    }),
    'discarded',
    // The handshake's last segment at a listener that is full.
    segment(ACK, { reason: 'NOT_SPECIFIED', place: 'tcp_v4_rcv', facts: inState(LISTEN) }),
  ],
  [
    'a keep-alive in TIME_WAIT, before 6.11',
    segment(ACK, { reason: 'NOT_SPECIFIED', place: 'tcp_v4_rcv' }),
    'discarded',
    // The first data at a listener that is full.
    segment(ACK, { reason: 'NOT_SPECIFIED', place: 'tcp_v4_rcv', payloadBytes: 4 }),
  ],
  [
    'an acknowledgement that a listener which is full may have dropped, before 5.17',
    segment(ACK, { place: 'tcp_v6_rcv' }),
    'discarded',
    segment(ACK, { place: 'tcp_v6_rcv', facts: inState(NEW_SYN_RECV) }),
  ],
  [
    'a reset of a connection that is gone',
    segment(RST, { reason: 'NO_SOCKET', place: 'tcp_v4_rcv' }),
    'discarded',
    segment(SYN, { reason: 'NO_SOCKET', place: 'tcp_v4_rcv' }),
  ],
  [
    'a late acknowledgement of a connection that is gone, where a socket listens',
    segment(ACK, { reason: 'TCP_FLAGS', place: 'tcp_v6_do_rcv', facts: inState(LISTEN) }),
    'discarded',
    segment(ACK, {
      ...{ reason: 'TCP_FLAGS', place: 'tcp_v6_do_rcv', facts: inState(LISTEN) },
      payloadBytes: 10,
    }),
  ],
  [
    'a late FIN of a connection that is gone, where a socket listens',
    segment(FIN | ACK, { reason: 'TCP_FLAGS', place: 'tcp_v4_do_rcv', facts: inState(LISTEN) }),
    'discarded',
    // It acknowledges nothing: no TCP sends that.
    segment(FIN, { reason: 'TCP_FLAGS', place: 'tcp_v4_do_rcv', facts: inState(LISTEN) }),
  ],
  [
    'a late acknowledgement',
    segment(ACK, { reason: 'NO_SOCKET', place: 'tcp_v6_rcv' }),
    'discarded',
    segment(SYN | ACK, { reason: 'NO_SOCKET', place: 'tcp_v6_rcv' }),
  ],
  [
    'data after the application has closed',
    segment(ACK, { reason: 'TCP_ABORT_ON_DATA', payloadBytes: 10 }),
    'discarded',
    segment(ACK, { reason: 'NO_SOCKET', payloadBytes: 10 }),
  ],
  [
    'data after the application has closed, in TIME_WAIT',
    segment(ACK, {
      ...{ reason: 'NOT_SPECIFIED', place: 'tcp_v4_rcv', payloadBytes: 10 },
      facts: inState(TIME_WAIT),
    }),
    'discarded',
    segment(SYN, { reason: 'NOT_SPECIFIED', place: 'tcp_v4_rcv', facts: inState(TIME_WAIT) }),
  ],
  [
    'a router solicitation at a host',
    { reason: 'NOT_SPECIFIED', place: 'icmpv6_rcv', protocol: 58, isToMany: true },
    'discarded',
    { reason: 'ICMP_CSUM', place: 'icmpv6_rcv', protocol: 58 },
  ],
  [
    'a group that nobody has joined',
    { reason: 'NOT_SPECIFIED', place: 'ip6_mc_input', isToMany: true },
    'unwanted',
    { reason: 'NETFILTER_DROP', place: 'nft_do_chain', isToMany: true },
  ],
  [
    'an announcement by ARP at a port of a bridge that does not forward yet',
    { reason: 'BRIDGE_INGRESS_STP_STATE', place: 'br_handle_frame', facts: 1 },
    'unwanted',
    // DHCP.
    { reason: 'BRIDGE_INGRESS_STP_STATE', place: 'br_handle_frame', facts: 1, protocol: 17 },
  ],
  [
    'a report of groups at such a port, before 6.15',
    { reason: 'NOT_SPECIFIED', place: 'br_handle_frame', isToMany: true, protocol: 58 },
    'unwanted',
    { reason: 'NOT_SPECIFIED', place: 'br_handle_frame', isToMany: true, protocol: 17 },
  ],
  [
    'a broadcast without a socket',
    { reason: 'NO_SOCKET', protocol: 17, facts: 1 },
    'unwanted',
    { reason: 'NO_SOCKET', protocol: 17, facts: 0 },
  ],
  [
    'a broadcast without a socket, before 5.17',
    { place: '__udp4_lib_rcv', protocol: 17, facts: 1 },
    'unwanted',
    // A rule, of which that kernel says no more.
    { place: 'nf_hook_slow', protocol: 17, facts: 1 },
  ],
  [
    'a datagram for a group that nobody has joined, of a kernel that gives no reason for it',
    { reason: 'NOT_SPECIFIED', place: '__udp6_lib_mcast_deliver', protocol: 17, isToMany: true },
    'unwanted',
    // The socket's queue is full.
    { reason: 'NOT_SPECIFIED', place: 'udpv6_queue_rcv_one_skb', protocol: 17, isToMany: true },
  ],
  [
    "another host's frame",
    { reason: 'OTHERHOST', place: 'ip_rcv_core', facts: 3 },
    'unwanted',
    // A bridge that may not send it out again: hairpin mode is off.
    { reason: 'NOT_SPECIFIED', place: 'br_handle_frame_finish', facts: 3 },
  ],
  [
    "another host's frame before 5.17",
    { place: 'ip_rcv_core', facts: 3 },
    'unwanted',
    { place: 'ip_rcv_core', facts: 0 },
  ],
  [
    "a capture's copy",
    { reason: 'NOT_SPECIFIED', place: 'skb_queue_purge', isCapture: true },
    'copy',
    // What a packet socket sends is a packet.
    { reason: 'QDISC_DROP', isCapture: true, destructor: 'sock_wfree' },
  ],
  [
    'a message of a local socket',
    { reason: 'NOT_SPECIFIED', facts: PWRU_DROP_NOT_A_PACKET },
    'notAPacket',
    { reason: 'NOT_SPECIFIED' },
  ],
];

describe('the class of a drop', () => {
  test.each(cases)('%s', (_, drop, expected, twin) => {
    expect(classOf(drop)).toBe(expected);
    expect(classOf(twin)).toBe('lost');
  });

  test('every verdict that is no loss says why', () => {
    for (const [name, drop] of cases) {
      const verdict = verdictOf(judgeDrop({ ...nothing, ...drop }));
      expect(verdict.note === '', name).toBe(verdict.class === dropClasses.lost);
    }
  });
});
