import { describe, expect, it } from 'vitest';
import { eventBytes, Random } from '../../../../test/support/event-records.ts';
import { RingProducer } from '../../../../test/support/ring-producer.ts';
import {
  END,
  HIT,
  PWRU_FLAG_DROP,
  PWRU_KIND_END,
  RECORD,
  SECTION,
  STACK,
} from '../record/layout.ts';
import { RingCursor } from './ring-cursor.ts';

const event = (skb: number, options: { readonly stack?: readonly bigint[] } = {}) =>
  eventBytes({ time_ns: BigInt(skb), skb, place: 1n, comm: 'x', ...options });

function skbOf(cursor: RingCursor): number {
  const { words, offset } = cursor.record;
  return words[(offset + HIT.skb.offset) / 4] ?? -1;
}

function readAll(cursor: RingCursor): number[] {
  const seen: number[] = [];
  cursor.snapshot();
  while (cursor.advance()) seen.push(skbOf(cursor));
  cursor.release();
  return seen;
}

describe('RingCursor', () => {
  it.each([
    ['from zero', 0n],
    ['when the low word of the position turns', 2n ** 32n - 8192n],
    ['when the low word turns negative', 2n ** 31n - 8192n],
    ['when the position itself turns', 2n ** 64n - 8192n],
  ])('reads every record once and in order, %s, over many turns of the ring', (_, start) => {
    const ring = new RingProducer(3, 4096, start);
    const cursor = new RingCursor(ring.memory);
    const random = new Random(7);
    let produced = 0;
    let expected = 0;
    for (let round = 0; round < 500; round++) {
      for (let count = random.below(30); count > 0; count--) {
        const stack = random.below(3) === 0 ? [1n, 2n] : undefined;
        if (ring.produce(event(produced + 1, stack === undefined ? {} : { stack }))) produced += 1;
      }
      for (const skb of readAll(cursor)) expect(skb).toBe(++expected);
      expect(expected).toBe(produced);
      expect(ring.consumerPosition).toBe(ring.producerPosition);
    }
    expect(produced).toBeGreaterThan(2_000);
    expect(cursor.malformed).toBe(0);
  });

  it('gives nothing back to the kernel before release, and then not the current record', () => {
    const ring = new RingProducer(0, 4096);
    const cursor = new RingCursor(ring.memory);
    ring.produce(event(1));
    ring.produce(event(2));
    cursor.snapshot();
    expect(cursor.advance()).toBe(true);
    expect(cursor.advance()).toBe(true);
    expect(ring.consumerPosition).toBe(0n);
    cursor.release();
    expect(ring.consumerPosition).toBe(BigInt(HIT.SIZE + 8));
    expect(skbOf(cursor)).toBe(2);
    expect(cursor.advance()).toBe(false);
    cursor.release();
    expect(ring.consumerPosition).toBe(ring.producerPosition);
  });

  it('stops before a record that is BUSY and goes on when it is submitted', () => {
    const ring = new RingProducer(0, 4096);
    const cursor = new RingCursor(ring.memory);
    ring.produce(event(1));
    const busy = ring.reserve(event(2)) ?? -1;
    ring.produce(event(3));
    expect(readAll(cursor)).toEqual([1]);
    expect(cursor.hasRecord).toBe(false);
    expect(readAll(cursor)).toEqual([]);
    ring.commit(busy);
    expect(readAll(cursor)).toEqual([2, 3]);
  });

  it('passes discarded records in silence', () => {
    const ring = new RingProducer(0, 4096);
    const cursor = new RingCursor(ring.memory);
    ring.produce(event(1), { discard: true });
    ring.produce(event(2));
    ring.produce(event(3), { discard: true });
    expect(readAll(cursor)).toEqual([2]);
    expect(cursor.malformed).toBe(0);
    expect(ring.consumerPosition).toBe(ring.producerPosition);
  });

  it('reads up to the snapshot and no further', () => {
    const ring = new RingProducer(0, 4096);
    const cursor = new RingCursor(ring.memory);
    ring.produce(event(1));
    cursor.snapshot();
    ring.produce(event(2));
    expect(cursor.pendingBytes).toBe(HIT.SIZE + 8);
    expect([cursor.advance(), cursor.advance()]).toEqual([true, false]);
    expect(readAll(cursor)).toEqual([2]);
  });

  const withStack = event(9, { stack: [1n, 2n] });
  const drop = eventBytes({ skb: 9, flags: PWRU_FLAG_DROP });
  const end = eventBytes({ kind: PWRU_KIND_END, skb: 9 });
  /** With another half-word. */
  const changed = (record: Buffer, offset: number, value: number) => {
    const bytes = Buffer.from(record);
    bytes.writeUInt16LE(value, offset);
    return bytes;
  };
  const sectionType = HIT.SIZE + SECTION.type.offset;
  const sectionBytes = HIT.SIZE + SECTION.bytes.offset;
  const usedBytes = RECORD.bytes.offset;
  const twice = Buffer.concat([withStack.subarray(0, HIT.SIZE + 24), withStack.subarray(HIT.SIZE)]);
  it.each([
    ['an empty record', Buffer.alloc(0)],
    ['a record without a head', event(9).subarray(0, RECORD.SIZE - 8)],
    ['a record of a kind that does not exist', changed(event(9), RECORD.kind.offset, 9)],
    ['a hit that is short', event(9).subarray(0, HIT.SIZE - 8)],
    ['a hit that uses less than it is', changed(event(9), usedBytes, HIT.SIZE - 8)],
    ['a hit that uses more than it has', changed(event(9), usedBytes, HIT.SIZE + 8)],
    ['an end that is longer', changed(Buffer.concat([end, end]), usedBytes, END.SIZE + 8)],
    ['half a section', changed(withStack, usedBytes, HIT.SIZE + 4)],
    ['a section of no bytes', changed(withStack, sectionBytes, 0)],
    ['a section that ends inside a word', changed(withStack, sectionBytes, 20)],
    ['a section that is longer than the record', changed(withStack, sectionBytes, 32)],
    ['a section twice', changed(twice, usedBytes, HIT.SIZE + 48)],
    ['a section of type 0', changed(withStack, sectionType, 0)],
    ['a drop that has no section', changed(event(9), RECORD.flags.offset, PWRU_FLAG_DROP)],
    ['a drop with another section', changed(withStack, RECORD.flags.offset, PWRU_FLAG_DROP)],
    ['the section of a drop that is none', changed(drop, RECORD.flags.offset, 0)],
    [
      'the section of a drop that is short',
      changed(changed(drop, sectionBytes, 32), usedBytes, HIT.SIZE + 32),
    ],
    ['a stack of too many addresses', eventBytes({ skb: 9, stack: Array<bigint>(51).fill(1n) })],
    ['an IP version that does not exist', eventBytes({ skb: 9, outer_ip_version: 5 })],
  ])('counts %s as malformed and goes on behind it', (_, bytes) => {
    const ring = new RingProducer(0, 4096);
    const cursor = new RingCursor(ring.memory);
    for (const record of [event(1), bytes, event(2), bytes]) ring.produce(record);
    expect(readAll(cursor)).toEqual([1, 2]);
    expect(cursor.malformed).toBe(2);
    expect(ring.consumerPosition).toBe(ring.producerPosition);
  });

  it('takes a section of a type that came later, and what was reserved and not used', () => {
    const ring = new RingProducer(0, 4096);
    const cursor = new RingCursor(ring.memory);
    for (const record of [changed(withStack, sectionType, 77), Buffer.concat([event(8), end]), end])
      ring.produce(record);
    expect(readAll(cursor)).toEqual([9, 8, 9]);
    expect(cursor.malformed).toBe(0);
  });

  it('skips to the snapshot when a length leads beyond it', () => {
    const ring = new RingProducer(0, 4096);
    const cursor = new RingCursor(ring.memory);
    const corrupt = ring.reserve(event(1)) ?? -1;
    ring.commit(corrupt);
    new DataView(ring.memory.data).setUint32(corrupt, HIT.SIZE + STACK.SIZE, true);
    expect(readAll(cursor)).toEqual([]);
    expect(cursor.malformed).toBe(1);
    ring.produce(event(2));
    expect(readAll(cursor)).toEqual([2]);
  });

  it('never leaves the ring on random bytes', () => {
    const random = new Random(4711);
    for (let round = 0; round < 500; round++) {
      const ring = new RingProducer(0, 4096);
      const words = new Uint32Array(ring.memory.data);
      for (let index = 0; index < words.length; index++) {
        words[index] = random.below(2) === 0 ? random.word() : random.below(200);
      }
      ring.memory.producerLow[0] = 8 * random.below(513);
      const cursor = new RingCursor(ring.memory);
      readAll(cursor);
      cursor.abandon();
      cursor.release();
      expect(Number(ring.consumerPosition)).toBe(ring.memory.producerLow[0]);
    }
  });

  it('abandon counts the current record, what follows it, and what was never submitted', () => {
    const ring = new RingProducer(0, 8192);
    const cursor = new RingCursor(ring.memory);
    ring.produce(event(1));
    ring.produce(event(2));
    ring.reserve(event(3));
    ring.produce(event(4), { discard: true });
    ring.produce(event(5).subarray(0, 8));
    ring.produce(event(6));
    cursor.snapshot();
    expect(cursor.advance()).toBe(true);
    expect(cursor.abandon()).toBe(4);
    expect(cursor.malformed).toBe(1);
    cursor.release();
    expect(ring.consumerPosition).toBe(ring.producerPosition);
  });
});
