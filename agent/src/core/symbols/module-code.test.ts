import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kallsymsOf } from '../../../../test/support/kallsyms-of.ts';
import { parseLoadedModules } from './function-lists.ts';
import type { Kallsyms } from './kallsyms.ts';
import { splitKallsyms } from './kallsyms-text.ts';
import { LoadedLines } from './loaded-lines.ts';
import { ModuleCode } from './module-code.ts';

/** Lines of these files as guests had them: before nf_tables was loaded, after, and with sch_sfq where sch_netem had been. */
const texts = join(import.meta.dirname, '../../../../test/support/kernel-texts');
const read = (name: string) => readFileSync(join(texts, `${name}.txt`), 'latin1');

function addresses(state: string, modules = read(`${state}.modules`)): Kallsyms {
  return kallsymsOf(read(`${state}.kallsyms`), { modules: parseLoadedModules(modules) });
}

describe('a module that is loaded later', () => {
  test.each([
    ['6.12', 0xffffffffc025f0f0n],
    ['6.1', addressOfDoChain('6.1')],
  ])('has no name before the texts are read anew (Linux %s)', (kernel, doChain) => {
    const drop = doChain + 0x40fn;
    expect(addresses(`${kernel}-before`).nearest(drop)).toBeUndefined();
    expect(addresses(`${kernel}-nft`).nearest(drop)).toEqual({
      symbol: 'nft_do_chain',
      offsetBytes: 0x40f,
      module: 'nf_tables',
    });
  });

  test('is not taken for the one that had its place', () => {
    const enqueue = 0xffffffffc02b9990n;
    const symbolOf = (state: string) => addresses(state).nearest(enqueue + 0x20n);
    expect(symbolOf('6.12-nft')).toMatchObject({ module: 'sch_netem' });
    expect(symbolOf('6.12-sfq')).toMatchObject({ module: 'sch_sfq', symbol: 'sfq_enqueue' });
  });
});

describe('the end of a module', () => {
  const lastSymbol = 0xffffffffc02182f0n; // ovl_exit of overlay, at 0xffffffffc0201000, 208,896 bytes with its data
  const known = addresses('6.12-nft');

  test.each([
    ['on the page of its last symbol', lastSymbol + 0x100n, 'ovl_exit', true],
    ['on the next page, where other code may be', lastSymbol + 0x1000n, undefined, false],
    ['behind its size', 0xffffffffc0234010n, undefined, false],
  ])('%s', (_where, address, symbol, isInside) => {
    expect(known.nearest(address)?.symbol).toBe(symbol);
    expect(known.isInsideModule(address)).toBe(isInside);
  });

  test('is that of its last page where its place is hidden', () => {
    const hidden = read('6.12-nft.modules').replaceAll(/0x[0-9a-f]{16}/g, '0x0000000000000000');
    const texts = addresses('6.12-nft', hidden);
    expect(texts.nearest(lastSymbol + 0x100n)?.symbol).toBe('ovl_exit');
    expect(texts.nearest(lastSymbol + 0x1000n)).toBeUndefined();
  });

  test('is not sure while it is being loaded', () => {
    const loading = read('6.12-nft.modules').replace(/(nf_tables .*)Live/, '$1Loading');
    const doChain = 0xffffffffc025f0f0n;
    expect(addresses('6.12-nft').isInsideModule(doChain)).toBe(true);
    expect(addresses('6.12-nft', loading).isInsideModule(doChain)).toBe(false);
    expect(addresses('6.12-nft', loading).nearest(doChain)?.symbol).toBe('nft_do_chain');
  });
});

describe('code that is no module', () => {
  test('of ftrace and kprobes fills one page, of a BPF program no more than 64 KiB', () => {
    const texts = kallsymsOf(
      `${read('6.12-before.kallsyms')}ffffffffc023f000 t ftrace_trampoline\t[__builtin__ftrace]\n` +
        'ffffffffc0246000 t kprobe_insn_page\t[__builtin__kprobes]\n' +
        'ffffffffc0250000 t bpf_prog_2bbc592e1d81fc3a_drop\t[bpf]\n',
      { modules: parseLoadedModules(read('6.12-before.modules')) },
    );
    const symbolAt = (address: bigint) => texts.nearest(address)?.symbol;
    expect(symbolAt(0xffffffffc023f0f0n)).toBe('ftrace_trampoline');
    expect(symbolAt(0xffffffffc0240000n)).toBeUndefined();
    expect(symbolAt(0xffffffffc0246fffn)).toBe('kprobe_insn_page');
    expect(symbolAt(0xffffffffc0247000n)).toBeUndefined();
    expect(symbolAt(0xffffffffc0250ab0n)).toBe('bpf_prog_2bbc592e1d81fc3a_drop');
    expect(symbolAt(0xffffffffc0260000n)).toBeUndefined();
    for (const address of [0xffffffffc023f0f0n, 0xffffffffc0250ab0n])
      expect(texts.isInsideModule(address)).toBe(false);
  });
});

test('a BPF program ends where it is known to: another one that has gone may have lain behind it', () => {
  const [drop, next] = [0xffffffffc0250000n, 0xffffffffc0250ac0n];
  const lines = new LoadedLines(
    'ffffffffc0250000 t bpf_prog_2bbc592e1d81fc3a_drop\t[bpf]\nffffffffc0260000 t bpf_trampoline_6442\t[bpf]\n' +
      'ffffffffc0270000 t bpf_prog_2008e2d3be948afb_gone\t[bpf]\n',
  );
  const texts = new ModuleCode([lines], { programs: [{ begin: drop, end: next }] });
  expect(texts.nearest(next - 1n)?.symbol).toBe('bpf_prog_2bbc592e1d81fc3a_drop');
  expect(texts.nearest(next)).toBeUndefined();
  expect(texts.nearest(0xffffffffc0260fffn)?.symbol).toBe('bpf_trampoline_6442');
  expect(texts.nearest(0xffffffffc0261000n)).toBeUndefined();
  expect(texts.nearest(0xffffffffc0270000n)).toBeUndefined();
});

test.each([
  ['an address is no number', 'f\0fffffff81000000 T _stext\nffffffff81000020 T _etext\n'],
  ['a mark comes at once', ' T _etext\n'],
  ['modules have no address', 'zz t f\t[veth]\n T f\t[veth]\n'],
])('texts that are damaged have no place for an address: %s', (_, text) => {
  const { vmlinux, ...loaded } = splitKallsyms(Buffer.from(text, 'latin1'));
  const modules = new ModuleCode([loaded.modules, loaded.programs]);
  for (const address of [0n, 0xffffffff81000030n, 0xffffffffc0000000n]) {
    expect(vmlinux.nearest(address)).toBeUndefined();
    expect(modules.nearest(address)).toBeUndefined();
    expect(modules.isInsideModule(address)).toBe(false);
  }
});

function addressOfDoChain(kernel: string): bigint {
  const line = /^([0-9a-f]+) t nft_do_chain\t/m.exec(read(`${kernel}-nft.kallsyms`));
  return BigInt(`0x${line?.[1]}`);
}

test('symbols of several parts are one list: the nearest counts, of two at one place the first', () => {
  const modules = new LoadedLines(
    'ffffffffc0001000 t up\t[veth]\nffffffffc0000000 t open\t[veth]\nffffffffc0004000 t twin\t[nf_nat]\n',
  );
  const programs = new LoadedLines(
    'ffffffffc0000800 t ftrace_trampoline\t[__builtin__ftrace]\n' +
      'ffffffffc0004000 t bpf_prog_6deef7357e7b4530\t[bpf]\nffffffffc0002ff0 t late\t[veth]\n',
  );
  const code = new ModuleCode([modules, programs]);
  const symbolAt = (address: bigint) => code.nearest(address)?.symbol;
  expect(symbolAt(0xffffffffc00007ffn)).toBe('open');
  expect(symbolAt(0xffffffffc0000800n)).toBe('ftrace_trampoline');
  expect(symbolAt(0xffffffffc0001000n)).toBe('up');
  // As far as the last page of a symbol of veth, wherever that is listed.
  expect(symbolAt(0xffffffffc0002800n)).toBe('up');
  expect(symbolAt(0xffffffffc0002fffn)).toBe('late');
  expect(symbolAt(0xffffffffc0003000n)).toBeUndefined();
  expect(symbolAt(0xffffffffc0004000n)).toBe('twin');
});
