import { btfKinds } from '../../agent/src/core/btf/btf.ts';

/** A member of a struct or union: name ('' is anonymous), type and where it begins. */
export type BtfMember = readonly [name: string, type: number, bits?: number];

interface Record {
  readonly kind: number;
  readonly name: string;
  readonly sizeOrType: number;
  /** Words behind the record's first three. */
  readonly words?: readonly number[];
  readonly memberCount?: number;
}

/** Writes small BTF blobs for tests: one method per kind, each gives the new type's id. */
export class BtfBuilder {
  readonly #firstId: number;
  readonly #firstString: number;
  readonly #words: number[] = [];
  readonly #strings: number[] = [];
  readonly #known = new Map<string, number>();
  #count = 0;

  /** @param base of a module: its ids and string offsets continue those of the base. */
  constructor(base?: BtfBuilder) {
    this.#firstId = base === undefined ? 1 : base.#firstId + base.#count;
    this.#firstString = base === undefined ? 0 : base.#firstString + base.#strings.length;
    if (base === undefined) this.#string('');
    else this.#known.set('', 0);
  }

  int(name: string, sizeBytes: number): number {
    return this.add({ kind: btfKinds.INT, name, sizeOrType: sizeBytes, words: [sizeBytes * 8] });
  }

  float(name: string, sizeBytes: number): number {
    return this.add({ kind: btfKinds.FLOAT, name, sizeOrType: sizeBytes });
  }

  /** A reference without a name of its own: PTR, CONST, VOLATILE, RESTRICT. */
  reference(kind: 'PTR' | 'CONST' | 'VOLATILE' | 'RESTRICT', type: number): number {
    return this.add({ kind: btfKinds[kind], name: '', sizeOrType: type });
  }

  pointer(type: number): number {
    return this.reference('PTR', type);
  }

  typedef(name: string, type: number): number {
    return this.add({ kind: btfKinds.TYPEDEF, name, sizeOrType: type });
  }

  forward(name: string): number {
    return this.add({ kind: btfKinds.FWD, name, sizeOrType: 0 });
  }

  struct(name: string, sizeBytes: number, members: readonly BtfMember[] = []): number {
    return this.#aggregate(btfKinds.STRUCT, name, sizeBytes, members);
  }

  union(name: string, sizeBytes: number, members: readonly BtfMember[] = []): number {
    return this.#aggregate(btfKinds.UNION, name, sizeBytes, members);
  }

  enumeration(name: string, values: Readonly<globalThis.Record<string, number>>): number {
    const entries = Object.entries(values);
    const words = entries.flatMap(([value, number]) => [this.#string(value), number >>> 0]);
    return this.add({
      kind: btfKinds.ENUM,
      name,
      sizeOrType: 4,
      words,
      memberCount: entries.length,
    });
  }

  prototype(parameters: readonly number[], result = 0): number {
    const words = parameters.flatMap((type, index) => [this.#string(`p${index + 1}`), type]);
    return this.add({
      kind: btfKinds.FUNC_PROTO,
      name: '',
      sizeOrType: result,
      words,
      memberCount: parameters.length,
    });
  }

  func(name: string, parameters: readonly number[], result = 0): number {
    return this.add({ kind: btfKinds.FUNC, name, sizeOrType: this.prototype(parameters, result) });
  }

  /** A section of variables: the name of each, its type, and where it begins. */
  section(name: string, variables: ReadonlyArray<readonly [string, number, number]>): number {
    const words = variables.flatMap(([variable, type, offset]) => {
      const id = this.add({ kind: btfKinds.VAR, name: variable, sizeOrType: type, words: [1] });
      return [id, offset, 8];
    });
    const memberCount = variables.length;
    return this.add({ kind: btfKinds.DATASEC, name, sizeOrType: 0, words, memberCount });
  }

  add({ kind, name, sizeOrType, words = [], memberCount = 0 }: Record): number {
    this.#words.push(this.#string(name), (kind << 24) | memberCount, sizeOrType, ...words);
    return this.#firstId + this.#count++;
  }

  build(): Uint8Array {
    const typeBytes = this.#words.length * 4;
    const bytes = new Uint8Array(24 + typeBytes + this.#strings.length);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, 0xeb9f, true);
    view.setUint8(2, 1);
    for (const [index, value] of [24, 0, typeBytes, typeBytes, this.#strings.length].entries()) {
      view.setUint32(4 + index * 4, value, true);
    }
    for (const [index, word] of this.#words.entries()) view.setUint32(24 + index * 4, word, true);
    bytes.set(this.#strings, 24 + typeBytes);
    return bytes;
  }

  #aggregate(kind: number, name: string, sizeBytes: number, members: readonly BtfMember[]): number {
    const words = members.flatMap(([member, type, bits = 0]) => [this.#string(member), type, bits]);
    return this.add({ kind, name, sizeOrType: sizeBytes, words, memberCount: members.length });
  }

  #string(text: string): number {
    let offset = this.#known.get(text);
    if (offset === undefined) {
      offset = this.#firstString + this.#strings.length;
      this.#known.set(text, offset);
      for (const character of text) this.#strings.push(character.charCodeAt(0));
      this.#strings.push(0);
    }
    return offset;
  }
}
