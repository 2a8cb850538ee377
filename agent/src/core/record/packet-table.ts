const NONE = -1;

/**
 * A bounded table of 64-bit packet ids in the order in which they came: each is given a place, a number below the
 * capacity that stays its own until it is removed. No object and no BigInt per look-up.
 */
export class PacketTable {
  readonly capacity: number;
  #size = 0;
  readonly #low: Int32Array;
  readonly #high: Int32Array;
  /** Hash table of places + 1, linear probing, at most half full; 0 is free. */
  readonly #slots: Int32Array;
  /** Order of arrival, as a doubly linked list; the free places are a list by `#newer` too. */
  readonly #older: Int32Array;
  readonly #newer: Int32Array;
  #oldest = NONE;
  #newest = NONE;
  #free = 0;

  /** @param capacity a power of two. */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.#low = new Int32Array(capacity);
    this.#high = new Int32Array(capacity);
    this.#slots = new Int32Array(2 * capacity);
    this.#older = new Int32Array(capacity);
    this.#newer = Int32Array.from({ length: capacity }, (_, place) =>
      place + 1 < capacity ? place + 1 : NONE,
    );
  }

  get size(): number {
    return this.#size;
  }

  /** Place of the id that came first; -1 when the table is empty. */
  get oldest(): number {
    return this.#oldest;
  }

  /** Low word of the id at a place. */
  lowOf(place: number): number {
    return this.#low[place] ?? 0;
  }

  /** High word of the id at a place. */
  highOf(place: number): number {
    return this.#high[place] ?? 0;
  }

  /** Place of an id, given as two signed words; -1 when it is not in the table. */
  find(low: number, high: number): number {
    const place = (this.#slots[this.#slotOf(low, high)] ?? 0) - 1;
    return place;
  }

  /** Puts in an id that `find` does not know. The table must not be full. @returns its place. */
  add(low: number, high: number): number {
    const place = this.#free;
    this.#free = this.#newer[place] ?? NONE;
    this.#slots[this.#slotOf(low, high)] = place + 1;
    this.#low[place] = low;
    this.#high[place] = high;
    this.#older[place] = this.#newest;
    this.#newer[place] = NONE;
    if (this.#newest === NONE) this.#oldest = place;
    else this.#newer[this.#newest] = place;
    this.#newest = place;
    this.#size += 1;
    return place;
  }

  remove(place: number): void {
    this.#emptySlot(this.#slotOf(this.#low[place] ?? 0, this.#high[place] ?? 0));
    const older = this.#older[place] ?? NONE;
    const newer = this.#newer[place] ?? NONE;
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
    this.#newer[place] = this.#free;
    this.#free = place;
    this.#size -= 1;
  }

  /** Where the id is, or the free slot where it belongs. */
  #slotOf(low: number, high: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash(low, high) & mask;
    for (;;) {
      const place = (slots[slot] ?? 0) - 1;
      if (place === NONE || (this.#low[place] === low && this.#high[place] === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** Moves up what the emptied slot would otherwise hide. */
  #emptySlot(emptied: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = emptied;
    slots[hole] = 0;
    for (let slot = (hole + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const place = (slots[slot] ?? 0) - 1;
      const home = hash(this.#low[place] ?? 0, this.#high[place] ?? 0) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      slots[hole] = place + 1;
      slots[slot] = 0;
      hole = slot;
    }
  }
}

function hash(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
  return mixed ^ (mixed >>> 16);
}
