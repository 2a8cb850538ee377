import { HASH_FACTOR, HASH_SEED, SymbolTable } from './symbol-table.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const DOT = 0x2e;
const LEFT_BRACKET = 0x5b;
const RIGHT_BRACKET = 0x5d;

/** Collects symbols in the order in which the kernel lists them and sorts them by address. */
export class SymbolTableBuilder {
  #count = 0;
  #namesLength = 0;
  readonly #text: Uint8Array;
  readonly #addressHigh: Uint32Array;
  readonly #addressLow: Uint32Array;
  readonly #nameStart: Uint32Array;
  readonly #nameLength: Uint16Array;
  readonly #nameHash: Int32Array;
  readonly #hasDot: Uint8Array;
  /** Where the name ends in the text: what follows may name a module. */
  readonly #textEnd: Uint32Array;
  readonly #names: Uint8Array;

  /** @param text that holds all names. @param capacity most symbols that will be added. */
  constructor(text: Uint8Array, capacity: number) {
    this.#text = text;
    this.#addressHigh = new Uint32Array(capacity);
    this.#addressLow = new Uint32Array(capacity);
    this.#nameStart = new Uint32Array(capacity);
    this.#nameLength = new Uint16Array(capacity);
    this.#nameHash = new Int32Array(capacity);
    this.#hasDot = new Uint8Array(capacity);
    this.#textEnd = new Uint32Array(capacity);
    this.#names = new Uint8Array(text.length);
  }

  /**
   * Adds a symbol whose name begins at `nameStart` of the text and ends before the next blank.
   * @returns where it ends; `nameStart` when there is no name and so no symbol.
   */
  add(nameStart: number, addressHigh: number, addressLow: number): number {
    const text = this.#text;
    const names = this.#names;
    let end = this.#namesLength - nameStart;
    let at = nameStart;
    let hash = HASH_SEED;
    let hasDot = 0;
    for (; at < text.length; at++) {
      const byte = text[at] ?? 0;
      if (byte === NEWLINE || byte === SPACE || byte === TAB) break;
      if (byte === DOT) hasDot = 1;
      hash = Math.imul(hash ^ byte, HASH_FACTOR);
      names[end + at] = byte;
    }
    if (at === nameStart) return at;
    end += at;
    const index = this.#count++;
    this.#addressHigh[index] = addressHigh;
    this.#addressLow[index] = addressLow;
    this.#nameStart[index] = this.#namesLength;
    this.#nameLength[index] = at - nameStart;
    this.#nameHash[index] = hash;
    this.#hasDot[index] = hasDot;
    this.#textEnd[index] = at;
    this.#namesLength = end;
    return at;
  }

  build(): SymbolTable {
    const order = this.#order();
    const modules = readModules(this.#text, this.#textEnd.subarray(0, this.#count));
    return new SymbolTable({
      addressHigh: permuted(this.#addressHigh, order),
      addressLow: permuted(this.#addressLow, order),
      nameStart: permuted(this.#nameStart, order),
      nameLength: permuted(this.#nameLength, order),
      nameHash: permuted(this.#nameHash, order),
      module: permuted(modules.ids, order),
      moduleNames: modules.names,
      names: this.#names.slice(0, this.#namesLength),
      dotted: indicesOf(permuted(this.#hasDot, order), 1),
    });
  }

  /**
   * Indices by ascending address, equal ones in the order of adding. The kernel lists vmlinux in order and modules
   * after it without: only what follows the first descent is sorted, then merged.
   */
  #order(): Order {
    let sorted = 1;
    while (sorted < this.#count && this.#compare(sorted - 1, sorted) <= 0) sorted++;
    const tail = new Uint32Array(Math.max(this.#count - sorted, 0));
    for (let i = 0; i < tail.length; i++) tail[i] = sorted + i;
    tail.sort((a, b) => this.#compare(a, b) || a - b);
    let kept = this.#count - tail.length;
    const [first] = tail;
    while (first !== undefined && kept > 0 && this.#compare(kept - 1, first) > 0) kept--;
    return { count: this.#count, kept, moved: this.#merge(kept, tail) };
  }

  /** The indices from `head` up to those of the tail, and the tail, by address. */
  #merge(head: number, tail: Uint32Array): Uint32Array {
    const headEnd = this.#count - tail.length;
    const merged = new Uint32Array(this.#count - head);
    let fromHead = head;
    let fromTail = 0;
    for (let i = 0; i < merged.length; i++) {
      const next = tail[fromTail];
      if (next === undefined || (fromHead < headEnd && this.#compare(fromHead, next) <= 0)) {
        merged[i] = fromHead++;
      } else {
        merged[i] = next;
        fromTail++;
      }
    }
    return merged;
  }

  #compare(a: number, b: number): number {
    const high = (this.#addressHigh[a] ?? 0) - (this.#addressHigh[b] ?? 0);
    return high === 0 ? (this.#addressLow[a] ?? 0) - (this.#addressLow[b] ?? 0) : high;
  }
}

/**
 * Which module each symbol belongs to, by what follows its name: ` [module]` or `\t[module]`; nothing: vmlinux, whose id
 * is 0.
 */
function readModules(
  text: Uint8Array,
  nameEnds: Uint32Array,
): { readonly ids: Uint16Array; readonly names: readonly string[] } {
  const ids = new Uint16Array(nameEnds.length);
  const idByName = new Map([['', 0]]);
  let last = '';
  for (const index of bracketed(text, nameEnds)) {
    const start = (nameEnds[index] ?? 0) + 2;
    const end = bracketEnd(text, start);
    if (end === undefined) continue;
    // A module's symbols come one after the other.
    const name = text.subarray(start, end);
    if (!isText(name, last)) last = String.fromCharCode(...name);
    const id = idByName.get(last) ?? idByName.size;
    idByName.set(last, id);
    ids[index] = id;
  }
  return { ids, names: [...idByName.keys()] };
}

/** Indices of the names that a bracket follows on their line. */
function bracketed(text: Uint8Array, nameEnds: Uint32Array): Uint32Array {
  const indices = new Uint32Array(nameEnds.length);
  let count = 0;
  for (let index = 0; index < nameEnds.length; index++) {
    const end = nameEnds[index] ?? 0;
    indices[count] = index;
    count += Number(text[end] !== NEWLINE && text[end + 1] === LEFT_BRACKET);
  }
  return indices.subarray(0, count);
}

/** Where the name that begins here ends; undefined when its line ends first. */
function bracketEnd(text: Uint8Array, start: number): number | undefined {
  let end = start;
  while (end < text.length && text[end] !== RIGHT_BRACKET && text[end] !== NEWLINE) end++;
  return text[end] === RIGHT_BRACKET ? end : undefined;
}

function isText(bytes: Uint8Array, text: string): boolean {
  if (bytes.length !== text.length) return false;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** A permutation: the first `kept` indices stay where they are, `moved` are those that follow. */
interface Order {
  readonly count: number;
  readonly kept: number;
  readonly moved: Uint32Array;
}

function permuted<T extends Uint32Array | Int32Array | Uint16Array | Uint8Array>(
  column: T,
  { count, kept, moved }: Order,
): T {
  const sorted = column.slice(0, count) as T;
  for (let i = 0; i < moved.length; i++) sorted[kept + i] = column[moved[i] ?? 0] ?? 0;
  return sorted;
}

function indicesOf(bytes: Uint8Array, value: number): Uint32Array {
  const indices: number[] = [];
  for (let at = bytes.indexOf(value); at !== -1; at = bytes.indexOf(value, at + 1))
    indices.push(at);
  return Uint32Array.from(indices);
}
