import Long from 'long';
import { expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { EventCursor } from './cursor.ts';
import { Dictionary } from './dictionary.ts';
import { Journeys, type PacketEnd } from './journeys.ts';

const { EventKind, DropClass } = pwru.v1;
const MS = 1_000_000;

/** Ids of drop reasons by what such a drop means. */
const reasons = {
  lost: [1, DropClass.DROP_CLASS_LOST],
  copy: [2, DropClass.DROP_CLASS_COPY],
  notKnown: [3, DropClass.DROP_CLASS_NOT_KNOWN],
  discarded: [4, DropClass.DROP_CLASS_DISCARDED],
  unwanted: [5, DropClass.DROP_CLASS_UNWANTED],
} as const;

interface Step {
  readonly packet?: number;
  readonly skb?: number;
  readonly drop?: keyof typeof reasons;
  /** The sk_buff ends with it. */
  readonly ends?: boolean;
  /** Nobody is shown it. */
  readonly silent?: boolean;
  readonly afterNs?: number;
  readonly functionId?: number;
}

class Harness {
  readonly ends: PacketEnd[] = [];
  nowMs = 0;
  readonly journeys: Journeys;
  readonly #cursor = new EventCursor();
  #timeNs = 5_000_000_000;

  constructor() {
    const dictionary = new Dictionary();
    dictionary.add(
      Object.values(reasons).map(([id, dropClass]) => ({ id, dropReason: { dropClass } })),
    );
    this.journeys = new Journeys(
      dictionary,
      (end) => this.ends.push(end),
      () => this.nowMs,
    );
  }

  /** One batch of events, a microsecond after one another unless they say otherwise. */
  take(...steps: readonly Step[]): this {
    const events = steps.map((step) => {
      const { packet = 7, skb = 0x1000, drop, ends = false, silent = false } = step;
      this.#timeNs += step.afterNs ?? 1_000;
      return {
        bootTimeNs: Long.fromNumber(this.#timeNs, true),
        packetId: Long.fromNumber(packet, true),
        skbAddress: Long.fromBits(skb, 0xffff_8881, true),
        functionId: step.functionId ?? 1,
        dropReasonId: drop === undefined ? 0 : reasons[drop][0],
        endsBuffer: ends,
        kind: silent ? EventKind.EVENT_KIND_END : EventKind.EVENT_KIND_HIT,
      };
    });
    this.#cursor.reset(pwru.v1.EventBatch.encode({ events }).finish());
    while (this.#cursor.next()) this.journeys.advance(this.#cursor, this.#cursor.kind === 0);
    return this;
  }

  /** Nothing comes for long. */
  rest(): this {
    this.nowMs += 100;
    this.journeys.settle();
    return this;
  }

  get kinds(): string[] {
    return this.ends.map(({ kind }) => kind);
  }
}

test('a packet is told once, when its last sk_buff has ended and nothing more comes', () => {
  const harness = new Harness().take({}, {}, { ends: true }, { ends: true });
  expect(harness.journeys.settle()).toBe(true);
  expect(harness.ends).toEqual([]);
  harness.rest();
  expect(harness.ends).toMatchObject([
    { idHigh: 0, idLow: 7, kind: 'consumed', events: 4, durationNs: 3_000, drop: undefined },
  ]);
  harness.rest();
  harness.journeys.close(true);
  expect(harness.ends).toHaveLength(1);
});

test('the event of another packet shows that nothing more comes', () => {
  const harness = new Harness().take({}, { ends: true }, { packet: 8 });
  expect(harness.ends).toEqual([]);
  harness.take({ packet: 9, afterNs: 3 * MS });
  expect(harness.kinds).toEqual(['consumed']);
});

test('while a copy lives the packet has not ended', () => {
  const harness = new Harness().take({}, { skb: 0x2000 }, { ends: true }).rest();
  expect(harness.kinds).toEqual([]);
  harness.take({ skb: 0x2000, ends: true, silent: true }).rest();
  expect(harness.kinds).toEqual(['consumed']);
  expect(harness.ends[0]?.events).toBe(3);
});

test('a copy that comes to life after the others have ended is of the packet, too', () => {
  const harness = new Harness().take({}, { ends: true }, { skb: 0x2000 }).rest();
  expect(harness.kinds).toEqual([]);
  harness.take({ skb: 0x2000, drop: 'notKnown' }, { skb: 0x2000, ends: true }).rest();
  expect(harness.kinds).toEqual(['not-known']);
});

test.each([
  ['lost', ['dropped']],
  ['copy', ['copy-dropped']],
  ['notKnown', ['dropped']],
  ['discarded', ['discarded']],
  ['unwanted', ['dropped']],
] as const)('dropped as %s with all of it: %s', (drop, kinds) => {
  const harness = new Harness().take({}, { drop, functionId: 5 }, { ends: true }).rest();
  expect(harness.kinds).toEqual(kinds);
  expect(harness.ends[0]?.drop).toMatchObject({ functionId: 5, dropClass: reasons[drop][1] });
});

test('a drop that ends its sk_buff at once, as tracepoints tell it', () => {
  expect(new Harness().take({}, { drop: 'lost', ends: true }).rest().kinds).toEqual(['dropped']);
});

test('what was dropped beside a copy that was consumed may have arrived, and may not', () => {
  const harness = new Harness()
    .take({}, { skb: 0x2000 }, { drop: 'notKnown' }, { ends: true }, { skb: 0x2000, ends: true })
    .rest();
  expect(harness.kinds).toEqual(['not-known']);
});

test('a lost packet is told though an sk_buff of it was never seen to end', () => {
  const harness = new Harness().take({}, { skb: 0x2000 }, { drop: 'lost' }).rest();
  expect(harness.kinds).toEqual([]);
  for (let round = 0; round < 10; round++) harness.rest();
  expect(harness.kinds).toEqual(['dropped']);
  const other = new Harness().take({}, { drop: 'lost' }, { packet: 8, afterNs: 900 * MS });
  expect(other.kinds).toEqual([]);
  other.take({ packet: 9, afterNs: 200 * MS });
  expect(other.kinds).toEqual(['dropped']);
});

test('what frees a lost packet late is still of it', () => {
  const harness = new Harness().take({}, { drop: 'lost' }).rest();
  harness
    .take({ ends: true, afterNs: 5 * MS }, { ends: true })
    .rest()
    .rest();
  expect(harness.ends).toMatchObject([{ kind: 'dropped', events: 4 }]);
});

test('the gravest drop counts', () => {
  const harness = new Harness()
    .take({ drop: 'discarded' }, { ends: true }, { skb: 0x2000, drop: 'copy' })
    .take({ skb: 0x2000, ends: true })
    .rest();
  expect(harness.kinds).toEqual(['discarded']);
});

test('at the end of the session a packet still waits; of one that was cut off less is known', () => {
  const orderly = new Harness().take({}, { packet: 8, ends: true });
  orderly.journeys.close(true);
  // Of the other one only the end was seen.
  expect(orderly.kinds).toEqual(['waiting', 'consumed']);
  const cut = new Harness().take({}, { packet: 8 }, { packet: 8, ends: true });
  cut.journeys.close(false);
  expect(cut.kinds).toEqual(['session-ended', 'consumed']);
});

test('a packet that is sent again after its loss is told again', () => {
  const harness = new Harness().take({}, { drop: 'lost' }, { ends: true }).rest();
  harness.take({ skb: 0x3000 }, { skb: 0x3000, ends: true }).rest();
  expect(harness.kinds).toEqual(['dropped', 'consumed']);
});

test('ends of which nothing was shown, and events without a packet, are nothing', () => {
  const harness = new Harness()
    .take({ silent: true, ends: true }, { packet: 0, drop: 'lost' })
    .rest();
  harness.journeys.close(true);
  expect(harness.ends).toEqual([]);
});

test('the packet that was seen first makes room', () => {
  const harness = new Harness();
  for (let packet = 1; packet <= 32_770; packet++) harness.take({ packet });
  expect(harness.ends.map(({ idLow, kind }) => [idLow, kind])).toEqual([
    [1, 'pushed-out'],
    [2, 'pushed-out'],
  ]);
});

test('of more copies than are told apart it is only known that there are some', () => {
  const copies = Array.from({ length: 40 }, (_, index) => ({ skb: 0x1000 * (index + 1) }));
  const harness = new Harness()
    .take(...copies)
    .take(...copies.map((copy) => ({ ...copy, ends: true })))
    .rest();
  expect(harness.ends).toEqual([]);
  harness.journeys.close(true);
  expect(harness.kinds).toEqual(['waiting']);
});
