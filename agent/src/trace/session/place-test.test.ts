import { expect, test } from 'vitest';
import { type EventFields, eventBytes } from '../../../../test/support/event-records.ts';
import { EventRecord } from '../../core/record/record-view.ts';
import { placeTest } from './place-test.ts';

const [target, node, other] = [11, 12, 13];
const isOwn = placeTest({
  namespaces: [target],
  nodeNamespace: node,
  interfaces: [{ netnsInode: node, index: 5 }],
  ports: [{ address: Uint8Array.of(10, 0, 0, 2), port: 80, protocol: 6 }],
  addresses: [Uint8Array.of(10, 0, 0, 1), Uint8Array.of(0xfd, ...Array(14).fill(0), 1)],
});
const v4 = Uint8Array.of(10, 0, 0, 1);
const v4b = Uint8Array.of(10, 0, 0, 2);
const node2 = { netns: node, outer_ip_version: 4 };
const v6 = Uint8Array.of(0xfd, ...Array(14).fill(0), 1);

/** An IPv4 packet to this address inside the packet. */
function inside(destination: Uint8Array, kind: number): EventFields {
  const inner = Uint8Array.of(0x45, ...Array(15).fill(0), ...destination);
  return { inner_kind: kind, inner_bytes: inner.length, inner };
}

test.each<[string, EventFields, boolean]>([
  ["a target's namespace", { netns: target }, true],
  ["the node's end of a pod's interface", { netns: node, ifindex: 5 }, true],
  ['another interface of the node', { netns: node, ifindex: 6 }, false],
  ['an interface of that index elsewhere', { netns: other, ifindex: 5 }, false],
  ['from an address, on the node', { netns: node, outer_ip_version: 4, outer_saddr: v4 }, true],
  ['to an address, on the node', { netns: node, outer_ip_version: 6, outer_daddr: v6 }, true],
  ['to an address, elsewhere', { netns: other, outer_ip_version: 4, outer_daddr: v4 }, false],
  [
    'the same bytes of another version',
    { netns: node, outer_ip_version: 6, outer_saddr: v4 },
    false,
  ],
  [
    'from a port of an address',
    { ...node2, outer_saddr: v4b, outer_sport: 80, outer_l4_proto: 6 },
    true,
  ],
  [
    'to a port of an address',
    { ...node2, outer_daddr: v4b, outer_dport: 80, outer_l4_proto: 6 },
    true,
  ],
  [
    'to the port of another address',
    { ...node2, outer_saddr: v4b, outer_dport: 80, outer_l4_proto: 6 },
    false,
  ],
  [
    'to it by another protocol',
    { ...node2, outer_daddr: v4b, outer_dport: 80, outer_l4_proto: 17 },
    false,
  ],
  [
    'to another port of it',
    { ...node2, outer_daddr: v4b, outer_dport: 81, outer_l4_proto: 6 },
    false,
  ],
  ['inside another packet, to an address', { ...node2, ...inside(v4, 1) }, true],
  ['inside another packet, to another', { ...node2, ...inside(v4b, 1) }, false],
  ['what lies there when nothing is inside', { ...node2, ...inside(v4, 0) }, false],
  ['no IP header', { netns: node, outer_saddr: v4 }, false],
])('%s: %j is %s', (_what, fields, expected) => {
  const bytes = eventBytes(fields);
  const memory = new ArrayBuffer(bytes.length + 8);
  new Uint8Array(memory).set(bytes, 8);
  const record = new EventRecord(0, memory);
  record.offset = 8;
  expect(isOwn(record)).toBe(expected);
});
