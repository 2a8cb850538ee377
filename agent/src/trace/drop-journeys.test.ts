import { describe, expect, it } from 'vitest';
import { type EventFields, eventBytes, Random } from '../../../test/support/event-records.ts';
import { dropClasses } from '../core/drops/drop-class.ts';
import { DropJudge } from '../core/drops/drop-judge.ts';
import { EventRecord } from '../core/event/event-record.ts';
import {
  EVENT,
  PWRU_DROP_PACKET_TYPE,
  PWRU_DROP_SHARERS_SHIFT,
  PWRU_DROP_TCP,
  PWRU_EVENT_CAPTURE,
  PWRU_EVENT_DROP,
  PWRU_EVENT_ENDED,
  PWRU_EVENT_FREED,
  PWRU_EVENT_KEPT,
  PWRU_EVENT_SILENT,
  PWRU_EVENT_SOCKET,
  PWRU_TUPLE_MORE_FRAGMENTS,
} from '../core/event/layout.ts';
import { DropJourneys, type DropJourneysOptions } from './drop-journeys.ts';

const DROP = PWRU_EVENT_DROP;
const FREED = PWRU_EVENT_FREED;
const SILENT = PWRU_EVENT_SILENT;
const KEPT = PWRU_EVENT_KEPT;
const CAPTURE = PWRU_EVENT_CAPTURE;
const SOCKET = PWRU_EVENT_SOCKET;
/** The rest of an end that was told before. */
const FREED_AGAIN = PWRU_EVENT_FREED | PWRU_EVENT_ENDED;

/** A kernel's names: reasons and code addresses that these tests use. */
const reasons: Readonly<Record<number, string>> = {
  2: 'NOT_SPECIFIED',
  3: 'NO_SOCKET',
  6: 'NETFILTER_DROP',
  8: 'OTHERHOST',
  99: 'QUEUE_PURGE',
};
const addresses: Readonly<Record<string, string>> = {
  16: 'nf_hook_slow',
  32: 'ping_rcv',
  48: 'sk_stream_kill_queues',
  64: 'ip_rcv_core',
  80: 'tcp_v4_rcv',
};
const functions: Readonly<Record<string, string>> = {
  97: 'tcp_timewait_state_process',
  98: 'tcp_check_req',
  99: 'arp_solicit',
};
const judge = new DropJudge({
  functionAt: (address) => ({
    name: functions[String(address)] ?? 'ip_rcv',
    ...{ module: '', tracepoint: false },
  }),
  dropReasonName: (value) => reasons[value] ?? String(value),
  codeLocationAt: (address) => ({
    symbol: addresses[String(address)] ?? '',
    offsetBytes: 1,
    module: '',
  }),
});
const otherHost = { drop_reason: 8, location: 64n, drop_facts: 3 & PWRU_DROP_PACKET_TYPE } as const;

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
    this.journeys = new DropJourneys({
      ...{ stack: false, cpus: 8, judge, showsAll: false, tellsFirstEnds: false },
      ...options,
    });
  }

  /** @returns the marks that this event made come out. */
  event(
    mark: number,
    packet: bigint,
    options: Partial<{
      flags: number;
      skb: bigint;
      cpu: number;
      stack: bigint[];
      more: EventFields;
    }> = {},
  ) {
    const { flags = 0, skb = 0xffff_8881_0000_0000n, cpu = 1, stack, more = {} } = options;
    const fields = { mark, packet_id: packet, flags, skb, ...more };
    const record = recordOf(stack === undefined ? fields : { ...fields, stack }, cpu);
    const before = this.reported.length;
    const isReported = this.journeys.admit(record);
    for (let held = this.journeys.nextReleased(); held; held = this.journeys.nextReleased()) {
      this.#report(held);
    }
    if (isReported) this.#report(record);
    return this.reported.slice(before);
  }

  overdue(nowNs: number): void {
    this.journeys.decideOverdue(nowNs);
    for (let held = this.journeys.nextReleased(); held; held = this.journeys.nextReleased()) {
      this.#report(held);
    }
  }

  packets(name: keyof typeof dropClasses): number {
    return this.journeys.packets[dropClasses[name]] ?? 0;
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

  it('waits for the last copy of a packet', () => {
    const harness = new Harness();
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
      const harness = new Harness();
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
    const harness = new Harness();
    const shared = { drop_facts: 1 << PWRU_DROP_SHARERS_SHIFT, time_ns: 5_000_000_000n };
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
    const shared = { drop_facts: 2 << PWRU_DROP_SHARERS_SHIFT };
    const dropped = { skb: 0x2000n, flags: DROP, more: shared };

    it("takes the end of a capture's copy at the address of one that is gone for another end", () => {
      const harness = new Harness({ tellsFirstEnds: true });
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
      const harness = new Harness({ tellsFirstEnds: true });
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
      const harness = new Harness({ tellsFirstEnds: true });
      harness.event(1, 7n, { skb: 0x1000n });
      harness.event(2, 7n, { skb: 0x1000n, flags: FREED_AGAIN });
      expect(harness.journeys.heldEvents).toBe(0);
      expect(harness.reported).toEqual([]);
    });
  });

  it('does not count an end twice where the kernel tells of it twice, and nothing tells that apart', () => {
    const harness = new Harness();
    const shared = { drop_facts: 2 << PWRU_DROP_SHARERS_SHIFT };
    harness.event(1, 7n, { skb: 0x2000n, flags: DROP | FREED, more: shared });
    harness.event(2, 7n, { skb: 0x1000n, flags: FREED });
    expect(harness.event(3, 7n, { skb: 0x1000n, flags: FREED })).toEqual([]);
  });

  it('says that another copy lived of one that was seen, when nothing was heard of its end for five seconds', () => {
    const harness = new Harness();
    const shared = { drop_facts: 1 << PWRU_DROP_SHARERS_SHIFT, time_ns: 5_000_000_000n };
    harness.event(1, 7n, { skb: 0x1000n });
    harness.event(2, 7n, { skb: 0x2000n, flags: DROP | FREED, more: shared });
    harness.overdue(10_100_000_000);
    expect(harness.reported).toEqual([]);
    expect(harness.packets('copy')).toBe(1);
    expect(harness.packets('notKnown')).toBe(0);
  });

  it('says that a loss is not known, too, when the packet has to make room or the session ends', () => {
    const harness = new Harness({ maxPackets: 1 });
    const shared = { drop_facts: 1 << PWRU_DROP_SHARERS_SHIFT };
    harness.event(1, 7n, { flags: DROP | FREED, more: shared });
    harness.event(2, 8n, { flags: DROP | FREED, more: shared });
    harness.journeys.withholdAll();
    expect(harness.packets('notKnown')).toBe(2);
    expect(harness.packets('copy')).toBe(0);
  });

  it('reports what is not known where all classes are asked for', () => {
    const harness = new Harness({ showsAll: true });
    const shared = { drop_facts: 1 << PWRU_DROP_SHARERS_SHIFT, time_ns: 5_000_000_000n };
    harness.event(1, 7n, { flags: DROP | FREED, more: shared });
    harness.overdue(10_100_000_000);
    expect(harness.reported).toEqual([1]);
  });

  it("does not take what TCP keeps, nor a capture's copy, for one that can arrive", () => {
    const harness = new Harness();
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
    const shared = { drop_facts: 1 << PWRU_DROP_SHARERS_SHIFT };
    harness.event(6, 8n, { skb: 0x2000n });
    expect(harness.event(7, 8n, { skb: 0x2000n, flags: DROP | FREED, more: shared })).toEqual([]);
    expect(harness.event(8, 8n, { skb: 0x3000n, flags: CAPTURE | FREED })).toEqual([6, 7, 8]);
  });

  it('forgets at once a packet whose end nobody was to see', () => {
    const harness = new Harness();
    for (let packet = 1n; packet <= 20_000n; packet++) {
      harness.event(1, packet);
      harness.event(2, packet, { flags: FREED | SILENT });
    }
    expect(harness.journeys.heldEvents).toBe(0);
    expect(harness.sum(harness.journeys.withheld)).toBe(40_000);
    expect(harness.sum(harness.journeys.pushedOut)).toBe(0);
  });

  it('counts what a closing socket throws away, and shows it only with all drops', () => {
    const purge = { drop_reason: 99, location: 48n };
    const lossesOnly = new Harness();
    lossesOnly.event(1, 7n);
    expect(lossesOnly.event(2, 7n, { flags: DROP | FREED, more: purge })).toEqual([]);
    expect(lossesOnly.packets('discarded')).toBe(1);
    const all = new Harness({ showsAll: true });
    all.event(1, 7n);
    expect(all.event(2, 7n, { flags: DROP | FREED, more: purge })).toEqual([1, 2]);
    expect(all.packets('discarded')).toBe(1);
  });

  it('calls a frame for another host lost when it was sent here and nobody got it', () => {
    const harness = new Harness();
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
    const harness = new Harness();
    harness.event(1, 7n, { skb: 0x1000n });
    // neigh_probe() gives a clone to arp_solicit(), and frees it.
    harness.event(2, 7n, { skb: 0x2000n, more: { func: 99n } });
    harness.event(2, 7n, { skb: 0x2000n });
    harness.event(3, 7n, { skb: 0x2000n, flags: FREED });
    expect(harness.event(4, 7n, { skb: 0x1000n, flags: DROP | FREED })).toEqual([1, 2, 2, 3, 4]);
    // The twin: a raw socket's clone, of which a session with few functions sees only the end.
    harness.event(5, 8n, { skb: 0x1000n });
    harness.event(6, 8n, { skb: 0x2000n, flags: FREED | SILENT | SOCKET });
    expect(harness.event(7, 8n, { skb: 0x1000n, flags: DROP | FREED })).toEqual([]);
  });

  it('does not take the release after a drop for an arrival', () => {
    const harness = new Harness();
    harness.event(1, 7n, { skb: 0x1000n });
    harness.event(2, 7n, { skb: 0x2000n });
    harness.event(3, 7n, { skb: 0x1000n, flags: DROP });
    harness.event(4, 7n, { skb: 0x1000n, flags: FREED });
    expect(harness.event(5, 7n, { skb: 0x2000n, flags: DROP })).toEqual([1, 2, 3, 4, 5]);
  });

  it('passes drops without a packet id and counts its other events as pushed out', () => {
    const harness = new Harness();
    expect(harness.event(1, 0n)).toEqual([]);
    expect(harness.event(2, 0n, { flags: DROP })).toEqual([2]);
    expect(harness.event(3, 0n, { flags: FREED })).toEqual([]);
    expect(harness.journeys.pushedOut[1]).toBe(2);
  });

  it('gives up the oldest packet when there are too many, and counts it as lost when it is dropped later', () => {
    const harness = new Harness({ maxPackets: 4 });
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
    const harness = new Harness({ maxBytes: 4 * EVENT.SIZE });
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
    ...{ drop_reason: 2, location: 80n, outer_l4_proto: 6, outer_tcp_flags: 0x10 },
    ...{ drop_facts: PWRU_DROP_TCP, drop_payload: payload },
  });

  it('knows of data for a connection in TIME_WAIT that the application had closed it', () => {
    const harness = new Harness();
    harness.event(1, 7n, { more: { func: 97n } });
    expect(harness.event(2, 7n, { flags: DROP, more: unnamed(10) })).toEqual([]);
    expect(harness.packets('discarded')).toBe(1);
    // The twin: at a listener that is full, or nobody knows where.
    harness.event(3, 8n, { more: { func: 98n } });
    expect(harness.event(4, 8n, { flags: DROP, more: unnamed(10) })).toEqual([3, 4]);
    expect(harness.event(5, 9n, { flags: DROP, more: unnamed(10) })).toEqual([5]);
    expect(harness.packets('lost')).toBe(2);
  });

  it('knows of an acknowledgement that ends a handshake that a full listener has dropped it', () => {
    const harness = new Harness();
    harness.event(1, 7n, { more: { func: 98n } });
    expect(harness.event(2, 7n, { flags: DROP, more: unnamed(0) })).toEqual([1, 2]);
    // The twin: of a connection that has ended, or nobody knows of which. What the packet before was says nothing.
    harness.event(3, 8n, { more: { func: 97n } });
    harness.event(4, 8n, { flags: DROP, more: unnamed(0) });
    harness.event(5, 9n, { flags: DROP, more: unnamed(0) });
    expect(harness.packets('discarded')).toBe(2);
    expect(harness.packets('lost')).toBe(1);
  });

  it('keeps call stacks', () => {
    const harness = new Harness({ stack: true });
    const stack = [1n, 2n, 3n];
    harness.event(1, 7n, { stack });
    const { journeys } = harness;
    journeys.admit(
      recordOf({ mark: 2, packet_id: 7n, flags: DROP, skb: 0xffff_8881_0000_0000n }, 0),
    );
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
      const flags = random.pick([
        0,
        0,
        0,
        0,
        KEPT,
        CAPTURE,
        DROP,
        FREED,
        DROP | FREED,
        FREED | SILENT,
      ]);
      if (mark % 100 === 0) harness.overdue(mark * 1_000_000);
      harness.event(mark, BigInt(random.below(40)), {
        flags,
        skb: BigInt(8 * (1 + random.below(3))),
        more: {
          drop_facts: random.pick([0, 0, 1 << PWRU_DROP_SHARERS_SHIFT]),
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

  describe('fragments of a datagram', () => {
    const NETFILTER = { drop_reason: 6, location: 16n };
    const whole = { outer_ip_version: 4 };
    const first = { outer_ip_version: 4, outer_flags: PWRU_TUPLE_MORE_FRAGMENTS };
    const later = (bytes: number) => ({ outer_ip_version: 4, outer_fragment_bytes: bytes });
    const at = (number: number) => 0xffff_8881_0000_0000n + 0x100n * BigInt(number);

    it('are lost one by one: the first loss is that of the packet, whatever lives or arrives of the others', () => {
      const harness = new Harness();
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
      const harness = new Harness();
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
      const harness = new Harness();
      harness.event(0, 7n, { skb: at(1), more: first });
      for (let number = 1; number < 45; number++) {
        harness.event(number, 7n, { skb: at(number + 1), more: later(1480 * number) });
      }
      const more = { ...later(1480 * 44), ...NETFILTER };
      expect(harness.event(99, 7n, { skb: at(45), flags: DROP | FREED, more })).toContain(99);
      expect(harness.packets('lost')).toBe(1);
    });

    it('put together are one packet, which is lost by itself', () => {
      const harness = new Harness();
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
      const harness = new Harness();
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
      const harness = new Harness();
      harness.event(1, 7n, { skb: at(1), more: whole });
      harness.event(2, 7n, { skb: at(2), more: first });
      harness.event(3, 7n, { skb: at(3), more: later(1480) });
      harness.event(4, 7n, { skb: at(1), flags: FREED, more: whole });
      const dropped = { skb: at(3), flags: DROP | FREED, more: { ...later(1480), ...NETFILTER } };
      expect(harness.event(5, 7n, dropped)).toEqual([1, 2, 3, 4, 5]);
    });
  });
});
