import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BootClock } from '../../agent/src/kernel/boot-clock.ts';
import { RingReader } from '../../agent/src/kernel/bpf/rings.ts';
import type { SessionSink } from '../../agent/src/trace/ports.ts';
import { EventStream } from '../../agent/src/trace/stream/event-stream.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { names } from '../bench/pipeline-workload.ts';
import { RingObject } from '../support/ring-object.ts';

/** Takes a response every `delayMs`, like a slow client. */
class SlowSink implements SessionSink {
  readonly closed = false;
  readonly events: pwru.v1.Event.$Properties[] = [];
  readonly locations = new Map<number, string>();
  readonly #delayMs: number;

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  write(response: Uint8Array): Promise<void> | undefined {
    const { events, dictionary } = pwru.v1.TraceResponse.decode(response);
    this.events.push(...(events?.events ?? []));
    for (const { id, codeLocation } of dictionary?.entries ?? []) {
      if (codeLocation) this.locations.set(id ?? 0, codeLocation.symbol ?? '');
    }
    return this.#delayMs === 0 ? undefined : sleep(this.#delayMs);
  }
}

async function openStream(object: RingObject, sink: SessionSink) {
  const reader = await RingReader.open(object.rings);
  const stream = new EventStream({ cursors: reader.cursors, names, sink, clock: new BootClock() });
  return { reader, stream };
}

describe('EventStream on the running kernel', () => {
  it.each([
    { client: 'a fast client', delayMs: 0, withinMs: 5_000 },
    { client: 'a slow client', delayMs: 15, withinMs: 5_000 },
    { client: 'a client that cannot follow', delayMs: 150, withinMs: 100 },
  ])('accounts for every record, by CPU, with $client', async ({ delayMs, withinMs }) => {
    using object = await RingObject.load(2, 2 * 512 * 1024);
    const sink = new SlowSink(delayMs);
    const { reader, stream } = await openStream(object, sink);
    using _ = reader;
    const running = stream.run();
    const produced = [0, 0];
    const lost = [0, 0];
    for (let turn = 0; turn < 60; turn++) {
      const ring = turn % 2;
      const count = turn % 7 === 0 ? 4_000 : 700;
      produced[ring] = (produced[ring] ?? 0) + count;
      lost[ring] = (lost[ring] ?? 0) + object.fill({ ring, count, functions: 20 }).lost;
      await sleep(4);
    }
    stream.stop(withinMs);
    await running;
    const counts = stream.counts();
    expect(
      counts.map(({ delivered, undelivered }, ring) => delivered + undelivered + (lost[ring] ?? 0)),
    ).toEqual(produced);
    const delivered = counts.reduce((sum, count) => sum + count.delivered, 0);
    const undelivered = counts.reduce((sum, count) => sum + count.undelivered, 0);
    expect(sink.events.length).toBe(delivered);
    expect(lost[0]).toBeGreaterThan(0);
    expect(undelivered > 0).toBe(withinMs === 100);
    // Positions are at the end: nothing is left behind in the rings.
    for (const cursor of reader.cursors) {
      cursor.snapshot();
      expect(cursor.pendingBytes).toBe(0);
    }
  });

  it('keeps the order of time over CPUs that produce at different moments', async () => {
    using object = await RingObject.load(3, 3 * 512 * 1024);
    const sink = new SlowSink(0);
    const { reader, stream } = await openStream(object, sink);
    using _ = reader;
    const running = stream.run();
    for (let turn = 0; turn < 90; turn++) {
      object.fill({ ring: turn % 3, count: 20 });
      if (turn % 4 === 0) await sleep(2);
    }
    stream.stop(1_000);
    await running;
    const times = sink.events.map((event) => BigInt(String(event.bootTimeNs)));
    expect(times.length).toBe(1_800);
    expect(times).toEqual([...times].sort((one, other) => (one < other ? -1 : 1)));
  });

  it('delivers call stacks with their names', async () => {
    using object = await RingObject.load(1, 512 * 1024);
    const sink = new SlowSink(0);
    const { reader, stream } = await openStream(object, sink);
    using _ = reader;
    const func = 0xffff_ffff_8123_4500n;
    object.fill({ ring: 0, count: 10, stack: true, event: { place: func } });
    const running = stream.run();
    stream.stop(1_000);
    await running;
    const stacks = sink.events.map((event) =>
      (event.stackLocationIds ?? []).map((id) => sink.locations.get(id)),
    );
    const expected = Array.from(
      { length: 16 },
      (_, frame) => `symbol_${(func + BigInt(8 * frame)).toString(16)}`,
    );
    expect(stacks).toEqual(Array.from({ length: 10 }, () => expected));
  });
});
