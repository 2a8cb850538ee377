import { beforeEach, describe, expect, it } from 'vitest';
import { type EventFields, eventBytes } from '../../../../test/support/event-records.ts';
import { HIT } from '../../core/record/layout.ts';
import { EventRecord } from '../../core/record/record-view.ts';
import { UndecidedEvents } from './undecided-events.ts';

const [fresh, own, node] = [101, 102, 103];
let events: UndecidedEvents;

beforeEach(() => {
  events = new UndecidedEvents(2);
  events.setPlaces((record) => netnsOf(record) === own);
});

const wordOf = (record: EventRecord, offset: number) => record.words[(record.offset + offset) / 4];
const netnsOf = (record: EventRecord) => wordOf(record, HIT.netns.offset);
const markOf = (record: EventRecord) => wordOf(record, HIT.mark.offset);

/** @returns whether it was held, or counted as another's. */
function hold(mark: number, packet: number, netns: number, fields: EventFields = {}): boolean {
  const bytes = eventBytes({ mark, packet_id: packet, netns, time_ns: 1_000, ...fields });
  const memory = new ArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return events.hold(new EventRecord(1, memory));
}

function released(): Array<number | undefined> {
  const marks = [];
  for (let record = events.nextReleased(); record; record = events.nextReleased())
    marks.push(markOf(record));
  return marks;
}

describe('events of a new namespace', () => {
  it('are held, wherever their packets go, and come out in order when it is a target', () => {
    events.begin(fresh);
    expect(hold(1, 7, fresh)).toBe(true);
    expect(hold(2, 7, node)).toBe(true);
    expect(hold(3, 8, node)).toBe(false);
    expect(released()).toEqual([]);
    expect([events.heldEvents, events.undecidedEvents, events.undecidedPackets]).toEqual([2, 2, 1]);
    events.decide(fresh, true, 2_000);
    expect([events.heldEvents, events.undecidedEvents, events.undecidedPackets]).toEqual([2, 0, 0]);
    expect(released()).toEqual([1, 2]);
    expect(hold(4, 7, node)).toBe(false);
    expect(hold(5, 9, fresh)).toBe(false);
    expect([...events.foreign, ...events.pushedOut, events.heldEvents]).toEqual([0, 0, 0, 0, 0]);
  });

  it("are never shown when it is another's, but in places of the session", () => {
    events.begin(fresh);
    for (const [mark, netns] of [fresh, node, own, node].entries()) hold(mark, 7, netns);
    events.decide(fresh, false, 2_000);
    expect(released()).toEqual([2]);
    expect(hold(5, 7, node)).toBe(true);
    expect(hold(6, 7, own)).toBe(false);
    expect([...events.foreign]).toEqual([0, 4]);
    expect(events.foreignPackets).toBe(1);
  });

  it('are never shown when they were in the rings at the verdict', () => {
    events.begin(fresh);
    events.decide(fresh, false, 2_000);
    expect(hold(1, 7, fresh, { time_ns: 1_999 })).toBe(true);
    expect(hold(2, 7, node, { time_ns: 1_999 })).toBe(true);
    // Without an identity, too.
    expect(hold(3, 0, fresh, { time_ns: 1_999 })).toBe(true);
    // Long after, the number may be that of a target's namespace.
    expect(hold(4, 8, fresh, { time_ns: 1e9 })).toBe(false);
    expect([...events.foreign]).toEqual([0, 3]);
    expect(events.foreignPackets).toBe(1);
  });

  it('are never shown when the session ends first', () => {
    events.begin(fresh);
    hold(1, 7, fresh);
    events.abandonAll(2_000);
    expect(released()).toEqual([]);
    expect([...events.foreign]).toEqual([0, 1]);
  });

  it('may be another namespace of the same number later', () => {
    events.begin(fresh);
    hold(1, 7, fresh);
    events.decide(fresh, false, 2_000);
    events.begin(fresh);
    expect(hold(2, 8, fresh, { time_ns: 3_000 })).toBe(true);
    events.decide(fresh, true, 4_000);
    expect(released()).toEqual([2]);
    expect(hold(3, 7, node, { time_ns: 5_000 })).toBe(true);
  });

  it.each([1, 1 / 4])(
    'are bounded: the first ones stay, and the others are counted (share %d)',
    (heldShare) => {
      const mostRecords = Math.floor((2 * 1024 * 1024 * heldShare) / HIT.SIZE);
      events = new UndecidedEvents(2, heldShare);
      events.begin(fresh);
      events.begin(fresh + 10);
      const count = 3 * mostRecords;
      for (let mark = 0; mark < count; mark++) hold(mark, 7 + mark, fresh);
      expect(hold(999_999, 5, fresh + 10)).toBe(true);
      events.decide(fresh, true, 2_000);
      const marks = released();
      expect(marks).toEqual(Array.from({ length: marks.length }, (_, mark) => mark));
      expect(marks.length).toBe(mostRecords);
      expect([...events.pushedOut]).toEqual([0, count - marks.length]);
      // A noisy one leaves room for others.
      events.decide(fresh + 10, true, 2_000);
      expect(released()).toEqual([999_999]);
    },
  );

  it('that found no room are not lost when they are of another', () => {
    events.begin(fresh);
    const count = Math.floor((3 * 1024 * 1024) / HIT.SIZE);
    for (let mark = 0; mark < count; mark++) hold(mark, 7, fresh);
    events.decide(fresh, false, 2_000);
    expect([...events.pushedOut]).toEqual([0, 0]);
    expect([...events.foreign]).toEqual([0, count]);
  });
});
