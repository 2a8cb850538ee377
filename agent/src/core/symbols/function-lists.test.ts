import { describe, expect, test } from 'vitest';
import { TraceableFunctions } from './function-lists.ts';

const plain = `ip_rcv
__ftrace_invalid_address___1234
kfree_skbmem (1) R I
nf_nat_init [nf_nat]
ip_rcv [odd]
`;

const withAddresses = `ffffffff81000010 ip_rcv
ffffffff81000044 add_grec
ffffffff81000074 add_grec (1) R
ffffffffc0000010 add_grec [bridge]
`;

const parse = (source: string, addresses: boolean) =>
  new TraceableFunctions(source, { addresses }).find([
    'ip_rcv',
    'kfree_skbmem',
    'nf_nat_init',
    'add_grec',
    'ip_rc',
  ]);

const symbol = (address: bigint, module = '') => ({ name: 'add_grec', address, module });

describe('TraceableFunctions', () => {
  test.each([
    ['ip_rcv', '', true],
    ['kfree_skbmem', '', true],
    ['nf_nat_init', 'nf_nat', true],
    ['nf_nat_init', '', false],
    ['kfree_skbmem', 'nf_nat', false],
    ['ip_rc', '', false],
  ])('has %s of "%s": %s', (name, module, expected) => {
    expect(parse(plain, false).has(name, module)).toBe(expected);
  });

  test('cannot tell namesakes apart without addresses', () => {
    expect(parse(plain, false).among([symbol(0xffffffff81000040n)])).toBeUndefined();
  });

  test('tells namesakes apart by address, patched up to 15 bytes behind the symbol', () => {
    const traceable = parse(withAddresses, true);
    const symbols = [
      symbol(0xffffffff81000044n),
      symbol(0xffffffff81000040n),
      symbol(0xffffffff81000065n),
      symbol(0xffffffff81000064n),
      symbol(0xffffffff81000048n),
      symbol(0xffffffffc0000010n, 'bridge'),
      symbol(0xffffffffc0000010n),
    ];
    const [exact, behind, near, far, , module] = symbols;
    expect(traceable.among(symbols)).toEqual([exact, behind, near, module]);
    expect(far).toBeDefined();
  });

  test('has names in a file with addresses', () => {
    const traceable = parse(withAddresses, true);
    expect([traceable.has('ip_rcv', ''), traceable.has('add_grec', 'bridge')]).toEqual([
      true,
      true,
    ]);
  });

  test('knows the place of a function that is there once', () => {
    const traceable = parse(withAddresses, true);
    expect(traceable.patchedAddress('ip_rcv', '')).toBe(0xffffffff81000010n);
    expect(traceable.patchedAddress('add_grec', 'bridge')).toBe(0xffffffffc0000010n);
    expect(traceable.patchedAddress('add_grec', '')).toBeUndefined();
    expect(traceable.patchedAddress('kfree_skbmem', '')).toBeUndefined();
    expect(parse(plain, false).patchedAddress('ip_rcv', '')).toBeUndefined();
  });
});
