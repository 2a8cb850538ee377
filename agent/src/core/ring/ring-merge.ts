import { RECORD } from '../record/layout.ts';
import type { EventRecord } from '../record/record-view.ts';
import type { RingCursor } from './ring-cursor.ts';

/** Nanoseconds on CLOCK_BOOTTIME as two unsigned words, so that times compare exactly without a BigInt. */
export interface BootTime {
  readonly high: number;
  readonly low: number;
}

const TIME_WORD = RECORD.time_ns.offset / 4;

/** Later than every record: nothing is held back. */
export const endOfTime: BootTime = { high: 0xffff_ffff, low: 0xffff_ffff };

/** @param ns of CLOCK_BOOTTIME; exact below 2^53 (104 days), then to 2 ns. */
export function bootTime(ns: number): BootTime {
  const high = Math.floor(ns / 2 ** 32);
  return { high, low: ns - high * 2 ** 32 };
}

/**
 * Merges the rings of several CPUs by time, in rounds. A round goes up to a snapshot of all producer positions and to a
 * watermark: since a program that took its time stamp before the watermark has submitted its record by the time of
 * the snapshot, no record that is older can still come, and what is newer waits for the next round. A ring without
 * records, or with an unfinished one at its head, holds nothing back.
 *
 * Within a ring the order is that of reservation, which differs from that of time only when a tracepoint interrupted
 * another program between its time stamp and its reservation: that program's record then comes late.
 */
export class RingMerge {
  readonly #cursors: readonly RingCursor[];
  /** Time of each cursor's current record, by cursor index. */
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  /** Binary heap of cursor indices, the oldest record first. */
  readonly #heap: Uint16Array;
  #heapLength = 0;
  #watermark: BootTime = { high: 0, low: 0 };
  /** Whether no ring had anything when the round began. */
  #isEmpty = true;
  /** Whether the record at the top of the heap was handed out. */
  #taken = false;

  /** @param cursors at most 65,535. */
  constructor(cursors: readonly RingCursor[]) {
    this.#cursors = cursors;
    this.#high = new Uint32Array(cursors.length);
    this.#low = new Uint32Array(cursors.length);
    this.#heap = new Uint16Array(cursors.length);
  }

  /**
   * Starts a round.
   * @param watermark the time, taken before this call, minus the longest time that a program needs from its time stamp to its submission.
   * @returns the largest fill of a ring, 0 to 1.
   */
  begin(watermark: BootTime): number {
    let fill = 0;
    this.#watermark = watermark;
    this.#heapLength = 0;
    this.#taken = false;
    for (const [index, cursor] of this.#cursors.entries()) {
      cursor.snapshot();
      if (cursor.pendingBytes === 0) continue;
      fill = Math.max(fill, cursor.pendingBytes / cursor.sizeBytes);
      if ((cursor.hasRecord || cursor.advance()) && this.#isOld(index)) this.#push(index);
    }
    this.#isEmpty = fill === 0;
    return fill;
  }

  /** The oldest record of the round, valid until the next call; undefined when the round is over. */
  next(): EventRecord | undefined {
    if (this.#taken) this.#passTop();
    if (this.#heapLength === 0) return undefined;
    this.#taken = true;
    return this.#cursors[this.#heap[0] ?? 0]?.record;
  }

  /** Gives the space of all records that `next` has handed out back to the kernel: they are no longer valid. */
  release(): void {
    if (this.#taken) this.#passTop();
    if (this.#isEmpty) return;
    for (const cursor of this.#cursors) cursor.release();
  }

  #passTop(): void {
    this.#taken = false;
    const top = this.#heap[0] ?? 0;
    if (this.#cursors[top]?.advance() !== true || !this.#isOld(top)) {
      this.#heapLength -= 1;
      this.#heap[0] = this.#heap[this.#heapLength] ?? 0;
    }
    this.#siftDown();
  }

  /** Reads the time of the cursor's record: whether it is before the watermark. */
  #isOld(index: number): boolean {
    const record = this.#cursors[index]?.record;
    if (record === undefined) return false;
    const word = (record.offset >>> 2) + TIME_WORD;
    const low = (record.words[word] ?? 0) >>> 0;
    const high = (record.words[word + 1] ?? 0) >>> 0;
    this.#low[index] = low;
    this.#high[index] = high;
    const watermark = this.#watermark;
    return high < watermark.high || (high === watermark.high && low < watermark.low);
  }

  #isOlder(one: number, other: number): boolean {
    const oneHigh = this.#high[one] ?? 0;
    const otherHigh = this.#high[other] ?? 0;
    if (oneHigh !== otherHigh) return oneHigh < otherHigh;
    return (this.#low[one] ?? 0) < (this.#low[other] ?? 0);
  }

  #push(index: number): void {
    const heap = this.#heap;
    let place = this.#heapLength++;
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      const above = heap[parent] ?? 0;
      if (!this.#isOlder(index, above)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = index;
  }

  #siftDown(): void {
    const heap = this.#heap;
    const moved = heap[0] ?? 0;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#heapLength) break;
      const right = child + 1;
      if (right < this.#heapLength && this.#isOlder(heap[right] ?? 0, heap[child] ?? 0)) {
        child = right;
      }
      const below = heap[child] ?? 0;
      if (!this.#isOlder(below, moved)) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = moved;
  }
}
