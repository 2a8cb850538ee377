import { type Btf, btfKinds, TYPE_WORDS } from './btf.ts';

/** One enumerator, its value as an unsigned 32-bit number. */
export interface BtfEnumerator {
  readonly name: string;
  readonly value: number;
}

/** An enum of up to 32 bits with a name. */
export interface BtfEnum {
  readonly name: string;
  readonly values: readonly BtfEnumerator[];
}

/** The object's own 32-bit enums whose name satisfies the predicate. */
export function findEnums(btf: Btf, matches: (name: string) => boolean): BtfEnum[] {
  const found: BtfEnum[] = [];
  for (const id of btf.idsOf(btfKinds.ENUM)) {
    if (btf.word(id, 0) === 0) continue;
    const name = btf.nameOf(id);
    if (matches(name)) found.push({ name, values: enumerators(btf, id) });
  }
  return found;
}

/** True when an enum of this name has an enumerator of this name, for instance bpf_attach_type, BPF_TRACE_KPROBE_MULTI. */
export function hasEnumValue(btf: Btf, enumName: string, valueName: string): boolean {
  for (const id of btf.idsOf(btfKinds.ENUM)) {
    if (!btf.hasName(id, enumName)) continue;
    for (let i = 0; i < btf.memberCountOf(id); i++) {
      // struct btf_enum: name_off, val
      if (btf.stringEquals(btf.word(id, TYPE_WORDS + i * 2), valueName)) return true;
    }
  }
  return false;
}

/** True when a struct or union of this name has this member, also inside its anonymous structs and unions. */
export function hasMember(btf: Btf, structName: string, memberName: string): boolean {
  return memberBytes(btf, structName, memberName) !== undefined;
}

/** Where in a struct or union of this name this member begins, in bytes; undefined when it has none. */
export function memberBytes(btf: Btf, structName: string, memberName: string): number | undefined {
  for (const kind of [btfKinds.STRUCT, btfKinds.UNION]) {
    for (const id of btf.idsOf(kind)) {
      const bits = btf.hasName(id, structName) ? memberBits(btf, id, memberName) : undefined;
      if (bits !== undefined) return bits >>> 3;
    }
  }
  return undefined;
}

/** True when the object describes a function of this name (a kfunc, for instance bpf_rdonly_cast). */
export function hasFunction(btf: Btf, name: string): boolean {
  return btf.idsOf(btfKinds.FUNC).some((id) => btf.hasName(id, name));
}

/** Number of arguments of a raw tracepoint, by `typedef void (*btf_trace_NAME)(void *__data, ...)`; 0 when there is none. */
export function tracepointArguments(btf: Btf, name: string): number {
  const id = btf.idsOf(btfKinds.TYPEDEF).find((type) => btf.hasName(type, `btf_trace_${name}`));
  if (id === undefined) return 0;
  const pointer = btf.skipModifiers(id);
  if (btf.kindOf(pointer) !== btfKinds.PTR) return 0;
  const prototype = btf.skipModifiers(btf.referenceOf(pointer));
  return btf.kindOf(prototype) === btfKinds.FUNC_PROTO ? btf.memberCountOf(prototype) - 1 : 0;
}

function enumerators(btf: Btf, id: number): BtfEnumerator[] {
  return Array.from({ length: btf.memberCountOf(id) }, (_, i) => ({
    name: btf.string(btf.word(id, TYPE_WORDS + i * 2)),
    value: btf.word(id, TYPE_WORDS + i * 2 + 1),
  }));
}

function memberBits(btf: Btf, outermost: number, memberName: string): number | undefined {
  // Not by calling itself: what a file says may be nested deeper than the stack is.
  const nested = new Map([[outermost, 0]]);
  for (const [id, start] of nested) {
    const hasBitFields = btf.word(id, 1) >>> 31 === 1;
    for (let i = 0; i < btf.memberCountOf(id); i++) {
      // struct btf_member: name_off, type, offset; with bit fields its upper 8 bits are their sizes
      const nameOffset = btf.word(id, TYPE_WORDS + i * 3);
      const offset = btf.word(id, TYPE_WORDS + i * 3 + 2);
      const bits = start + (hasBitFields ? offset & 0xff_ffff : offset);
      if (btf.stringEquals(nameOffset, memberName)) return bits;
      if (nameOffset !== 0) continue;
      const inner = btf.skipModifiers(btf.word(id, TYPE_WORDS + i * 3 + 1));
      const kind = btf.kindOf(inner);
      const isNested = kind === btfKinds.STRUCT || kind === btfKinds.UNION;
      if (isNested && !nested.has(inner)) nested.set(inner, bits);
    }
  }
  return undefined;
}
