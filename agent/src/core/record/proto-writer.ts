const utf8 = new TextEncoder();
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/**
 * Writes the low 32 bits of `value` as a protobuf varint (https://protobuf.dev/programming-guides/encoding).
 * @returns where it ends.
 */
export function putVarint32(out: Uint8Array, at: number, value: number): number {
  let end = at;
  let rest = value >>> 0;
  while (rest > 0x7f) {
    out[end++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  out[end++] = rest;
  return end;
}

/** As `putVarint32`, for 64 bits in two words. */
export function putVarint64(out: Uint8Array, at: number, low: number, high: number): number {
  let end = at;
  let lowRest = low >>> 0;
  let highRest = high >>> 0;
  while (highRest !== 0) {
    out[end++] = (lowRest & 0x7f) | 0x80;
    lowRest = ((lowRest >>> 7) | (highRest << 25)) >>> 0;
    highRest >>>= 7;
  }
  return putVarint32(out, end, lowRest);
}

/** Bytes that `putVarint32` needs for a value from 0 to 2^32 - 1. */
export function varint32Bytes(value: number): number {
  if (value < 1 << 7) return 1;
  if (value < 1 << 14) return 2;
  if (value < 1 << 21) return 3;
  return value < 1 << 28 ? 4 : 5;
}

/**
 * Builds one protobuf message, for what is not on the hot path. Fields that are zero, false or empty are left out, as
 * proto3 has it.
 */
export class ProtoWriter {
  #out = new Uint8Array(128);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  uint32(field: number, value: number): this {
    if (value !== 0) {
      this.#reserve(10);
      this.#tag(field, VARINT);
      this.#length = putVarint32(this.#out, this.#length, value);
    }
    return this;
  }

  bool(field: number, value: boolean): this {
    return this.uint32(field, value ? 1 : 0);
  }

  string(field: number, value: string): this {
    return value === '' ? this : this.bytes(field, utf8.encode(value));
  }

  /** A message field; an empty message is written too. */
  message(field: number, message: ProtoWriter): this {
    return this.bytes(field, message.view());
  }

  bytes(field: number, value: Uint8Array): this {
    this.#reserve(10 + value.length);
    this.#tag(field, LENGTH_DELIMITED);
    this.#length = putVarint32(this.#out, this.#length, value.length);
    this.#out.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** The message so far; valid until the next call of any other method. */
  view(): Uint8Array {
    return this.#out.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  #tag(field: number, wireType: number): void {
    this.#length = putVarint32(this.#out, this.#length, (field << 3) | wireType);
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#out.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#out.length));
    larger.set(this.view());
    this.#out = larger;
  }
}
