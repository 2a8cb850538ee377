import { describe, expect, it } from 'vitest';
import { eventBytes, Random } from '../../../../test/support/event-records.ts';
import { RingProducer } from '../../../../test/support/ring-producer.ts';
import { HIT, RECORD } from '../record/layout.ts';
import { RingCursor } from './ring-cursor.ts';
import { type BootTime, bootTime, endOfTime, RingMerge } from './ring-merge.ts';

const event = (timeNs: bigint) => eventBytes({ time_ns: timeNs, place: 1n });

function ringsOf(cpus: number, sizeBytes = 65_536) {
  const rings = Array.from({ length: cpus }, (_, cpu) => new RingProducer(cpu, sizeBytes));
  const merge = new RingMerge(rings.map((ring) => new RingCursor(ring.memory)));
  return { rings, merge };
}

/** One round: the time and CPU of each record. */
function round(merge: RingMerge, watermark: BootTime): Array<[bigint, number]> {
  const seen: Array<[bigint, number]> = [];
  merge.begin(watermark);
  for (let record = merge.next(); record !== undefined; record = merge.next()) {
    const low = (record.words[(record.offset + RECORD.time_ns.offset) / 4] ?? 0) >>> 0;
    const high = (record.words[(record.offset + RECORD.time_ns.offset) / 4 + 1] ?? 0) >>> 0;
    seen.push([(BigInt(high) << 32n) | BigInt(low), record.cpu]);
  }
  merge.release();
  return seen;
}

describe('bootTime', () => {
  it.each([0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 33 + 5, 2 ** 53 - 1])('splits %i into words', (ns) => {
    const { high, low } = bootTime(ns);
    expect((BigInt(high) << 32n) | BigInt(low)).toBe(BigInt(ns));
  });
});

describe('RingMerge', () => {
  it.each([1, 2, 3, 7, 64, 256])('orders the records of %i CPUs by time', (cpus) => {
    const random = new Random(cpus);
    const { rings, merge } = ringsOf(cpus);
    const start = 2n ** 32n - 50_000n;
    let time = start;
    const expected: Array<[bigint, number]> = [];
    const seen: Array<[bigint, number]> = [];
    for (let index = 0; index < 8_000; index++) {
      time += BigInt(1 + random.below(9));
      const cpu = random.below(cpus);
      if (rings[cpu]?.produce(event(time)) === true) expected.push([time, cpu]);
      if (random.below(250) === 0) seen.push(...round(merge, bootTime(Number(time) - 300)));
    }
    seen.push(...round(merge, endOfTime));
    expect(seen).toEqual(expected);
    expect(expected.length).toBeGreaterThan(4_000);
    expect(rings.every((ring) => ring.consumerPosition === ring.producerPosition)).toBe(true);
  });

  it('compares all 64 bits of a time', () => {
    const { rings, merge } = ringsOf(6);
    const times = [
      2n ** 63n + 1n,
      2n ** 32n,
      2n ** 31n,
      2n ** 32n + 2n ** 31n,
      2n ** 63n,
      2n ** 53n + 1n,
    ];
    for (const [cpu, time] of times.entries()) rings[cpu]?.produce(event(time));
    const order = [...times].sort((one, other) => (one < other ? -1 : 1));
    expect(round(merge, endOfTime).map(([time]) => time)).toEqual(order);
  });

  it('keeps what is not older than the watermark for a later round', () => {
    const { rings, merge } = ringsOf(2);
    for (const time of [10n, 20n, 30n]) rings[0]?.produce(event(time));
    rings[1]?.produce(event(25n));
    expect(round(merge, bootTime(20))).toEqual([[10n, 0]]);
    expect(rings[0]?.consumerPosition).toBe(BigInt(HIT.SIZE + 8));
    rings[1]?.produce(event(26n));
    expect(round(merge, bootTime(21))).toEqual([[20n, 0]]);
    expect(round(merge, endOfTime)).toEqual([
      [25n, 1],
      [26n, 1],
      [30n, 0],
    ]);
  });

  it('holds back only the ring whose head is BUSY', () => {
    const { rings, merge } = ringsOf(3);
    const busy = rings[0]?.reserve(event(1n)) ?? -1;
    rings[0]?.produce(event(2n));
    rings[1]?.produce(event(3n));
    rings[2]?.produce(event(4n));
    expect(round(merge, endOfTime)).toEqual([
      [3n, 1],
      [4n, 2],
    ]);
    rings[0]?.commit(busy);
    rings[1]?.produce(event(5n));
    expect(round(merge, endOfTime)).toEqual([
      [1n, 0],
      [2n, 0],
      [5n, 1],
    ]);
  });

  it('hands nothing out twice when a round is left in the middle', () => {
    const { rings, merge } = ringsOf(2);
    for (const time of [1n, 3n, 5n]) rings[0]?.produce(event(time));
    for (const time of [2n, 4n]) rings[1]?.produce(event(time));
    merge.begin(endOfTime);
    merge.next();
    merge.next();
    merge.release();
    expect(round(merge, endOfTime).map(([time]) => time)).toEqual([3n, 4n, 5n]);
  });

  it('tells the fill of the fullest ring', () => {
    const { rings, merge } = ringsOf(2, 4096);
    while (rings[1]?.produce(event(1n)) === true);
    expect(merge.begin(endOfTime)).toBeGreaterThan(0.9);
    merge.release();
  });
});
