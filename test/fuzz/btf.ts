import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Btf, btfKinds } from '../../agent/src/core/btf/btf.ts';
import {
  findEnums,
  hasEnumValue,
  hasFunction,
  hasMember,
  tracepointArguments,
} from '../../agent/src/core/btf/btf-features.ts';
import { findCpuVariables } from '../../agent/src/core/btf/cpu-variables.ts';
import {
  findSkbFunctions,
  findSkbTracepoints,
  type SkbArgumentKind,
} from '../../agent/src/core/btf/skb-functions.ts';
import { SkbTypes } from '../../agent/src/core/btf/skb-types.ts';
import { PwruError } from '../../agent/src/core/errors.ts';
import { BtfBuilder } from '../support/btf-builder.ts';
import { editedBytes } from './edited-bytes.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { valueUnless } from './outcome.ts';

/** One type: which kind, its name, what it refers to (modulo the number of types), its members or parameters. */
interface TypeCase {
  readonly kind: keyof typeof shapes;
  readonly name: string;
  readonly refers: number;
  readonly members: readonly number[];
}

const names = [
  ...['', 'f', 'g', 'sk_buff', 'net_device', 'btf_trace_kfree_skb', 'btf_trace_', 'len'],
  ...['bpf_attach_type', 'BPF_TRACE_KPROBE_MULTI', 'a'.repeat(100)],
];

type Reference = (builder: BtfBuilder, type: TypeCase) => number;

const plain =
  (kind: number): Reference =>
  (builder, { name, refers }) =>
    builder.add({ kind, name, sizeOrType: refers });

const shapes = {
  int: (builder, { name, refers }) => builder.int(name, refers & 31),
  pointer: (builder, { refers }) => builder.pointer(refers),
  const: (builder, { refers }) => builder.reference('CONST', refers),
  volatile: (builder, { refers }) => builder.reference('VOLATILE', refers),
  restrict: (builder, { refers }) => builder.reference('RESTRICT', refers),
  typedef: (builder, { name, refers }) => builder.typedef(name, refers),
  typeTag: plain(btfKinds.TYPE_TAG),
  float: plain(btfKinds.FLOAT),
  forward: (builder, { name }) => builder.forward(name),
  struct: (builder, { name, refers, members }) =>
    builder.struct(name, refers & 63, membersOf(members)),
  union: (builder, { name, refers, members }) =>
    builder.union(name, refers & 63, membersOf(members)),
  enumeration: (builder, { name, members }) =>
    builder.enumeration(name, Object.fromEntries(members.map((id) => [nameOf(id), id]))),
  prototype: (builder, { refers, members }) => builder.prototype(members, refers),
  func: plain(btfKinds.FUNC),
  funcOfOwn: (builder, { name, refers, members }) => builder.func(name, members, refers),
} as const satisfies Readonly<Record<string, Reference>>;

function nameOf(id: number): string {
  return names[id % names.length] ?? '';
}

function membersOf(ids: readonly number[]) {
  return ids.map((id) => [nameOf(id), id] as const);
}

const types: fc.Arbitrary<TypeCase[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...(Object.keys(shapes) as Array<keyof typeof shapes>)),
    name: fc.constantFrom(...names),
    // The first types are an skb in some way.
    refers: fc.oneof(fc.nat(7), fc.nat(40)),
    members: fc.array(fc.oneof(fc.nat(7), fc.nat(40)), { maxLength: 6 }),
  }),
  { maxLength: 24 },
);

/** References forward, backward and in circles. */
function builderOf(list: readonly TypeCase[], base?: BtfBuilder): BtfBuilder {
  const builder = new BtfBuilder(base);
  if (base === undefined) {
    const skb = builder.struct('sk_buff', 232, [['len', 0]]);
    builder.pointer(skb);
    builder.pointer(builder.reference('CONST', skb));
    builder.pointer(2);
    builder.int('int', 4);
  }
  for (const type of list) shapes[type.kind](builder, type);
  return builder;
}

const isUnreadable = (thrown: unknown) =>
  thrown instanceof PwruError && thrown.code === 'KERNEL_FEATURE_MISSING';

/** All that is ever asked of BTF. */
function readAll(btf: Btf, skbTypes: SkbTypes): void {
  for (const { argument, name } of findSkbFunctions(btf, skbTypes)) {
    assert(argument >= 1 && argument <= 5 && name.length < 1_000_000);
  }
  for (const { argument } of findSkbTracepoints(btf, skbTypes)) assert(argument >= 1);
  findEnums(btf, (name) => name !== 'g');
  hasEnumValue(btf, 'bpf_attach_type', 'BPF_TRACE_KPROBE_MULTI');
  hasMember(btf, 'sk_buff', 'no_such_member');
  hasFunction(btf, 'bpf_rdonly_cast');
  for (const bytes of Object.values(findCpuVariables(btf) ?? {})) assert.equal(bytes | 0, bytes);
  assert(tracepointArguments(btf, 'kfree_skb') < 0x1_0000);
}

function readBoth(vmlinux: Uint8Array, module: Uint8Array): void {
  const base = valueUnless(() => new Btf('vmlinux', vmlinux), isUnreadable);
  if (base === undefined) return;
  // A type is three words at least: what is kept of the types is no more than the file.
  assert(base.records.offsets.length <= vmlinux.length / 12);
  const baseTypes = valueUnless(() => new SkbTypes(base), isUnreadable);
  if (baseTypes === undefined) return;
  valueUnless(() => readAll(base, baseTypes), isUnreadable);
  valueUnless(() => {
    const split = new Btf('module', module, base);
    readAll(split, new SkbTypes(split, baseTypes));
  }, isUnreadable);
}

type SkbClass = 'struct' | 'const-struct' | SkbArgumentKind;

/** What a type is to an skb, by following it: the reference for what SkbTypes finds from the struct outwards. */
function classOf(btf: Btf, id: number, depth = 0): SkbClass | undefined {
  if (id === 0 || id >= btf.endId || depth > 100) return undefined;
  const kind = btf.kindOf(id);
  if (kind === btfKinds.STRUCT || kind === btfKinds.FWD)
    return btf.nameOf(id) === 'sk_buff' ? 'struct' : undefined;
  const modifiers: number[] = [
    ...[btfKinds.CONST, btfKinds.VOLATILE, btfKinds.RESTRICT, btfKinds.TYPE_TAG, btfKinds.TYPEDEF],
  ];
  if (kind !== btfKinds.PTR && !modifiers.includes(kind)) return undefined;
  const target = classOf(btf, btf.referenceOf(id), depth + 1);
  if (kind === btfKinds.CONST) return target === 'struct' ? 'const-struct' : target;
  if (kind !== btfKinds.PTR || target === undefined) return target;
  if (target === 'struct') return 'pointer';
  if (target === 'const-struct') return 'const-pointer';
  return target === 'pointer-to-pointer' ? undefined : 'pointer-to-pointer';
}

/** The first function of each name that takes an skb: `name:argument:kind`. */
function naiveSkbFunctions(btf: Btf): string[] {
  const found = new Map<string, string>();
  for (const id of btf.idsOf(btfKinds.FUNC)) {
    const prototype = btf.referenceOf(id);
    if (prototype >= btf.endId || btf.kindOf(prototype) !== btfKinds.FUNC_PROTO) continue;
    for (let argument = 1; argument <= Math.min(5, btf.memberCountOf(prototype)); argument++) {
      const kind = classOf(btf, btf.word(prototype, 2 + argument * 2));
      if (kind === undefined || kind === 'struct' || kind === 'const-struct') continue;
      const name = btf.nameOf(id);
      if (!found.has(name)) found.set(name, `${name}:${argument}:${kind}`);
      break;
    }
  }
  return [...found.values()];
}

export const btf: FuzzSubject = {
  name: 'btf',
  properties: [
    property(
      'damaged files: types of what can be read, or "Cannot read the BTF"',
      fc.tuple(types, types).chain(([list, others]) => {
        const builder = builderOf(list);
        const module = builderOf(others, builder);
        return fc.tuple(
          editedBytes(fc.constant(builder.build())),
          editedBytes(fc.constant(module.build())),
        );
      }),
      ([vmlinux, module]) => readBoth(vmlinux, module),
      { boundedCases: 3_000 },
    ),
    property(
      'any graph of types: the functions with an skb that following each type finds',
      types,
      (list) => {
        const object = new Btf('vmlinux', builderOf(list).build());
        const found = valueUnless(
          () => findSkbFunctions(object, new SkbTypes(object)),
          isUnreadable,
        );
        if (found === undefined) return;
        assert.deepEqual(
          found.map(({ name, argument, kind }) => `${name}:${argument}:${kind}`),
          naiveSkbFunctions(object),
        );
      },
      { boundedCases: 3_000 },
    ),
  ],
};
