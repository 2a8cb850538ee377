import { type Btf, type BtfKind, btfKinds, TYPE_WORDS } from './btf.ts';

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

/** Probes read arguments from registers; the stack holds those beyond the sixth (x86-64), and five programs suffice. */
export const ARGUMENT_LIMIT = 5;

/** Layout of a place: the argument's number in the low bits, its type above. */
const ARGUMENT_BITS = 3;
const ARGUMENT_MASK = 7;

/** What `SkbTypes.places` says of a prototype that has an skb. */
export function skbPlace(place: number): { readonly argument: number; readonly type: number } {
  return { argument: place & ARGUMENT_MASK, type: place >>> ARGUMENT_BITS };
}

/**
 * Which types of a BTF object and of its base are `struct sk_buff`, a pointer to it or a pointer to that.
 * Found from the struct outwards: few types refer to it, so looking at every argument's type is one array access.
 */
export class SkbTypes {
  /** One of `skbTypes` per type id. */
  readonly byId: Uint8Array;
  /** Where the FUNC_PROTO of an id has its first skb among arguments 1 to 5 (`skbPlace`); 0: it has none. */
  readonly places: Uint8Array;

  /** @param base of the object's base, when it has one. */
  constructor(btf: Btf, base?: SkbTypes) {
    this.byId = new Uint8Array(btf.endId);
    this.places = new Uint8Array(btf.endId);
    if (base !== undefined) {
      this.byId.set(base.byId);
      this.places.set(base.places);
    }
    for (const kind of [btfKinds.STRUCT, btfKinds.FWD]) {
      for (const id of btf.idsOf(kind)) {
        if (btf.hasName(id, 'sk_buff')) this.byId[id] = skbTypes.STRUCT;
      }
    }
    while (this.#spread(btf)) {
      // One pass more for each level of reference.
    }
    findPlaces(btf, this.byId, this.places);
  }

  /** Passes over all references once; true when it found something. A type is found once, so that loops end too. */
  #spread(btf: Btf): boolean {
    let found = false;
    for (const kind of referenceKinds) {
      for (const id of skbReferences(btf, kind, this.byId)) {
        const target = this.byId[btf.referenceOf(id)] ?? skbTypes.NONE;
        const type = referenceTo(target, kind);
        this.byId[id] = type;
        found ||= type !== skbTypes.NONE;
      }
    }
    return found;
  }
}

/** References of one kind to what is an skb in some way, which are not known to be yet; few of many. */
function skbReferences(btf: Btf, kind: BtfKind, types: Uint8Array): Uint32Array {
  const { words, offsets } = btf.records;
  const { firstId } = btf;
  return btf.idsOf(kind).filter((id) => {
    const target = words[(offsets[id - firstId] ?? 0) + 2] ?? 0;
    return (types[target] ?? skbTypes.NONE) !== skbTypes.NONE && types[id] === skbTypes.NONE;
  });
}

/** Puts the place of each of the object's own prototypes into `places`. */
function findPlaces(btf: Btf, types: Uint8Array, places: Uint8Array): void {
  const { words, offsets } = btf.records;
  const { firstId } = btf;
  for (const id of btf.idsOf(btfKinds.FUNC_PROTO)) {
    const at = offsets[id - firstId] ?? 0;
    const count = Math.min((words[at + 1] ?? 0) & 0xffff, ARGUMENT_LIMIT);
    // From the last to the first, which stays. struct btf_param: name_off, type.
    for (let argument = count; argument > 0; argument--) {
      const type = types[words[at + TYPE_WORDS + argument * 2 - 1] ?? 0] ?? skbTypes.NONE;
      if (type >= skbTypes.POINTER) places[id] = argument | (type << ARGUMENT_BITS);
    }
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
