import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EventCursor } from '../../plugin/src/events/cursor.ts';
import { encodeEventBatch, eventBatchOf } from '../../plugin/src/events/trace-response.ts';
import { decodeAll, expectedEvents } from '../../plugin/testing/decoded-events.ts';
import { Random } from '../../plugin/testing/random.ts';
import { randomBatch } from '../../plugin/testing/random-batch.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { editedBytes } from './edited-bytes.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { outcomeOf, valueUnless } from './outcome.ts';

const batches = fc.nat().map((seed) => randomBatch(new Random(seed)));

/** TraceResponse.events: field 3, length-delimited. */
const EVENTS_TAG = 0x1a;

function responseOf(batch: Uint8Array): Uint8Array {
  const response = pwru.v1.TraceResponse.encode({ events: {} }).finish();
  assert.deepEqual([...response], [EVENTS_TAG, 0]);
  const length: number[] = [];
  for (let rest = batch.length; rest > 0 || length.length === 0; rest >>>= 7)
    length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
  return Uint8Array.from([EVENTS_TAG, ...length, ...batch]);
}

/** Of more than 10 bytes: the generated decoder steps over such ones in fields that it does not know. */
function hasLongInteger(batch: Uint8Array): boolean {
  let continued = 0;
  return batch.some((byte) => {
    continued = byte < 0x80 ? 0 : continued + 1;
    return continued >= 10;
  });
}

/** All events with all their fields, as they are read for each row; an event has two bytes at least. */
function readAll(batch: Uint8Array): number {
  const cursor = new EventCursor();
  cursor.reset(batch);
  let events = 0;
  while (cursor.next()) {
    events += 1;
    const ends = [
      cursor.sourceAddressStart + cursor.sourceAddressLength,
      cursor.destinationAddressStart + cursor.destinationAddressLength,
      cursor.detailsStart + cursor.detailsLength,
    ];
    assert(ends.every((end) => end <= batch.length));
    assert(cursor.stackLocationIds.length <= batch.length);
    assert(typeof (cursor.repeatsPacket && cursor.repeatsTuple) === 'boolean');
  }
  assert(events <= batch.length / 2);
  return events;
}

export const eventBatches: FuzzSubject = {
  name: 'event batches',
  properties: [
    property(
      'damaged batches: the events of the generated decoder, refused where it refuses',
      editedBytes(batches),
      (batch) => {
        const expected = outcomeOf(() => expectedEvents(batch));
        const decoded = valueUnless(
          () => decodeAll(batch),
          (thrown) => thrown instanceof RangeError,
        );
        if (decoded === undefined && hasLongInteger(batch)) return;
        assert.deepEqual(decoded, 'value' in expected ? expected.value : undefined);
      },
      { boundedCases: 800 },
    ),
    property(
      'damaged batches, read as for rows: within the batch, no more events than it has room for',
      editedBytes(batches),
      (batch) => {
        valueUnless(
          () => readAll(batch),
          (thrown) => thrown instanceof RangeError,
        );
      },
      { boundedCases: 3_000 },
    ),
    property(
      'damaged responses: the batch of one that has nothing else, as the generated decoder has it',
      editedBytes(batches.map(responseOf)),
      (response) => {
        const batch = eventBatchOf(response);
        if (batch === undefined) return;
        const decoded = outcomeOf(() => pwru.v1.TraceResponse.decode(response));
        const events = outcomeOf(() => pwru.v1.EventBatch.decode(batch));
        assert.equal('value' in decoded, 'value' in events);
        if ('value' in decoded && 'value' in events && decoded.value.events)
          assert.deepEqual(encodeEventBatch(decoded.value.events), encodeEventBatch(events.value));
      },
      { boundedCases: 1_500 },
    ),
  ],
};
