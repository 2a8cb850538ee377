import Long from 'long';
import protobuf from 'protobufjs/minimal.js';
import { describe, expect, test } from 'vitest';
import { pwru } from '../../proto/gen/pwru.js';
import { EventCursor } from './event-decoder.ts';
import { detailsOf, type PacketDetails } from './event-details.ts';
import { Random } from './testing/random.ts';

type Wire = (writer: protobuf.Writer) => void;

/** All fields of the event that the cursor stands on, in the form of the generated decoder's message. */
function snapshot(cursor: EventCursor): pwru.v1.Event.$Properties {
  const { bytes } = cursor;
  const slice = (start: number, length: number) =>
    Uint8Array.from(bytes.subarray(start, start + length));
  return {
    bootTimeNs: new Long(cursor.bootTimeNsLow, cursor.bootTimeNsHigh, true),
    skbAddress: new Long(cursor.skbAddressLow, cursor.skbAddressHigh, true),
    packetId: new Long(cursor.packetIdLow, cursor.packetIdHigh, true),
    functionId: cursor.functionId,
    cpu: cursor.cpu,
    netnsInode: cursor.netnsInode,
    interfaceId: cursor.interfaceId,
    processId: cursor.processId,
    mark: cursor.mark,
    lengthBytes: cursor.lengthBytes,
    mtuBytes: cursor.mtuBytes,
    etherType: cursor.etherType,
    ipVersion: cursor.ipVersion,
    sourceAddress: slice(cursor.sourceAddressStart, cursor.sourceAddressLength),
    destinationAddress: slice(cursor.destinationAddressStart, cursor.destinationAddressLength),
    ipProtocol: cursor.ipProtocol,
    sourcePort: cursor.sourcePort,
    destinationPort: cursor.destinationPort,
    tcpFlags: cursor.tcpFlags,
    icmpTypeCode: cursor.icmpTypeCode,
    vlanTci: cursor.vlanTci,
    hasVlan: cursor.hasVlan,
    dropReasonId: cursor.dropReasonId,
    dropLocationId: cursor.dropLocationId,
    stackLocationIds: [...cursor.stackLocationIds],
    details: plainDetails(detailsOf(cursor)),
  };
}

/** An empty message says no more than none. */
function plainDetails(details: PacketDetails | undefined): Record<string, unknown> | null {
  if (details === undefined) return null;
  const { inner, ...own } = details;
  const plain = {
    ...own,
    inner: inner === undefined ? null : { kind: inner.kind, value: inner.value },
  };
  return Object.values(plain).some(Boolean) ? plain : null;
}

function decodedDetails(event: pwru.v1.Event.$Properties): Record<string, unknown> | null {
  if (!event.details) return null;
  const details = new pwru.v1.PacketDetails(event.details);
  const { noPorts, fragmentOffsetBytes, mtuSource, mtuInterfaceIndex, inner } = details;
  return plainDetails({
    ...{ noPorts, fragmentOffsetBytes, mtuSource, mtuInterfaceIndex },
    inner: inner ? new pwru.v1.InnerPacket(inner) : undefined,
  });
}

/** The same of a message of the generated decoder, its defaults filled in. */
function plain(decoded: pwru.v1.Event.$Properties): pwru.v1.Event.$Properties {
  const unsigned = (value: Long) => new Long(value.low, value.high, true);
  const event = new pwru.v1.Event(decoded);
  const { repeatsPacket: _, ...fields } = Object.fromEntries(Object.entries(event));
  return {
    ...snapshot(new EventCursor()),
    ...fields,
    bootTimeNs: unsigned(event.bootTimeNs),
    skbAddress: unsigned(event.skbAddress),
    packetId: unsigned(event.packetId),
    sourceAddress: Uint8Array.from(event.sourceAddress),
    destinationAddress: Uint8Array.from(event.destinationAddress),
    stackLocationIds: [...event.stackLocationIds],
    details: decodedDetails(decoded),
  };
}

const ownFields = [
  ...(['bootTimeNs', 'functionId', 'dropReasonId', 'dropLocationId', 'stackLocationIds'] as const),
] as const;

/**
 * What the generated decoder makes of a batch, with what `repeats_packet` leaves out filled in.
 * @throws Error when it refuses the batch, or when an event repeats none or has what it should leave out
 */
function expectedEvents(batch: Uint8Array): pwru.v1.Event.$Properties[] {
  const events: pwru.v1.Event.$Properties[] = [];
  for (const decoded of pwru.v1.EventBatch.decode(batch).events) {
    const event = plain(decoded);
    const before = events.at(-1);
    if (decoded.repeatsPacket !== true) {
      events.push(event);
      continue;
    }
    const allowed = new Set<string>([...ownFields, 'repeatsPacket', '$unknowns']);
    if (before === undefined || Object.keys(decoded).some((name) => !allowed.has(name))) {
      throw new Error('Not a repeat');
    }
    const own = Object.fromEntries(ownFields.map((name) => [name, event[name]]));
    events.push({ ...before, ...own });
  }
  return events;
}

const integerFields = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 21, 23, 24] as const;

/** Fields in any order, repeated, absent, unknown, of another wire type, packed or not. */
function randomFields(random: Random): Wire[] {
  const anyLong = () => new Long(random.anyUint32() | 0, random.anyUint32() | 0, true);
  const fields: Wire[] = [];
  for (const field of integerFields) {
    if (!random.oneIn(4)) fields.push((w) => w.uint32((field << 3) | 0).uint32(random.anyUint32()));
    if (random.oneIn(8)) fields.push((w) => w.uint32((field << 3) | 0).uint64(anyLong()));
    if (random.oneIn(20)) fields.push((w) => w.uint32((field << 3) | 5).fixed32(random.uint32()));
  }
  for (const field of [1, 2])
    if (!random.oneIn(4)) fields.push((w) => w.uint32((field << 3) | 1).fixed64(anyLong()));
  if (!random.oneIn(4)) fields.push((w) => w.uint32(3 << 3).uint64(anyLong()));
  if (!random.oneIn(3)) fields.push((w) => w.uint32(22 << 3).bool(random.oneIn(2)));
  for (const field of [14, 15]) {
    if (!random.oneIn(4))
      fields.push((w) =>
        w.uint32((field << 3) | 2).bytes(random.bytes(random.pick([0, 4, 16, 5]))),
      );
  }
  if (random.oneIn(3)) {
    const details = {
      ...{ noPorts: random.oneIn(2), fragmentOffsetBytes: random.anyUint32() },
      inner: random.oneIn(2) ? { kind: random.below(6), value: random.anyUint32() } : null,
    };
    const bytes = pwru.v1.PacketDetails.encode(details).finish();
    fields.push((w) => w.uint32((27 << 3) | 2).bytes(bytes));
  }
  fields.push(...randomStackAndUnknown(random));
  return fields.sort(() => random.below(3) - 1);
}

function randomStackAndUnknown(random: Random): Wire[] {
  const fields: Wire[] = [];
  const anyLong = () => new Long(random.anyUint32() | 0, random.anyUint32() | 0, true);
  const stack = Array.from({ length: random.below(6) }, () => random.anyUint32());
  if (random.oneIn(2)) {
    fields.push((w) => {
      w.uint32((25 << 3) | 2).fork();
      for (const id of stack) w.uint32(id);
      w.ldelim();
    });
  } else for (const id of stack) fields.push((w) => w.uint32(25 << 3).uint32(id));
  for (const field of [28, 31, 400, 100_000]) {
    if (random.oneIn(3))
      fields.push((w) => w.uint32((field << 3) | 2).bytes(random.bytes(random.below(200))));
    if (random.oneIn(5)) fields.push((w) => w.uint32((field << 3) | 0).uint64(anyLong()));
    if (random.oneIn(9)) {
      const group = (w: protobuf.Writer, inner: Wire) => {
        w.uint32((field << 3) | 3);
        inner(w);
        w.uint32((field << 3) | 4);
      };
      fields.push((w) => group(w, (x) => group(x, (y) => y.uint32((4 << 3) | 5).fixed32(7))));
    }
  }
  return fields;
}

/** The fields of an event that repeats the packet of the one before; `repeats_packet` is the first, or not. */
function randomRepeat(random: Random): Wire[] {
  const fields = randomStackAndUnknown(random);
  if (!random.oneIn(6))
    fields.push((w) =>
      w.uint32((1 << 3) | 1).fixed64(new Long(random.anyUint32() | 0, random.anyUint32() | 0)),
    );
  for (const field of [4, 23, 24])
    if (random.oneIn(2)) fields.push((w) => w.uint32(field << 3).uint32(random.anyUint32()));
  const flag: Wire = (w) => w.uint32(26 << 3).bool(true);
  if (random.oneIn(2)) return [flag, ...fields];
  return [...fields, flag].sort(() => random.below(3) - 1);
}

function randomBatch(random: Random): Uint8Array {
  const writer = protobuf.Writer.create();
  for (let events = random.below(8), index = 0; index <= events; index++) {
    const isRepeat = index > 0 && random.oneIn(2);
    writer.uint32((1 << 3) | 2).fork();
    for (const write of isRepeat ? randomRepeat(random) : randomFields(random)) write(writer);
    writer.ldelim();
    if (random.oneIn(4)) writer.uint32((7 << 3) | 2).string('a field of a later version');
  }
  return writer.finish();
}

function decodeAll(batch: Uint8Array): pwru.v1.Event.$Properties[] {
  const cursor = new EventCursor();
  cursor.reset(batch);
  const events = [];
  while (cursor.next()) events.push(snapshot(cursor));
  return events;
}

describe('EventCursor', () => {
  test('agrees with the generated decoder on 1,000 random batches', () => {
    const random = new Random(20_261_122);
    for (let round = 0; round < 1_000; round++) {
      const batch = randomBatch(random);
      expect(decodeAll(batch), `round ${round}`).toEqual(expectedEvents(batch));
    }
  });

  test('accepts and refuses the same damaged batches as the generated decoder', () => {
    const random = new Random(7);
    let refused = 0;
    for (let round = 0; round < 2_000; round++) {
      const batch = randomBatch(random);
      const damaged = random.oneIn(2)
        ? batch.slice(0, random.below(batch.length + 1))
        : batch.map((byte) => (random.oneIn(40) ? random.below(256) : byte));
      let expected: pwru.v1.Event.$Properties[] | undefined;
      try {
        expected = expectedEvents(damaged);
      } catch {
        expected = undefined;
      }
      if (expected === undefined) {
        refused++;
        expect(() => decodeAll(damaged), `round ${round}`).toThrow(RangeError);
      } else {
        expect(decodeAll(damaged), `round ${round}`).toEqual(expected);
      }
    }
    expect(refused).toBeGreaterThan(500);
  });

  test('reads an empty batch and can be used again', () => {
    const cursor = new EventCursor();
    cursor.reset(new Uint8Array(0));
    expect(cursor.next()).toBe(false);
    cursor.reset(
      pwru.v1.EventBatch.encode({
        events: [{ cpu: 3, stackLocationIds: [1] }, { mark: 1 }],
      }).finish(),
    );
    expect(cursor.next()).toBe(true);
    expect(cursor.cpu).toBe(3);
    expect(cursor.next()).toBe(true);
    expect(snapshot(cursor)).toMatchObject({ cpu: 0, mark: 1, stackLocationIds: [] });
    expect(cursor.next()).toBe(false);
    expect(cursor.next()).toBe(false);
  });

  test('an event that repeats the packet of the one before has all its fields', () => {
    const packet = { cpu: 3, sourceAddress: Uint8Array.of(10, 0, 0, 1), mark: 7 };
    const first = { ...packet, functionId: 1, dropReasonId: 5, stackLocationIds: [9] };
    const events = [first, { repeatsPacket: true, functionId: 2 }, { ...packet, functionId: 3 }];
    const cursor = new EventCursor();
    cursor.reset(pwru.v1.EventBatch.encode({ events }).finish());
    const seen = [];
    while (cursor.next()) seen.push({ ...snapshot(cursor), repeats: cursor.repeatsPacket });
    const none = { dropReasonId: 0, stackLocationIds: [] };
    expect(seen).toMatchObject([
      { ...first, repeats: false },
      { ...packet, ...none, functionId: 2, repeats: true },
      { ...packet, ...none, functionId: 3, repeats: true },
    ]);
  });

  test.each([
    ['end of an integer', [0x0a, 0x02, 0x20, 0x80]],
    ['length beyond the batch', [0x0a, 0x05, 0x20]],
    ['length of more than 32 bits', [0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
    ['integer of 11 bytes', [0x0a, 0x0c, 0x20, ...Array<number>(10).fill(0x80), 0x00]],
    ['fixed64 beyond the event', [0x0a, 0x05, 0x09, 1, 2, 3, 4, 5]],
    ['field number 0', [0x0a, 0x02, 0x00, 0x01]],
    ['end of a group that did not begin', [0x0a, 0x01, 0x24]],
    ['group without end', [0x0a, 0x01, 0x23]],
    ['wire type 6', [0x0a, 0x01, 0x26]],
    ['a repeat of nothing', [0x0a, 0x03, 0xd0, 0x01, 0x01]],
    ['a repeat of nothing, seen late', [0x0a, 0x05, 0x20, 0x01, 0xd0, 0x01, 0x01]],
  ])('refuses a batch with %s, naming the place', (_, bytes) => {
    const cursor = new EventCursor();
    cursor.reset(Uint8Array.from(bytes));
    expect(() => cursor.next()).toThrow(
      /^Cannot decode an event batch: wrong .* at byte \d+ of \d+$/,
    );
  });
});
