import type { EventCursor } from '../event-decoder.ts';
import { formatIpv4, formatIpv6 } from '../ip-address.ts';
import { cutMiddle } from './cut-text.ts';
import type { EndpointNames } from './endpoint-names.ts';

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

/** Type of RFC 792 by number; others are shown as `TYPE/CODE`. */
const icmpNames: Readonly<Record<number, string>> = {
  0: 'echo-reply',
  3: 'unreachable',
  5: 'redirect',
  8: 'echo-request',
  11: 'time-exceeded',
};

/** Type of RFC 4443, 4861 and 3810. */
const icmp6Names: Readonly<Record<number, string>> = {
  1: 'unreachable',
  2: 'too-big',
  3: 'time-exceeded',
  128: 'echo-request',
  129: 'echo-reply',
  133: 'router-solicit',
  134: 'router-advert',
  135: 'neighbor-solicit',
  136: 'neighbor-advert',
  143: 'mld2-report',
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
 * ports only for protocols that have them, ICMP with its type, `vlan100` behind it when tagged. `(arp)` and `-` for
 * what is not IP. With names they stand in place of the addresses that have one: `client:38370->svc/web:80(tcp)`; where
 * there is not enough room these are shortened, in the middle, and nothing else.
 */
export function tupleText(event: EventCursor, names?: EndpointNames, width?: number): string {
  const vlan = event.hasVlan ? `vlan${event.vlanTci & 0xfff}` : '';
  if (event.ipVersion === 0) return (event.etherType === ETHERTYPE_ARP ? '(arp)' : '-') + vlan;
  const sourceName = names?.source(event);
  const destinationName = names?.destination(event);
  let source = sourceName?.label ?? host(event, sourceAddress(event));
  let destination = destinationName?.label ?? host(event, destinationAddress(event));
  const sourcePort = portText(event, event.sourcePort);
  const rest = `${portText(event, event.destinationPort)}(${protocolText(event)})${vlan}`;
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

function host(event: EventCursor, addressText: string): string {
  return event.ipVersion === 6 ? `[${addressText}]` : addressText;
}

/** `:80`, or nothing. */
function portText({ ipProtocol }: EventCursor, port: number): string {
  return ipProtocol === TCP || ipProtocol === UDP || ipProtocol === SCTP ? `:${port}` : '';
}

function protocolText(event: EventCursor): string {
  const name = protocolName(event.ipProtocol);
  switch (event.ipProtocol) {
    case TCP:
      return event.tcpFlags === 0 ? name : `${name}:${tcpFlagTexts[event.tcpFlags & 0xff]}`;
    case ICMP:
      return `${name}:${icmpText(event.icmpTypeCode, icmpNames)}`;
    case ICMP6:
      return `${name}:${icmpText(event.icmpTypeCode, icmp6Names)}`;
    default:
      return name;
  }
}

function icmpText(typeCode: number, names: Readonly<Record<number, string>>): string {
  const type = typeCode >>> 8;
  return names[type] ?? `${type}/${typeCode & 0xff}`;
}
