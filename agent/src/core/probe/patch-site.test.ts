import { expect, test } from 'vitest';
import { CODE_ENTRY_BYTES, hasPatchSite } from './patch-site.ts';

function code(hex: string): Uint8Array {
  return Buffer.concat([
    Buffer.from(hex.replaceAll(' ', ''), 'hex'),
    Buffer.alloc(CODE_ENTRY_BYTES, 0x90),
  ]).subarray(0, CODE_ENTRY_BYTES);
}

test.each([
  ['a nop of five bytes', '0f 1f 44 00 00 41 57', true],
  ['one behind endbr64', 'f3 0f 1e fa 0f 1f 44 00 00', true],
  ['one behind an endbr64 that was sealed', '66 0f 1f 00 0f 1f 44 00 00', true],
  ['a call, of a function that is traced', 'f3 0f 1e fa e8 12 34 56 78', true],
  ['a breakpoint, of one that is being changed', 'f3 0f 1e fa cc 1f 44 00 00', true],
  ['a breakpoint over endbr64, of one that has a kprobe', 'cc 0f 1e fa 0f 1f 44 00 00', true],
  ['nothing, of one that is notrace', '55 48 89 e5 41 57', false],
  ['nothing behind endbr64', 'f3 0f 1e fa 55 48 89 e5', false],
  ['a nop behind something else', '55 48 89 e5 0f 1f 44 00 00', false],
])('%s', (_, hex, expected) => {
  expect(hasPatchSite(code(hex))).toBe(expected);
});

test('nothing, where there is no code any more', () => {
  expect(hasPatchSite(new Uint8Array(CODE_ENTRY_BYTES))).toBe(false);
});
