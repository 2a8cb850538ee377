import { describe, expect, it } from 'vitest';
import { HIT, RECORD } from '../../agent/src/core/record/layout.ts';
import { bootTime, endOfTime, RingMerge } from '../../agent/src/core/ring/ring-merge.ts';
import { BootClock } from '../../agent/src/kernel/boot-clock.ts';
import { RingReader } from '../../agent/src/kernel/bpf/rings.ts';
import { readClockNs } from '../../agent/src/native/clock.ts';
import { RingObject } from '../support/ring-object.ts';

const recordBytes = HIT.SIZE + 8;
const ringBytes = 64 * 1024;

interface Seen {
  readonly cpu: number;
  readonly skb: number;
  readonly timeNs: bigint;
}

function readRound(merge: RingMerge, watermark = endOfTime): Seen[] {
  const seen: Seen[] = [];
  merge.begin(watermark);
  for (let record = merge.next(); record !== undefined; record = merge.next()) {
    const view = Buffer.from(record.bytes.buffer, record.bytes.byteOffset + record.offset);
    seen.push({
      cpu: record.cpu,
      skb: Number(view.readBigUInt64LE(HIT.skb.offset)),
      timeNs: view.readBigUInt64LE(RECORD.time_ns.offset),
    });
  }
  merge.release();
  return seen;
}

describe('RingReader on the running kernel', () => {
  it('reads every record once, in order, over many turns of the ring', async () => {
    using object = await RingObject.load(1, ringBytes);
    using reader = await RingReader.open(object.rings);
    const merge = new RingMerge(reader.cursors);
    let expected = 1;
    for (let turn = 0; turn < 200; turn++) {
      const count = 1 + ((turn * 37) % 100);
      const stack = turn % 3 === 0;
      const { lost } = object.fill({ ring: 0, count, stack, firstSkb: BigInt(expected) });
      expect(lost).toBe(0);
      for (const { skb } of readRound(merge)) expect(skb).toBe(expected++);
    }
    expect((expected * recordBytes) / ringBytes).toBeGreaterThan(20);
    expect(readRound(merge)).toEqual([]);
    expect(reader.cursors[0]?.malformed).toBe(0);
  });

  it('what the kernel lost and what is read make up exactly what was produced', async () => {
    using object = await RingObject.load(2, 2 * ringBytes);
    using reader = await RingReader.open(object.rings);
    const merge = new RingMerge(reader.cursors);
    const produced = [0, 0];
    const lost = [0, 0];
    const read = [0, 0];
    for (const [ring, count] of [
      [0, 1_000],
      [1, 100],
      [0, 50],
      [1, 2_000],
    ] as const) {
      produced[ring] = (produced[ring] ?? 0) + count;
      lost[ring] = (lost[ring] ?? 0) + object.fill({ ring, count }).lost;
    }
    expect(lost[0]).toBeGreaterThan(600);
    for (const { cpu } of readRound(merge)) read[cpu] = (read[cpu] ?? 0) + 1;
    expect(read.map((events, ring) => events + (lost[ring] ?? 0))).toEqual(produced);
    expect(read[0]).toBe(Math.floor((ringBytes - 1) / recordBytes));
    // The space is the kernel's again.
    expect(object.fill({ ring: 0, count: 250 }).lost).toBe(0);
    expect(readRound(merge).length).toBe(250);
  });

  it('gives space back record by record, not before it is read', async () => {
    using object = await RingObject.load(1, ringBytes);
    using reader = await RingReader.open(object.rings);
    const merge = new RingMerge(reader.cursors);
    const room = object.fill({ ring: 0, count: 1_000 }).lost;
    merge.begin(endOfTime);
    for (let read = 0; read < 10; read++) merge.next();
    expect(object.fill({ ring: 0, count: 1 }).lost).toBe(1);
    merge.release();
    expect(object.fill({ ring: 0, count: 15 }).lost).toBe(5);
    expect(readRound(merge).length).toBe(1_000 - room);
  });

  it('passes the records that the kernel discarded', async () => {
    using object = await RingObject.load(1, ringBytes);
    using reader = await RingReader.open(object.rings);
    const merge = new RingMerge(reader.cursors);
    const { discarded } = object.fill({ ring: 0, count: 100, discardEvery: 3 });
    expect(discarded).toBe(34);
    const skbs = readRound(merge).map(({ skb }) => skb);
    expect(skbs).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1).filter((skb) => (skb - 1) % 3 !== 0),
    );
  });

  it('merges rings by time, up to the watermark', async () => {
    using object = await RingObject.load(5, 5 * ringBytes);
    using reader = await RingReader.open(object.rings);
    const merge = new RingMerge(reader.cursors);
    const start = 2n ** 32n - 500n;
    for (let ring = 0; ring < 5; ring++) {
      const firstTimeNs = start + BigInt(ring);
      object.fill({ ring, count: 200, firstTimeNs, timeStepNs: 5n });
    }
    const watermark = bootTime(Number(start) + 333);
    const times = [...readRound(merge, watermark), ...readRound(merge)].map(({ timeNs }) => timeNs);
    expect(times).toEqual(Array.from({ length: 1_000 }, (_, index) => start + BigInt(index)));
  });

  it('sees the time stamps of the kernel on its own boot clock', async () => {
    using object = await RingObject.load(1, ringBytes);
    using reader = await RingReader.open(object.rings);
    const merge = new RingMerge(reader.cursors);
    const clock = new BootClock();
    const before = clock.nowNs();
    object.fill({ ring: 0, count: 1 });
    const after = clock.nowNs();
    const [seen] = readRound(merge);
    expect(Number(seen?.timeNs)).toBeGreaterThan(before - 20_000);
    expect(Number(seen?.timeNs)).toBeLessThan(after + 20_000);
    expect(Math.abs(clock.nowNs() - Number(readClockNs('CLOCK_BOOTTIME')))).toBeLessThan(1_000_000);
  });

  it('refuses use after it is closed, and closing twice is harmless', async () => {
    using object = await RingObject.load(1, ringBytes);
    const reader = await RingReader.open(object.rings);
    const merge = new RingMerge(reader.cursors);
    object.fill({ ring: 0, count: 5 });
    merge.begin(endOfTime);
    reader[Symbol.dispose]();
    reader[Symbol.dispose]();
    expect(() => merge.begin(endOfTime)).toThrow(RangeError);
  });

  it('names the fd when it cannot be mapped', async () => {
    using object = await RingObject.load(1, ringBytes);
    const ring = object.rings[0];
    const sizeBytes = ring?.sizeBytes ?? 0;
    await expect(RingReader.open([{ cpu: 0, fd: 9_999, sizeBytes }])).rejects.toThrow(
      'Cannot map 4096 bytes of fd 9999: EBADF',
    );
    // Its first page can be mapped, and so much of it cannot: 1 GiB, the page of its position, and the longest record.
    await expect(
      RingReader.open([{ cpu: 0, fd: ring?.fd ?? -1, sizeBytes: 2 ** 30 }]),
    ).rejects.toThrow(/^Cannot map 1073754112 bytes of fd \d+: EINVAL/);
  });
});
