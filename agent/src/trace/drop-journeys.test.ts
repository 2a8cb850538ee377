import { describe, expect, it } from 'vitest';
import { type EventFields, eventBytes, Random } from '../../../test/support/event-records.ts';
import { EventRecord } from '../core/event/event-record.ts';
import { EVENT, PWRU_EVENT_DROP, PWRU_EVENT_FREED } from '../core/event/layout.ts';
import { DropJourneys, type DropJourneysOptions } from './drop-journeys.ts';

const DROP = PWRU_EVENT_DROP;
const FREED = PWRU_EVENT_FREED;

function recordOf(fields: EventFields, cpu: number): EventRecord {
  const bytes = eventBytes(fields);
  const memory = new ArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return new EventRecord(cpu, memory);
}

/** Names an event by its mark. */
const markOf = (record: EventRecord) => record.words[(record.offset + EVENT.mark.offset) / 4] ?? -1;

class Harness {
  readonly journeys: DropJourneys;
  readonly reported: number[] = [];
  readonly cpus: number[] = [];

  constructor(options: Partial<DropJourneysOptions> = {}) {
    this.journeys = new DropJourneys({ stack: false, cpus: 8, ...options });
  }

  /** @returns the marks that this event made come out. */
  event(
    mark: number,
    packet: bigint,
    options: Partial<{ flags: number; skb: bigint; cpu: number; stack: bigint[] }> = {},
  ) {
    const { flags = 0, skb = 0xffff_8881_0000_0000n, cpu = 1, stack } = options;
    const fields = { mark, packet_id: packet, flags, skb };
    const record = recordOf(stack === undefined ? fields : { ...fields, stack }, cpu);
    const before = this.reported.length;
    const isReported = this.journeys.admit(record);
    for (let held = this.journeys.nextReleased(); held; held = this.journeys.nextReleased()) {
      this.#report(held);
    }
    if (isReported) this.#report(record);
    return this.reported.slice(before);
  }

  sum(counts: Float64Array): number {
    return counts.reduce((total, events) => total + events, 0);
  }

  #report(record: EventRecord): void {
    this.reported.push(markOf(record));
    this.cpus.push(record.cpu);
  }
}

describe('DropJourneys', () => {
  it('reports a dropped packet with everything before and after the drop, in order', () => {
    const harness = new Harness();
    expect(harness.event(1, 7n, { cpu: 2 })).toEqual([]);
    expect(harness.event(2, 7n, { cpu: 3 })).toEqual([]);
    expect(harness.journeys.heldEvents).toBe(2);
    expect(harness.event(3, 7n, { cpu: 4, flags: DROP })).toEqual([1, 2, 3]);
    expect(harness.cpus).toEqual([2, 3, 4]);
    expect(harness.event(4, 7n)).toEqual([4]);
    expect(harness.event(5, 7n, { flags: FREED })).toEqual([5]);
    expect(harness.journeys.heldEvents).toBe(0);
  });

  it('withholds a packet that was freed without a drop', () => {
    const harness = new Harness();
    harness.event(1, 7n, { cpu: 0 });
    harness.event(2, 7n, { cpu: 0 });
    expect(harness.event(3, 7n, { flags: FREED, cpu: 5 })).toEqual([]);
    expect(harness.event(4, 7n, { flags: FREED, cpu: 5 })).toEqual([]);
    expect([...harness.journeys.withheld]).toEqual([2, 0, 0, 0, 0, 2, 0, 0]);
    expect(harness.journeys.heldEvents).toBe(0);
  });

  it('keeps packets apart whose ids differ in one half only', () => {
    const harness = new Harness();
    harness.event(1, 1n);
    harness.event(2, 1n << 32n);
    harness.event(3, (1n << 32n) | 1n);
    expect(harness.event(4, 1n << 32n, { flags: DROP })).toEqual([2, 4]);
    expect(harness.event(5, 1n, { flags: DROP })).toEqual([1, 5]);
  });

  it('reports a drop at once when nothing is held', () => {
    expect(new Harness().event(1, 7n, { flags: DROP | FREED })).toEqual([1]);
  });

  it('waits for the last socket buffer of a packet', () => {
    const harness = new Harness();
    harness.event(1, 7n, { skb: 0x1000n });
    harness.event(2, 7n, { skb: 0x2000n });
    harness.event(3, 7n, { skb: 0x1000n, flags: FREED });
    expect(harness.journeys.heldEvents).toBe(3);
    expect(harness.event(4, 7n, { skb: 0x2000n, flags: DROP })).toEqual([1, 2, 3, 4]);
    harness.event(5, 8n, { skb: 0x1000n });
    harness.event(6, 8n, { skb: 0x2000n });
    harness.event(7, 8n, { skb: 0x1000n, flags: FREED });
    harness.event(8, 8n, { skb: 0x2000n, flags: FREED });
    expect(harness.sum(harness.journeys.withheld)).toBe(4);
  });

  it('passes drops without a packet id and counts its other events as pushed out', () => {
    const harness = new Harness();
    expect(harness.event(1, 0n)).toEqual([]);
    expect(harness.event(2, 0n, { flags: DROP })).toEqual([2]);
    expect(harness.event(3, 0n, { flags: FREED })).toEqual([]);
    expect(harness.journeys.pushedOut[1]).toBe(2);
  });

  it('pushes out the oldest packet when there are too many', () => {
    const harness = new Harness({ maxPackets: 4 });
    for (let packet = 1; packet <= 5; packet++) {
      harness.event(packet, BigInt(packet), { cpu: packet });
      harness.event(10 + packet, BigInt(packet), { cpu: packet });
    }
    expect([...harness.journeys.pushedOut]).toEqual([0, 2, 0, 0, 0, 0, 0, 0]);
    expect(harness.event(30, 1n, { flags: DROP })).toEqual([30]);
    expect(harness.event(31, 2n, { flags: DROP })).toEqual([2, 12, 31]);
  });

  it('pushes out the oldest packets when there is no memory, its own packet too', () => {
    const harness = new Harness({ maxBytes: 4 * EVENT.SIZE });
    for (const mark of [1, 2, 3]) harness.event(mark, 1n);
    harness.event(4, 2n);
    harness.event(5, 3n);
    expect(harness.sum(harness.journeys.pushedOut)).toBe(3);
    for (const mark of [6, 7, 8, 9]) harness.event(mark, 2n);
    expect(harness.journeys.heldEvents).toBeLessThanOrEqual(4);
    expect(harness.event(10, 2n, { flags: DROP }).at(-1)).toBe(10);
    harness.journeys.withholdAll();
    const { journeys, reported } = harness;
    expect(reported.length + harness.sum(journeys.pushedOut) + harness.sum(journeys.withheld)).toBe(
      10,
    );
  });

  it('keeps call stacks', () => {
    const harness = new Harness({ stack: true });
    const stack = [1n, 2n, 3n];
    harness.event(1, 7n, { stack });
    const { journeys } = harness;
    journeys.admit(recordOf({ mark: 2, packet_id: 7n, flags: DROP }, 0));
    const held = journeys.nextReleased();
    const bytes =
      held === undefined ? undefined : Buffer.from(held.bytes.buffer, held.offset, EVENT.SIZE + 24);
    expect(held?.stackBytes()).toBe(24);
    expect(bytes?.readBigUInt64LE(EVENT.SIZE + 16)).toBe(3n);
  });

  it.each([1, 2, 3, 4, 5])('accounts for every event, whatever comes (seed %i)', (seed) => {
    const random = new Random(seed * 7_654_321);
    const harness = new Harness({ maxPackets: 16, maxBytes: 64 * EVENT.SIZE });
    const { journeys, reported } = harness;
    const events = 6_000;
    for (let mark = 0; mark < events; mark++) {
      const flags = random.pick([0, 0, 0, 0, 0, DROP, FREED, DROP | FREED]);
      harness.event(mark, BigInt(random.below(40)), {
        flags,
        skb: BigInt(1 + random.below(3)),
        cpu: random.below(8),
      });
      const settled =
        reported.length + harness.sum(journeys.withheld) + harness.sum(journeys.pushedOut);
      expect(settled + journeys.heldEvents).toBe(mark + 1);
    }
    journeys.withholdAll();
    expect(journeys.heldEvents).toBe(0);
    expect(new Set(reported).size).toBe(reported.length);
    expect(reported.length + harness.sum(journeys.withheld) + harness.sum(journeys.pushedOut)).toBe(
      events,
    );
    expect(harness.sum(journeys.pushedOut)).toBeGreaterThan(100);
  });
});
