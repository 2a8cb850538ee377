import { describe, expect, it } from 'vitest';
import { eventBytes, Random } from '../../../../test/support/event-records.ts';
import {
  CAPTURE,
  DROP,
  FREED,
  JourneysHarness,
  KEPT,
  otherHost,
  recordOf,
} from '../../../testing/journeys-harness.ts';
import {
  DROP as DROP_SECTION,
  HIT,
  PWRU_DROP_SHARERS_SHIFT,
  PWRU_DROP_TCP,
  STACK,
} from '../../core/record/layout.ts';

/** What a held record takes where none has a stack. */
const slotBytes = HIT.SIZE + DROP_SECTION.SIZE;

describe('DropJourneys', () => {
  it('reports a dropped packet with everything before and after the drop, in order', () => {
    const harness = new JourneysHarness();
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
    const harness = new JourneysHarness();
    harness.event(1, 7n, { cpu: 0 });
    harness.event(2, 7n, { cpu: 0 });
    expect(harness.event(3, 7n, { flags: FREED, cpu: 5 })).toEqual([]);
    expect(harness.event(4, 7n, { flags: FREED, cpu: 5 })).toEqual([]);
    expect([...harness.journeys.withheld]).toEqual([2, 0, 0, 0, 0, 2, 0, 0]);
    expect(harness.journeys.heldEvents).toBe(0);
  });

  it('keeps packets apart whose ids differ in one half only', () => {
    const harness = new JourneysHarness();
    harness.event(1, 1n);
    harness.event(2, 1n << 32n);
    harness.event(3, (1n << 32n) | 1n);
    expect(harness.event(4, 1n << 32n, { flags: DROP })).toEqual([2, 4]);
    expect(harness.event(5, 1n, { flags: DROP })).toEqual([1, 5]);
  });

  it('reports a drop at once when nothing is held', () => {
    expect(new JourneysHarness().event(1, 7n, { flags: DROP | FREED })).toEqual([1]);
  });

  it('forgets at once a packet whose end nobody was to see', () => {
    const harness = new JourneysHarness();
    for (let packet = 1n; packet <= 20_000n; packet++) {
      harness.event(1, packet);
      harness.event(2, packet, { ending: FREED });
    }
    expect(harness.journeys.heldEvents).toBe(0);
    expect(harness.sum(harness.journeys.withheld)).toBe(40_000);
    expect(harness.sum(harness.journeys.pushedOut)).toBe(0);
  });

  it('counts what a closing socket throws away, and shows it only with all drops', () => {
    const purge = { reason: 99, location: 48n };
    const lossesOnly = new JourneysHarness();
    lossesOnly.event(1, 7n);
    expect(lossesOnly.event(2, 7n, { flags: DROP | FREED, more: purge })).toEqual([]);
    expect(lossesOnly.packets('discarded')).toBe(1);
    const all = new JourneysHarness({ showsAll: true });
    all.event(1, 7n);
    expect(all.event(2, 7n, { flags: DROP | FREED, more: purge })).toEqual([1, 2]);
    expect(all.packets('discarded')).toBe(1);
  });

  it('passes drops without a packet id and counts its other events as pushed out', () => {
    const harness = new JourneysHarness();
    expect(harness.event(1, 0n)).toEqual([]);
    expect(harness.event(2, 0n, { flags: DROP })).toEqual([2]);
    expect(harness.event(3, 0n, { flags: FREED })).toEqual([]);
    expect(harness.journeys.pushedOut[1]).toBe(2);
  });

  it('does not call a drop without a packet id lost when another sk_buff has its bytes', () => {
    const harness = new JourneysHarness();
    const more = { facts: 1 << PWRU_DROP_SHARERS_SHIFT };
    expect(harness.event(1, 0n, { flags: DROP, more })).toEqual([]);
    expect(harness.packets('notKnown')).toBe(1);
    expect(harness.packets('lost')).toBe(0);
    const all = new JourneysHarness({ showsAll: true });
    expect(all.event(1, 0n, { flags: DROP, more })).toEqual([1]);
  });

  it('gives up the oldest packet when there are too many, and counts it as lost when it is dropped later', () => {
    const harness = new JourneysHarness({ maxPackets: 4 });
    for (let packet = 1; packet <= 5; packet++) {
      harness.event(packet, BigInt(packet), { cpu: packet });
      harness.event(10 + packet, BigInt(packet), { cpu: packet });
    }
    const { withheld, pushedOut } = harness.journeys;
    expect([withheld[1], harness.sum(withheld), harness.sum(pushedOut)]).toEqual([2, 2, 0]);
    expect(harness.event(30, 1n, { flags: DROP })).toEqual([30]);
    expect([harness.sum(withheld), pushedOut[1], harness.sum(pushedOut)]).toEqual([2, 2, 2]);
    expect(harness.event(31, 3n, { flags: DROP })).toEqual([3, 13, 31]);
  });

  it('gives up the oldest packets when there is no memory, its own oldest events too', () => {
    const harness = new JourneysHarness({ maxBytes: 16 * slotBytes, heldShare: 1 / 4 });
    for (const mark of [1, 2, 3]) harness.event(mark, 1n);
    harness.event(4, 2n);
    harness.event(5, 3n);
    expect(harness.sum(harness.journeys.withheld)).toBe(3);
    for (const mark of [6, 7, 8, 9]) harness.event(mark, 2n);
    expect(harness.journeys.heldEvents).toBeLessThanOrEqual(4);
    expect(harness.event(10, 2n, { flags: DROP })).toEqual([8, 9, 10]);
    expect(harness.sum(harness.journeys.pushedOut)).toBe(3);
    harness.journeys.withholdAll();
    const { journeys, reported } = harness;
    expect(reported.length + harness.sum(journeys.pushedOut) + harness.sum(journeys.withheld)).toBe(
      10,
    );
  });

  /** Dropped by tcp_v4_rcv() of a kernel that does not name the socket. */
  const unnamed = (payload: number) => ({
    ...{ reason: 2, location: 80n, outer_l4_proto: 6, outer_tcp_flags: 0x10 },
    ...{ facts: PWRU_DROP_TCP, payload: payload },
  });

  it('knows of data for a connection in TIME_WAIT that the application had closed it', () => {
    const harness = new JourneysHarness();
    harness.event(1, 7n, { more: { place: 97n } });
    expect(harness.event(2, 7n, { flags: DROP, more: unnamed(10) })).toEqual([]);
    expect(harness.packets('discarded')).toBe(1);
    // The twin: at a listener that is full, or nobody knows where.
    harness.event(3, 8n, { more: { place: 98n } });
    expect(harness.event(4, 8n, { flags: DROP, more: unnamed(10) })).toEqual([3, 4]);
    expect(harness.event(5, 9n, { flags: DROP, more: unnamed(10) })).toEqual([5]);
    expect(harness.packets('lost')).toBe(2);
  });

  it('knows of an acknowledgement that ends a handshake that a full listener has dropped it', () => {
    const harness = new JourneysHarness();
    harness.event(1, 7n, { more: { place: 98n } });
    expect(harness.event(2, 7n, { flags: DROP, more: unnamed(0) })).toEqual([1, 2]);
    // The twin: of a connection that has ended, or nobody knows of which. What the packet before was says nothing.
    harness.event(3, 8n, { more: { place: 97n } });
    harness.event(4, 8n, { flags: DROP, more: unnamed(0) });
    harness.event(5, 9n, { flags: DROP, more: unnamed(0) });
    expect(harness.packets('discarded')).toBe(2);
    expect(harness.packets('lost')).toBe(1);
  });

  it('judges what is dropped again of a reported packet by what is known of the packet', () => {
    const harness = new JourneysHarness({ showsAll: true });
    const dropped = { flags: DROP | FREED, more: unnamed(10) };
    // TCP sends data again to a connection in TIME_WAIT: each time another copy of the packet.
    harness.event(1, 7n, { more: { place: 97n } });
    harness.event(2, 7n, dropped);
    harness.event(3, 7n, { skb: 0x2000n });
    expect(harness.event(4, 7n, { ...dropped, skb: 0x2000n })).toEqual([4]);
    expect(harness.classes).toEqual(['discarded', 'discarded']);
    // By a rule, before the connection: what it carried had arrived.
    harness.event(5, 7n, { skb: 0x3000n, flags: DROP | FREED, more: { location: 16n } });
    expect(harness.classes.at(-1)).toBe('copy');
    expect(harness.packets('discarded')).toBe(1);
    expect(harness.packets('lost')).toBe(0);
  });

  it('counts as lost a reported packet that was not lost before, once', () => {
    const harness = new JourneysHarness({ showsAll: true });
    harness.event(1, 7n, { flags: DROP | FREED, more: otherHost });
    const dropped = { flags: DROP | FREED, more: unnamed(10) };
    harness.event(2, 7n, { ...dropped, skb: 0x2000n });
    harness.event(3, 7n, { ...dropped, skb: 0x3000n });
    expect(harness.classes).toEqual(['unwanted', 'lost', 'lost']);
    expect([harness.packets('unwanted'), harness.packets('lost')]).toEqual([1, 1]);
    // What the socket is in is known by hits that come later, too.
    harness.event(4, 7n, { skb: 0x4000n, more: { place: 97n } });
    harness.event(5, 7n, { ...dropped, skb: 0x4000n });
    expect(harness.classes.at(-1)).toBe('discarded');
    // The kernel knows of other copies, of which nothing was seen.
    const shared = { ...unnamed(10), facts: PWRU_DROP_TCP | (1 << PWRU_DROP_SHARERS_SHIFT) };
    harness.event(6, 8n, { flags: DROP | FREED, more: otherHost });
    harness.event(7, 8n, { skb: 0x2000n, flags: DROP | FREED, more: shared });
    expect(harness.classes.at(-1)).toBe('notKnown');
    expect([harness.packets('lost'), harness.packets('notKnown')]).toEqual([1, 1]);
  });

  it('keeps call stacks', () => {
    const harness = new JourneysHarness({ stack: true });
    const stack = [1n, 2n, 3n];
    const skb = 0xffff_8881_0000_0000n;
    harness.event(1, 7n, { stack });
    const { journeys } = harness;
    journeys.admit(recordOf({ mark: 2, packet_id: 7n, flags: DROP, skb }, 0));
    const held = journeys.nextReleased();
    const bytes =
      held === undefined ? undefined : Buffer.from(held.bytes.buffer, held.offset, held.usedBytes);
    expect(bytes).toEqual(
      eventBytes({ mark: 1, packet_id: 7n, skb, stack }).subarray(0, bytes?.length),
    );
    expect(bytes?.readBigUInt64LE(HIT.SIZE + STACK.address.offset + 16)).toBe(3n);
  });

  it.each([1, 2, 3, 4, 5])('accounts for every event, whatever comes (seed %i)', (seed) => {
    const random = new Random(seed * 7_654_321);
    const harness = new JourneysHarness({ maxPackets: 16, maxBytes: 64 * slotBytes });
    const { journeys, reported } = harness;
    const events = 6_000;
    for (let mark = 0; mark < events; mark++) {
      const flags = random.pick([0, 0, 0, 0, KEPT, CAPTURE, DROP, FREED, DROP | FREED]);
      if (mark % 100 === 0) harness.overdue(mark * 1_000_000);
      harness.event(mark, BigInt(random.below(40)), {
        ...(random.below(10) === 0 ? { ending: FREED } : { flags }),
        skb: BigInt(8 * (1 + random.below(3))),
        more: {
          facts: random.pick([0, 0, 1 << PWRU_DROP_SHARERS_SHIFT]),
          time_ns: BigInt(mark) * 1_000_000n,
        },
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
    expect(harness.sum(journeys.pushedOut)).toBeGreaterThan(20);
  });
});
