import { describe, expect, test } from 'vitest';
import { pass, playTime } from '../../../test/support/played-time.ts';
import { encodeEvents, MergedNodes, type PlainEvent } from '../../testing/merged-nodes.ts';
import { Random } from '../../testing/random.ts';

const MS = 1_000_000;
const WINDOW_MS = 250;

playTime();

const event = (node: number, timeMs: number, number = timeMs, packet = 0): PlainEvent => ({
  ...{ node, timeNs: timeMs * MS, number, packet },
});

function push(nodes: MergedNodes, ...events: readonly PlainEvent[]): void {
  const [first] = events;
  if (first !== undefined) nodes.queues[first.node]?.pushBatch(encodeEvents(events));
}

describe('EventMerge.next', () => {
  test('holds a head back until the watermark of an idle node has passed it', () => {
    const nodes = new MergedNodes(2);
    push(nodes, event(0, 10), event(0, 20));
    expect(nodes.take()).toEqual([]);
    nodes.watermark(1, 9 * MS);
    expect(nodes.take()).toEqual([]);
    nodes.watermark(1, 15 * MS);
    expect(nodes.take()).toEqual(['0:10']);
    push(nodes, event(1, 18), event(1, 30));
    expect(nodes.take()).toEqual(['1:18', '0:20']);
    nodes.watermark(0, 40 * MS);
    expect(nodes.take()).toEqual(['1:30']);
  });

  test('never waits for a node alone, nor for nodes whose session has not begun or has ended', () => {
    const alone = new MergedNodes(1);
    push(alone, event(0, 5));
    expect(alone.take()).toEqual(['0:5']);
    const two = new MergedNodes(2);
    two.queues[1]?.pushAction(() => two.queues[1]?.endSession());
    push(two, event(0, 5));
    expect(two.take()).toEqual(['0:5']);
    two.queues[1]?.close();
    push(two, event(0, 6));
    expect(two.take()).toEqual(['0:6']);
    expect(two.merge.isFinished).toBe(false);
    two.queues[0]?.close();
    expect(two.take()).toEqual([]);
    expect(two.merge.isFinished).toBe(true);
  });

  test('lets a head go when it has waited for the window, and earlier ones with it', async () => {
    const nodes = new MergedNodes(3);
    push(nodes, event(0, 50));
    expect(nodes.take()).toEqual([]);
    const waited = nodes.merge.wait();
    await pass(200);
    push(nodes, event(1, 40), event(1, 60));
    await waited;
    expect(nodes.take()).toEqual([]);
    const again = nodes.merge.wait();
    await pass(49);
    expect(nodes.take()).toEqual([]);
    await pass(2);
    await again;
    expect(nodes.take()).toEqual(['1:40', '0:50']);
  });

  test('does not count the time in which nobody asked as waited', async () => {
    const nodes = new MergedNodes(2);
    push(nodes, event(0, 50));
    expect(nodes.take()).toEqual([]);
    await pass(10_000);
    expect(nodes.take()).toEqual([]);
    const waited = nodes.merge.wait();
    await pass(100);
    nodes.merge.wake();
    await waited;
    await pass(10_000);
    expect(nodes.take()).toEqual([]);
    push(nodes, event(1, 40));
    expect(nodes.take()).toEqual(['1:40']);
  });

  test("keeps a node's own order when an event comes late", () => {
    const nodes = new MergedNodes(2);
    push(nodes, event(0, 10), event(0, 30), event(0, 20), event(0, 40));
    push(nodes, event(1, 25), event(1, 35));
    nodes.watermark(1, 46 * MS);
    expect(nodes.take()).toEqual(['0:10', '1:25', '0:30', '0:20', '1:35', '0:40']);
    push(nodes, event(0, 45), event(0, 12));
    expect(nodes.take()).toEqual(['0:45', '0:12']);
    // What the first node sent last is no measure of how far it is.
    push(nodes, event(1, 44));
    expect(nodes.take()).toEqual(['1:44']);
  });

  test('compares nodes that booted at different times', () => {
    const nodes = new MergedNodes(2);
    // The time line begins 5 s after the first node's boot, and 1 s before the second's.
    nodes.beginSession(0, 5_000n * BigInt(MS));
    nodes.beginSession(1, -1_000n * BigInt(MS));
    push(nodes, event(0, 6_300), event(0, 6_500));
    push(nodes, event(1, 200), event(1, 400), event(1, 600));
    expect(nodes.take()).toEqual(['1:200', '0:6300', '1:400', '0:6500']);
  });

  test('keeps events of a packet together when asked to', () => {
    const nodes = new MergedNodes(2, { keepsPackets: true });
    push(nodes, event(1, 15, 15, 9), event(1, 35, 35, 9), event(1, 90));
    push(nodes, event(0, 10, 1, 7), event(0, 20, 2, 7), event(0, 30, 3, 7), event(0, 70, 4, 8));
    expect(nodes.take()).toEqual(['0:1', '0:2', '0:3', '1:15', '1:35', '0:4']);
  });

  test('gives events as they come when they are not to be sorted', () => {
    const nodes = new MergedNodes(2, { sorted: false });
    push(nodes, event(0, 50), event(0, 60));
    push(nodes, event(1, 10));
    push(nodes, event(0, 70));
    push(nodes, event(1, 20));
    expect(nodes.take()).toEqual(['0:50', '0:60', '1:10', '0:70', '1:20']);
  });

  test('lets things happen between the events where they were put', () => {
    const nodes = new MergedNodes(1);
    const [queue] = nodes.queues;
    const happened: string[] = [];
    push(nodes, event(0, 1), event(0, 2));
    queue?.pushAction(() => happened.push('a'));
    queue?.pushAction(() => happened.push('b'));
    push(nodes, event(0, 3));
    expect(nodes.take(2)).toEqual(['0:1', '0:2']);
    expect(happened).toEqual([]);
    expect(nodes.take()).toEqual(['0:3']);
    expect(happened).toEqual(['a', 'b']);
  });

  test('drops what follows of a session with a malformed batch, and nothing else', () => {
    const nodes = new MergedNodes(2);
    const [queue] = nodes.queues;
    push(nodes, event(0, 1));
    queue?.pushBatch(Uint8Array.of(0x0a, 0x05));
    push(nodes, event(0, 3));
    push(nodes, event(1, 2), event(1, 4), event(1, 9));
    nodes.watermark(0, 100 * MS);
    expect(nodes.take()).toEqual(['0:1', '1:2', '1:4', '1:9']);
    expect(nodes.malformed).toEqual([0]);
    nodes.beginSession(0, 0n);
    push(nodes, event(0, 8));
    nodes.watermark(1, 100 * MS);
    expect(nodes.take()).toEqual(['0:8']);
  });
});

describe('EventMerge.skip', () => {
  test('drops the events, and lets the rest happen', async () => {
    const nodes = new MergedNodes(2);
    const [queue] = nodes.queues;
    let happened = 0;
    push(nodes, event(0, 1), event(0, 2));
    push(nodes, event(1, 3));
    expect(nodes.take(1)).toEqual(['0:1']);
    queue?.pushAction(() => happened++);
    nodes.merge.skip();
    expect(happened).toBe(1);
    for (const one of nodes.queues) one.close();
    nodes.merge.skip();
    expect(nodes.merge.isFinished).toBe(true);
  });
});

describe('NodeQueue.space', () => {
  test('is there until the queue is full, and again when what was taken is written', async () => {
    const nodes = new MergedNodes(1, { maxBytes: 1 });
    const [queue] = nodes.queues;
    expect(queue?.space()).toBeUndefined();
    push(nodes, event(0, 1));
    let isFree = false;
    const space = queue?.space()?.then(() => {
      isFree = true;
    });
    expect(nodes.take()).toEqual(['0:1']);
    await Promise.resolve();
    expect(isFree).toBe(false);
    nodes.merge.free();
    await space;
    expect(queue?.space()).toBeUndefined();
  });

  test('is not waited for any more when the queue is closed, which takes nothing then', async () => {
    const nodes = new MergedNodes(1, { maxBytes: 1 });
    const [queue] = nodes.queues;
    push(nodes, event(0, 1));
    const space = queue?.space();
    queue?.close();
    await space;
    push(nodes, event(0, 2));
    expect(nodes.take()).toEqual(['0:1']);
  });
});

interface Arrival {
  readonly atMs: number;
  readonly happen: () => void;
}

/**
 * Nodes whose batches and watermarks reach us after a delay of their own, which varies below `delayMs`. Event times are the
 * milliseconds at which they happen.
 */
function arrivals(random: Random, nodes: MergedNodes, delayMs: number): Arrival[] {
  return nodes.queues.flatMap((_, node) => {
    const isIdle = random.oneIn(4);
    const all: Arrival[] = [];
    let number = 0;
    let reachedMs = 0;
    for (let nowMs = 20; nowMs <= 2_000; nowMs += 20) {
      const times = Array.from({ length: isIdle ? 0 : random.below(6) }, () =>
        Math.floor(nowMs - 20 + random.below(20)),
      ).sort((a, b) => a - b);
      const batch = times.map((timeMs) => event(node, timeMs, number++, random.below(4)));
      reachedMs = Math.max(reachedMs, nowMs + random.below(delayMs));
      const watermarkNs = nowMs * MS;
      all.push({
        atMs: reachedMs,
        happen: () => {
          if (batch.length > 0) push(nodes, ...batch);
          if (nowMs % 100 === 0) nodes.watermark(node, watermarkNs);
        },
      });
      expected.push(...batch);
    }
    return all;
  });
}

let expected: PlainEvent[] = [];

/** Plays arrivals, takes what may go out at once, and tells when it did. */
async function play(
  nodes: MergedNodes,
  all: readonly Arrival[],
): Promise<Array<{ readonly text: string; readonly atMs: number }>> {
  const startMs = performance.now();
  for (const { atMs, happen } of all) setTimeout(happen, atMs);
  const taken: Array<{ text: string; atMs: number }> = [];
  let isOver = false;
  const consuming = (async () => {
    while (!isOver) {
      for (const text of nodes.take()) taken.push({ text, atMs: performance.now() - startMs });
      await nodes.merge.wait();
    }
  })();
  await pass(10_000);
  isOver = true;
  nodes.merge.wake();
  await consuming;
  return taken;
}

function timeOf(text: string): number {
  const [node, number] = text.split(':').map(Number);
  return expected.find((one) => one.node === node && one.number === number)?.timeNs ?? Number.NaN;
}

describe('EventMerge over random arrivals', () => {
  test.each(Array.from({ length: 12 }, (_, seed) => seed))(
    'with delays below the window gives all events in the order of time, seed %i',
    async (seed) => {
      expected = [];
      const random = new Random(seed);
      const nodes = new MergedNodes(1 + random.below(5));
      // A node is heard at the latest 100 ms (its watermarks) and the delay after what another one has sent.
      const taken = await play(nodes, arrivals(random, nodes, WINDOW_MS - 130));
      const times = taken.map(({ text }) => timeOf(text));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(taken.map(({ text }) => text).sort()).toEqual(
        expected.map(({ node, number }) => `${node}:${number}`).sort(),
      );
    },
  );

  test.each(Array.from({ length: 12 }, (_, seed) => seed))(
    'with delays beyond the window loses nothing, keeps each node in order and is never stuck, seed %i',
    async (seed) => {
      expected = [];
      const random = new Random(100 + seed);
      const keepsPackets = random.oneIn(2);
      const nodes = new MergedNodes(2 + random.below(5), { keepsPackets });
      const all = arrivals(random, nodes, 3 * WINDOW_MS);
      const taken = await play(nodes, all);
      for (const [node] of nodes.queues.entries()) {
        const own = taken.filter(({ text }) => text.startsWith(`${node}:`));
        expect(own.map(({ text }) => text)).toEqual(
          expected.filter((one) => one.node === node).map(({ number }) => `${node}:${number}`),
        );
      }
      // Nothing goes out later than the last arrival and the window after it.
      const lastMs = Math.max(...all.map(({ atMs }) => atMs));
      expect(Math.max(...taken.map(({ atMs }) => atMs))).toBeLessThanOrEqual(
        lastMs + WINDOW_MS + 1,
      );
      expect(taken.length).toBe(expected.length);
    },
  );

  test('a node that is silent from some time on delays the others by the window at most', async () => {
    expected = [];
    const nodes = new MergedNodes(2);
    const all = Array.from({ length: 100 }, (_, index) => ({
      atMs: index * 20,
      happen: () => push(nodes, event(0, index * 20)),
    }));
    const taken = await play(nodes, all);
    expect(taken).toHaveLength(100);
    for (const { text, atMs } of taken) {
      expect(atMs - Number(text.slice(2))).toBeLessThanOrEqual(WINDOW_MS + 1);
    }
  });
});
