import { EventRecord } from '../record/record-view.ts';

/** Record header of a BPF ring buffer (include/uapi/linux/bpf.h, kernel/bpf/ringbuf.c): u32 length and bits, u32 pgoff. */
export const RING_HEADER = { SIZE: 8, BUSY: 1 << 31, DISCARD: 1 << 30 } as const;

/** No record of the programs is longer (bpf/include/record.h). A power of two, at most a ring's size. */
export const RECORD_BYTES_MAX = 8_192;

const LENGTH_MASK = ~(RING_HEADER.BUSY | RING_HEADER.DISCARD);

/**
 * The memory of one BPF ring buffer, as kernel/bpf/ringbuf.c lays it out (kernel 5.8 and later).
 * Positions are counts of bytes since the ring was made, modulo 2^64. Behind the ring's bytes `data` has the first of them once
 * more, so that a record which wraps is contiguous.
 */
export interface RingMemory {
  /** CPU that produces into this ring. */
  readonly cpu: number;
  /** Power of two, at most 2^30. */
  readonly sizeBytes: number;
  /** Consumer position; written by this side only. */
  readonly consumer: BigUint64Array;
  /** Low word of the producer position. */
  readonly producerLow: Int32Array;
  /** sizeBytes + RECORD_BYTES_MAX bytes at `dataOffset`. */
  readonly data: ArrayBuffer;
  readonly dataOffset: number;
}

/**
 * Walks the records of one ring, from the consumer position up to a snapshot of the producer position. Nothing is given
 * back to the kernel until `release`.
 */
export class RingCursor {
  /** The record that `advance` found; its memory is the kernel's until `release`. */
  readonly record: EventRecord;
  readonly sizeBytes: number;
  /** Records that could not be decoded and were skipped. */
  malformed = 0;

  readonly #headers: Int32Array;
  #consumer: BigUint64Array;
  #producerLow: Int32Array;
  readonly #mask: number;
  /** Positions modulo 2^32, as signed words: the current record's start and end, and the snapshot. */
  #start: number;
  #end: number;
  #limit: number;
  /** The consumer position that the kernel knows, and its low word. */
  #published: bigint;
  #publishedLow: number;

  constructor(memory: RingMemory) {
    const { cpu, data, dataOffset, sizeBytes } = memory;
    this.record = new EventRecord(cpu, data, dataOffset);
    this.sizeBytes = sizeBytes;
    this.#headers = new Int32Array(data, dataOffset, sizeBytes / 4);
    this.#mask = sizeBytes - 1;
    this.#consumer = memory.consumer;
    this.#producerLow = memory.producerLow;
    this.#published = Atomics.load(memory.consumer, 0);
    this.#publishedLow = Number(BigInt.asIntN(32, this.#published));
    this.#start = this.#publishedLow;
    this.#end = this.#start;
    this.#limit = this.#start;
  }

  /** Whether `record` is a record not yet passed by `advance`. */
  get hasRecord(): boolean {
    return this.#end !== this.#start;
  }

  /** Bytes between the current record's start and the last snapshot. */
  get pendingBytes(): number {
    return (this.#limit - this.#start) >>> 0;
  }

  /** Lets `advance` go up to what the kernel has reserved by now. */
  snapshot(): void {
    this.#limit = Atomics.load(this.#producerLow, 0);
  }

  /**
   * Passes the current record, if any, and moves to the next that is complete and well formed.
   * @returns false at the snapshot and before a record that its producer has not finished (BUSY).
   */
  advance(): boolean {
    const record = this.record;
    let position = this.#end;
    let found = false;
    while (position !== this.#limit) {
      const offset = position & this.#mask;
      const header = Atomics.load(this.#headers, offset >>> 2);
      if ((header & RING_HEADER.BUSY) !== 0) break;
      const end = this.#endOf(position, header);
      if ((header & RING_HEADER.DISCARD) === 0) {
        const lengthBytes = header & LENGTH_MASK;
        record.offset = offset + RING_HEADER.SIZE;
        const isWhole = lengthBytes <= RECORD_BYTES_MAX && lengthBytes < (end - position) >>> 0;
        if (isWhole && record.isWellFormed(lengthBytes)) {
          this.#end = end;
          found = true;
          break;
        }
        this.malformed += 1;
      }
      position = end;
    }
    this.#start = position;
    if (!found) this.#end = position;
    return found;
  }

  /**
   * Passes everything up to the snapshot and tells how many records that were: the current one, complete ones and ones
   * that their producer never finished. Malformed records go to `malformed` instead.
   */
  abandon(): number {
    let records = this.hasRecord ? 1 : 0;
    for (;;) {
      while (this.advance()) records += 1;
      if (this.#end === this.#limit) return records;
      const header = Atomics.load(this.#headers, (this.#end & this.#mask) >>> 2);
      this.#end = this.#endOf(this.#end, header);
      records += 1;
    }
  }

  /** Gives the space before the current record back to the kernel. */
  release(): void {
    const passed = (this.#start - this.#publishedLow) >>> 0;
    if (passed === 0) return;
    this.#publishedLow = this.#start;
    this.#published = BigInt.asUintN(64, this.#published + BigInt(passed));
    Atomics.store(this.#consumer, 0, this.#published);
  }

  /** Forgets the ring's memory, which is about to be unmapped: `snapshot` and `release` throw RangeError from then on. */
  close(): void {
    this.#consumer = new BigUint64Array(0);
    this.#producerLow = new Int32Array(0);
    this.#start = this.#limit;
    this.#end = this.#limit;
  }

  /** Where the record with this header ends; the snapshot when its length leads beyond (the ring is corrupt then). */
  #endOf(position: number, header: number): number {
    const bytes = ((header & LENGTH_MASK) + RING_HEADER.SIZE + 7) & ~7;
    return bytes > (this.#limit - position) >>> 0 ? this.#limit : (position + bytes) | 0;
  }
}
