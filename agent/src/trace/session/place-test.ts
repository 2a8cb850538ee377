import { HIT } from '../../core/record/layout.ts';
import type { EventRecord } from '../../core/record/record-view.ts';
import type { TargetPlaces } from '../../kernel/bpf/target-maps.ts';
import type { PlaceTest } from '../stream/undecided-events.ts';

/**
 * Whether a record is in a place of the session, as the programs test it (bpf/include/pod.h): in a target's namespace; or, in
 * the node's own, on the node's end of a pod's interface, or from or to an address, or a port of one; also when it is the
 * packet inside that has the address.
 */
export function placeTest({
  namespaces,
  addressed = [],
  nodeNamespace,
  interfaces = [],
  addresses = [],
  ports = [],
}: TargetPlaces): PlaceTest {
  const targets = new Set(namespaces);
  const counting = new Set([...addressed, nodeNamespace]);
  const nodeEnds = new Set(
    [...interfaces].map(({ netnsInode, index }) => `${netnsInode} ${index}`),
  );
  const known = new Set([...addresses].map((address) => Buffer.from(address).toString('hex')));
  const knownPorts = new Set(
    [...ports].map(
      ({ address, port, protocol }) =>
        `${Buffer.from(address).toString('hex')} ${port} ${protocol}`,
    ),
  );
  return (record) => {
    const netns = wordOf(record, HIT.netns.offset);
    if (targets.has(netns)) return true;
    // Of an end nothing more is known.
    if (!counting.has(netns) || record.isEnd) return false;
    if (nodeEnds.has(`${netns} ${wordOf(record, HIT.ifindex.offset)}`)) return true;
    if (innerAddresses(record).some((address) => known.has(address))) return true;
    const protocol = record.bytes[record.offset + HIT.outer_l4_proto.offset];
    return ends.some(({ address, port }) => {
      const text = addressOf(record, address.offset);
      const number = record.halves[(record.offset + port.offset) >>> 1];
      return known.has(text) || knownPorts.has(`${text} ${number} ${protocol}`);
    });
  };
}

const ends = [
  { address: HIT.outer_saddr, port: HIT.outer_sport },
  { address: HIT.outer_daddr, port: HIT.outer_dport },
] as const;

function wordOf(record: EventRecord, offset: number): number {
  return (record.words[(record.offset + offset) >>> 2] ?? 0) >>> 0;
}

/** Hexadecimal; empty without an IP header. */
function addressOf({ bytes, offset: start }: EventRecord, offset: number): string {
  const version = bytes[start + HIT.outer_ip_version.offset];
  const lengthBytes = version === 4 ? 4 : version === 6 ? 16 : 0;
  return hexadecimal(bytes, start + offset, lengthBytes);
}

/** Source and destination of the packet inside the packet: where RFC 791 and RFC 8200 have them. */
function innerAddresses({ bytes, offset: start }: EventRecord): string[] {
  const inner = start + HIT.inner.offset;
  const innerBytes = bytes[start + HIT.inner_bytes.offset] ?? 0;
  if ((bytes[start + HIT.inner_kind.offset] ?? 0) === 0) return [];
  const version = (bytes[inner] ?? 0) >>> 4;
  if (version === 4 && innerBytes >= 20) {
    return [hexadecimal(bytes, inner + 12, 4), hexadecimal(bytes, inner + 16, 4)];
  }
  if (version === 6 && innerBytes >= 40) {
    return [hexadecimal(bytes, inner + 8, 16), hexadecimal(bytes, inner + 24, 16)];
  }
  return [];
}

function hexadecimal(bytes: Uint8Array, from: number, lengthBytes: number): string {
  return Buffer.from(bytes.subarray(from, from + lengthBytes)).toString('hex');
}
