import { describe, expect, test } from 'vitest';
import { BtfBuilder } from '../../../../test/support/btf-builder.ts';
import { Btf, btfKinds } from './btf.ts';
import { findEnums, hasEnumValue, hasFunction, hasMember, memberBytes } from './btf-features.ts';

function kernel(): Btf {
  const builder = new BtfBuilder();
  const int = builder.int('int', 4);
  builder.enumeration('bpf_attach_type', { BPF_TRACE_KPROBE_MULTI: 42, BPF_NETFILTER: 45 });
  builder.enumeration('', { ANONYMOUS: 1 });
  builder.enumeration('signed', { LOWEST: -65_536 });
  const inner = builder.struct('', 8, [['sk', int]]);
  const either = builder.union('', 8, [
    ['', inner],
    ['ip_defrag_offset', int],
  ]);
  const named = builder.struct('named', 8, [['hidden', int]]);
  builder.struct('sk_buff', 232, [
    ['', builder.reference('CONST', either)],
    ['len', int],
    ['member', named],
  ]);
  builder.func('bpf_rdonly_cast', [builder.pointer(0), int]);
  return new Btf('vmlinux', builder.build());
}

describe('findEnums', () => {
  test('gives names and values of the enums that match, anonymous ones never', () => {
    expect(findEnums(kernel(), () => true)).toEqual([
      {
        name: 'bpf_attach_type',
        values: [
          { name: 'BPF_TRACE_KPROBE_MULTI', value: 42 },
          { name: 'BPF_NETFILTER', value: 45 },
        ],
      },
      { name: 'signed', values: [{ name: 'LOWEST', value: 0xffff0000 }] },
    ]);
    expect(findEnums(kernel(), (name) => name === 'nothing')).toEqual([]);
  });
});

describe('hasEnumValue', () => {
  test.each([
    ['bpf_attach_type', 'BPF_TRACE_KPROBE_MULTI', true],
    ['bpf_attach_type', 'BPF_TRACE_FENTRY_MULTI', false],
    ['bpf_func_id', 'BPF_TRACE_KPROBE_MULTI', false],
  ])('%s %s', (enumName, valueName, expected) => {
    expect(hasEnumValue(kernel(), enumName, valueName)).toBe(expected);
  });
});

describe('memberBytes', () => {
  const builder = new BtfBuilder();
  const int = builder.int('int', 4);
  const inner = builder.struct('', 8, [['deep', int, 32]]);
  const either = builder.union('', 8, [['', inner, 0]]);
  builder.struct('rq', 24, [
    ['lock', int, 0],
    ['', either, 64],
    ['last', int, 128],
  ]);
  const btf = new Btf('vmlinux', builder.build());

  test.each([
    ['rq', 'lock', 0],
    ['rq', 'deep', 12],
    ['rq', 'last', 16],
    ['rq', 'none', undefined],
    ['none', 'lock', undefined],
  ])('%s.%s begins at byte %s', (struct, member, expected) => {
    expect(memberBytes(btf, struct, member)).toBe(expected);
  });
});

describe('hasMember', () => {
  test.each([
    ['sk_buff', 'len', true],
    ['sk_buff', 'sk', true],
    ['sk_buff', 'ip_defrag_offset', true],
    ['sk_buff', 'hidden', false],
    ['sk_buff', 'le', false],
    ['sock', 'len', false],
  ])('%s %s', (structName, memberName, expected) => {
    expect(hasMember(kernel(), structName, memberName)).toBe(expected);
  });

  test('ends on a struct that holds itself', () => {
    const builder = new BtfBuilder();
    builder.add({
      kind: btfKinds.STRUCT,
      name: 'loop',
      sizeOrType: 8,
      words: [0, 1, 0, 0, 1, 0],
      memberCount: 2,
    });
    expect(hasMember(new Btf('vmlinux', builder.build()), 'loop', 'len')).toBe(false);
  });
});

describe('hasFunction', () => {
  test.each([
    ['bpf_rdonly_cast', true],
    ['bpf_rdonly', false],
  ])('%s', (name, expected) => {
    expect(hasFunction(kernel(), name)).toBe(expected);
  });
});

test('hasMember looks through structs that are nested deeper than a stack is', () => {
  const builder = new BtfBuilder();
  let inner = builder.struct('', 8, [['found', builder.int('int', 4)]]);
  for (let depth = 0; depth < 20_000; depth++) inner = builder.struct('', 8, [['', inner]]);
  builder.struct('sk_buff', 8, [['', inner]]);
  const btf = new Btf('vmlinux', builder.build());
  expect(hasMember(btf, 'sk_buff', 'found')).toBe(true);
  expect(hasMember(btf, 'sk_buff', 'missing')).toBe(false);
});
