import { EVENT, PWRU_EVENT_STACK, STACK } from './layout.ts';

const STACK_BYTES_WORD = EVENT.stack_bytes.offset / 4;
const TIME_WORD = EVENT.time_ns.offset / 4;
const LENGTH_WITH_STACK = EVENT.SIZE + STACK.SIZE;

/**
 * Where a `struct pwru_event` lies in memory, and which CPU produced it. One object is moved from record to record: it
 * is valid until its owner moves it.
 *
 * The views cover the same memory and read it in the CPU's byte order, which has to be little-endian.
 */
export class EventRecord {
  cpu: number;
  /** Signed, so that V8 keeps every value as a small integer: `>>> 0` gives the unsigned value. */
  readonly words: Int32Array;
  readonly halves: Uint16Array;
  readonly bytes: Uint8Array;
  /** Byte offset of the record, a multiple of 4. */
  offset = 0;

  constructor(cpu: number, memory: ArrayBuffer, byteOffset = 0) {
    this.cpu = cpu;
    this.words = new Int32Array(memory, byteOffset);
    this.halves = new Uint16Array(memory, byteOffset);
    this.bytes = new Uint8Array(memory, byteOffset);
  }

  /**
   * Whether a record of this length can be decoded at `offset`: a `struct pwru_event`, with room for a `struct
   * pwru_stack` or without, whose own lengths stay inside it.
   */
  isWellFormed(lengthBytes: number): boolean {
    if (lengthBytes !== EVENT.SIZE && lengthBytes !== LENGTH_WITH_STACK) return false;
    const ipVersion = this.bytes[this.offset + EVENT.outer_ip_version.offset];
    if (ipVersion !== 0 && ipVersion !== 4 && ipVersion !== 6) return false;
    return this.#stackFits(lengthBytes);
  }

  /** CLOCK_BOOTTIME at entry, nanoseconds; exact below 2^53 (104 days). */
  get timeNs(): number {
    const word = (this.offset >>> 2) + TIME_WORD;
    const low = (this.words[word] ?? 0) >>> 0;
    return ((this.words[word + 1] ?? 0) >>> 0) * 2 ** 32 + low;
  }

  /** Bytes of the stack that follows the event; 0 without. Multiple of 8. */
  stackBytes(): number {
    if (((this.bytes[this.offset + EVENT.flags.offset] ?? 0) & PWRU_EVENT_STACK) === 0) return 0;
    return this.words[(this.offset >>> 2) + STACK_BYTES_WORD] ?? 0;
  }

  #stackFits(lengthBytes: number): boolean {
    const stackBytes = this.stackBytes();
    return stackBytes >= 0 && stackBytes % 8 === 0 && EVENT.SIZE + stackBytes <= lengthBytes;
  }
}
