import { describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { decodeAll, expectedEvents, snapshot } from '../../testing/decoded-events.ts';
import { Random } from '../../testing/random.ts';
import { randomBatch } from '../../testing/random-batch.ts';
import { EventCursor } from './cursor.ts';

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
