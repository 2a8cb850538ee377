import { type Btf, btfKinds } from './btf.ts';

/** What a type is to an skb. From POINTER on: what an argument can be. */
export const skbTypes = {
  /** No skb. */
  NONE: 0,
  STRUCT: 1,
  CONST_STRUCT: 2,
  POINTER: 3,
  CONST_POINTER: 4,
  POINTER_TO_POINTER: 5,
} as const;

/**
 * Which types of a BTF object and of its base are `struct sk_buff`, a pointer to it or a pointer to that.
 * Found from the struct outwards: few types refer to it, so looking at every argument's type is one array access.
 */
export class SkbTypes {
  /** One of `skbTypes` per type id. */
  readonly byId: Uint8Array;

  /** @param base of the object's base, when it has one. */
  constructor(btf: Btf, base?: SkbTypes) {
    this.byId = new Uint8Array(btf.endId);
    if (base !== undefined) this.byId.set(base.byId);
    for (const kind of [btfKinds.STRUCT, btfKinds.FWD]) {
      for (const id of btf.idsOf(kind)) {
        if (btf.hasName(id, 'sk_buff')) this.byId[id] = skbTypes.STRUCT;
      }
    }
    while (this.#spread(btf)) {
      // One pass more for each level of reference.
    }
  }

  /** Passes over all references once; true when it found something. A type is found once, so that loops end too. */
  #spread(btf: Btf): boolean {
    const types = this.byId;
    const { words, offsets } = btf.records;
    let found = false;
    for (const kind of referenceKinds) {
      const ids = btf.idsOf(kind);
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i] ?? 0;
        const target = types[words[(offsets[id - btf.firstId] ?? 0) + 2] ?? 0];
        if (target === undefined || target === skbTypes.NONE || types[id] !== skbTypes.NONE)
          continue;
        const type = referenceTo(target, kind);
        types[id] = type;
        found ||= type !== skbTypes.NONE;
      }
    }
    return found;
  }
}

/** CONST before PTR before TYPEDEF: most chains are found in one pass in this order. */
const referenceKinds = [
  btfKinds.CONST,
  btfKinds.VOLATILE,
  btfKinds.RESTRICT,
  btfKinds.TYPE_TAG,
  btfKinds.PTR,
  btfKinds.TYPEDEF,
] as const;

function referenceTo(target: number, kind: number): number {
  if (kind === btfKinds.CONST) return target === skbTypes.STRUCT ? skbTypes.CONST_STRUCT : target;
  if (kind !== btfKinds.PTR) return target;
  if (target === skbTypes.STRUCT) return skbTypes.POINTER;
  if (target === skbTypes.CONST_STRUCT) return skbTypes.CONST_POINTER;
  return target === skbTypes.POINTER_TO_POINTER ? skbTypes.NONE : skbTypes.POINTER_TO_POINTER;
}
