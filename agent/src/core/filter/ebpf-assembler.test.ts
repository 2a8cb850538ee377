import { expect, test } from 'vitest';
import { EbpfAssembler, newLabel } from './ebpf-assembler.ts';

function hex(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / 8 }, (_, index) =>
    Array.from(bytes.subarray(index * 8, index * 8 + 8), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join(' '),
  );
}

test('EbpfAssembler.finish() gives what llvm-mc gives for the same assembly', () => {
  const assembler = new EbpfAssembler();
  const end = newLabel();
  assembler.load(0, 2, 1, 12);
  assembler.jumpIf32('ne', 0, { source: 8, target: end });
  assembler.jumpIf64('lt', 2, { source: 34, target: end });
  assembler.jumpIf64('gt', 0, { source: { register: 2 }, target: end });
  assembler.alu32('mov', 5, { register: 0 });
  assembler.alu32('and', 5, 0xffff_fff0);
  assembler.alu64('add', 3, -2);
  assembler.store(10, -8, 8, { register: 1 });
  assembler.store(10, -12, 4, 0);
  assembler.fromBigEndian(0, 4);
  assembler.call(113);
  assembler.jump(end);
  assembler.bind(end);
  assembler.exit();
  expect(hex(assembler.finish())).toEqual([
    '69 10 0c 00 00 00 00 00', // r0 = *(u16 *)(r1 + 12)
    '56 00 0a 00 08 00 00 00', // if w0 != 8 goto +10
    'a5 02 09 00 22 00 00 00', // if r2 < 34 goto +9
    '2d 20 08 00 00 00 00 00', // if r0 > r2 goto +8
    'bc 05 00 00 00 00 00 00', // w5 = w0
    '54 05 00 00 f0 ff ff ff', // w5 &= -16
    '07 03 00 00 fe ff ff ff', // r3 += -2
    '7b 1a f8 ff 00 00 00 00', // *(u64 *)(r10 - 8) = r1
    '62 0a f4 ff 00 00 00 00', // *(u32 *)(r10 - 12) = 0
    'dc 00 00 00 20 00 00 00', // r0 = be32 r0
    '85 00 00 00 71 00 00 00', // call 113
    '05 00 00 00 00 00 00 00', // goto +0
    '95 00 00 00 00 00 00 00', // exit
  ]);
});

test('EbpfAssembler.finish() throws when a label has no place', () => {
  const assembler = new EbpfAssembler();
  assembler.jump(newLabel());
  expect(() => assembler.finish()).toThrow(RangeError);
});
