import { hasPorts, innerTuple } from './inner-tuple.ts';
import { HIT, PWRU_INNER_NONE, PWRU_TUPLE_PORTS } from './layout.ts';
import { ProtoWriter } from './proto-writer.ts';
import type { EventRecord } from './record-view.ts';

/** Largest pwru.v1.PacketDetails: five small fields, and an inner packet of eleven with two addresses of 16 bytes. */
export const DETAILS_MAX_BYTES =
  2 + 4 + 2 + 6 + 2 + (2 + 6 + 2 + 2 * 18 + 3 + 2 * 4 + 2 + 3 + 4 + 4);

/** Whether a record has what pwru.v1.PacketDetails says: nearly none does. */
export function hasDetails({ bytes, halves, offset }: EventRecord): boolean {
  return (
    bytes[offset + HIT.mtu_source.offset] !== 0 ||
    bytes[offset + HIT.inner_kind.offset] !== PWRU_INNER_NONE ||
    halves[(offset + HIT.outer_fragment_bytes.offset) >>> 1] !== 0 ||
    lacksPorts(bytes, offset)
  );
}

/** pwru.v1.PacketDetails of a record that has some. */
export function packetDetails(record: EventRecord): ProtoWriter {
  const { bytes, halves, words, offset } = record;
  const writer = new ProtoWriter()
    .bool(1, lacksPorts(bytes, offset))
    .uint32(2, halves[(offset + HIT.outer_fragment_bytes.offset) >>> 1] ?? 0)
    .uint32(3, bytes[offset + HIT.mtu_source.offset] ?? 0)
    .uint32(4, words[(offset + HIT.mtu_ifindex.offset) >>> 2] ?? 0);
  const inner = innerPacket(record);
  return inner === undefined ? writer : writer.message(5, inner);
}

function lacksPorts(bytes: Uint8Array, offset: number): boolean {
  return (
    ((bytes[offset + HIT.outer_flags.offset] ?? 0) & PWRU_TUPLE_PORTS) === 0 &&
    hasPorts(bytes[offset + HIT.outer_l4_proto.offset] ?? 0)
  );
}

/** pwru.v1.InnerPacket; undefined when there is none, or none that could be read. */
function innerPacket({ bytes, words, offset }: EventRecord): ProtoWriter | undefined {
  const kind = bytes[offset + HIT.inner_kind.offset] ?? PWRU_INNER_NONE;
  if (kind === PWRU_INNER_NONE) return undefined;
  const start = offset + HIT.inner.offset;
  const length = Math.min(bytes[offset + HIT.inner_bytes.offset] ?? 0, HIT.inner.size);
  const packet = bytes.subarray(start, start + length);
  const tuple = innerTuple(packet);
  if (tuple === undefined) return undefined;
  const address = (at: number) => packet.subarray(at, at + tuple.addressBytes);
  return new ProtoWriter()
    .uint32(1, kind)
    .uint32(2, words[(offset + HIT.inner_value.offset) >>> 2] ?? 0)
    .uint32(3, tuple.ipVersion)
    .bytes(4, address(tuple.sourceAt))
    .bytes(5, address(tuple.destinationAt))
    .uint32(6, tuple.ipProtocol)
    .uint32(7, tuple.sourcePort)
    .uint32(8, tuple.destinationPort)
    .bool(9, hasPorts(tuple.ipProtocol) && !tuple.hasPorts)
    .uint32(10, tuple.tcpFlags)
    .uint32(11, tuple.icmpTypeCode)
    .uint32(12, tuple.fragmentOffsetBytes);
}
