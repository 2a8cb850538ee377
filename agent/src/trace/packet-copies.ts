import type { EventRecord } from '../core/event/event-record.ts';
import {
  EVENT,
  PWRU_DROP_SHARERS,
  PWRU_DROP_SHARERS_SHIFT,
  PWRU_EVENT_CAPTURE,
  PWRU_EVENT_FREED,
  PWRU_EVENT_KEPT,
  PWRU_EVENT_SOCKET,
} from '../core/event/layout.ts';

/** Copies of one packet that are told apart; of further ones it is only known that there are some. */
const copiesPerPacket = 32;
const wordsPerPacket = 2 * copiesPerPacket;

const SKB_WORD = EVENT.skb.offset / 4;
const FACTS_WORD = EVENT.drop_facts.offset / 4;

/**
 * What became of a copy, in the low bits of its address, which an sk_buff's alignment leaves free: dropped and not freed yet,
 * or gone. Its end makes several records.
 */
const DROPPED = 1;
const GONE = 2;
const STATE = DROPPED | GONE;

/**
 * Which copies (clones) of a packet that can still reach its destination live, as far as records tell, and whether one has
 * reached it. By a packet's place, a number below the capacity.
 *
 * What TCP keeps to send again, and what a capture has, are not copies in this sense. A copy that ends without having been
 * dropped has arrived: at a socket, at a device's driver, in another packet. One of which nothing was seen but its end has
 * arrived only if it was a socket's: the kernel makes some to look at for a moment.
 */
export class PacketCopies {
  /** Addresses as two words each, 0 for none. */
  readonly #addresses: Int32Array;
  readonly #hasMore: Uint8Array;
  readonly #hasArrived: Uint8Array;
  readonly #isSentHere: Uint8Array;
  /** By the kernel's count at the last drop: ends of other sk_buffs with the same data that were not seen yet. */
  readonly #sharers: Uint8Array;

  constructor(capacity: number) {
    this.#addresses = new Int32Array(capacity * wordsPerPacket);
    this.#hasMore = new Uint8Array(capacity);
    this.#hasArrived = new Uint8Array(capacity);
    this.#isSentHere = new Uint8Array(capacity);
    this.#sharers = new Uint8Array(capacity);
  }

  /** The place is another packet's from now on. */
  reset(place: number): void {
    const start = place * wordsPerPacket;
    this.#addresses.fill(0, start, start + wordsPerPacket);
    this.#hasMore[place] = 0;
    this.#hasArrived[place] = 0;
    this.#isSentHere[place] = 0;
    this.#sharers[place] = 0;
  }

  hasArrived(place: number): boolean {
    return this.#hasArrived[place] === 1;
  }

  /** A copy has reached its destination, whatever became of it there. */
  setArrived(place: number): void {
    this.#hasArrived[place] = 1;
  }

  /** A socket of this machine had it. */
  isSentHere(place: number): boolean {
    return this.#isSentHere[place] === 1;
  }

  /** Whether a copy lives that can still reach the destination. */
  isAnyAlive(place: number): boolean {
    if (this.#hasMore[place] === 1 || (this.#sharers[place] ?? 0) > 0) return true;
    const start = place * wordsPerPacket;
    for (let at = start; at < start + wordsPerPacket; at += 2) {
      const low = this.#addresses[at] ?? 0;
      if ((low | (this.#addresses[at + 1] ?? 0)) !== 0 && (low & STATE) === 0) return true;
    }
    return false;
  }

  /** A hit on a copy, or its end without a drop. */
  note(place: number, record: EventRecord): void {
    const flags = record.bytes[record.offset + EVENT.flags.offset] ?? 0;
    const word = (record.offset >>> 2) + SKB_WORD;
    const low = record.words[word] ?? 0;
    const high = record.words[word + 1] ?? 0;
    const at = this.#find(place, low, high);
    const isEnd = (flags & PWRU_EVENT_FREED) !== 0;
    const isAside = (flags & (PWRU_EVENT_KEPT | PWRU_EVENT_CAPTURE)) !== 0;
    if (isEnd) {
      if (at >= 0 && this.#hasEnded(at)) {
        this.#addresses[at] = low | GONE;
        return;
      }
      this.#setState(place, at, low | GONE, high);
      if ((flags & PWRU_EVENT_KEPT) === 0) this.#forgetSharer(place);
      if (!isAside && (at >= 0 || (flags & PWRU_EVENT_SOCKET) !== 0)) this.setArrived(place);
    } else if (isAside) {
      // It may have been seen before it was marked as that, or be another one at the same address.
      if (at >= 0) this.#remove(at);
    } else {
      if ((flags & PWRU_EVENT_SOCKET) !== 0) this.#isSentHere[place] = 1;
      this.#live(place, at, low, high);
    }
  }

  /** This copy goes nowhere: what comes of it says nothing. */
  setAside(place: number, record: EventRecord): void {
    const word = (record.offset >>> 2) + SKB_WORD;
    const low = record.words[word] ?? 0;
    const high = record.words[word + 1] ?? 0;
    this.#setState(place, this.#find(place, low, high), low | DROPPED, high);
  }

  /** A copy's drop. */
  noteDrop(place: number, record: EventRecord): void {
    const word = record.offset >>> 2;
    const flags = record.bytes[record.offset + EVENT.flags.offset] ?? 0;
    const facts = record.words[word + FACTS_WORD] ?? 0;
    this.#sharers[place] = (facts & PWRU_DROP_SHARERS) >>> PWRU_DROP_SHARERS_SHIFT;
    const low = record.words[word + SKB_WORD] ?? 0;
    const high = record.words[word + SKB_WORD + 1] ?? 0;
    const state = (flags & PWRU_EVENT_FREED) !== 0 ? GONE : DROPPED;
    this.#setState(place, this.#find(place, low, high), low | state, high);
  }

  /** A dropped copy is freed next: that is no end of its own. */
  #hasEnded(at: number): boolean {
    return ((this.#addresses[at] ?? 0) & STATE) !== 0;
  }

  /** A copy that lives at an address where one was gone is another copy; one that was dropped is about to go. */
  #live(place: number, at: number, low: number, high: number): void {
    if (at < 0) this.#add(place, low, high);
    else if (((this.#addresses[at] ?? 0) & GONE) !== 0) this.#addresses[at] = low;
  }

  #setState(place: number, at: number, low: number, high: number): void {
    if (at < 0) this.#add(place, low, high);
    else this.#addresses[at] = low;
  }

  #forgetSharer(place: number): void {
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

  #add(place: number, low: number, high: number): void {
    const free = this.#find(place, 0, 0);
    if (free < 0) {
      if ((low & STATE) === 0) this.#hasMore[place] = 1;
      return;
    }
    this.#addresses[free] = low;
    this.#addresses[free + 1] = high;
  }

  #remove(at: number): void {
    this.#addresses[at] = 0;
    this.#addresses[at + 1] = 0;
  }
}
