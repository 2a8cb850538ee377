import {
  DROP,
  END,
  HIT,
  PWRU_FLAG_DROP,
  PWRU_KIND_END,
  PWRU_KIND_HIT,
  PWRU_SECTION_DROP,
  PWRU_SECTION_STACK,
  RECORD,
  SECTION,
  STACK,
} from './layout.ts';

const TIME_WORD = RECORD.time_ns.offset / 4;
const USED_BYTES_WORD = RECORD.bytes.offset / 4;
const KIND_HALF = RECORD.kind.offset / 2;
const FLAGS_HALF = RECORD.flags.offset / 2;
const SECTION_BYTES_HALF = SECTION.bytes.offset / 2;

/** Most bytes of a hit with all its sections. */
export const HIT_MAX_BYTES = HIT.SIZE + DROP.SIZE + STACK.SIZE;

/**
 * Where a record (bpf/include/record.h) lies in memory, and which CPU produced it. One object is moved from record to record:
 * it is valid until its owner moves it.
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

  /** Enum pwru_record_flag. */
  get flags(): number {
    return this.halves[(this.offset >>> 1) + FLAGS_HALF] ?? 0;
  }

  /** An end that is nobody's event: struct pwru_end. Else it is a struct pwru_hit. */
  get isEnd(): boolean {
    return this.halves[(this.offset >>> 1) + KIND_HALF] === PWRU_KIND_END;
  }

  /** With all sections; a multiple of 8. */
  get usedBytes(): number {
    return this.words[(this.offset >>> 2) + USED_BYTES_WORD] ?? 0;
  }

  /** Byte offset of the record's end. */
  get end(): number {
    return this.offset + this.usedBytes;
  }

  /** Byte offset of the struct pwru_drop, which a hit with PWRU_FLAG_DROP has. */
  get dropOffset(): number {
    return this.offset + HIT.SIZE;
  }

  /** CLOCK_BOOTTIME at entry, nanoseconds; exact below 2^53 (104 days). */
  get timeNs(): number {
    const word = (this.offset >>> 2) + TIME_WORD;
    const low = (this.words[word] ?? 0) >>> 0;
    return ((this.words[word + 1] ?? 0) >>> 0) * 2 ** 32 + low;
  }

  /** Whether at `offset` is a record of a known kind that stays with all it has inside this length. */
  isWellFormed(lengthBytes: number): boolean {
    if (lengthBytes < RECORD.SIZE) return false;
    const used = this.usedBytes;
    if (used > lengthBytes) return false;
    const kind = this.halves[(this.offset >>> 1) + KIND_HALF];
    if (kind !== PWRU_KIND_HIT) return kind === PWRU_KIND_END && used === END.SIZE;
    if (used < HIT.SIZE) return false;
    const ipVersion = this.bytes[this.offset + HIT.outer_ip_version.offset];
    if (ipVersion !== 0 && ipVersion !== 4 && ipVersion !== 6) return false;
    return this.#areSectionsWellFormed();
  }

  /** Each type at most once, in ascending order, so that the number of fields that they become is bounded. */
  #areSectionsWellFormed(): boolean {
    const { halves, end } = this;
    const hasDrop = (this.flags & PWRU_FLAG_DROP) !== 0;
    let at = this.offset + HIT.SIZE;
    if (hasDrop && (at >= end || halves[at >>> 1] !== PWRU_SECTION_DROP)) return false;
    for (let last = 0; at < end; ) {
      const type = halves[at >>> 1] ?? 0;
      const bytes = halves[(at >>> 1) + SECTION_BYTES_HALF] ?? 0;
      if (type <= last || bytes < SECTION.SIZE || bytes % 8 !== 0 || at + bytes > end) return false;
      if (type === PWRU_SECTION_DROP && !(hasDrop && bytes === DROP.SIZE)) return false;
      if (type === PWRU_SECTION_STACK && bytes > STACK.SIZE) return false;
      last = type;
      at += bytes;
    }
    return true;
  }
}
