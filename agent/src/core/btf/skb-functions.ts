import { type Btf, btfKinds, TYPE_WORDS } from './btf.ts';
import { type SkbTypes, skbTypes } from './skb-types.ts';

/** `struct sk_buff *`, `const struct sk_buff *` or `struct sk_buff **`, whatever typedefs and other qualifiers. */
export type SkbArgumentKind = 'pointer' | 'const-pointer' | 'pointer-to-pointer';

/** Probes read arguments from registers; the stack holds those beyond the sixth (x86-64), and five programs suffice. */
export const ARGUMENT_LIMIT = 5;

/** A function that takes an skb, as BTF describes it. */
export interface SkbFunction {
  readonly name: string;
  /** Position of the first skb among the arguments, 1 to 5. */
  readonly argument: number;
  readonly kind: SkbArgumentKind;
  /** Why the argument's register cannot be told from the prototype; undefined: it can. */
  readonly obstacle: string | undefined;
}

/** A raw tracepoint that takes an skb. */
export interface SkbTracepoint {
  /** Name for BPF_RAW_TRACEPOINT_OPEN: without the `btf_trace_` prefix. */
  readonly name: string;
  /** Position of the first skb among the tracepoint's own arguments, from 1: args[argument - 1] of the program. */
  readonly argument: number;
  readonly kind: 'pointer' | 'const-pointer';
}

/** Layout of a place: the argument's number in the low bits, its type above. */
const ARGUMENT_BITS = 3;
const ARGUMENT_MASK = 7;
const NOWHERE = 0xff;

const AMBIGUOUS = 'BTF describes several functions of this name with different arguments';

/**
 * All functions of one BTF object with an skb in argument 1 to 5, by ascending type id; the first such argument counts.
 * A name that BTF has more than once with different arguments comes once, with an obstacle.
 */
export function findSkbFunctions(btf: Btf, types: SkbTypes): SkbFunction[] {
  const { words, offsets } = btf.records;
  const places = new Uint8Array(btf.endId);
  const found = new Map<number, SkbFunction>();
  const ids = btf.idsOf(btfKinds.FUNC);
  const nameless = new Uint32Array(ids.length);
  let others = 0;
  for (let i = 0; i < ids.length; i++) {
    const at = offsets[(ids[i] ?? 0) - btf.firstId] ?? 0;
    const nameOffset = words[at] ?? 0;
    const prototype = words[at + 2] ?? 0;
    let place = places[prototype] ?? 0;
    if (place === 0) {
      place = placeIn(btf, types.byId, prototype);
      places[prototype] = place;
    }
    if (place === NOWHERE) {
      nameless[others++] = nameOffset;
      continue;
    }
    const argument = place & ARGUMENT_MASK;
    const kind = kindOf(place >>> ARGUMENT_BITS);
    const namesake = found.get(nameOffset);
    if (namesake === undefined) {
      found.set(nameOffset, {
        name: btf.string(nameOffset),
        argument,
        kind,
        obstacle: obstacleIn(btf, prototype, argument),
      });
    } else if (namesake.argument !== argument || namesake.kind !== kind) {
      found.set(nameOffset, { ...namesake, obstacle: AMBIGUOUS });
    }
  }
  for (let i = 0; i < others; i++) {
    const nameOffset = nameless[i] ?? 0;
    const namesake = found.get(nameOffset);
    if (namesake !== undefined) found.set(nameOffset, { ...namesake, obstacle: AMBIGUOUS });
  }
  return [...found.values()];
}

const TRACEPOINT_PREFIX = 'btf_trace_';

/** Raw tracepoints with an skb, from their prototypes: `typedef void (*btf_trace_NAME)(void *__data, ...)`. */
export function findSkbTracepoints(btf: Btf, types: SkbTypes): SkbTracepoint[] {
  const found: SkbTracepoint[] = [];
  for (const id of btf.idsOf(btfKinds.TYPEDEF)) {
    const nameOffset = btf.word(id, 0);
    if (!btf.stringStartsWith(nameOffset, TRACEPOINT_PREFIX)) continue;
    const pointer = btf.skipModifiers(id);
    if (btf.kindOf(pointer) !== btfKinds.PTR) continue;
    const prototype = btf.skipModifiers(btf.referenceOf(pointer));
    if (btf.kindOf(prototype) !== btfKinds.FUNC_PROTO) continue;
    for (let argument = 1; argument < btf.memberCountOf(prototype); argument++) {
      const type = types.byId[argumentType(btf, prototype, argument + 1)];
      if (type !== skbTypes.POINTER && type !== skbTypes.CONST_POINTER) continue;
      const kind = type === skbTypes.POINTER ? 'pointer' : 'const-pointer';
      found.push({ name: btf.string(nameOffset).slice(TRACEPOINT_PREFIX.length), argument, kind });
      break;
    }
  }
  return found;
}

/** Where a FUNC_PROTO has its first skb: argument number and type, or NOWHERE. */
function placeIn(btf: Btf, types: Uint8Array, prototype: number): number {
  const { records, firstId } = btf.ownerOf(prototype);
  const { words, offsets, kinds } = records;
  if (kinds[prototype - firstId] !== btfKinds.FUNC_PROTO) return NOWHERE;
  const at = offsets[prototype - firstId] ?? 0;
  const count = Math.min((words[at + 1] ?? 0) & 0xffff, ARGUMENT_LIMIT);
  for (let argument = 1; argument <= count; argument++) {
    // struct btf_param: name_off, type
    const type = types[words[at + TYPE_WORDS + argument * 2 - 1] ?? 0] ?? skbTypes.NONE;
    if (type >= skbTypes.POINTER) return argument | (type << ARGUMENT_BITS);
  }
  return NOWHERE;
}

function kindOf(type: number): SkbArgumentKind {
  if (type === skbTypes.POINTER) return 'pointer';
  return type === skbTypes.CONST_POINTER ? 'const-pointer' : 'pointer-to-pointer';
}

function argumentType(btf: Btf, prototype: number, argument: number): number {
  return btf.word(prototype, TYPE_WORDS + argument * 2 - 1);
}

/** A struct result larger than this is written through a hidden first argument (x86-64 System V ABI, 3.2.3). */
const REGISTER_RESULT_BYTES = 16;

/** What comes before the argument and does not take exactly one register; undefined when nothing does. */
function obstacleIn(btf: Btf, prototype: number, argument: number): string | undefined {
  const result = btf.skipModifiers(btf.referenceOf(prototype));
  if (isAggregate(btf.kindOf(result)) && btf.referenceOf(result) > REGISTER_RESULT_BYTES) {
    return 'it returns a struct through a hidden argument, which shifts the registers';
  }
  for (let before = 1; before < argument; before++) {
    const type = btf.skipModifiers(argumentType(btf, prototype, before));
    const kind = btf.kindOf(type);
    if (isAggregate(kind))
      return `argument ${before} is a struct passed by value, which shifts the registers`;
    if (kind === btfKinds.FLOAT)
      return `argument ${before} is a floating-point number, which shifts the registers`;
    if (kind === btfKinds.INT && btf.referenceOf(type) > 8) {
      return `argument ${before} is wider than a register, which shifts the registers`;
    }
  }
  return undefined;
}

function isAggregate(kind: number): boolean {
  return kind === btfKinds.STRUCT || kind === btfKinds.UNION;
}
