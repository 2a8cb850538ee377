import { type Btf, btfKinds, TYPE_WORDS } from './btf.ts';
import { type SkbTypes, skbPlace, skbTypes } from './skb-types.ts';

/** `struct sk_buff *`, `const struct sk_buff *` or `struct sk_buff **`, whatever typedefs and other qualifiers. */
export type SkbArgumentKind = 'pointer' | 'const-pointer' | 'pointer-to-pointer';

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

const AMBIGUOUS = 'BTF describes several functions of this name with different arguments';

/**
 * All functions of one BTF object with an skb in argument 1 to 5, by ascending type id; the first such argument counts.
 * A name that BTF has more than once with different arguments comes once, with an obstacle.
 */
export function findSkbFunctions(btf: Btf, types: SkbTypes): SkbFunction[] {
  const { withSkb, otherNames } = splitFunctions(btf, types.places);
  const found = new Map<number, SkbFunction>();
  for (const id of withSkb) {
    const nameOffset = btf.word(id, 0);
    const prototype = btf.referenceOf(id);
    const { argument, type } = skbPlace(types.places[prototype] ?? 0);
    const kind = kindOf(type);
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
  for (const nameOffset of namesakesAmong(otherNames, found)) {
    const namesake = found.get(nameOffset);
    if (namesake !== undefined) found.set(nameOffset, { ...namesake, obstacle: AMBIGUOUS });
  }
  return [...found.values()];
}

/*
 * The loops over tens of thousands of types are functions that do nothing else: V8 compiles each once, in little time. As
 * one function they were compiled six times, anew at each line that had not run before: half of what a start cost here.
 */

/** Ids of the functions with an skb, and the name offsets of all others. */
function splitFunctions(
  btf: Btf,
  places: Uint8Array,
): { readonly withSkb: Uint32Array; readonly otherNames: Uint32Array } {
  const { words, offsets } = btf.records;
  const ids = btf.idsOf(btfKinds.FUNC);
  const withSkb = new Uint32Array(ids.length);
  const otherNames = new Uint32Array(ids.length);
  let count = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? 0;
    const at = offsets[id - btf.firstId] ?? 0;
    withSkb[count] = id;
    otherNames[i - count] = words[at] ?? 0;
    if ((places[words[at + 2] ?? 0] ?? 0) !== 0) count++;
  }
  return {
    withSkb: withSkb.subarray(0, count),
    otherNames: otherNames.subarray(0, ids.length - count),
  };
}

/** Those of the names that a function with an skb has as well. */
function namesakesAmong(names: Uint32Array, found: ReadonlyMap<number, SkbFunction>): Uint32Array {
  return names.filter((nameOffset) => found.has(nameOffset));
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
