import { STACK } from '../../core/record/layout.ts';
import { EventRecord, HIT_MAX_BYTES } from '../../core/record/record-view.ts';

const NONE = -1;

/**
 * Copies of ring records, in lists: one for each place (a number below the capacity), and one of records that were let go
 * and wait to be handed out. Bounded: `isFull` says that a list has to give something up before the next `push`.
 */
export class HeldRecords {
  readonly #slotWords: number;
  readonly #records: EventRecord;
  /** By slot: CPU, and the next record of the same list, or the next free slot. */
  readonly #cpus: Uint32Array;
  readonly #next: Int32Array;
  /** By place. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #counts: Uint32Array;
  #free = 0;
  #held = 0;
  #firstReleased = NONE;
  #lastReleased = NONE;
  /** The slot that `nextReleased` handed out last. */
  #current = NONE;

  constructor(options: {
    readonly capacity: number;
    readonly maxBytes: number;
    /** Whether records carry call stacks. */
    readonly stack: boolean;
  }) {
    const slotBytes = HIT_MAX_BYTES - (options.stack ? 0 : STACK.SIZE);
    const slots = Math.floor(options.maxBytes / slotBytes);
    this.#slotWords = slotBytes / 4;
    this.#records = new EventRecord(0, new ArrayBuffer(slots * slotBytes));
    this.#cpus = new Uint32Array(slots);
    this.#next = Int32Array.from({ length: slots }, (_, slot) =>
      slot + 1 < slots ? slot + 1 : NONE,
    );
    this.#first = new Int32Array(options.capacity).fill(NONE);
    this.#last = new Int32Array(options.capacity).fill(NONE);
    this.#counts = new Uint32Array(options.capacity);
  }

  /** Records in the lists of places, or let go and not handed out yet. */
  get held(): number {
    return this.#held;
  }

  get isFull(): boolean {
    return this.#free === NONE;
  }

  /** Whether `nextReleased` has something. */
  get hasReleased(): boolean {
    return this.#firstReleased !== NONE;
  }

  /** Records in a place's list. */
  count(place: number): number {
    return this.#counts[place] ?? 0;
  }

  /** Copies a record to the end of a place's list. There must be room. */
  push(place: number, record: EventRecord): void {
    const slot = this.#free;
    this.#free = this.#next[slot] ?? NONE;
    this.#next[slot] = NONE;
    this.#copy(record, slot);
    const last = this.#last[place] ?? NONE;
    if (last === NONE) this.#first[place] = slot;
    else this.#next[last] = slot;
    this.#last[place] = slot;
    this.#counts[place] = this.count(place) + 1;
    this.#held += 1;
  }

  /** Frees the oldest record of a place's list, which must not be empty. @returns its CPU. */
  shift(place: number): number {
    const slot = this.#first[place] ?? NONE;
    this.#first[place] = this.#next[slot] ?? NONE;
    if (this.#first[place] === NONE) this.#last[place] = NONE;
    this.#counts[place] = this.count(place) - 1;
    this.#held -= 1;
    const cpu = this.#cpus[slot] ?? 0;
    this.#freeSlot(slot);
    return cpu;
  }

  /** Visits the records of a place's list in order; they may be changed. The record is valid during the call. */
  forEach(place: number, visit: (record: EventRecord) => void): void {
    for (let slot = this.#first[place] ?? NONE; slot !== NONE; slot = this.#next[slot] ?? NONE) {
      visit(this.#recordAt(slot));
    }
  }

  /** Lets go of a place's list: `nextReleased` hands it out behind what was let go before. */
  release(place: number): void {
    const first = this.#first[place] ?? NONE;
    if (first === NONE) return;
    if (this.#firstReleased === NONE) this.#firstReleased = first;
    else this.#next[this.#lastReleased] = first;
    this.#lastReleased = this.#last[place] ?? NONE;
    this.#first[place] = NONE;
    this.#last[place] = NONE;
    this.#counts[place] = 0;
  }

  /** The next record that was let go, valid until the next call; undefined when there is none. */
  nextReleased(): EventRecord | undefined {
    if (this.#current !== NONE) this.#freeSlot(this.#current);
    this.#current = this.#firstReleased;
    if (this.#current === NONE) return undefined;
    this.#held -= 1;
    this.#firstReleased = this.#next[this.#current] ?? NONE;
    if (this.#firstReleased === NONE) this.#lastReleased = NONE;
    return this.#recordAt(this.#current);
  }

  #recordAt(slot: number): EventRecord {
    this.#records.offset = slot * this.#slotWords * 4;
    this.#records.cpu = this.#cpus[slot] ?? 0;
    return this.#records;
  }

  #freeSlot(slot: number): void {
    this.#next[slot] = this.#free;
    this.#free = slot;
  }

  #copy(record: EventRecord, slot: number): void {
    const from = record.words;
    const to = this.#records.words;
    const words = Math.min(record.usedBytes / 4, this.#slotWords);
    const fromWord = record.offset >>> 2;
    const toWord = slot * this.#slotWords;
    for (let index = 0; index < words; index++) to[toWord + index] = from[fromWord + index] ?? 0;
    this.#cpus[slot] = record.cpu;
  }
}
