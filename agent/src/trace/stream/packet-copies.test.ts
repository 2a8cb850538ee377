import { describe, expect, it } from 'vitest';
import {
  CAPTURE,
  DROP,
  FREED,
  FREED_AGAIN,
  JourneysHarness,
  KEPT,
  otherHost,
  SOCKET,
} from '../../../testing/journeys-harness.ts';
import { PWRU_DROP_SHARERS_SHIFT, PWRU_TUPLE_MORE_FRAGMENTS } from '../../core/record/layout.ts';

describe('the copies of a packet with a drop', () => {
  it('waits for the last copy of a packet', () => {
    const harness = new JourneysHarness();
    harness.event(1, 7n, { skb: 0x1000n });
    harness.event(2, 7n, { skb: 0x2000n });
    expect(harness.event(3, 7n, { skb: 0x1000n, flags: DROP | FREED })).toEqual([]);
    expect(harness.event(4, 7n, { skb: 0x2000n, flags: DROP | FREED })).toEqual([1, 2, 3, 4]);
    expect(harness.packets('lost')).toBe(1);
    harness.event(5, 8n, { skb: 0x1000n });
    harness.event(6, 8n, { skb: 0x2000n });
    harness.event(7, 8n, { skb: 0x1000n, flags: FREED });
    harness.event(8, 8n, { skb: 0x2000n, flags: FREED });
    expect(harness.sum(harness.journeys.withheld)).toBe(4);
    expect(harness.packets('lost')).toBe(1);
  });

  it.each([
    ['before', [2, 3]],
    ['after', [3, 2]],
  ] as const)(
    'is silent about a copy that is dropped when another arrived %s it',
    (_, [first, second]) => {
      const harness = new JourneysHarness();
      harness.event(1, 7n, { skb: 0x1000n });
      harness.event(1, 7n, { skb: 0x2000n });
      for (const step of [first, second]) {
        const flags = step === 2 ? FREED : DROP | FREED;
        harness.event(step, 7n, { skb: step === 2 ? 0x1000n : 0x2000n, flags });
      }
      expect(harness.reported).toEqual([]);
      expect(harness.journeys.heldEvents).toBe(0);
      expect(harness.packets('copy')).toBe(1);
      expect(harness.packets('lost')).toBe(0);
    },
  );

  it('waits for copies that only the kernel knows of, and not longer than five seconds', () => {
    const harness = new JourneysHarness();
    const shared = { facts: 1 << PWRU_DROP_SHARERS_SHIFT, time_ns: 5_000_000_000n };
    harness.event(1, 7n, { flags: DROP | FREED, more: shared });
    expect(harness.journeys.heldEvents).toBe(1);
    harness.journeys.decideOverdue(9_900_000_000);
    expect(harness.journeys.heldEvents).toBe(1);
    harness.journeys.decideOverdue(10_100_000_000);
    expect(harness.journeys.heldEvents).toBe(0);
    // It may be a capture's that reads slowly.
    expect(harness.packets('notKnown')).toBe(1);
    expect(harness.packets('copy')).toBe(0);
    // The twin: the copy that was not known is dropped as well.
    harness.event(2, 8n, { flags: DROP | FREED, more: shared });
    expect(harness.event(3, 8n, { skb: 0x2000n, flags: DROP | FREED })).toEqual([2, 3]);
  });

  describe('where the first record of an end is told', () => {
    const shared = { facts: 2 << PWRU_DROP_SHARERS_SHIFT };
    const dropped = { skb: 0x2000n, flags: DROP, more: shared };

    it("takes the end of a capture's copy at the address of one that is gone for another end", () => {
      const harness = new JourneysHarness({ tellsFirstEnds: true });
      harness.event(1, 7n, { skb: 0x2000n });
      harness.event(2, 7n, { skb: 0x1000n });
      harness.event(3, 7n, { skb: 0x1000n, flags: CAPTURE | FREED });
      harness.event(4, 7n, { skb: 0x1000n, flags: FREED_AGAIN });
      harness.event(5, 7n, dropped);
      harness.event(6, 7n, { skb: 0x2000n, flags: FREED });
      // Two copies more, one of them where another was before.
      harness.event(7, 7n, { skb: 0x1000n, flags: CAPTURE | FREED });
      expect(harness.event(8, 7n, { skb: 0x1000n, flags: FREED_AGAIN })).toEqual([]);
      expect(harness.event(9, 7n, { skb: 0x3000n, flags: FREED })).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9,
      ]);
      expect(harness.packets('lost')).toBe(1);
    });

    it('does not count the rest of an end as another one', () => {
      const harness = new JourneysHarness({ tellsFirstEnds: true });
      harness.event(1, 7n, { skb: 0x2000n });
      harness.event(2, 7n, dropped);
      harness.event(3, 7n, { skb: 0x2000n, flags: FREED });
      harness.event(4, 7n, { skb: 0x2000n, flags: FREED_AGAIN });
      harness.event(5, 7n, { skb: 0x1000n, flags: FREED });
      harness.event(6, 7n, { skb: 0x1000n, flags: FREED_AGAIN });
      expect(harness.event(7, 7n, { skb: 0x4000n, flags: FREED_AGAIN })).toEqual([]);
      expect(harness.event(8, 7n, { skb: 0x3000n, flags: FREED }).at(-1)).toBe(8);
    });

    it('takes the rest of an end for it when its first record was lost', () => {
      const harness = new JourneysHarness({ tellsFirstEnds: true });
      harness.event(1, 7n, { skb: 0x1000n });
      harness.event(2, 7n, { skb: 0x1000n, flags: FREED_AGAIN });
      expect(harness.journeys.heldEvents).toBe(0);
      expect(harness.reported).toEqual([]);
    });
  });

  it('does not count an end twice where the kernel tells of it twice, and nothing tells that apart', () => {
    const harness = new JourneysHarness();
    const shared = { facts: 2 << PWRU_DROP_SHARERS_SHIFT };
    harness.event(1, 7n, { skb: 0x2000n, flags: DROP | FREED, more: shared });
    harness.event(2, 7n, { skb: 0x1000n, flags: FREED });
    expect(harness.event(3, 7n, { skb: 0x1000n, flags: FREED })).toEqual([]);
  });

  it('says that another copy lived of one that was seen, when nothing was heard of its end for five seconds', () => {
    const harness = new JourneysHarness();
    const shared = { facts: 1 << PWRU_DROP_SHARERS_SHIFT, time_ns: 5_000_000_000n };
    harness.event(1, 7n, { skb: 0x1000n });
    harness.event(2, 7n, { skb: 0x2000n, flags: DROP | FREED, more: shared });
    harness.overdue(10_100_000_000);
    expect(harness.reported).toEqual([]);
    expect(harness.packets('copy')).toBe(1);
    expect(harness.packets('notKnown')).toBe(0);
  });

  it('says that a loss is not known, too, when the packet has to make room or the session ends', () => {
    const harness = new JourneysHarness({ maxPackets: 1 });
    const shared = { facts: 1 << PWRU_DROP_SHARERS_SHIFT };
    harness.event(1, 7n, { flags: DROP | FREED, more: shared });
    harness.event(2, 8n, { flags: DROP | FREED, more: shared });
    harness.journeys.withholdAll();
    expect(harness.packets('notKnown')).toBe(2);
    expect(harness.packets('copy')).toBe(0);
  });

  it('reports what is not known where all classes are asked for', () => {
    const harness = new JourneysHarness({ showsAll: true });
    const shared = { facts: 1 << PWRU_DROP_SHARERS_SHIFT, time_ns: 5_000_000_000n };
    harness.event(1, 7n, { flags: DROP | FREED, more: shared });
    harness.overdue(10_100_000_000);
    expect(harness.reported).toEqual([1]);
  });

  it("does not take what TCP keeps, nor a capture's copy, for one that can arrive", () => {
    const harness = new JourneysHarness();
    harness.event(1, 7n, { skb: 0x1000n, flags: KEPT });
    harness.event(2, 7n, { skb: 0x2000n });
    harness.event(3, 7n, { skb: 0x3000n, flags: CAPTURE });
    harness.event(4, 7n, { skb: 0x3000n, flags: CAPTURE | FREED });
    expect(harness.event(5, 7n, { skb: 0x2000n, flags: DROP | FREED })).toEqual([1, 2, 3, 4, 5]);
    // Both were seen before they were marked.
    harness.event(11, 9n, { skb: 0x1000n });
    harness.event(12, 9n, { skb: 0x1000n, flags: KEPT });
    harness.event(13, 9n, { skb: 0x3000n });
    harness.event(14, 9n, { skb: 0x3000n, flags: CAPTURE });
    harness.event(15, 9n, { skb: 0x2000n });
    expect(harness.event(16, 9n, { skb: 0x2000n, flags: DROP | FREED }).at(-1)).toBe(16);
    // A capture whose copy is still there when the packet dies.
    const shared = { facts: 1 << PWRU_DROP_SHARERS_SHIFT };
    harness.event(6, 8n, { skb: 0x2000n });
    expect(harness.event(7, 8n, { skb: 0x2000n, flags: DROP | FREED, more: shared })).toEqual([]);
    expect(harness.event(8, 8n, { skb: 0x3000n, flags: CAPTURE | FREED })).toEqual([6, 7, 8]);
  });

  it('calls a frame for another host lost when it was sent here and nobody got it', () => {
    const harness = new JourneysHarness();
    const drop = { flags: DROP | FREED, more: otherHost };
    // It came from elsewhere.
    harness.event(1, 7n, { skb: 0x1000n });
    expect(harness.event(2, 7n, { skb: 0x1000n, ...drop })).toEqual([]);
    expect(harness.packets('unwanted')).toBe(1);
    // Sent here, one of two ports got it.
    harness.event(3, 8n, { skb: 0x1000n, flags: SOCKET });
    harness.event(4, 8n, { skb: 0x2000n });
    harness.event(5, 8n, { skb: 0x1000n, ...drop });
    expect(harness.event(6, 8n, { skb: 0x2000n, flags: FREED })).toEqual([]);
    expect(harness.packets('copy')).toBe(1);
    // Sent here, none got it.
    harness.event(7, 9n, { skb: 0x1000n, flags: SOCKET });
    harness.event(8, 9n, { skb: 0x2000n });
    harness.event(9, 9n, { skb: 0x1000n, ...drop });
    expect(harness.event(10, 9n, { skb: 0x2000n, ...drop })).toEqual([7, 8, 9, 10]);
    expect(harness.packets('lost')).toBe(1);
  });

  it('does not take a copy that is only looked at for one that arrives', () => {
    const harness = new JourneysHarness();
    harness.event(1, 7n, { skb: 0x1000n });
    // neigh_probe() gives a clone to arp_solicit(), and frees it.
    harness.event(2, 7n, { skb: 0x2000n, more: { place: 99n } });
    harness.event(2, 7n, { skb: 0x2000n });
    harness.event(3, 7n, { skb: 0x2000n, flags: FREED });
    expect(harness.event(4, 7n, { skb: 0x1000n, flags: DROP | FREED })).toEqual([1, 2, 2, 3, 4]);
    // The twin: a raw socket's clone, of which a session with few functions sees only the end.
    harness.event(5, 8n, { skb: 0x1000n });
    harness.event(6, 8n, { skb: 0x2000n, ending: FREED | SOCKET });
    expect(harness.event(7, 8n, { skb: 0x1000n, flags: DROP | FREED })).toEqual([]);
  });

  it('does not take the release after a drop for an arrival', () => {
    const harness = new JourneysHarness();
    harness.event(1, 7n, { skb: 0x1000n });
    harness.event(2, 7n, { skb: 0x2000n });
    harness.event(3, 7n, { skb: 0x1000n, flags: DROP });
    harness.event(4, 7n, { skb: 0x1000n, flags: FREED });
    expect(harness.event(5, 7n, { skb: 0x2000n, flags: DROP })).toEqual([1, 2, 3, 4, 5]);
  });

  describe('fragments of a datagram', () => {
    const NETFILTER = { reason: 6, location: 16n };
    const whole = { outer_ip_version: 4 };
    const first = { outer_ip_version: 4, outer_flags: PWRU_TUPLE_MORE_FRAGMENTS };
    const later = (bytes: number) => ({ outer_ip_version: 4, outer_fragment_bytes: bytes });
    const at = (number: number) => 0xffff_8881_0000_0000n + 0x100n * BigInt(number);

    it('are lost one by one: the first loss is that of the packet, whatever lives or arrives of the others', () => {
      const harness = new JourneysHarness();
      harness.event(1, 7n, { skb: at(1), more: first });
      harness.event(2, 7n, { skb: at(2), more: later(1480) });
      harness.event(3, 7n, { skb: at(3), more: later(2960) });
      expect(harness.event(4, 7n, { skb: at(1), flags: FREED, more: first })).toEqual([]);
      const dropped = { skb: at(3), flags: DROP | FREED, more: { ...later(2960), ...NETFILTER } };
      expect(harness.event(5, 7n, dropped)).toEqual([1, 2, 3, 4, 5]);
      const another = { skb: at(2), flags: DROP | FREED, more: { ...later(1480), ...NETFILTER } };
      expect(harness.event(6, 7n, another)).toEqual([6]);
      expect(harness.packets('lost')).toBe(1);
    });

    it('are not lost while another copy of the same fragment lives', () => {
      const harness = new JourneysHarness();
      harness.event(1, 7n, { skb: at(1), more: first });
      harness.event(2, 7n, { skb: at(2), more: later(1480) });
      harness.event(3, 7n, { skb: at(3), more: later(1480) });
      const dropped = { skb: at(3), flags: DROP | FREED, more: { ...later(1480), ...NETFILTER } };
      expect(harness.event(4, 7n, dropped)).toEqual([]);
      expect(harness.event(5, 7n, { skb: at(2), flags: FREED, more: later(1480) })).toEqual([]);
      harness.event(6, 7n, { skb: at(1), flags: FREED, more: first });
      expect(harness.packets('lost')).toBe(0);
      expect(harness.packets('copy')).toBe(1);
    });

    it('are more than copies are told apart', () => {
      const harness = new JourneysHarness();
      harness.event(0, 7n, { skb: at(1), more: first });
      for (let number = 1; number < 45; number++) {
        harness.event(number, 7n, { skb: at(number + 1), more: later(1480 * number) });
      }
      const more = { ...later(1480 * 44), ...NETFILTER };
      expect(harness.event(99, 7n, { skb: at(45), flags: DROP | FREED, more })).toContain(99);
      expect(harness.packets('lost')).toBe(1);
    });

    it('put together are one packet, which is lost by itself', () => {
      const harness = new JourneysHarness();
      harness.event(1, 7n, { skb: at(1), more: first });
      harness.event(2, 7n, { skb: at(2), more: later(1480) });
      // The last one takes the place of the first, which ends.
      harness.event(3, 7n, { skb: at(1), flags: FREED, more: first });
      harness.event(4, 7n, { skb: at(2), more: whole });
      const dropped = { skb: at(2), flags: DROP | FREED, more: { ...whole, ...NETFILTER } };
      expect(harness.event(5, 7n, dropped)).toEqual([1, 2, 3, 4, 5]);
      expect(harness.packets('lost')).toBe(1);
    });

    it('have arrived with the datagram that they were put together to', () => {
      const harness = new JourneysHarness();
      harness.event(1, 7n, { skb: at(1), more: first });
      harness.event(2, 7n, { skb: at(2), more: later(1480) });
      harness.event(3, 7n, { skb: at(3), more: later(2960) });
      harness.event(4, 7n, { skb: at(1), flags: FREED, more: first });
      harness.event(5, 7n, { skb: at(3), more: whole });
      harness.event(6, 7n, { skb: at(3), flags: FREED, more: whole });
      const dropped = { skb: at(2), flags: DROP | FREED, more: { ...later(1480), ...NETFILTER } };
      expect(harness.event(7, 7n, dropped)).toEqual([]);
      expect(harness.packets('lost')).toBe(0);
    });

    it('go on where the datagram that they were made of ends', () => {
      const harness = new JourneysHarness();
      harness.event(1, 7n, { skb: at(1), more: whole });
      harness.event(2, 7n, { skb: at(2), more: first });
      harness.event(3, 7n, { skb: at(3), more: later(1480) });
      harness.event(4, 7n, { skb: at(1), flags: FREED, more: whole });
      const dropped = { skb: at(3), flags: DROP | FREED, more: { ...later(1480), ...NETFILTER } };
      expect(harness.event(5, 7n, dropped)).toEqual([1, 2, 3, 4, 5]);
    });
  });
});
