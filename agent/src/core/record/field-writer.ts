import { putVarint32, putVarint64 } from './proto-writer.ts';

/**
 * Writes the fields of protobuf messages one after the other into memory of a fixed size, which has to have room: for what
 * is on the hot path. A field whose value is zero is left out, as proto3 has it.
 *
 * A tag is field << 3 | wire type (https://protobuf.dev/programming-guides/encoding); up to field 15 it is one byte.
 */
export class FieldWriter {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  /** Where the next field begins. */
  end = 0;

  constructor(sizeBytes: number) {
    this.bytes = new Uint8Array(sizeBytes);
    this.#view = new DataView(this.bytes.buffer);
  }

  field(tag: number, value: number): void {
    if (value === 0) return;
    const { bytes, end } = this;
    bytes[end] = tag;
    this.end = putVarint32(bytes, end + 1, value);
  }

  /** A field from 16 on. */
  longField(firstTagByte: number, secondTagByte: number, value: number): void {
    if (value === 0) return;
    const { bytes, end } = this;
    bytes[end] = firstTagByte;
    bytes[end + 1] = secondTagByte;
    this.end = putVarint32(bytes, end + 2, value);
  }

  varint64(tag: number, low: number, high: number): void {
    if ((low | high) === 0) return;
    const { bytes, end } = this;
    bytes[end] = tag;
    this.end = putVarint64(bytes, end + 1, low, high);
  }

  fixed64(tag: number, low: number, high: number): void {
    if ((low | high) === 0) return;
    const { end } = this;
    this.bytes[end] = tag;
    this.#view.setInt32(end + 1, low, true);
    this.#view.setInt32(end + 5, high, true);
    this.end = end + 9;
  }

  /** The bytes of an address, which are in network order in memory and stay so. */
  address(tag: number, words: Int32Array, word: number, wordCount: number): void {
    const { bytes, end } = this;
    bytes[end] = tag;
    bytes[end + 1] = 4 * wordCount;
    let at = end + 2;
    for (let index = 0; index < wordCount; index++, at += 4) {
      this.#view.setInt32(at, words[word + index] ?? 0, true);
    }
    this.end = at;
  }

  /** A field of bytes from 16 on; it is written when it is empty, too. */
  longBytes(firstTagByte: number, secondTagByte: number, value: Uint8Array): void {
    const { bytes, end } = this;
    bytes[end] = firstTagByte;
    bytes[end + 1] = secondTagByte;
    const start = putVarint32(bytes, end + 2, value.length);
    bytes.set(value, start);
    this.end = start + value.length;
  }

  /** Begins what has a length: with its tag, and room for a length of one byte. Returns where the length is. */
  open(firstTagByte: number, secondTagByte: number): number {
    this.bytes[this.end++] = firstTagByte;
    if (secondTagByte !== 0) this.bytes[this.end++] = secondTagByte;
    return this.end++;
  }

  /** Writes the length of what follows `lengthAt`, and moves that when the length needs two bytes. */
  close(lengthAt: number): void {
    const { bytes, end } = this;
    const lengthBytes = end - lengthAt - 1;
    if (lengthBytes < 0x80) {
      bytes[lengthAt] = lengthBytes;
      return;
    }
    bytes.copyWithin(lengthAt + 2, lengthAt + 1, end);
    putVarint32(bytes, lengthAt, lengthBytes);
    this.end = end + 1;
  }
}
