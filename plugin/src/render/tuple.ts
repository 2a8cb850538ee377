import { pwru } from '../../../proto/gen/pwru.js';
import type { EventCursor } from '../events/cursor.ts';
import { detailsOf, type InnerPacket, type PacketDetails } from '../events/details.ts';
import { formatIpv4, formatIpv6 } from '../events/ip-address.ts';
import { cutMiddle } from '../terminal/text.ts';
import type { EndpointNames } from './endpoint-names.ts';
import { icmp6Text, icmpText } from './icmp-names.ts';

const { InnerKind } = pwru.v1;

const ICMP = 1;
const TCP = 6;
const UDP = 17;
const ICMP6 = 58;
const SCTP = 132;
const ETHERTYPE_ARP = 0x0806;
const ARROW = '->';
/** Shorter names say nothing. */
const MIN_HOST = 6;

/** IANA protocol numbers, with pwru's spelling where it has one. */
const protocolNames: Readonly<Record<number, string>> = {
  [ICMP]: 'icmp',
  2: 'igmp',
  4: 'ipip',
  [TCP]: 'tcp',
  [UDP]: 'udp',
  41: 'ipv6',
  47: 'gre',
  50: 'esp',
  51: 'ah',
  [ICMP6]: 'icmp6',
  89: 'ospf',
  103: 'pim',
  112: 'vrrp',
  [SCTP]: 'sctp',
};

/** Bits of the TCP flags byte, in the order in which they are shown. */
const tcpFlagNames = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'] as const;
const tcpFlagTexts = Array.from({ length: 256 }, (_, flags) => tcpFlags(flags).join('|'));

/** The names of the flags that are set, lowest bit first. */
export function tcpFlags(flags: number): string[] {
  return tcpFlagNames.filter((_, bit) => (flags & (1 << bit)) !== 0);
}

/** `tcp`, or the number in decimal. */
export function protocolName(protocol: number): string {
  return protocolNames[protocol] ?? String(protocol);
}

/** Address text without brackets; empty when the event has none of the right length. */
export function sourceAddress(event: EventCursor): string {
  return address(event, event.sourceAddressStart, event.sourceAddressLength);
}

export function destinationAddress(event: EventCursor): string {
  return address(event, event.destinationAddressStart, event.destinationAddressLength);
}

function address(event: EventCursor, start: number, lengthBytes: number): string {
  if (lengthBytes === 4) return formatIpv4(event.bytes, start);
  return lengthBytes === 16 ? formatIpv6(event.bytes, start) : '';
}

/**
 * `10.0.0.1:38370->10.0.0.2:80(tcp:SYN|ACK)` as pwru writes it with --output-tcp-flags, IPv6 addresses in brackets;
 * ports only of packets that have them, ICMP with its type or code, `vlan100` behind it when tagged. `(arp)` and `-` for
 * what is not IP. With names they stand in place of the addresses that have one: `client:38370->svc/web:80(tcp)`; where
 * there is not enough room these are shortened, in the middle, and nothing else.
 *
 * An ICMP error says what it is about: `(icmp:frag-needed mtu=1400 about A:1->B:2(udp))`; a tunnel what is inside:
 * `A->B:8472(vxlan 42){C:1->D:80(tcp:SYN)}`. A later fragment has no ports: `A->B(udp frag 1480+)`.
 */
export function tupleText(event: EventCursor, names?: EndpointNames, width?: number): string {
  const vlan = event.hasVlan ? `vlan${event.vlanTci & 0xfff}` : '';
  if (event.ipVersion === 0) return (event.etherType === ETHERTYPE_ARP ? '(arp)' : '-') + vlan;
  const details = detailsOf(event);
  const sourceName = names?.source(event);
  const destinationName = names?.destination(event);
  let source = sourceName?.label ?? host(event, sourceAddress(event));
  let destination = destinationName?.label ?? host(event, destinationAddress(event));
  const inner = details?.inner;
  const isTunnelled = inner !== undefined && inner.kind !== InnerKind.INNER_KIND_ICMP_ERROR;
  const ports = details?.noPorts === true ? noPorts : portText;
  // A tunnel's source port is a hash of the flow inside.
  const sourcePort = isTunnelled ? '' : ports(event.ipProtocol, event.sourcePort);
  const inParentheses = protocolText(event, details);
  const inside = isTunnelled ? `{${innerText(inner)}}` : '';
  const rest = `${ports(event.ipProtocol, event.destinationPort)}(${inParentheses})${inside}${vlan}`;
  if (width !== undefined && (sourceName ?? destinationName) !== undefined) {
    const room = width - sourcePort.length - ARROW.length - rest.length;
    // An address says nothing when it is cut: only names give way, and two names to each other.
    const ofDestination =
      destinationName === undefined
        ? destination.length
        : Math.min(destination.length, Math.max(room >> 1, MIN_HOST));
    if (sourceName !== undefined)
      source = cutMiddle(source, Math.max(room - ofDestination, MIN_HOST));
    if (destinationName !== undefined)
      destination = cutMiddle(destination, Math.max(room - source.length, MIN_HOST));
  }
  return `${source}${sourcePort}${ARROW}${destination}${rest}`;
}

/** The packet inside: `10.244.0.1:43644->10.244.0.2:80(tcp:SYN)`. */
function innerText(inner: InnerPacket): string {
  const { ipProtocol, sourcePort, destinationPort } = inner;
  const ports = inner.noPorts ? noPorts : portText;
  const source = innerHost(inner.sourceAddress) + ports(ipProtocol, sourcePort);
  const destination = innerHost(inner.destinationAddress) + ports(ipProtocol, destinationPort);
  return `${source}${ARROW}${destination}(${transportText(inner)})`;
}

function innerHost(bytes: Uint8Array): string {
  return bytes.length === 16 ? `[${innerAddress(bytes)}]` : innerAddress(bytes);
}

/** Without brackets; empty when it is none. */
export function innerAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return formatIpv4(bytes, 0);
  return bytes.length === 16 ? formatIpv6(bytes, 0) : '';
}

function host(event: EventCursor, addressText: string): string {
  return event.ipVersion === 6 ? `[${addressText}]` : addressText;
}

/** Whether packets of the protocol have ports, but for later fragments. */
export function hasPorts(ipProtocol: number): boolean {
  return ipProtocol === TCP || ipProtocol === UDP || ipProtocol === SCTP;
}

/** `:80`, or nothing. */
function portText(ipProtocol: number, port: number): string {
  return hasPorts(ipProtocol) ? `:${port}` : '';
}

function noPorts(): string {
  return '';
}

const tunnelNames: Readonly<Record<number, string>> = {
  [InnerKind.INNER_KIND_VXLAN]: 'vxlan',
  [InnerKind.INNER_KIND_GENEVE]: 'geneve',
  [InnerKind.INNER_KIND_IPIP]: 'ipip',
  [InnerKind.INNER_KIND_GRE]: 'gre',
};

/** Name of what a packet has inside: `icmp-error`, `vxlan`, ... */
export function innerKindName(kind: number): string {
  return tunnelNames[kind] ?? (kind === InnerKind.INNER_KIND_ICMP_ERROR ? 'icmp-error' : '');
}

function protocolText(event: EventCursor, details: PacketDetails | undefined): string {
  const { ipProtocol, tcpFlags: flags, icmpTypeCode } = event;
  const fragmentOffsetBytes = details?.fragmentOffsetBytes ?? 0;
  const text = transportText({ ipProtocol, tcpFlags: flags, icmpTypeCode, fragmentOffsetBytes });
  const inner = details?.inner;
  if (inner === undefined) return text;
  const { kind, value } = inner;
  if (kind === InnerKind.INNER_KIND_ICMP_ERROR) {
    return `${text}${value === 0 ? '' : ` mtu=${value}`} about ${innerText(inner)}`;
  }
  const hasNumber = value !== 0 || ipProtocol === UDP;
  return `${tunnelNames[kind] ?? text}${hasNumber ? ` ${value}` : ''}`;
}

function transportText(packet: {
  readonly ipProtocol: number;
  readonly tcpFlags: number;
  readonly icmpTypeCode: number;
  readonly fragmentOffsetBytes: number;
}): string {
  const name = protocolName(packet.ipProtocol);
  if (packet.fragmentOffsetBytes !== 0) return `${name} frag ${packet.fragmentOffsetBytes}+`;
  switch (packet.ipProtocol) {
    case TCP:
      return packet.tcpFlags === 0 ? name : `${name}:${tcpFlagTexts[packet.tcpFlags & 0xff]}`;
    case ICMP:
      return `${name}:${icmpText(packet.icmpTypeCode)}`;
    case ICMP6:
      return `${name}:${icmp6Text(packet.icmpTypeCode)}`;
    default:
      return name;
  }
}

/** The tuple of the last event, without names: most events have that of the one before. To be asked for each that differs. */
export class TupleMemo {
  #text: string | undefined;

  text(event: EventCursor): string {
    // Without an IP header it depends on more.
    if (this.#text === undefined || event.ipVersion === 0 || !event.repeatsTuple) {
      this.#text = tupleText(event);
    }
    return this.#text;
  }
}
