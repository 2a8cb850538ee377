import Long from 'long';
import { expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { Random } from '../../testing/random.ts';
import { RenderedSession } from '../../testing/rendered-text.ts';
import { EventCursor } from '../events/cursor.ts';
import { Dictionary } from '../events/dictionary.ts';
import { plainStyle } from '../terminal/style.ts';
import type { NameLookup } from './endpoint-names.ts';
import { JsonRenderer } from './json.ts';
import type { EventRenderer } from './renderer.ts';
import { TableRenderer } from './table.ts';

/*
 * Renderers use again what they made of the event before when nothing else has changed: what they print must not depend
 * on what came before.
 */

const started = new pwru.v1.Started({ node: 'node-1', bootToWallNs: Long.fromNumber(1e18) });

function dictionaryEntries(netnsName: string): pwru.v1.DictionaryEntry.$Properties[] {
  return [
    { id: 1, function: { name: 'ip_rcv' } },
    { id: 2, function: { name: 'nf_hook_slow' } },
    { id: 1, dropReason: { name: 'NO_SOCKET' } },
    { id: 1, codeLocation: { symbol: 'kfree_skb', offsetBytes: 7 } },
    { id: 1, interface: { name: 'eth0', index: 2 } },
    { id: 1, process: { name: 'curl', pid: 7, context: 1 } },
    { id: 1, networkNamespace: { inode: 11, name: netnsName } },
  ];
}

const bytes = (last: number) => Uint8Array.of(10, 0, 0, last);

/** Two values for each field. */
const values = {
  skbAddress: [Long.fromBits(1, 3), Long.fromBits(1, 4)],
  packetId: [Long.fromBits(1, 0), Long.fromBits(1, 1)],
  cpu: [0, 1],
  netnsInode: [11, 12],
  interfaceId: [1, 0],
  processId: [1, 0],
  mark: [0, 1],
  lengthBytes: [60, 74],
  mtuBytes: [1500, 9000],
  etherType: [0x0800, 0],
  ipVersion: [4, 0],
  sourceAddress: [bytes(1), bytes(2)],
  destinationAddress: [bytes(3), bytes(4)],
  ipProtocol: [6, 17],
  sourcePort: [1, 2],
  destinationPort: [80, 81],
  tcpFlags: [2, 16],
  icmpTypeCode: [0, 257],
  vlanTci: [0, 5],
  hasVlan: [false, true],
} as const;

type Field = keyof typeof values;

/** The same packet a little later, or with one field that differs. */
function nextEvent(random: Random, before: pwru.v1.Event.$Properties): pwru.v1.Event.$Properties {
  const bootTimeNs = Long.fromNumber(1e9 + random.below(1e6));
  const own = {
    bootTimeNs,
    functionId: random.pick([1, 2]),
    dropReasonId: random.oneIn(4) ? 1 : 0,
    dropLocationId: random.below(2),
    stackLocationIds: random.oneIn(4) ? [1, 2] : [],
  };
  if (random.oneIn(2)) return { ...before, ...own };
  const field = random.pick(Object.keys(values) as [Field, ...Field[]]);
  return { ...before, ...own, [field]: values[field][random.below(2)] };
}

/** The fields that depend on the packet's earlier events. */
function withoutHistory(text: string): string {
  return text.replace(/"since(First|Previous)Ns":-?\d+/g, '');
}

/** Of some addresses. */
const names: NameLookup = {
  homeNamespace: 'demo',
  nameAt: (bytes, { start }) =>
    (bytes[start + 3] ?? 0) % 2 === 0 ? undefined : { kind: 'pod', namespace: 'demo', name: 'web' },
};

const renderers: ReadonlyArray<[string, () => EventRenderer]> = [
  ['JsonRenderer with names', () => new JsonRenderer(names)],
  ['JsonRenderer', () => new JsonRenderer()],
  [
    'TableRenderer of a machine',
    () =>
      new TableRenderer({
        ...{ timestamp: 'none', headers: false, style: plainStyle },
        ...{ terminalWidth: undefined, place: 'machine' },
      }),
  ],
  ...(['none', 'absolute'] as const).map((timestamp): [string, () => EventRenderer] => [
    `TableRenderer, timestamp ${timestamp}`,
    () =>
      new TableRenderer({
        ...{ timestamp, headers: false, style: plainStyle },
        ...{ terminalWidth: undefined, place: 'cluster', names },
      }),
  ]),
];

test.each(renderers)('%s prints each event as if it were the first', (_, create) => {
  const random = new Random(7);
  const dictionary = new Dictionary();
  const session = { node: 'node-1', started, dictionary };
  const streaming = new RenderedSession(create(), session);
  const cursor = new EventCursor();
  let event: pwru.v1.Event.$Properties = {};
  let repeated = 0;
  let all = 0;
  for (let batchNumber = 0; batchNumber < 300; batchNumber++) {
    if (batchNumber % 50 === 0) dictionary.add(dictionaryEntries(`ns${batchNumber}`));
    const events = Array.from({ length: random.below(6) }, () => {
      event = nextEvent(random, event);
      return event;
    });
    cursor.reset(pwru.v1.EventBatch.encode({ events }).finish());
    for (const own of events) {
      expect(cursor.next()).toBe(true);
      all++;
      if (cursor.repeatsPacket) repeated++;
      const alone = new RenderedSession(create(), session);
      const first = new EventCursor();
      first.reset(pwru.v1.EventBatch.encode({ events: [own] }).finish());
      first.next();
      const text = streaming.textOf(cursor);
      expect(withoutHistory(text)).toBe(withoutHistory(alone.textOf(first)));
      if (text.startsWith('{')) expect(`${JSON.stringify(JSON.parse(text))}\n`).toBe(text);
    }
    expect(cursor.next()).toBe(false);
  }
  expect(repeated).toBeGreaterThan(all / 2);
  expect(repeated).toBeLessThan(all);
});
