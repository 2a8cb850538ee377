import type { EventRecord } from '../core/event/event-record.ts';
import { EVENT } from '../core/event/layout.ts';
import type { TargetPlaces } from '../kernel/target-maps.ts';
import type { PlaceTest } from './undecided-events.ts';

/**
 * Whether a record is in a place of the session, as the programs test it (bpf/include/pod.h): in a target's namespace; or, in
 * the node's own, on the node's end of a pod's interface, or from or to an address, or a port of one.
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
    const netns = wordOf(record, EVENT.netns.offset);
    if (targets.has(netns)) return true;
    if (!counting.has(netns)) return false;
    if (nodeEnds.has(`${netns} ${wordOf(record, EVENT.ifindex.offset)}`)) return true;
    const protocol = record.bytes[record.offset + EVENT.l4_proto.offset];
    return ends.some(({ address, port }) => {
      const text = addressOf(record, address.offset);
      const number = record.halves[(record.offset + port.offset) >>> 1];
      return known.has(text) || knownPorts.has(`${text} ${number} ${protocol}`);
    });
  };
}

const ends = [
  { address: EVENT.saddr, port: EVENT.sport },
  { address: EVENT.daddr, port: EVENT.dport },
] as const;

function wordOf(record: EventRecord, offset: number): number {
  return (record.words[(record.offset + offset) >>> 2] ?? 0) >>> 0;
}

/** Hexadecimal; empty without an IP header. */
function addressOf({ bytes, offset: start }: EventRecord, offset: number): string {
  const version = bytes[start + EVENT.ip_version.offset];
  const lengthBytes = version === 4 ? 4 : version === 6 ? 16 : 0;
  const from = start + offset;
  return Buffer.from(bytes.subarray(from, from + lengthBytes)).toString('hex');
}
