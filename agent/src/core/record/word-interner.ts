const initialEntries = 64;

/**
 * Gives numbers to keys of a few 32-bit words which lie in a larger array, without making an object per look-up.
 * Numbers start at 1 and are never reused.
 *
 * Bounded: when `maxEntries` keys are known, all are forgotten, and a key that comes again gets a new number. So a
 * stranger who makes up keys (processes, for instance) costs memory once, and traffic in proportion to what he does.
 */
export class WordInterner {
  /** How often the table was emptied because it was full. */
  resets = 0;
  readonly #wordOffsets: readonly number[];
  readonly #maxEntries: number;
  readonly #seed: number;
  #lastId = 0;
  #entries = 0;
  /** Open addressing with linear probing, at most half full. Id 0 marks a free slot. */
  #ids = new Uint32Array(2 * initialEntries);
  #keys: Int32Array;
  #slot = 0;

  /**
   * @param wordOffsets where the words of a key lie, relative to its base.
   * @param options.maxEntries a power of two, at least 64.
   * @param options.seed any 32 bits, not known to those who make keys: with it they cannot tell which keys collide.
   */
  constructor(
    wordOffsets: readonly number[],
    options: { readonly maxEntries: number; readonly seed: number },
  ) {
    this.#wordOffsets = wordOffsets;
    this.#maxEntries = options.maxEntries;
    this.#seed = options.seed;
    this.#keys = new Int32Array(this.#ids.length * wordOffsets.length);
  }

  /** Keys seen so far; one that was forgotten and came again counts again. */
  get count(): number {
    return this.#lastId;
  }

  /** Number of the key at `base`; 0 when it is not known, and `add` may follow. */
  find(words: Int32Array, base: number): number {
    const ids = this.#ids;
    // Mostly it is the key of the last time.
    const lastId = ids[this.#slot] ?? 0;
    if (lastId !== 0 && this.#isAt(this.#slot, words, base)) return lastId;
    const mask = ids.length - 1;
    let slot = this.#hash(words, base) & mask;
    let id = ids[slot] ?? 0;
    while (id !== 0 && !this.#isAt(slot, words, base)) {
      slot = (slot + 1) & mask;
      id = ids[slot] ?? 0;
    }
    this.#slot = slot;
    return id;
  }

  /** Gives a number to the key for which `find` has just returned 0. */
  add(words: Int32Array, base: number): number {
    if (this.#entries === this.#maxEntries) {
      this.resets += 1;
      this.clear();
      this.find(words, base);
    } else if (2 * this.#entries === this.#ids.length) {
      this.#grow();
      this.find(words, base);
    }
    this.#entries += 1;
    this.#lastId += 1;
    const offsets = this.#wordOffsets;
    let at = this.#slot * offsets.length;
    for (const offset of offsets) this.#keys[at++] = words[base + offset] ?? 0;
    this.#ids[this.#slot] = this.#lastId;
    return this.#lastId;
  }

  /** Forgets all keys; their numbers are not used again. */
  clear(): void {
    this.#entries = 0;
    this.#ids.fill(0);
  }

  #grow(): void {
    const width = this.#wordOffsets.length;
    const oldIds = this.#ids;
    const oldKeys = this.#keys;
    this.#ids = new Uint32Array(2 * oldIds.length);
    this.#keys = new Int32Array(2 * oldKeys.length);
    const mask = this.#ids.length - 1;
    for (const [oldSlot, id] of oldIds.entries()) {
      if (id === 0) continue;
      const key = oldKeys.subarray(oldSlot * width, (oldSlot + 1) * width);
      let slot = this.#hashOf(key) & mask;
      while (this.#ids[slot] !== 0) slot = (slot + 1) & mask;
      this.#ids[slot] = id;
      this.#keys.set(key, slot * width);
    }
  }

  #hash(words: Int32Array, base: number): number {
    const offsets = this.#wordOffsets;
    let hash = this.#seed;
    for (let index = 0; index < offsets.length; index++) {
      hash = mix(hash, words[base + (offsets[index] ?? 0)] ?? 0);
    }
    return hash ^ (hash >>> 15);
  }

  /** As `#hash`, of a key that lies by itself. */
  #hashOf(key: Int32Array): number {
    let hash = this.#seed;
    for (const word of key) hash = mix(hash, word);
    return hash ^ (hash >>> 15);
  }

  #isAt(slot: number, words: Int32Array, base: number): boolean {
    const offsets = this.#wordOffsets;
    const keys = this.#keys;
    const at = slot * offsets.length;
    for (let index = 0; index < offsets.length; index++) {
      if (keys[at + index] !== words[base + (offsets[index] ?? 0)]) return false;
    }
    return true;
  }
}

/** One step of a multiplicative hash; the multiplier is 2^32 / golden ratio. */
function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e37_79b1);
  return mixed ^ (mixed >>> 16);
}
