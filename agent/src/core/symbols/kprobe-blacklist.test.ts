import { expect, test } from 'vitest';
import { KprobeBlacklist } from './function-lists.ts';

const text = `0xffffffff81e01030-0xffffffff81e01050\tasm_exc_divide_error
0xffffffff81008940-0xffffffff81008970\twarn_thunk_thunk
not a range
0xffffffff81e01050-0xffffffff81e01070\tasm_exc_overflow
`;

test.each([
  [0xffffffff81008940n, true],
  [0xffffffff8100896fn, true],
  [0xffffffff81008970n, false],
  [0xffffffff8100893fn, false],
  [0xffffffff81e0104fn, true],
  [0xffffffff81e01050n, true],
  [0xffffffff81e01070n, false],
  [0n, false],
])('KprobeBlacklist.has(%x): %s', (address, expected) => {
  expect(new KprobeBlacklist(text).has(address)).toBe(expected);
});

test('KprobeBlacklist of an empty file holds nothing', () => {
  expect(new KprobeBlacklist('').has(0xffffffff81008940n)).toBe(false);
});

test.each([
  ['before', '0x10-0x10\talias\n0x10-0x20\tfunction\n'],
  ['behind', '0x10-0x20\tfunction\n0x10-0x10\talias\n'],
])('KprobeBlacklist has what an empty range stands %s', (_, lines) => {
  const blacklist = new KprobeBlacklist(lines);
  expect([0xfn, 0x10n, 0x1fn, 0x20n].map((address) => blacklist.has(address))).toEqual([
    ...[false, true, true, false],
  ]);
});
