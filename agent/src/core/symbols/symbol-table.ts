/** A code address in words: the nearest symbol at or below it. */
export interface CodeSymbol {
  readonly symbol: string;
  readonly offsetBytes: number;
  /** Empty for vmlinux. */
  readonly module: string;
}

/** One symbol of a table, by its index. Indices ascend with the addresses. */
export interface SymbolEntry {
  readonly name: string;
  /** 0n in a table without addresses. */
  readonly address: bigint;
  /** Empty for vmlinux. */
  readonly module: string;
}

/** Farther from a symbol than this, an address belongs to none: no function of the kernel is that long. */
const LONGEST_FUNCTION_BYTES = 0x10_0000;

/** The columns of a table; a name is bytes `nameStart` to `nameStart + nameLength` of `names`, in ASCII. */
export interface SymbolColumns {
  readonly addressHigh: Uint32Array;
  readonly addressLow: Uint32Array;
  readonly nameStart: Uint32Array;
  readonly nameLength: Uint16Array;
  /** FNV-1a of the name, 32 bits. */
  readonly nameHash: Int32Array;
  /** Index into `moduleNames`. */
  readonly module: Uint16Array;
  readonly names: Uint8Array;
  /** Index 0 is '', vmlinux. */
  readonly moduleNames: readonly string[];
  /** Indices of the symbols that have a dot in their name. */
  readonly dotted: Uint32Array;
}

/** FNV-1a: start value, and the factor after each byte is xored in. */
export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_FACTOR = 0x01000193;

/**
 * Symbols in columns, about 60 bytes each: 100,000 of them as objects would cost an agent ten times that.
 * Made by SymbolTableBuilder.
 */
export class SymbolTable {
  readonly size: number;
  readonly #columns: SymbolColumns;
  /** Chained hash over names: last index of each bucket, and the index before it. -1 ends a chain. */
  readonly #buckets: Int32Array;
  readonly #previous: Int32Array;

  /** @param columns with ascending addresses. */
  constructor(columns: SymbolColumns) {
    this.#columns = columns;
    this.size = columns.nameHash.length;
    this.#buckets = new Int32Array(bucketCount(this.size)).fill(-1);
    this.#previous = new Int32Array(this.size);
    const mask = this.#buckets.length - 1;
    for (let index = 0; index < this.size; index++) {
      const bucket = (columns.nameHash[index] ?? 0) & mask;
      this.#previous[index] = this.#buckets[bucket] ?? -1;
      this.#buckets[bucket] = index;
    }
  }

  /** Indices of the symbols that have a dot in their name. */
  get dotted(): Uint32Array {
    return this.#columns.dotted;
  }

  /** All symbols of exactly this name, in no particular order. */
  find(name: string): SymbolEntry[] {
    const found: SymbolEntry[] = [];
    let index = this.#buckets[hashText(name) & (this.#buckets.length - 1)] ?? -1;
    for (; index !== -1; index = this.#previous[index] ?? -1) {
      if (this.#hasName(index, name)) found.push(this.#entry(index, name));
    }
    return found;
  }

  has(name: string, module: string): boolean {
    const { module: modules, moduleNames } = this.#columns;
    let index = this.#buckets[hashText(name) & (this.#buckets.length - 1)] ?? -1;
    for (; index !== -1; index = this.#previous[index] ?? -1) {
      if (moduleNames[modules[index] ?? 0] === module && this.#hasName(index, name)) return true;
    }
    return false;
  }

  /** @param index 0 to size - 1. */
  nameAt(index: number): string {
    const { names, nameStart, nameLength } = this.#columns;
    const start = nameStart[index] ?? 0;
    return String.fromCharCode(...names.subarray(start, start + (nameLength[index] ?? 0)));
  }

  /** @param index 0 to size - 1. */
  at(index: number): SymbolEntry {
    return this.#entry(index, this.nameAt(index));
  }

  #entry(index: number, name: string): SymbolEntry {
    const { addressHigh, addressLow, module, moduleNames } = this.#columns;
    return {
      name,
      address: (BigInt(addressHigh[index] ?? 0) << 32n) | BigInt(addressLow[index] ?? 0),
      module: moduleNames[module[index] ?? 0] ?? '',
    };
  }

  /**
   * The symbol at or nearest below an address; of several at one address the first that the kernel lists, as its own
   * lookup does. Undefined below all symbols and more than 1 MiB above the nearest.
   */
  nearest(address: bigint): CodeSymbol | undefined {
    const { addressHigh, addressLow } = this.#columns;
    const high = Number(address >> 32n);
    const low = Number(address & 0xffff_ffffn);
    let begin = 0;
    let end = this.size;
    while (begin < end) {
      const middle = (begin + end) >>> 1;
      const middleHigh = addressHigh[middle] ?? 0;
      if (middleHigh < high || (middleHigh === high && (addressLow[middle] ?? 0) <= low))
        begin = middle + 1;
      else end = middle;
    }
    let index = begin - 1;
    while (index > 0 && this.#sameAddress(index, index - 1)) index--;
    if (index < 0) return undefined;
    const entry = this.at(index);
    const offset = address - entry.address;
    if (offset > LONGEST_FUNCTION_BYTES) return undefined;
    return { symbol: entry.name, offsetBytes: Number(offset), module: entry.module };
  }

  #sameAddress(a: number, b: number): boolean {
    const { addressHigh, addressLow } = this.#columns;
    return addressHigh[a] === addressHigh[b] && addressLow[a] === addressLow[b];
  }

  #hasName(index: number, name: string): boolean {
    const { names, nameStart, nameLength } = this.#columns;
    if (nameLength[index] !== name.length) return false;
    const start = nameStart[index] ?? 0;
    for (let i = 0; i < name.length; i++) {
      if (names[start + i] !== name.charCodeAt(i)) return false;
    }
    return true;
  }
}

function hashText(text: string): number {
  let hash = HASH_SEED;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), HASH_FACTOR);
  return hash;
}

/** A power of two, one to two buckets per symbol. */
function bucketCount(symbols: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(symbols, 1)));
}
