import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { pwru } from '../../../../proto/gen/pwru.js';
import { type EventFields, eventBytes, Random } from '../../../../test/support/event-records.ts';
import {
  pass,
  passInSteps,
  passUntil,
  passUntilSettled,
  playTime,
} from '../../../../test/support/played-time.ts';
import { RingProducer } from '../../../../test/support/ring-producer.ts';
import { DropJudge } from '../../core/drops/drop-judge.ts';
import type { EventNames } from '../../core/record/event-names.ts';
import { PWRU_FLAG_DROP, PWRU_FLAG_FREED } from '../../core/record/layout.ts';
import { RingCursor } from '../../core/ring/ring-cursor.ts';
import { BootClock } from '../../kernel/boot-clock.ts';
import type { SessionSink } from '../ports.ts';
import { DropJourneys } from './drop-journeys.ts';
import { EventStream } from './event-stream.ts';
import type { NamespaceNames } from './namespace-names.ts';

playTime();

/** As late as the test has let it become, and at each look a nanosecond later. */
class PlayedClock extends BootClock {
  #looks = 0;

  override nowNs(): number {
    return 1e15 + performance.now() * 1e6 + this.#looks++;
  }
}

const names: EventNames = {
  functionAt: (address) => ({ name: `f${address}`, module: '', tracepoint: false }),
  codeLocationAt: () => ({ symbol: '', offsetBytes: 0, module: '' }),
  dropReasonName: String,
  networkNamespaceOf: () => ({ name: '' }),
};

/** Keeps what it is given; asks to wait after each response while `gate` is closed. */
class RecordingSink implements SessionSink {
  closed = false;
  readonly marks: number[] = [];
  readonly batchEvents: number[] = [];
  /** Of code locations, in the order of their entries. */
  readonly locations: string[] = [];
  onBatch: () => void = () => {};
  #gateOpens: Promise<void> | undefined;
  #openGate: () => void = () => {};

  write(response: Uint8Array): Promise<void> | undefined {
    const { events, dictionary } = pwru.v1.TraceResponse.decode(response);
    for (const { codeLocation } of dictionary?.entries ?? []) {
      if (codeLocation) this.locations.push(codeLocation.symbol ?? '');
    }
    if (events?.events) {
      this.batchEvents.push(events.events.length);
      this.onBatch();
      for (const event of events.events) this.marks.push(Number(event.mark));
    }
    return this.#gateOpens;
  }

  closeGate(): void {
    this.#gateOpens = new Promise((resolve) => {
      this.#openGate = resolve;
    });
  }

  openGate(): void {
    this.#gateOpens = undefined;
    this.#openGate();
  }
}

interface Fixture {
  readonly rings: readonly RingProducer[];
  readonly sink: RecordingSink;
  readonly stream: EventStream;
  readonly clock: BootClock;
  /** Puts an event with the present time into a ring. */
  readonly produce: (
    mark: number,
    options?: { readonly cpu?: number; readonly fields?: EventFields },
  ) => boolean;
}

function fixture(
  options: {
    readonly cpus?: number;
    readonly ringBytes?: number;
    readonly journeys?: DropJourneys;
    readonly names?: EventNames;
    readonly namespaces?: Pick<NamespaceNames, 'nextChangeNs' | 'advance'>;
  } = {},
): Fixture {
  const { cpus = 2, ringBytes = 1 << 20, journeys } = options;
  const rings = Array.from({ length: cpus }, (_, cpu) => new RingProducer(cpu, ringBytes));
  const sink = new RecordingSink();
  const clock = new PlayedClock();
  const cursors = rings.map((ring) => new RingCursor(ring.memory));
  const stream = new EventStream({
    ...{ cursors, sink, clock, journeys, namespaces: options.namespaces },
    names: options.names ?? names,
  });
  const produce: Fixture['produce'] = (mark, { cpu = 0, fields = {} } = {}) => {
    const timed = { time_ns: BigInt(Math.floor(clock.nowNs())), place: 1n, mark, ...fields };
    return rings[cpu]?.produce(eventBytes(timed)) === true;
  };
  return { rings, sink, stream, clock, produce };
}

const sumOf = (
  stream: EventStream,
  name: 'delivered' | 'withheld' | 'undelivered' | 'pushedOut' | 'malformed',
) => stream.counts().reduce((sum, counts) => sum + counts[name], 0);

describe('EventStream', () => {
  it('goes through the changes of the names also when no event comes', async () => {
    const waiting = Array.from({ length: 100 }, (_, index) => index);
    const namespaces = {
      get nextChangeNs() {
        return waiting[0];
      },
      advance: () => {
        waiting.shift();
      },
    };
    const { stream } = fixture({ namespaces });
    const running = stream.run();
    await passUntil(() => waiting.length === 0);
    stream.stop(100);
    await passUntilSettled(running);
  });

  it('delivers an event after which names change and nothing more comes', async () => {
    const waiting: number[] = [];
    const namespaces = {
      get nextChangeNs() {
        return waiting[0];
      },
      advance: () => {
        waiting.shift();
      },
    };
    const { stream, sink, produce, clock } = fixture({ namespaces });
    const running = stream.run();
    expect(produce(1)).toBe(true);
    waiting.push(clock.nowNs() + 1);
    await passUntil(() => sink.marks.length === 1);
    stream.stop(100);
    await passUntilSettled(running);
  });

  it('delivers what comes from several CPUs in the order of time while it runs', async () => {
    const { stream, sink, produce } = fixture({ cpus: 3 });
    const running = stream.run();
    for (let mark = 1; mark <= 300; mark++) {
      expect(produce(mark, { cpu: mark % 3 })).toBe(true);
      if (mark % 20 === 0) await pass(3);
    }
    await passUntil(() => sink.marks.length === 300);
    expect(sink.marks).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    expect(stream.counts().map(({ cpu, delivered }) => [cpu, delivered])).toEqual([
      [0, 100],
      [1, 100],
      [2, 100],
    ]);
    stream.stop(1_000);
    await passUntilSettled(running);
  });

  it('sends a lone event within 20 ms and the polling interval', async () => {
    const { stream, sink, produce } = fixture();
    const running = stream.run();
    await pass(60);
    produce(1);
    expect(await passUntil(() => sink.marks.length === 1)).toBeLessThan(50);
    stream.stop(1_000);
    await passUntilSettled(running);
  });

  it('fills batches to 64 KiB and lets others run between them', async () => {
    const { stream, sink, produce } = fixture({ cpus: 1, ringBytes: 1 << 22 });
    for (let mark = 1; mark <= 12_000; mark++) produce(mark);
    let turn = 0;
    const turns = new Set<number>();
    sink.onBatch = () => turns.add(turn);
    const running = stream.run();
    while (sink.marks.length < 11_000) {
      await setImmediate();
      turn++;
      vi.advanceTimersByTime(1);
    }
    expect(sink.batchEvents.length).toBeGreaterThan(2);
    expect(turns.size).toBe(sink.batchEvents.length);
    await passUntil(() => sink.marks.length === 12_000);
    expect(Math.max(...sink.batchEvents)).toBeGreaterThan(1_000);
    expect(sink.batchEvents.length).toBeLessThan(20);
    stream.stop(1_000);
    await passUntilSettled(running);
  });

  it('stops reading while the sink asks to wait, and the ring is the queue', async () => {
    const { stream, sink, rings, produce } = fixture({ cpus: 1 });
    const running = stream.run();
    produce(1);
    await passUntil(() => sink.marks.length === 1);
    sink.closeGate();
    produce(2);
    await passUntil(() => sink.marks.length === 2);
    let produced = 2;
    while (produce(produced + 1)) produced += 1;
    await pass(50);
    expect(sink.marks).toEqual([1, 2]);
    expect(produce(0)).toBe(false);
    sink.openGate();
    await passUntil(() => sink.marks.length === produced);
    expect(rings[0]?.consumerPosition).toBe(rings[0]?.producerPosition);
    stream.stop(1_000);
    await passUntilSettled(running);
    expect(sumOf(stream, 'delivered')).toBe(produced);
    expect(sumOf(stream, 'undelivered')).toBe(0);
  });

  it('on stop delivers what is in the rings, however new', async () => {
    const { stream, sink, clock, produce } = fixture();
    const running = stream.run();
    await pass(5);
    for (let mark = 1; mark <= 50; mark++) {
      produce(mark, {
        cpu: mark % 2,
        fields: { time_ns: BigInt(Math.floor(clock.nowNs() + 3.6e12)) },
      });
    }
    await pass(50);
    expect(sink.marks).toEqual([]);
    stream.stop(1_000);
    await passUntilSettled(running);
    expect(sink.marks.length).toBe(50);
    expect(sumOf(stream, 'delivered')).toBe(50);
  });

  it('on stop waits for a record that is being written', async () => {
    const { stream, sink, rings } = fixture({ cpus: 1 });
    const busy = rings[0]?.reserve(eventBytes({ place: 1n, mark: 5 })) ?? -1;
    const running = stream.run();
    stream.stop(5_000);
    await pass(20);
    rings[0]?.commit(busy);
    await passUntilSettled(running);
    expect(sink.marks).toEqual([5]);
  });

  it('on stop counts exactly what the sink did not take before the deadline', async () => {
    const { stream, sink, rings, produce } = fixture({ cpus: 2, ringBytes: 1 << 20 });
    const running = stream.run();
    produce(1);
    await passUntil(() => sink.marks.length === 1);
    sink.closeGate();
    let produced = 1;
    for (const cpu of [0, 1]) while (produce(produced + 1, { cpu })) produced += 1;
    await passUntil(() => sink.marks.length > 1);
    expect(rings[0]?.produce(new Uint8Array(3))).toBe(true);
    stream.stop(30);
    const lastedMs = await passUntilSettled(running);
    expect(lastedMs).toBeGreaterThanOrEqual(30);
    expect(lastedMs).toBeLessThan(100);
    expect(sumOf(stream, 'delivered')).toBe(sink.marks.length);
    expect(sumOf(stream, 'undelivered')).toBeGreaterThan(1_000);
    expect(sumOf(stream, 'delivered') + sumOf(stream, 'undelivered')).toBe(produced);
    expect(sumOf(stream, 'malformed')).toBe(1);
    expect(rings.every((ring) => ring.consumerPosition === ring.producerPosition)).toBe(true);
  });

  it.each([
    ['delivers all to a sink that is slow', 60_000, 0],
    ['counts what a slow sink has not taken in all that time', 250, 1],
  ] as const)('on stop %s', async (_, mostMs, isShort) => {
    const { stream, sink, produce } = fixture({ cpus: 1, ringBytes: 1 << 22 });
    const running = stream.run();
    produce(1);
    await passUntil(() => sink.marks.length === 1);
    sink.closeGate();
    let produced = 1;
    while (produce(produced + 1)) produced += 1;
    stream.stop(100, mostMs);
    let isOver = false;
    void running.then(() => {
      isOver = true;
    });
    let lastedMs = 0;
    for (; !isOver; lastedMs += 90) {
      await passInSteps(90);
      sink.openGate();
      sink.closeGate();
    }
    expect(lastedMs).toBeGreaterThan(250);
    expect(sumOf(stream, 'delivered')).toBe(sink.marks.length);
    expect(sumOf(stream, 'delivered') + sumOf(stream, 'undelivered')).toBe(produced);
    expect(Math.min(sumOf(stream, 'undelivered'), 1)).toBe(isShort);
  });

  it('on stop counts a record that is never submitted, and those behind it', async () => {
    const { stream, rings, produce } = fixture({ cpus: 1 });
    produce(1);
    rings[0]?.reserve(eventBytes({ place: 1n }));
    produce(2);
    const running = stream.run();
    stream.stop(30);
    await passUntilSettled(running);
    expect([sumOf(stream, 'delivered'), sumOf(stream, 'undelivered')]).toEqual([1, 2]);
  });

  it('counts as undelivered what comes after the sink closed, and ends only on stop', async () => {
    const { stream, sink, produce } = fixture();
    const running = stream.run();
    produce(1);
    await passUntil(() => sink.marks.length === 1);
    sink.closed = true;
    await pass(30);
    for (let mark = 2; mark <= 11; mark++) produce(mark);
    let isOver = false;
    void running.then(() => {
      isOver = true;
    });
    await pass(10_000);
    expect(isOver).toBe(false);
    stream.stop(1_000);
    await passUntilSettled(running);
    expect([sumOf(stream, 'delivered'), sumOf(stream, 'undelivered')]).toEqual([1, 10]);
    expect(sink.marks).toEqual([1]);
  });

  it('ends at once when it is stopped before it ran, and stopping twice is harmless', async () => {
    const { stream, sink, produce } = fixture();
    produce(1);
    stream.stop(1_000);
    stream.stop(0);
    await passUntilSettled(stream.run());
    expect(sink.marks).toEqual([1]);
  });

  it('reports only dropped packets with DropJourneys, and accounts for all others', async () => {
    const journeys = new DropJourneys({
      ...{ stack: false, cpus: 2, showsAll: false, tellsFirstEnds: true },
      judge: new DropJudge(names),
    });
    const { stream, sink, produce } = fixture({ journeys });
    const running = stream.run();
    const random = new Random(5);
    const dropped = new Set([3, 11, 12, 40]);
    let mark = 0;
    const expected: number[] = [];
    for (let packet = 1; packet <= 50; packet++) {
      for (let step = 0; step < 10; step++) {
        mark += 1;
        const isLast = step === 9;
        const isDropped = dropped.has(packet);
        const flags =
          (isLast ? PWRU_FLAG_FREED : 0) | (isDropped && step === 8 ? PWRU_FLAG_DROP : 0);
        const fields = { packet_id: BigInt(packet), skb: 0x1000n, flags };
        while (!produce(mark, { cpu: random.below(2), fields })) await pass(1);
        if (isDropped) expected.push(mark);
      }
    }
    await passUntil(() => sink.marks.length === 40);
    for (let step = 0; step < 5; step++)
      produce(++mark, { fields: { packet_id: 99n, skb: 0x2000n } });
    await passUntil(() => stream.heldEvents === 5);
    stream.stop(1_000);
    await passUntilSettled(running);
    expect(sink.marks).toEqual(expected);
    expect(stream.counts().reduce((sum, { delivered }) => sum + delivered, 0)).toBe(40);
    expect(sumOf(stream, 'withheld')).toBe(465);
    expect(stream.heldEvents).toBe(0);
  });
});

describe('EventStream waits for names', () => {
  const drop = { flags: PWRU_FLAG_DROP, location: 0xffffffffc025f4ffn };

  /** Names that are settled when `settle` is called. */
  function slowNames() {
    const state = { revision: 1, asked: 0, symbol: 'stale', settle: () => {} };
    const slow: EventNames = {
      ...names,
      get revision() {
        return state.revision;
      },
      codeLocationAt: (_, isSettled) => ({
        ...{ symbol: isSettled ? state.symbol : '0xffffffffc025f4ff' },
        ...{ offsetBytes: 0, module: '' },
      }),
      settle: ({ addresses }) => {
        if (addresses.length === 0) return undefined;
        state.asked++;
        return new Promise((resolve) => {
          state.settle = () => resolve(true);
        });
      },
    };
    return { state, names: slow };
  }

  it('of code that is new, and keeps the order of what comes meanwhile', async () => {
    const { state, names: slow } = slowNames();
    const { stream, sink, produce } = fixture({ names: slow });
    const running = stream.run();
    produce(1);
    await passUntil(() => sink.marks.length === 1);
    produce(2, { fields: drop });
    await passUntil(() => state.asked === 1);
    produce(3);
    await pass(60);
    expect(sink.marks).toEqual([1]);
    state.symbol = 'nft_do_chain';
    state.settle();
    await passUntil(() => sink.marks.length === 3);
    expect(sink.marks).toEqual([1, 2, 3]);
    produce(4, { fields: drop });
    await passUntil(() => sink.marks.length === 4);
    expect(sink.locations).toEqual(['nft_do_chain']);
    expect(state.asked).toBe(1);
    stream.stop(1_000);
    await passUntilSettled(running);
  });

  it('no longer than the end of the session allows, and then sends the address', async () => {
    const { state, names: slow } = slowNames();
    const { stream, sink, produce } = fixture({ names: slow });
    const running = stream.run();
    produce(1, { fields: drop });
    await passUntil(() => state.asked === 1);
    stream.stop(1_000);
    expect(await passUntilSettled(running)).toBeLessThan(1_000);
    expect([sink.marks, sink.locations]).toEqual([[1], ['0xffffffffc025f4ff']]);
    expect(sumOf(stream, 'delivered')).toBe(1);
  });

  it('and names again what has another name when the tables have changed', async () => {
    const { state, names: slow } = slowNames();
    const { stream, sink, produce } = fixture({ names: slow });
    const running = stream.run();
    for (const [index, symbol] of ['netem_enqueue', 'sfq_enqueue'].entries()) {
      state.symbol = symbol;
      state.revision++;
      await pass(50);
      produce(index + 1, { fields: drop });
      await passUntil(() => state.asked === index + 1);
      state.settle();
      await passUntil(() => sink.marks.length === index + 1);
    }
    expect(sink.locations).toEqual(['netem_enqueue', 'sfq_enqueue']);
    stream.stop(1_000);
    await passUntilSettled(running);
  });
});
