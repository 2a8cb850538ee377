import { describe, expect, test } from 'vitest';
import { BtfBuilder } from '../../../../test/support/btf-builder.ts';
import { Btf, btfKinds } from './btf.ts';
import { findSkbFunctions, findSkbTracepoints, type SkbFunction } from './skb-functions.ts';
import { SkbTypes } from './skb-types.ts';

/** Types that the cases are made of. */
function kernel() {
  const builder = new BtfBuilder();
  const int = builder.int('int', 4);
  const skb = builder.struct('sk_buff', 232);
  const pointer = builder.pointer(skb);
  const constSkb = builder.reference('CONST', skb);
  const constPointer = builder.pointer(constSkb);
  const pointerToPointer = builder.pointer(pointer);
  return {
    builder,
    int,
    skb,
    pointer,
    constPointer,
    pointerToPointer,
    sock: builder.pointer(builder.struct('sock', 760)),
    volatilePointer: builder.pointer(builder.reference('VOLATILE', skb)),
    typedefOfPointer: builder.typedef('skb_ref', pointer),
    constArgument: builder.reference('CONST', pointer),
    pointerToTypedef: builder.pointer(builder.typedef('ro_skb', constSkb)),
    constAtEachLevel: builder.pointer(builder.reference('CONST', constPointer)),
    threeStars: builder.pointer(pointerToPointer),
    pair: builder.struct('pair', 16),
    either: builder.union('either', 8),
    big: builder.struct('big', 24),
    wide: builder.int('__int128', 16),
    double: builder.float('double', 8),
  };
}

type Types = ReturnType<typeof kernel>;

function functionsOf(builder: BtfBuilder): SkbFunction[] {
  const btf = new Btf('vmlinux', builder.build());
  return findSkbFunctions(btf, new SkbTypes(btf));
}

describe('findSkbFunctions', () => {
  test.each<[string, (types: Types) => number[], number, SkbFunction['kind']]>([
    ['struct sk_buff *', (t) => [t.pointer], 1, 'pointer'],
    ['const struct sk_buff *', (t) => [t.constPointer], 1, 'const-pointer'],
    ['struct sk_buff **', (t) => [t.pointerToPointer], 1, 'pointer-to-pointer'],
    ['volatile struct sk_buff *', (t) => [t.volatilePointer], 1, 'pointer'],
    ['typedef of a pointer', (t) => [t.typedefOfPointer], 1, 'pointer'],
    ['struct sk_buff *const', (t) => [t.constArgument], 1, 'pointer'],
    ['pointer to a typedef of const', (t) => [t.pointerToTypedef], 1, 'const-pointer'],
    ['const struct sk_buff *const *', (t) => [t.constAtEachLevel], 1, 'pointer-to-pointer'],
    ['the second argument', (t) => [t.sock, t.pointer], 2, 'pointer'],
    ['the fifth argument', (t) => [t.int, t.int, t.int, t.int, t.constPointer], 5, 'const-pointer'],
    ['the first of several', (t) => [t.sock, t.constPointer, t.pointer], 2, 'const-pointer'],
  ])('sees %s', (_, parameters, argument, kind) => {
    const types = kernel();
    types.builder.func('probe_me', parameters(types));
    const found = { name: 'probe_me', argument, kind, obstacle: undefined };
    expect(functionsOf(types.builder)).toEqual([found]);
  });

  test.each<[string, (types: Types) => number[]]>([
    ['the sixth argument', (t) => [t.int, t.int, t.int, t.int, t.int, t.pointer]],
    ['no skb', (t) => [t.sock, t.int]],
    ['struct sk_buff ***', (t) => [t.threeStars]],
    ['struct sk_buff by value', (t) => [t.skb]],
    ['no arguments', () => []],
  ])('passes over %s', (_, parameters) => {
    const types = kernel();
    types.builder.func('probe_me_not', parameters(types));
    expect(functionsOf(types.builder)).toEqual([]);
  });

  test.each<
    [string, (types: Types) => [parameters: number[], result?: number], string | undefined]
  >([
    ['a struct before it', (t) => [[t.pair, t.pointer]], 'argument 1 is a struct passed by value'],
    [
      'a union before it',
      (t) => [[t.sock, t.either, t.pointer]],
      'argument 2 is a struct passed by value',
    ],
    [
      'a 128-bit integer before it',
      (t) => [[t.wide, t.pointer]],
      'argument 1 is wider than a register',
    ],
    ['a double before it', (t) => [[t.double, t.pointer]], 'argument 1 is a floating-point number'],
    [
      'a large result',
      (t) => [[t.pointer], t.big],
      'it returns a struct through a hidden argument',
    ],
    ['a struct behind it', (t) => [[t.pointer, t.pair]], undefined],
    ['a result of two registers', (t) => [[t.pointer], t.pair], undefined],
  ])('tells whether %s shifts the registers', (_, signature, obstacle) => {
    const types = kernel();
    types.builder.func('probe_me', ...signature(types));
    const expected = obstacle === undefined ? undefined : `${obstacle}, which shifts the registers`;
    expect(functionsOf(types.builder).map((found) => found.obstacle)).toEqual([expected]);
  });

  test('takes a type that is not there for no skb', () => {
    const { builder } = kernel();
    const beyond = builder.pointer(1_000_000);
    builder.func('of_no_type', [beyond]);
    builder.add({ kind: btfKinds.FUNC, name: 'of_no_prototype', sizeOrType: 1_000_000 });
    expect(functionsOf(builder)).toEqual([]);
  });

  test('marks a name with different arguments once, whichever comes first', () => {
    const { builder, pointer, sock } = kernel();
    for (const parameters of [[pointer], [sock, pointer]]) builder.func('two_places', parameters);
    for (const parameters of [[sock], [pointer]]) builder.func('not_always', parameters);
    for (const parameters of [[pointer], [sock]]) builder.func('not_later', parameters);
    for (const parameters of [[pointer], [pointer, sock]]) builder.func('same_place', parameters);
    const obstacle = 'BTF describes several functions of this name with different arguments';
    expect(functionsOf(builder).map(({ name, obstacle }) => [name, obstacle])).toEqual([
      ['two_places', obstacle],
      ['not_always', obstacle],
      ['not_later', obstacle],
      ['same_place', undefined],
    ]);
  });

  test('finds functions of a module by types of its base, its own and forward declarations', () => {
    const { builder: base, pointer: basePointer } = kernel();
    const split = new BtfBuilder(base);
    split.func('by_base', [basePointer]);
    const ownPointer = split.pointer(split.struct('sk_buff', 232));
    split.func('by_own', [ownPointer]);
    split.func('by_forward', [split.pointer(split.forward('sk_buff'))]);
    const vmlinux = new Btf('vmlinux', base.build());
    const module = new Btf('veth', split.build(), vmlinux);
    const found = findSkbFunctions(module, new SkbTypes(module, new SkbTypes(vmlinux)));
    expect(found.map(({ name }) => name)).toEqual(['by_base', 'by_own', 'by_forward']);
  });

  test('ends on types that refer to one another', () => {
    const { builder, pointer, double } = kernel();
    const first = double + 1;
    builder.reference('CONST', first + 1);
    builder.typedef('loop', first);
    builder.func('loop_alone', [first]);
    builder.func('loop_behind', [pointer, first]);
    expect(functionsOf(builder).map(({ name }) => name)).toEqual(['loop_behind']);
  });
});

describe('findSkbTracepoints', () => {
  test('gives name and position behind __data, only of prototypes with an skb', () => {
    const { builder, int, pointer, constPointer, pointerToPointer, sock } = kernel();
    const data = builder.pointer(0);
    const tracepoint = (name: string, parameters: readonly number[]) =>
      builder.typedef(
        `btf_trace_${name}`,
        builder.pointer(builder.prototype([data, ...parameters])),
      );
    tracepoint('kfree_skb', [pointer, int]);
    tracepoint('tcp_retransmit_skb', [sock, constPointer]);
    tracepoint('seven_arguments', [int, int, int, int, int, int, pointer]);
    tracepoint('sys_enter', [sock, int]);
    tracepoint('output', [pointerToPointer]);
    builder.typedef('other_kfree_skb', builder.pointer(builder.prototype([data, pointer])));
    builder.typedef('btf_trace_no_function', int);
    const btf = new Btf('vmlinux', builder.build());
    expect(findSkbTracepoints(btf, new SkbTypes(btf))).toEqual([
      { name: 'kfree_skb', argument: 1, kind: 'pointer' },
      { name: 'tcp_retransmit_skb', argument: 2, kind: 'const-pointer' },
      { name: 'seven_arguments', argument: 7, kind: 'pointer' },
    ]);
  });
});
