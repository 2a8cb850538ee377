import { EventRecord } from '../core/event/event-record.ts';
import { EVENT, PWRU_EVENT_DROP, PWRU_EVENT_FREED, STACK } from '../core/event/layout.ts';
import { PacketTable } from '../core/event/packet-table.ts';

const NONE = -1;
const PACKET_WORD = EVENT.packet_id.offset / 4;
const SKB_WORD = EVENT.skb.offset / 4;

/** Socket buffers of one packet (clones, copies) whose end is waited for; further ones are not. */
const SKBS_PER_PACKET = 4;

export interface DropJourneysOptions {
  /** Whether records carry call stacks. */
  readonly stack: boolean;
  /** One more than the largest CPU number. */
  readonly cpus: number;
  /** Packets whose fate is waited for at a time, and that are remembered as dropped; a power of two. Default 8,192. */
  readonly maxPackets?: number;
  /** Memory for held records, in bytes. Default 16 MiB. */
  readonly maxBytes?: number;
}

/**
 * Holds back the records of a packet until its fate is known, so that only packets that were dropped are reported, with
 * all their events. The record that says PWRU_EVENT_DROP lets go of what is held, in the order in which it came, and
 * of whatever comes later for this packet; PWRU_EVENT_FREED for the last socket buffer of the packet that was seen
 * discards it (`withheld`). So records come out late: between packets they are not in the order of time.
 *
 * Bounded: the oldest packet is pushed out when a new one does not fit (`pushedOut`). A record without a packet id is
 * passed on when it is a drop itself, and counts as pushed out otherwise, since its packet's fate cannot be known.
 */
export class DropJourneys {
  /** Counts by CPU number. */
  readonly withheld: Float64Array;
  readonly pushedOut: Float64Array;
  readonly #undecided: PacketTable;
  readonly #dropped: PacketTable;
  readonly #slotWords: number;
  readonly #records: EventRecord;
  /** Kept free for the record that says that its packet was dropped. */
  readonly #dropSlot: number;
  /** By slot: CPU, and the next record of the same packet, or the next free slot. */
  readonly #cpus: Uint32Array;
  readonly #next: Int32Array;
  /** By place in `#undecided`: first and last slot, and the socket buffers still alive (pairs of words, 0: none). */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #skbs: Int32Array;
  #free = 0;
  #heldEvents = 0;
  /** What `nextReleased` hands out: slots in order, and the slot that it handed out last. */
  #released = NONE;
  #current = NONE;

  constructor(options: DropJourneysOptions) {
    const { stack, cpus, maxPackets = 8_192, maxBytes = 16 * 1024 * 1024 } = options;
    const slotBytes = EVENT.SIZE + (stack ? STACK.SIZE : 0);
    const slots = Math.floor(maxBytes / slotBytes);
    this.withheld = new Float64Array(cpus);
    this.pushedOut = new Float64Array(cpus);
    this.#undecided = new PacketTable(maxPackets);
    this.#dropped = new PacketTable(maxPackets);
    this.#slotWords = slotBytes / 4;
    this.#dropSlot = slots;
    this.#records = new EventRecord(0, new ArrayBuffer((slots + 1) * slotBytes));
    this.#cpus = new Uint32Array(slots + 1);
    this.#next = Int32Array.from({ length: slots + 1 }, (_, slot) =>
      slot + 1 < slots ? slot + 1 : NONE,
    );
    this.#first = new Int32Array(maxPackets);
    this.#last = new Int32Array(maxPackets);
    this.#skbs = new Int32Array(maxPackets * SKBS_PER_PACKET * 2);
  }

  /** Records that wait for their packet's fate, or to be handed out. */
  get heldEvents(): number {
    return this.#heldEvents;
  }

  /**
   * Decides about one record, after `nextReleased` has said that there is nothing more.
   * @returns true when it is to be reported at once; false when it is counted, held, or comes out of `nextReleased`.
   */
  admit(record: EventRecord): boolean {
    const word = record.offset >>> 2;
    const low = record.words[word + PACKET_WORD] ?? 0;
    const high = record.words[word + PACKET_WORD + 1] ?? 0;
    const flags = record.bytes[record.offset + EVENT.flags.offset] ?? 0;
    const isDrop = (flags & PWRU_EVENT_DROP) !== 0;
    if ((low | high) === 0) {
      if (!isDrop) count(this.pushedOut, record.cpu);
      return isDrop;
    }
    if (this.#dropped.find(low, high) !== NONE) return true;
    if (isDrop) return !this.#release(record, low, high);
    this.#hold(record, low, high);
    return false;
  }

  /** The next record that was let go, valid until the next call; undefined when there is none. */
  nextReleased(): EventRecord | undefined {
    if (this.#current !== NONE) this.#freeSlot(this.#current);
    this.#current = this.#released;
    if (this.#current === NONE) return undefined;
    this.#heldEvents -= 1;
    this.#released = this.#next[this.#current] ?? NONE;
    this.#records.offset = this.#current * this.#slotWords * 4;
    this.#records.cpu = this.#cpus[this.#current] ?? 0;
    return this.#records;
  }

  /** The session is over: what is still held was not dropped while it ran. */
  withholdAll(): void {
    for (let place = this.#undecided.oldest; place !== NONE; place = this.#undecided.oldest) {
      this.#discard(place, this.withheld);
    }
  }

  /** Lets go of what is held for the packet, and of `record` after it. @returns false when nothing is held. */
  #release(record: EventRecord, low: number, high: number): boolean {
    if (this.#dropped.size === this.#dropped.capacity) this.#dropped.remove(this.#dropped.oldest);
    this.#dropped.add(low, high);
    const place = this.#undecided.find(low, high);
    if (place === NONE) return false;
    this.#released = this.#first[place] ?? NONE;
    this.#next[this.#last[place] ?? 0] = this.#dropSlot;
    this.#copy(record, this.#dropSlot);
    this.#heldEvents += 1;
    this.#undecided.remove(place);
    return true;
  }

  #hold(record: EventRecord, low: number, high: number): void {
    const slot = this.#takeSlot();
    let place = this.#undecided.find(low, high);
    if (place === NONE) {
      place = this.#addPacket(low, high);
      this.#first[place] = slot;
    } else {
      this.#next[this.#last[place] ?? 0] = slot;
    }
    this.#last[place] = slot;
    this.#copy(record, slot);
    if (this.#isLastSkbGone(record, place)) this.#discard(place, this.withheld);
  }

  #addPacket(low: number, high: number): number {
    if (this.#undecided.size === this.#undecided.capacity) {
      this.#discard(this.#undecided.oldest, this.pushedOut);
    }
    const place = this.#undecided.add(low, high);
    const start = place * SKBS_PER_PACKET * 2;
    this.#skbs.fill(0, start, start + SKBS_PER_PACKET * 2);
    return place;
  }

  /** Pushes the oldest packets out until a slot is free. */
  #takeSlot(): number {
    while (this.#free === NONE) this.#discard(this.#undecided.oldest, this.pushedOut);
    const slot = this.#free;
    this.#free = this.#next[slot] ?? NONE;
    this.#next[slot] = NONE;
    this.#heldEvents += 1;
    return slot;
  }

  #freeSlot(slot: number): void {
    if (slot === this.#dropSlot) return;
    this.#next[slot] = this.#free;
    this.#free = slot;
  }

  #discard(place: number, counts: Float64Array): void {
    let slot = this.#first[place] ?? NONE;
    this.#undecided.remove(place);
    while (slot !== NONE) {
      const next = this.#next[slot] ?? NONE;
      count(counts, this.#cpus[slot] ?? 0);
      this.#heldEvents -= 1;
      this.#freeSlot(slot);
      slot = next;
    }
  }

  #copy(record: EventRecord, slot: number): void {
    const from = record.words;
    const to = this.#records.words;
    const bytes = EVENT.SIZE + record.stackBytes();
    const words = Math.min(bytes / 4, this.#slotWords);
    const fromWord = record.offset >>> 2;
    const toWord = slot * this.#slotWords;
    for (let index = 0; index < words; index++) to[toWord + index] = from[fromWord + index] ?? 0;
    this.#cpus[slot] = record.cpu;
  }

  /** Notes the record's socket buffer. @returns true when it ended and no other of this packet is known to live. */
  #isLastSkbGone(record: EventRecord, place: number): boolean {
    const word = (record.offset >>> 2) + SKB_WORD;
    const low = record.words[word] ?? 0;
    const high = record.words[word + 1] ?? 0;
    const isGone =
      ((record.bytes[record.offset + EVENT.flags.offset] ?? 0) & PWRU_EVENT_FREED) !== 0;
    const skbs = this.#skbs;
    const start = place * SKBS_PER_PACKET * 2;
    let free = NONE;
    let isAnyAlive = false;
    for (let at = start; at < start + SKBS_PER_PACKET * 2; at += 2) {
      const isEmpty = ((skbs[at] ?? 0) | (skbs[at + 1] ?? 0)) === 0;
      if (isEmpty) {
        free = at;
      } else if (skbs[at] === low && skbs[at + 1] === high) {
        if (!isGone) return false;
        skbs[at] = 0;
        skbs[at + 1] = 0;
      } else {
        isAnyAlive = true;
      }
    }
    if (isGone) return !isAnyAlive;
    if (free !== NONE) {
      skbs[free] = low;
      skbs[free + 1] = high;
    }
    return false;
  }
}

function count(counts: Float64Array, cpu: number): void {
  counts[cpu] = (counts[cpu] ?? 0) + 1;
}
