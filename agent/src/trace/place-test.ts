import type { EventRecord } from '../core/event/event-record.ts';
import { EVENT } from '../core/event/layout.ts';
import type { TargetPlaces } from '../kernel/target-maps.ts';
import type { PlaceTest } from './undecided-events.ts';

/**
 * Whether a record is in a place of the session, as the programs test it (bpf/include/pod.h): in a target's namespace; or, in
 * the node's own, on the node's end of a pod's interface, or from or to an address.
 */
export function placeTest({
  namespaces,
  nodeNamespace,
  interfaces = [],
  addresses = [],
}: TargetPlaces): PlaceTest {
  const targets = new Set(namespaces);
  const nodeEnds = new Set(
    [...interfaces].map(({ netnsInode, index }) => `${netnsInode} ${index}`),
  );
  const known = new Set([...addresses].map((address) => Buffer.from(address).toString('hex')));
  return (record) => {
    const netns = wordOf(record, EVENT.netns.offset);
    if (targets.has(netns)) return true;
    if (netns !== nodeNamespace) return false;
    if (nodeEnds.has(`${netns} ${wordOf(record, EVENT.ifindex.offset)}`)) return true;
    return [EVENT.saddr.offset, EVENT.daddr.offset].some((offset) =>
      known.has(addressOf(record, offset)),
    );
  };
}

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
