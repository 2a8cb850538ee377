import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EventEncoder } from '../../agent/src/core/record/encoder.ts';
import type { EventNames } from '../../agent/src/core/record/event-names.ts';
import {
  END,
  HIT,
  PWRU_FLAG_DROP,
  PWRU_SECTION_DROP,
  RECORD,
  SECTION,
} from '../../agent/src/core/record/layout.ts';
import { HIT_MAX_BYTES } from '../../agent/src/core/record/record-view.ts';
import { RingCursor } from '../../agent/src/core/ring/ring-cursor.ts';
import { endOfTime, RingMerge } from '../../agent/src/core/ring/ring-merge.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { RingProducer } from '../support/ring-producer.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';

const RING_BYTES = 4_096;

/** One reservation: its payload's length, what it is filled with, and how it ends. */
const reservation = fc.record({
  lengthBytes: fc.oneof(
    ...[fc.constant(HIT.SIZE), fc.constant(HIT_MAX_BYTES), fc.constant(END.SIZE), fc.nat(800)],
  ),
  words: fc.array(fc.nat(0xffff_ffff), { minLength: 1, maxLength: 12 }),
  ipVersion: fc.constantFrom(4, 4, 6, 6, 0, 5),
  timeNs: fc.nat(1_000),
  /** Mostly one that is there. */
  kind: fc.constantFrom(1, 1, 1, 1, 2, 2, 3),
  flags: fc.constantFrom(0, 0, PWRU_FLAG_DROP, 0xffff),
  sections: fc.array(
    fc.record({
      type: fc.constantFrom(PWRU_SECTION_DROP, 2, 2, 3, 9, 0),
      bytes: fc.constantFrom(40, 8, 16, 24, 408, 0, 12, 0xfff8),
    }),
    { maxLength: 4 },
  ),
  spareBytes: fc.constantFrom(0, 0, 0, 8, -8, 4, 1_000_000, -1_000),
  end: fc.constantFrom('commit', 'commit', 'commit', 'discard', 'busy'),
});
type Reservation = typeof reservation extends fc.Arbitrary<infer T> ? T : never;

/** A word of the ring that somebody overwrites: anything, or a length with its bits. */
const overwritten = fc.tuple(fc.nat(RING_BYTES / 4 - 1), fc.nat(0xffff_ffff));

const startPosition = fc.constantFrom(
  ...[0n, 2_048n, 2n ** 31n - 512n, 2n ** 32n - 1_024n, 2n ** 64n - 512n],
);

const ring = fc.record({
  start: startPosition,
  reservations: fc.array(reservation, { maxLength: 8 }),
  overwritten: fc.array(overwritten, { maxLength: 4 }),
});
type RingCase = typeof ring extends fc.Arbitrary<infer T> ? T : never;

/** A record that is mostly well-formed, or nearly so. */
function payloadOf(reserved: Reservation): Uint8Array {
  const { lengthBytes, words, ipVersion, timeNs } = reserved;
  const payload = new Uint8Array(lengthBytes);
  const view = new DataView(payload.buffer);
  for (let at = 0; at + 4 <= lengthBytes; at += 4)
    view.setUint32(at, words[(at / 4) % words.length] ?? 0, true);
  if (lengthBytes < END.SIZE) return payload;
  view.setBigUint64(RECORD.time_ns.offset, BigInt(timeNs), true);
  view.setUint16(RECORD.kind.offset, reserved.kind, true);
  view.setUint16(RECORD.flags.offset, reserved.flags, true);
  let end: number = reserved.kind === 2 ? END.SIZE : HIT.SIZE;
  if (lengthBytes >= HIT.SIZE) view.setUint8(HIT.outer_ip_version.offset, ipVersion);
  for (const { type, bytes } of reserved.kind === 2 ? [] : reserved.sections) {
    if (end + SECTION.SIZE > lengthBytes) break;
    view.setUint16(end + SECTION.type.offset, type, true);
    view.setUint16(end + SECTION.bytes.offset, bytes, true);
    end += bytes;
  }
  view.setUint32(RECORD.bytes.offset, end + reserved.spareBytes, true);
  return payload;
}

function filled({ start, reservations, overwritten: words }: RingCase, cpu: number): RingProducer {
  const producer = new RingProducer(cpu, RING_BYTES, start);
  for (const reserved of reservations) {
    const offset = producer.reserve(payloadOf(reserved));
    if (offset === undefined || reserved.end === 'busy') continue;
    producer.commit(offset, { discard: reserved.end === 'discard' });
  }
  const memory = new Uint32Array(producer.memory.data);
  for (const [word, value] of words) {
    memory[word] = value;
    memory[word + RING_BYTES / 4] = value;
  }
  return producer;
}

const names: EventNames = {
  functionAt: (address) => ({ name: `f${address % 7n}`, module: '', tracepoint: false }),
  codeLocationAt: (address) => ({ symbol: `s${address % 7n}`, offsetBytes: 1, module: '' }),
  dropReasonName: (value) => `REASON_${value}`,
  networkNamespaceOf: (inode) => ({ name: `${inode}` }),
};

/** One encoder for all cases, as an agent has one for all that its session ever sees. */
const encoder = new EventEncoder(names, { hashSeed: 1, shortRepeats: true, tellsEnds: true });

/** What goes to the client is valid, whatever is in the records. */
function sendBatch(): number {
  const dictionary = encoder.dictionary.take();
  if (dictionary !== undefined) assert(pwru.v1.TraceResponse.decode(dictionary).dictionary);
  const batch = encoder.take();
  if (batch === undefined) return 0;
  return pwru.v1.TraceResponse.decode(batch).events?.events?.length ?? 0;
}

/** A record is 8 bytes of header at least. */
const MAX_RECORDS = RING_BYTES / 8;

function readAll(producer: RingProducer): void {
  const cursor = new RingCursor(producer.memory);
  cursor.snapshot();
  let records = 0;
  let sent = 0;
  while (cursor.advance()) {
    records += 1;
    const { record } = cursor;
    assert(record.offset >= 8 && record.end <= 2 * RING_BYTES);
    assert(record.usedBytes >= (record.isEnd ? END.SIZE : HIT.SIZE));
    if (encoder.isFull) sent += sendBatch();
    if (record.isEnd) encoder.appendEnd(record);
    else encoder.append(record);
  }
  assert.equal(sent + sendBatch(), records);
  const left = cursor.pendingBytes;
  assert(left <= RING_BYTES);
  records += cursor.abandon();
  assert(records + cursor.malformed <= MAX_RECORDS);
  cursor.release();
  assert.equal(producer.consumerPosition, producer.producerPosition);
}

/** Times of the records that can be read, in the order of a stable sort. */
function expectedTimes(producers: readonly RingProducer[]): number[] {
  const times: number[] = [];
  for (const { memory } of producers) {
    const cursor = new RingCursor(memory);
    cursor.snapshot();
    while (cursor.advance()) times.push(cursor.record.timeNs);
  }
  return times.sort((a, b) => a - b);
}

/** Within a ring the records are in the order of their times, as the kernel makes them. */
function inOrder(given: RingCase): RingCase {
  const reservations = given.reservations.toSorted((a, b) => a.timeNs - b.timeNs);
  return { ...given, reservations };
}

export const ringRecords: FuzzSubject = {
  name: 'ring records',
  properties: [
    property(
      'damaged rings: every byte is passed once, what is sent can be decoded',
      ring,
      (given) => readAll(filled(given, 0)),
      { boundedCases: 1_500 },
    ),
    property(
      'several rings: every record once, the oldest first',
      fc.array(ring.map(inOrder), { maxLength: 4 }),
      (rings) => {
        const undamaged = rings.map((given) => ({ ...given, overwritten: [] }));
        const producers = undamaged.map((given, cpu) => filled(given, cpu));
        const merge = new RingMerge(producers.map(({ memory }) => new RingCursor(memory)));
        merge.begin(endOfTime);
        const times: number[] = [];
        for (let record = merge.next(); record !== undefined; record = merge.next())
          times.push(record.timeNs);
        assert.deepEqual(times, expectedTimes(undamaged.map((given, cpu) => filled(given, cpu))));
      },
      { boundedCases: 800 },
    ),
  ],
};
