/** The tuple of a packet of which the first bytes are known. */
export interface InnerTuple {
  ipVersion: number;
  /** Where the addresses begin in the packet, and their length. */
  sourceAt: number;
  destinationAt: number;
  addressBytes: number;
  ipProtocol: number;
  hasPorts: boolean;
  sourcePort: number;
  destinationPort: number;
  tcpFlags: number;
  icmpTypeCode: number;
  fragmentOffsetBytes: number;
}

const TCP = 6;
const portProtocols: ReadonlySet<number> = new Set([TCP, 17, 132]);
const icmpProtocols: ReadonlySet<number> = new Set([1, 58]);

/** IPv6 extension headers that have a length (RFC 8200 section 4): hop-by-hop, routing, destination options. */
const extensions: ReadonlySet<number> = new Set([0, 43, 60]);
const FRAGMENT = 44;
const AUTHENTICATION = 51;

/** Whether the protocol has ports where TCP has them. */
export function hasPorts(ipProtocol: number): boolean {
  return portProtocols.has(ipProtocol);
}

/**
 * Reads a packet from its IP header on; what is past its bytes stays zero.
 * @returns undefined when there is no whole IP header.
 */
export function innerTuple(packet: Uint8Array): InnerTuple | undefined {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  const version = (packet[0] ?? 0) >> 4;
  if (version === 4 && packet.length >= 20) return ipv4Tuple(packet, view);
  return version === 6 && packet.length >= 40 ? ipv6Tuple(packet, view) : undefined;
}

const empty = {
  ...{ hasPorts: false, sourcePort: 0, destinationPort: 0, tcpFlags: 0, icmpTypeCode: 0 },
  fragmentOffsetBytes: 0,
} as const;

function ipv4Tuple(packet: Uint8Array, view: DataView): InnerTuple {
  const tuple: InnerTuple = {
    ...empty,
    ...{ ipVersion: 4, sourceAt: 12, destinationAt: 16, addressBytes: 4 },
    ipProtocol: packet[9] ?? 0,
    fragmentOffsetBytes: (view.getUint16(6) & 0x1fff) * 8,
  };
  readTransport(tuple, view, ((packet[0] ?? 0) & 0xf) * 4);
  return tuple;
}

function ipv6Tuple(packet: Uint8Array, view: DataView): InnerTuple {
  const tuple: InnerTuple = {
    ...empty,
    ...{ ipVersion: 6, sourceAt: 8, destinationAt: 24, addressBytes: 16 },
    ipProtocol: packet[6] ?? 0,
  };
  let at = 40;
  while (at + 8 <= packet.length) {
    const kind = tuple.ipProtocol;
    const isAuthentication = kind === AUTHENTICATION;
    if (kind !== FRAGMENT && !isAuthentication && !extensions.has(kind)) break;
    tuple.ipProtocol = packet[at] ?? 0;
    if (kind === FRAGMENT) {
      tuple.fragmentOffsetBytes = view.getUint16(at + 2) & 0xfff8;
      at += 8;
    } else {
      const length = packet[at + 1] ?? 0;
      at += isAuthentication ? (length + 2) * 4 : (length + 1) * 8;
    }
    if (tuple.fragmentOffsetBytes !== 0) break;
  }
  readTransport(tuple, view, at);
  return tuple;
}

function readTransport(tuple: InnerTuple, view: DataView, at: number): void {
  if (tuple.fragmentOffsetBytes !== 0) return;
  const { ipProtocol } = tuple;
  if (hasPorts(ipProtocol) && at + 4 <= view.byteLength) {
    tuple.hasPorts = true;
    tuple.sourcePort = view.getUint16(at);
    tuple.destinationPort = view.getUint16(at + 2);
    if (ipProtocol === TCP && at + 14 <= view.byteLength) tuple.tcpFlags = view.getUint8(at + 13);
  } else if (icmpProtocols.has(ipProtocol) && at + 2 <= view.byteLength) {
    tuple.icmpTypeCode = view.getUint16(at);
  }
}
