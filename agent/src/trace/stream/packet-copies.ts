import { dropFacts } from '../../core/drops/drop-judge.ts';
import { pieceOf, WHOLE } from '../../core/record/datagram-piece.ts';
import {
  HIT,
  PWRU_DROP_SHARERS,
  PWRU_DROP_SHARERS_SHIFT,
  PWRU_FLAG_CAPTURE,
  PWRU_FLAG_ENDED,
  PWRU_FLAG_FREED,
  PWRU_FLAG_KEPT,
  PWRU_FLAG_SOCKET,
} from '../../core/record/layout.ts';
import type { EventRecord } from '../../core/record/record-view.ts';
import { ArrivedPieces } from './arrived-pieces.ts';

/** Copies of one packet that are told apart; of further ones it is only known that there are some. */
const copiesPerPacket = 32;
const wordsPerPacket = 2 * copiesPerPacket;

/** The same in a hit and in an end. */
const SKB_WORD = HIT.skb.offset / 4;

/**
 * What became of a copy, in the low bits of its address, which an sk_buff's alignment leaves free: dropped and not freed yet,
 * or gone. Its end makes several records.
 */
const DROPPED = 1;
const GONE = 2;
const STATE = DROPPED | GONE;

/** Words of a copy's address with its state, and which piece of its datagram it is, if that is known. */
interface Copy {
  readonly low: number;
  readonly high: number;
  readonly piece: number | undefined;
}

/**
 * Which copies (clones) of a packet that can still reach its destination live, as far as records tell, and whether one has
 * reached it. By a packet's place, a number below the capacity.
 *
 * What TCP keeps to send again, and what a capture has, are not copies in this sense. A copy that ends without having been
 * dropped has arrived: at a socket, at a device's driver, in another packet. One of which nothing was seen but its end has
 * arrived only if it was a socket's: the kernel makes some to look at for a moment.
 *
 * Each fragment of a datagram goes a way of its own: what becomes of one says nothing of the others, but that all of them
 * have arrived with the datagram that they were put together to. One that ends without a drop is a part of that from then on,
 * or has left. A whole datagram that ends after fragments of it were seen was taken apart.
 */
export class PacketCopies {
  /** Addresses as two words each, 0 for none. */
  readonly #addresses: Int32Array;
  /** By copy: which piece of its datagram it is. */
  readonly #pieces: Uint16Array;
  readonly #hasMore: Uint8Array;
  readonly #arrived: ArrivedPieces;
  /** Whether what was seen alive last was a fragment. */
  readonly #isInPieces: Uint8Array;
  /** The piece whose drop decides: the last one of the gravest. */
  readonly #dropped: Uint16Array;
  readonly #isSentHere: Uint8Array;
  /** By the kernel's count at that drop: ends of other sk_buffs with the same data that were not seen yet. */
  readonly #sharers: Uint8Array;

  readonly #tellsFirstEnds: boolean;

  /**
   * @param capacity places
   * @param tellsFirstEnds whether PWRU_FLAG_ENDED is told
   */
  constructor(capacity: number, tellsFirstEnds: boolean) {
    this.#tellsFirstEnds = tellsFirstEnds;
    this.#addresses = new Int32Array(capacity * wordsPerPacket);
    this.#hasMore = new Uint8Array(capacity);
    this.#pieces = new Uint16Array(capacity * copiesPerPacket);
    this.#arrived = new ArrivedPieces(capacity);
    this.#isInPieces = new Uint8Array(capacity);
    this.#dropped = new Uint16Array(capacity);
    this.#isSentHere = new Uint8Array(capacity);
    this.#sharers = new Uint8Array(capacity);
  }

  /** The place is another packet's from now on. */
  reset(place: number): void {
    const start = place * wordsPerPacket;
    this.#addresses.fill(0, start, start + wordsPerPacket);
    this.#hasMore[place] = 0;
    this.#arrived.reset(place);
    this.#isInPieces[place] = 0;
    this.#dropped[place] = WHOLE;
    this.#isSentHere[place] = 0;
    this.#sharers[place] = 0;
  }

  /** Something of the packet has reached its destination. */
  hasArrived(place: number): boolean {
    return this.#arrived.hasAny(place);
  }

  /** All of the packet has, in one piece. */
  hasWholeArrived(place: number): boolean {
    return this.#arrived.has(place, WHOLE);
  }

  /** What was dropped has reached its destination as another copy. */
  hasDroppedArrived(place: number): boolean {
    return this.#arrived.has(place, this.#dropped[place] ?? WHOLE);
  }

  /** A copy of what was dropped has reached its destination, whatever became of it there. */
  setDroppedArrived(place: number): void {
    this.#arrived.set(place, this.#dropped[place] ?? WHOLE);
  }

  /** A socket of this machine had it. */
  isSentHere(place: number): boolean {
    return this.#isSentHere[place] === 1;
  }

  /** Whether a copy lives that can still reach the destination. */
  isAnyAlive(place: number): boolean {
    if (this.#hasMore[place] === 1 || (this.#sharers[place] ?? 0) > 0) return true;
    return this.#isOneAlive(place, undefined);
  }

  /** The same of what was dropped: the packet, or one of its fragments. */
  isDroppedAlive(place: number): boolean {
    return (this.#sharers[place] ?? 0) > 0 || this.isDroppedSeenAlive(place);
  }

  /** The same, as far as hits on them tell: of others only the kernel's count is known, and a capture's are among them. */
  isDroppedSeenAlive(place: number): boolean {
    const piece = this.#dropped[place] ?? WHOLE;
    // A datagram has more fragments than copies are told apart; few have copies.
    if (piece === WHOLE && this.#hasMore[place] === 1) return true;
    return this.#isOneAlive(place, piece);
  }

  #isOneAlive(place: number, piece: number | undefined): boolean {
    const start = place * wordsPerPacket;
    for (let at = start; at < start + wordsPerPacket; at += 2) {
      const low = this.#addresses[at] ?? 0;
      if ((low | (this.#addresses[at + 1] ?? 0)) === 0 || (low & STATE) !== 0) continue;
      if (piece === undefined || this.#pieces[at >>> 1] === piece) return true;
    }
    return false;
  }

  /** A hit on a copy, or its end without a drop. */
  note(place: number, record: EventRecord): void {
    const { flags } = record;
    const word = (record.offset >>> 2) + SKB_WORD;
    const low = record.words[word] ?? 0;
    const high = record.words[word + 1] ?? 0;
    const at = this.#find(place, low, high);
    const isEnd = (flags & PWRU_FLAG_FREED) !== 0;
    const isToldAgain = isEnd && (flags & PWRU_FLAG_ENDED) === PWRU_FLAG_ENDED;
    const isAside = !isToldAgain && (flags & (PWRU_FLAG_KEPT | PWRU_FLAG_CAPTURE)) !== 0;
    if (isEnd) {
      const isOther = this.#tellsFirstEnds && !isToldAgain && this.#isGone(at);
      if (at >= 0 && this.#hasEnded(at) && !isOther) {
        this.#addresses[at] = low | GONE;
        return;
      }
      if (at < 0 && isToldAgain) return;
      // At the address of one that is gone: another copy, of which nothing was seen before.
      const isUnseen = at < 0 || isOther;
      const before = isUnseen ? undefined : this.#pieces[at >>> 1];
      const piece = pieceOf(record) ?? before ?? WHOLE;
      this.#setState(place, at, { low: low | GONE, high, piece });
      if (isToldAgain || (flags & PWRU_FLAG_KEPT) === 0) this.#forgetSharer(place, before);
      if (isAside || (isUnseen && (flags & PWRU_FLAG_SOCKET) === 0)) return;
      const isTakenApart = piece === WHOLE && before === WHOLE && this.#isInPieces[place] === 1;
      if (!isTakenApart) this.#arrived.set(place, piece);
    } else if (isAside) {
      // It may have been seen before it was marked as that, or be another one at the same address.
      if (at >= 0) this.#remove(at);
    } else {
      if ((flags & PWRU_FLAG_SOCKET) !== 0) this.#isSentHere[place] = 1;
      this.#live(place, at, { low, high, piece: pieceOf(record) });
    }
  }

  /** This copy goes nowhere: what comes of it says nothing. */
  setAside(place: number, record: EventRecord): void {
    const word = (record.offset >>> 2) + SKB_WORD;
    const low = record.words[word] ?? 0;
    const high = record.words[word + 1] ?? 0;
    this.#setState(place, this.#find(place, low, high), { low: low | DROPPED, high, piece: WHOLE });
  }

  /**
   * A copy's drop.
   * @param isGravest whether none before meant more for the packet.
   */
  noteDrop(place: number, record: EventRecord, isGravest: boolean): void {
    const word = record.offset >>> 2;
    const { flags } = record;
    const facts = dropFacts(record);
    const low = record.words[word + SKB_WORD] ?? 0;
    const high = record.words[word + SKB_WORD + 1] ?? 0;
    const state = (flags & PWRU_FLAG_FREED) !== 0 ? GONE : DROPPED;
    const at = this.#find(place, low, high);
    const piece = pieceOf(record) ?? this.#pieces[at >>> 1] ?? WHOLE;
    if (isGravest || piece === this.#dropped[place]) {
      this.#dropped[place] = piece;
      this.#sharers[place] = (facts & PWRU_DROP_SHARERS) >>> PWRU_DROP_SHARERS_SHIFT;
    }
    this.#setState(place, at, { low: low | state, high, piece });
  }

  /** A dropped copy is freed next: that is no end of its own. */
  #hasEnded(at: number): boolean {
    return ((this.#addresses[at] ?? 0) & STATE) !== 0;
  }

  #isGone(at: number): boolean {
    return at >= 0 && ((this.#addresses[at] ?? 0) & GONE) !== 0;
  }

  /** A copy that lives at an address where one was gone is another copy; one that was dropped is about to go. */
  #live(place: number, at: number, { low, high, piece }: Copy): void {
    if (piece !== undefined) this.#isInPieces[place] = piece === WHOLE ? 0 : 1;
    if (at < 0) {
      this.#add(place, { low, high, piece });
      return;
    }
    if (((this.#addresses[at] ?? 0) & GONE) !== 0) this.#addresses[at] = low;
    if (piece !== undefined) this.#pieces[at >>> 1] = piece;
  }

  #setState(place: number, at: number, copy: Copy): void {
    if (at < 0) {
      this.#add(place, copy);
      return;
    }
    this.#addresses[at] = copy.low;
    this.#pieces[at >>> 1] = copy.piece ?? WHOLE;
  }

  /** @param piece of the copy that has ended; undefined when it was not known. */
  #forgetSharer(place: number, piece: number | undefined): void {
    if (piece !== undefined && piece !== this.#dropped[place]) return;
    const sharers = this.#sharers[place] ?? 0;
    if (sharers > 0) this.#sharers[place] = sharers - 1;
  }

  /** Index of the copy's words; -1 when it is not known. */
  #find(place: number, low: number, high: number): number {
    const start = place * wordsPerPacket;
    for (let at = start; at < start + wordsPerPacket; at += 2) {
      if (((this.#addresses[at] ?? 0) & ~STATE) === low && this.#addresses[at + 1] === high)
        return at;
    }
    return -1;
  }

  #add(place: number, { low, high, piece = WHOLE }: Copy): void {
    const free = this.#find(place, 0, 0);
    if (free < 0) {
      if ((low & STATE) === 0) this.#hasMore[place] = 1;
      return;
    }
    this.#pieces[free >>> 1] = piece;
    this.#addresses[free] = low;
    this.#addresses[free + 1] = high;
  }

  #remove(at: number): void {
    this.#addresses[at] = 0;
    this.#addresses[at + 1] = 0;
  }
}
