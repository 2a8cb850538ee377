import type fc from 'fast-check';
import { type Edit, editedPlaces } from './edited-places.ts';

/** Where parsers count: around 0 and the ends of 7, 8, 15, 16, 31 and 32 bits. */
const extremeWords = [
  ...[0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x00ff_ffff],
  ...[0x3fff_ffff, 0x4000_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_fffe, 0xffff_ffff],
];

const byteEdits: ReadonlyArray<Edit<Uint8Array>> = [
  // One bit.
  (bytes, at, value) => changed(bytes, at, (byte) => byte ^ (1 << (value & 7))),
  // One byte, by a little or to anything.
  (bytes, at, value) => changed(bytes, at, (byte) => byte + (value & 1 ? 1 : -1)),
  (bytes, at, value) => changed(bytes, at, () => value),
  // A word to an extreme, where words lie.
  (bytes, at, value) => {
    const word = (at >>> 2) * 4;
    if (word + 4 > bytes.length) return bytes;
    const copy = bytes.slice();
    const extreme = extremeWords[value % extremeWords.length] ?? 0;
    new DataView(copy.buffer).setUint32(word, extreme, true);
    return copy;
  },
  // The end is gone.
  (bytes, at) => bytes.slice(0, at),
  // A piece is gone.
  (bytes, at, value) => spliced(bytes, { at, without: 1 + (value % 32), pieces: [] }),
  // A piece comes again, up to 64 times.
  (bytes, at, value) => {
    const piece = bytes.subarray(at, at + 1 + (value % 24));
    return spliced(bytes, { at, without: 0, pieces: Array(1 + ((value >>> 8) & 63)).fill(piece) });
  },
  // Something is between.
  (bytes, at, value) => {
    const filler = new Uint8Array(1 + (value % 40)).fill([0, 0xff, 0x80, 0x20][value & 3] ?? 0);
    return spliced(bytes, { at, without: 0, pieces: [filler] });
  },
];

function changed(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  if (at >= bytes.length) return bytes;
  const copy = bytes.slice();
  copy[at] = change(copy[at] ?? 0);
  return copy;
}

interface Splice {
  readonly at: number;
  readonly without: number;
  readonly pieces: readonly Uint8Array[];
}

function spliced(bytes: Uint8Array, { at, without, pieces }: Splice): Uint8Array {
  return new Uint8Array(Buffer.concat([bytes.slice(0, at), ...pieces, bytes.slice(at + without)]));
}

/** Bytes of their own memory, changed in up to five places. */
export function editedBytes(valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return editedPlaces(valid, byteEdits);
}
