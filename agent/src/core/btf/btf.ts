import { PwruError } from '../errors.ts';

/** Kinds of BTF types: Documentation/bpf/btf.rst and include/uapi/linux/btf.h, Linux 6.18. Kind 0 is void (type 0). */
export const btfKinds = {
  INT: 1,
  PTR: 2,
  ARRAY: 3,
  STRUCT: 4,
  UNION: 5,
  ENUM: 6,
  FWD: 7,
  TYPEDEF: 8,
  VOLATILE: 9,
  CONST: 10,
  RESTRICT: 11,
  FUNC: 12,
  FUNC_PROTO: 13,
  VAR: 14,
  DATASEC: 15,
  FLOAT: 16,
  DECL_TAG: 17,
  TYPE_TAG: 18,
  ENUM64: 19,
} as const;

export type BtfKind = (typeof btfKinds)[keyof typeof btfKinds];

/** 32-bit words that follow the three of struct btf_type, by kind: fixed ones, and ones per member (vlen). */
const fixedWords = [0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0];
const memberWords = [0, 0, 0, 0, 3, 3, 2, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 3];

const MAGIC = 0xeb9f;
const HEADER_BYTES = 24;
/** Words of struct btf_type: name_off, info, size or type. */
export const TYPE_WORDS = 3;
/** Longest chain of modifiers and typedefs; the kernel's own limit (MAX_RESOLVE_DEPTH, kernel/bpf/btf.c). */
const MODIFIER_LIMIT = 32;

/** The records of consecutive type ids; index 0 is the object's `firstId`. */
export interface BtfRecords {
  /** All records: struct btf_type (three words) and what follows it, by kind. */
  readonly words: Uint32Array;
  /** Where each record begins, in words. */
  readonly offsets: Uint32Array;
  readonly kinds: Uint8Array;
}

/**
 * The type information of the kernel or of one module, as found in /sys/kernel/btf. Holds the file's bytes and one
 * offset per type, no object per type; everything is read from the bytes on demand.
 *
 * A module's BTF is split: its type ids and string offsets continue those of vmlinux, its base. Module files of
 * /sys/kernel/btf are complete in that sense; the "distilled base" of a module's ELF (.BTF.base, from 6.11) never
 * shows up there, since the kernel relocates the module's BTF to vmlinux before it exports it.
 */
export class Btf {
  /** "vmlinux" or the module's name, for messages. */
  readonly origin: string;
  /** First type id of this object's own types; 1 without base. */
  readonly firstId: number;
  /** One past the last type id. */
  readonly endId: number;
  readonly #base: Btf | undefined;
  /** The own types' records, for loops over all of them. */
  readonly records: BtfRecords;
  readonly #strings: Uint8Array;
  readonly #firstString: number;
  readonly #endString: number;
  /** Own type ids grouped by kind, and where the ids of each kind begin. */
  readonly #idsByKind: Uint32Array;
  readonly #kindStarts: Uint32Array;

  /**
   * Checks the header and finds every type in one pass.
   * @param bytes the whole file; kept, so it must not change.
   * @throws PwruError KERNEL_FEATURE_MISSING when the bytes are not BTF of this machine.
   */
  constructor(origin: string, bytes: Uint8Array, base?: Btf) {
    this.origin = origin;
    this.#base = base;
    this.firstId = base?.endId ?? 1;
    this.#firstString = base === undefined ? 0 : base.#endString;
    const { types, strings } = this.#sections(bytes);
    this.#strings = strings;
    this.#endString = this.#firstString + strings.length;
    this.records = this.#findTypes(alignedWords(types));
    this.endId = this.firstId + this.records.kinds.length;
    const { ids, starts } = groupByKind(this.records.kinds, this.firstId);
    this.#idsByKind = ids;
    this.#kindStarts = starts;
  }

  /** This object or its base, whichever has the type. */
  ownerOf(id: number): Btf {
    if (id >= this.firstId && id < this.endId) return this;
    if (id > 0 && id < this.firstId && this.#base !== undefined) return this.#base.ownerOf(id);
    throw this.#malformed(`type id ${id} is out of range`);
  }

  /** Kind of a type; 0 for void. */
  kindOf(id: number): number {
    if (id === 0) return 0;
    const { records, firstId } = this.ownerOf(id);
    return records.kinds[id - firstId] ?? 0;
  }

  /** The size-or-type word: the id that a PTR, FUNC, TYPEDEF or modifier refers to, the bytes of an INT or STRUCT. */
  referenceOf(id: number): number {
    return this.word(id, 2);
  }

  /** Number of members, parameters or values. */
  memberCountOf(id: number): number {
    return this.word(id, 1) & 0xffff;
  }

  nameOf(id: number): string {
    return this.string(this.word(id, 0));
  }

  hasName(id: number, name: string): boolean {
    return this.stringEquals(this.word(id, 0), name);
  }

  /** Word `index` of a type's record (struct btf_type and what follows it). */
  word(id: number, index: number): number {
    const { records, firstId } = this.ownerOf(id);
    return records.words[(records.offsets[id - firstId] ?? 0) + index] ?? 0;
  }

  /** The type below CONST, VOLATILE, RESTRICT, TYPE_TAG and TYPEDEF; 0 is void. */
  skipModifiers(id: number): number {
    let current = id;
    for (let depth = 0; depth < MODIFIER_LIMIT; depth++) {
      if (!isModifier(this.kindOf(current))) return current;
      current = this.referenceOf(current);
    }
    throw this.#malformed(`type id ${id} leads through more than ${MODIFIER_LIMIT} modifiers`);
  }

  /** Ids of this object's own types of one kind, ascending. */
  idsOf(kind: BtfKind): Uint32Array {
    return this.#idsByKind.subarray(this.#kindStarts[kind], this.#kindStarts[kind + 1]);
  }

  /** The NUL-terminated string at an offset; names of C identifiers are ASCII. */
  string(offset: number): string {
    const { strings, start } = this.#locate(offset);
    const end = strings.indexOf(0, start);
    if (end === -1) throw this.#malformed(`the string at ${offset} has no end`);
    return ascii(strings, start, end);
  }

  /** Compares without building the string. */
  stringEquals(offset: number, text: string): boolean {
    const { strings, start } = this.#locate(offset);
    return startsWith(strings, start, text) && strings[start + text.length] === 0;
  }

  stringStartsWith(offset: number, prefix: string): boolean {
    const { strings, start } = this.#locate(offset);
    return startsWith(strings, start, prefix);
  }

  #locate(offset: number): { strings: Uint8Array; start: number } {
    if (offset < this.#firstString && this.#base !== undefined) return this.#base.#locate(offset);
    if (offset >= this.#endString) throw this.#malformed(`string offset ${offset} is out of range`);
    return { strings: this.#strings, start: offset - this.#firstString };
  }

  #sections(bytes: Uint8Array): { types: Uint8Array; strings: Uint8Array } {
    if (bytes.length < HEADER_BYTES) {
      throw this.#malformed(`${bytes.length} bytes are too short for a header`);
    }
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const magic = header.getUint16(0, littleEndian);
    if (magic === 0x9feb) throw this.#malformed('it has the byte order of another machine');
    if (magic !== MAGIC) {
      throw this.#malformed(`it begins with 0x${magic.toString(16)}, not 0x${MAGIC.toString(16)}`);
    }
    const version = header.getUint8(2);
    if (version !== 1) throw this.#malformed(`version ${version} is unknown`);
    const headerBytes = header.getUint32(4, littleEndian);
    const section = (name: string, at: number): Uint8Array => {
      const start = headerBytes + header.getUint32(at, littleEndian);
      const end = start + header.getUint32(at + 4, littleEndian);
      if (headerBytes < HEADER_BYTES || end > bytes.length) {
        throw this.#malformed(`the ${name} end at byte ${end} of ${bytes.length}`);
      }
      return bytes.subarray(start, end);
    };
    const types = section('types', 8);
    if (types.length % 4 !== 0)
      throw this.#malformed(`the types have ${types.length} bytes, not whole words`);
    return { types, strings: section('strings', 16) };
  }

  #findTypes(words: Uint32Array): BtfRecords {
    const offsets = new Uint32Array(Math.floor(words.length / TYPE_WORDS));
    const kinds = new Uint8Array(offsets.length);
    let count = 0;
    let at = 0;
    while (at + TYPE_WORDS <= words.length) {
      const info = words[at + 1] ?? 0;
      const kind = (info >>> 24) & 0x1f;
      const fixed = fixedWords[kind];
      if (fixed === undefined || kind === 0) {
        throw this.#malformed(`type id ${this.firstId + count} has the unknown kind ${kind}`);
      }
      kinds[count] = kind;
      offsets[count++] = at;
      at += TYPE_WORDS + fixed + (memberWords[kind] ?? 0) * (info & 0xffff);
    }
    if (at !== words.length) {
      throw this.#malformed(`type id ${this.firstId + count - 1} does not end with the types`);
    }
    return { words, offsets: offsets.slice(0, count), kinds: kinds.slice(0, count) };
  }

  #malformed(cause: string): PwruError {
    return new PwruError(
      'KERNEL_FEATURE_MISSING',
      `Cannot read the BTF of ${this.origin}: ${cause}`,
      { subject: 'BTF' },
    );
  }
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Ids by kind, ascending in each, and where those of each kind begin. Its loops stand alone: see skb-functions.ts. */
function groupByKind(
  kinds: Uint8Array,
  firstId: number,
): { ids: Uint32Array; starts: Uint32Array } {
  const starts = countKinds(kinds);
  return { ids: placeIds(kinds, firstId, starts.slice()), starts };
}

/** How many types have a smaller kind, by kind. */
function countKinds(kinds: Uint8Array): Uint32Array {
  const counts = new Uint32Array(fixedWords.length + 1);
  for (let i = 0; i < kinds.length; i++) {
    const next = (kinds[i] ?? 0) + 1;
    counts[next] = (counts[next] ?? 0) + 1;
  }
  for (let kind = 1; kind < counts.length; kind++) {
    counts[kind] = (counts[kind] ?? 0) + (counts[kind - 1] ?? 0);
  }
  return counts;
}

/** @param ends changed: where the next id of each kind goes. */
function placeIds(kinds: Uint8Array, firstId: number, ends: Uint32Array): Uint32Array {
  const ids = new Uint32Array(kinds.length);
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i] ?? 0;
    const end = ends[kind] ?? 0;
    ids[end] = firstId + i;
    ends[kind] = end + 1;
  }
  return ids;
}

function isModifier(kind: number): boolean {
  return (
    kind === btfKinds.CONST ||
    kind === btfKinds.TYPEDEF ||
    kind === btfKinds.VOLATILE ||
    kind === btfKinds.RESTRICT ||
    kind === btfKinds.TYPE_TAG
  );
}

function startsWith(bytes: Uint8Array, start: number, prefix: string): boolean {
  for (let i = 0; i < prefix.length; i++) {
    if (bytes[start + i] !== prefix.charCodeAt(i)) return false;
  }
  return true;
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

/** The bytes as words of this machine's byte order; copies only when they are not aligned. */
function alignedWords(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2);
}
