import { describe, expect, test } from 'vitest';
import { BtfBuilder } from '../../../../test/support/btf-builder.ts';
import { PwruError } from '../errors.ts';
import { Btf, btfKinds } from './btf.ts';

function sample(): BtfBuilder {
  const builder = new BtfBuilder();
  const int = builder.int('int', 4);
  builder.struct('sk_buff', 232, [['len', int]]);
  builder.pointer(2);
  return builder;
}

function patched(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

describe('Btf', () => {
  test('finds every type with its kind, name and reference', () => {
    const btf = new Btf('vmlinux', sample().build());
    expect([btf.firstId, btf.endId]).toEqual([1, 4]);
    expect([0, 1, 2, 3].map((id) => btf.kindOf(id))).toEqual([
      0,
      btfKinds.INT,
      btfKinds.STRUCT,
      btfKinds.PTR,
    ]);
    expect(btf.nameOf(2)).toBe('sk_buff');
    expect(btf.referenceOf(3)).toBe(2);
    expect(btf.memberCountOf(2)).toBe(1);
    expect([...btf.idsOf(btfKinds.STRUCT)]).toEqual([2]);
    expect([...btf.idsOf(btfKinds.UNION)]).toEqual([]);
  });

  test('compares whole names', () => {
    const btf = new Btf('vmlinux', sample().build());
    const compared = ['sk_buff', 'sk_buf', 'sk_buff_', ''].map((name) => btf.hasName(2, name));
    expect(compared).toEqual([true, false, false, false]);
  });

  test('reads bytes at an odd offset of their buffer', () => {
    const bytes = sample().build();
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(new Btf('vmlinux', shifted.subarray(1)).nameOf(2)).toBe('sk_buff');
  });

  test('continues ids and strings of the base in split BTF', () => {
    const base = sample();
    const split = new BtfBuilder(base);
    const constant = split.reference('CONST', 2);
    split.typedef('packet', constant);
    const btf = new Btf('veth', split.build(), new Btf('vmlinux', base.build()));
    expect([btf.firstId, btf.endId]).toEqual([4, 6]);
    expect([btf.nameOf(5), btf.nameOf(2)]).toEqual(['packet', 'sk_buff']);
    expect(btf.skipModifiers(5)).toBe(2);
    expect([...btf.idsOf(btfKinds.STRUCT)]).toEqual([]);
  });

  test('ends a loop of modifiers with an error', () => {
    const builder = new BtfBuilder();
    builder.reference('CONST', 2);
    builder.reference('VOLATILE', 1);
    const btf = new Btf('vmlinux', builder.build());
    expect(() => btf.skipModifiers(1)).toThrow(/leads through more than 32 modifiers/);
  });

  test.each([
    ['nothing', new Uint8Array(), /0 bytes are too short for a header/],
    [
      'text',
      new TextEncoder().encode('no BTF at all, only text'),
      /begins with 0x6f6e, not 0xeb9f/,
    ],
    ['another byte order', Uint8Array.of(0xeb, 0x9f, ...new Uint8Array(22)), /another machine/],
    ['another version', patched(sample().build(), 0, 0x0002eb9f), /version 2 is unknown/],
    ['a short header', patched(sample().build(), 4, 8), /the types end/],
    ['types beyond the end', patched(sample().build(), 12, 4000), /the types end at byte 4024 of/],
    ['strings beyond the end', patched(sample().build(), 20, 99), /the strings end at byte/],
    ['types of half words', patched(sample().build(), 12, 42), /42 bytes, not whole words/],
    ['a truncated file', sample().build().subarray(0, 60), /end at byte/],
    ['a truncated type', patched(sample().build(), 12, 32), /type id 2 does not end with/],
    ['kind 0', patched(sample().build(), 28, 0), /type id 1 has the unknown kind 0/],
    ['a kind from the future', patched(sample().build(), 28, 25 << 24), /unknown kind 25/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => new Btf('vmlinux', bytes)).toThrow(
      expect.objectContaining({
        constructor: PwruError,
        code: 'KERNEL_FEATURE_MISSING',
        message: expect.stringMatching(/^Cannot read the BTF of vmlinux: /),
      }),
    );
    expect(() => new Btf('vmlinux', bytes)).toThrow(message);
  });

  test('refuses ids and strings out of range when they are used', () => {
    const btf = new Btf('vmlinux', patched(sample().build(), 24, 5000));
    expect(() => btf.nameOf(1)).toThrow(/string offset 5000 is out of range/);
    expect(() => btf.kindOf(4)).toThrow(/type id 4 is out of range/);
    expect(() => btf.kindOf(-1)).toThrow(/type id -1 is out of range/);
  });

  test('refuses a last string without end when it is used', () => {
    const bytes = sample().build();
    const stringBytes = new DataView(bytes.buffer).getUint32(20, true);
    const btf = new Btf('vmlinux', patched(bytes, 20, stringBytes - 1));
    expect(() => btf.nameOf(2)).toThrow(/has no end/);
  });
});
