import { describe, expect, test } from 'vitest';
import {
  type ClassicInstruction,
  decodeClassicProgram,
  encodeClassicProgram,
  parseClassicProgram,
} from './classic-program.ts';

const accept: ClassicInstruction = { code: 0x06, jt: 0, jf: 0, k: 1 };

function instruction(code: number, k = 0, jt = 0, jf = 0): ClassicInstruction {
  return { code, jt, jf, k };
}

describe('parseClassicProgram() refuses what cannot run in the kernel:', () => {
  test.each([
    {
      name: 'a backward jump',
      program: [instruction(0x05, 0xffff_fffe), accept],
      message: 'Cannot run this filter in the kernel: it loops over headers (protochain)',
    },
    {
      name: 'a metadata load',
      program: [instruction(0x28, 0xffff_f004), accept],
      message:
        'Cannot run this filter in the kernel: it loads packet metadata at offset -4092 (inbound, outbound, ifindex)',
    },
    {
      name: 'a load beyond any frame',
      program: [instruction(0x30, 65_536), accept],
      message:
        'Cannot run this filter in the kernel: it loads bytes at offset 65536, which no frame has (at most 65535)',
    },
    {
      name: 'a variable load beyond any frame',
      program: [instruction(0x50, 70_000), accept],
      message:
        'Cannot run this filter in the kernel: it loads bytes at offset 70000, which no frame has (at most 65535)',
    },
    {
      name: 'an unknown return',
      program: [instruction(0x0e)],
      message: 'Cannot run this filter in the kernel: its instruction 0 has the unknown code 0xe',
    },
    {
      name: 'an 8-byte load',
      program: [accept, instruction(0x38)],
      message: 'Cannot run this filter in the kernel: its instruction 1 has the unknown code 0x38',
    },
    {
      name: 'a code above one byte',
      program: [instruction(0x104), accept],
      message: 'Cannot run this filter in the kernel: its instruction 0 has the unknown code 0x104',
    },
    {
      name: 'a jump past the end',
      program: [instruction(0x15, 0, 0, 1), accept],
      message:
        'Cannot run this filter in the kernel: its instruction 0 leads past the end of the program',
    },
    {
      name: 'a program without an end',
      program: [instruction(0x00)],
      message:
        'Cannot run this filter in the kernel: its instruction 0 leads past the end of the program',
    },
    {
      name: 'no instruction at all',
      program: [],
      message: 'Cannot run this filter in the kernel: it has no instructions',
    },
    {
      name: 'a cell that does not exist',
      program: [instruction(0x02, 16), accept],
      message: 'Cannot run this filter in the kernel: its instruction 0 uses scratch cell 16 of 16',
    },
  ])('$name', ({ program, message }) => {
    expect(() => parseClassicProgram(program)).toThrow(
      expect.objectContaining({ code: 'FILTER_UNSUPPORTED', message }),
    );
  });
});

test.each([
  { name: 'division by 0', code: 0x34, k: 0, operation: { kind: 'return', value: 0 } },
  { name: 'remainder by 0', code: 0x94, k: 0, operation: { kind: 'return', value: 0 } },
  {
    name: 'shift by 32',
    code: 0x64,
    k: 32,
    operation: { kind: 'load-constant', register: 'a', value: 0 },
  },
  {
    name: 'shift by 31',
    code: 0x74,
    k: 31,
    operation: { kind: 'alu', operator: 'rsh', operand: 31 },
  },
])('parseClassicProgram() decides what a constant decides: $name', ({ code, k, operation }) => {
  expect(parseClassicProgram([instruction(code, k), accept])[0]).toEqual(operation);
});

test('decodeClassicProgram() is the inverse of encodeClassicProgram()', () => {
  const program = [instruction(0x28, 12), instruction(0x15, 0x8000_0001, 255, 1), accept];
  const bytes = encodeClassicProgram(program);
  expect([...bytes.subarray(8, 16)]).toEqual([0x15, 0, 255, 1, 1, 0, 0, 0x80]);
  expect(decodeClassicProgram(bytes)).toEqual(program);
});
