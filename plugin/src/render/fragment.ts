const utf8 = new TextEncoder();
const WORD_BYTES = 8;

/** Text that is put into many rows, encoded once, with zeros up to a whole word behind it. */
export class Fragment {
  readonly bytes: Uint8Array;
  /** Of `bytes` and the zeros. */
  readonly words: DataView;

  constructor(text: string) {
    const encoded = utf8.encode(text);
    const padded = new Uint8Array(Math.ceil(encoded.length / WORD_BYTES) * WORD_BYTES);
    padded.set(encoded);
    this.bytes = padded.subarray(0, encoded.length);
    this.words = new DataView(padded.buffer);
  }
}
