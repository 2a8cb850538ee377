import { WHOLE } from '../../core/record/datagram-piece.ts';

/** Fragments of one size have different remainders by a prime, as many as there are. */
const PIECES_TOLD_APART = 61;
const WORDS = 2;

/**
 * What of packets has reached its destination: the whole datagram, or which of its fragments. By a packet's place, a number
 * below the capacity.
 */
export class ArrivedPieces {
  readonly #isWhole: Uint8Array;
  /** A bit for each fragment, by the remainder of its number. */
  readonly #fragments: Int32Array;

  constructor(capacity: number) {
    this.#isWhole = new Uint8Array(capacity);
    this.#fragments = new Int32Array(capacity * WORDS);
  }

  /** The place is another packet's from now on. */
  reset(place: number): void {
    this.#isWhole[place] = 0;
    this.#fragments.fill(0, place * WORDS, (place + 1) * WORDS);
  }

  /** The whole, or some fragment. */
  hasAny(place: number): boolean {
    const at = place * WORDS;
    return (
      this.has(place, WHOLE) || ((this.#fragments[at] ?? 0) | (this.#fragments[at + 1] ?? 0)) !== 0
    );
  }

  /** The piece, by itself or with the whole. */
  has(place: number, piece: number): boolean {
    if (this.#isWhole[place] === 1) return true;
    if (piece === WHOLE) return false;
    const bit = piece % PIECES_TOLD_APART;
    return (((this.#fragments[place * WORDS + (bit >>> 5)] ?? 0) >>> (bit & 31)) & 1) === 1;
  }

  set(place: number, piece: number): void {
    if (piece === WHOLE) {
      this.#isWhole[place] = 1;
      return;
    }
    const bit = piece % PIECES_TOLD_APART;
    const word = place * WORDS + (bit >>> 5);
    this.#fragments[word] = (this.#fragments[word] ?? 0) | (1 << (bit & 31));
  }
}
