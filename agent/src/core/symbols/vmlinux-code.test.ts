import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kallsymsOf } from '../../../../test/support/kallsyms-of.ts';
import { VmlinuxCode } from './vmlinux-code.ts';

const guest = join(
  import.meta.dirname,
  '../../../../test/support/kernel-texts/6.12-before.kallsyms.txt',
);

test('code of vmlinux lies between _stext and _etext', () => {
  const known = kallsymsOf(readFileSync(guest, 'latin1'));
  expect(known.nearest(0xffffffff81ad2f60n + 0x42n)).toEqual({
    symbol: 'nf_hook_slow',
    offsetBytes: 0x42,
    module: '',
  });
  expect(known.isVmlinux(0xffffffff81ad2f60n)).toBe(true);
  // inet_init: its memory has been given back.
  expect(known.nearest(0xffffffff8339fd20n)).toBeUndefined();
  for (const address of [0xffffffff80ffffffn, 0xffffffff82000000n, 0xffffffff8339fd20n])
    expect(known.isVmlinux(address)).toBe(false);
});

const symbolAt = (code: VmlinuxCode, address: bigint) => code.nearest(address)?.symbol;

test('the last function ends with its page where there is no _etext', () => {
  const code = new VmlinuxCode(
    'ffffffff81000000 T _stext\nffffffff81000010 T ip_rcv\nffffffff81001ff0 t last\n' +
      'ffffffff81001ff0 t alias_of_last\nffffffff81003000 D data\n',
  );
  expect(symbolAt(code, 0xffffffff81001fefn)).toBe('ip_rcv');
  expect(symbolAt(code, 0xffffffff81001ff0n)).toBe('last');
  expect(symbolAt(code, 0xffffffff81001fffn)).toBe('last');
  expect(symbolAt(code, 0xffffffff81002000n)).toBeUndefined();
  expect(code.has(0xffffffff81002000n)).toBe(false);
});

test('the last line needs no end', () => {
  const code = new VmlinuxCode('ffffffff81000000 T _stext\nffffffff81000010 T last');
  expect(code.nearest(0xffffffff81000018n)).toEqual({ symbol: 'last', offsetBytes: 8, module: '' });
});

test('symbols of per-CPU data stand before the code, in no order', () => {
  const code = new VmlinuxCode(
    '0000000000000000 A fixed_percpu_data\n0000000000000000 A __per_cpu_start\n' +
      '0000000000021000 A cpu_tss_rw\n0000000000001000 A cpu_debug_store\n' +
      '000000000002c000 A __per_cpu_end\n0000000000005000 A irq_stack_backing_store\n' +
      'ffffffff81000000 T _stext\nffffffff81000010 T ip_rcv\nffffffff81000030 T _etext\n',
  );
  expect(symbolAt(code, 0xffffffff81000000n)).toBe('_stext');
  expect(symbolAt(code, 0xffffffff8100002fn)).toBe('ip_rcv');
  for (const address of [0n, 0x1000n, 0x21000n, 0xffffffff80ffffffn, 0xffffffff81000030n])
    expect(symbolAt(code, address)).toBeUndefined();
});

test.each(['', '\n', 'ffffffff81000010 D data\n'])('%j has no code', (text) => {
  const code = new VmlinuxCode(text);
  for (const address of [0n, 0xffffffff81000010n, 2n ** 64n - 1n])
    expect(symbolAt(code, address)).toBeUndefined();
});
