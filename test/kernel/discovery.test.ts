import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Btf } from '../../agent/src/core/btf/btf.ts';
import { hasEnumValue, hasMember } from '../../agent/src/core/btf/btf-features.ts';
import { DropReasons } from '../../agent/src/core/btf/drop-reasons.ts';
import { findSkbFunctions, findSkbTracepoints } from '../../agent/src/core/btf/skb-functions.ts';
import { SkbTypes } from '../../agent/src/core/btf/skb-types.ts';
import { CODE_ENTRY_BYTES } from '../../agent/src/core/probe/patch-site.ts';
import { readCodeEntries } from '../../agent/src/kernel/bpf/code-entries.ts';
import { FunctionCatalogue } from '../../agent/src/kernel/function-catalogue.ts';
import { KernelFiles } from '../../agent/src/kernel/kernel-files.ts';
import { BpftoolBtf } from '../support/bpftool-btf.ts';
import { kallsymsOf } from '../support/kallsyms-of.ts';

const vmlinux = '/sys/kernel/btf/vmlinux';
const all = { pattern: undefined, modules: [] };

function dump(): BpftoolBtf {
  const json = execFileSync('bpftool', ['btf', 'dump', 'file', vmlinux, 'format', 'raw', '-j'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return new BpftoolBtf(json);
}

describe("this kernel's BTF", () => {
  const btf = new Btf('vmlinux', readFileSync(vmlinux));
  const types = new SkbTypes(btf);
  const oracle = dump();

  test('findSkbFunctions finds what bpftool shows, by name, position and kind', () => {
    const found = findSkbFunctions(btf, types);
    const lines = found.map(({ name, argument, kind }) => `${name} ${argument} ${kind}`).sort();
    expect(lines).toEqual(oracle.skbFunctions());
    expect(lines.length).toBeGreaterThan(1000);
    expect(found.filter(({ kind }) => kind === 'pointer-to-pointer').length).toBeGreaterThan(0);
  });

  test('findSkbTracepoints finds what bpftool shows', () => {
    const found = findSkbTracepoints(btf, types);
    const lines = found.map(({ name, argument }) => `${name} ${argument}`).sort();
    expect(lines).toEqual(oracle.skbTracepoints());
    expect(lines).toContain('kfree_skb 1');
  });

  test('DropReasons gives the core enum as bpftool shows it', () => {
    const reasons = new DropReasons([btf]);
    const expected = oracle
      .enumValues('skb_drop_reason')
      .filter(([name]) => !/_(MAX|SUBSYS_MASK)$/.test(name))
      .map(([name, value]) => [value, name.replace(/^SKB_DROP_REASON_/, '')]);
    expect(expected.length).toBeGreaterThan(50);
    expect(expected.map(([value]) => [value, reasons.nameOf(Number(value))])).toEqual(expected);
    const subsystems = oracle
      .enumValues('skb_drop_reason_subsys')
      .filter(([name]) => !/_NUM$/.test(name));
    expect([...reasons.subsystems]).toEqual(
      subsystems.map(([name, value]) => [value, name.replace('SKB_DROP_REASON_SUBSYS_', '')]),
    );
  });

  test('hasEnumValue and hasMember know what every kernel since 5.10 has, and nothing else', () => {
    expect(hasEnumValue(btf, 'bpf_attach_type', 'BPF_TRACE_RAW_TP')).toBe(true);
    expect(hasEnumValue(btf, 'bpf_attach_type', 'BPF_TRACE_NOTHING')).toBe(false);
    // Both in anonymous unions of structs.
    expect([hasMember(btf, 'sk_buff', 'sk'), hasMember(btf, 'sk_buff', 'vlan_tci')]).toEqual([
      true,
      true,
    ]);
    expect(hasMember(btf, 'sk_buff', 'no_such_member')).toBe(false);
  });
});

describe("this kernel's kallsyms", () => {
  const text = readFileSync('/proc/kallsyms', 'latin1');
  const kallsyms = kallsymsOf(text);
  const code = text.split('\n').filter((line) => /^[0-9a-f]+ [tTwW] /.test(line));

  test('find and nearest agree with every line of code; code that is gone after the start has no name', () => {
    const endOfCode = BigInt(`0x${/^([0-9a-f]+) T _etext$/m.exec(text)?.[1]}`);
    const firstAt = new Map<string, string>();
    const names = new Set<string>();
    for (const line of code) {
      const [digits = '', , name = ''] = line.split(/[ \t]/);
      if (!firstAt.has(digits)) firstAt.set(digits, name);
      names.add(name);
    }
    const found = kallsyms.find(names);
    const wrong = code.filter((line) => {
      const [digits = '', , name = ''] = line.split(/[ \t]/);
      const address = BigInt(`0x${digits}`);
      const nearest = kallsyms.nearest(address);
      const isFound = found.of(name).some((entry) => entry.address === address);
      if (!line.includes('\t') && address >= endOfCode) return !isFound || nearest !== undefined;
      return !isFound || nearest?.symbol !== firstAt.get(digits) || nearest?.offsetBytes !== 0;
    });
    expect(code.length).toBeGreaterThan(10_000);
    expect(wrong).toEqual([]);
  });
});

describe('FunctionCatalogue', () => {
  test('plans tracepoints, symbols and drop reasons where there are no kprobes', async () => {
    const catalogue = new FunctionCatalogue(new KernelFiles());
    expect(catalogue.symbolize(0xffffffff81000000n)).toBeUndefined();
    await catalogue.warmNames();
    const { attach, refused } = await catalogue.tracepoints(all);
    expect(attach).toContainEqual({
      name: 'kfree_skb',
      module: '',
      argument: 1,
      kind: 'pointer',
    });
    const late = dump()
      .skbTracepoints()
      .filter((line) => /^(net_dev_xmit|qdisc_enqueue) /.test(line));
    expect(refused.map(({ name }) => name).sort()).toEqual(
      late.map((line) => line.replace(/ .*/, '')),
    );
    expect(attach.map(({ name, argument }) => `${name} ${argument}`).sort()).toEqual(
      dump()
        .skbTracepoints()
        .filter((line) => !late.includes(line)),
    );
    expect(catalogue.dropReasonName(2)).toBe('NOT_SPECIFIED');
    const address =
      kallsymsOf(readFileSync('/proc/kallsyms', 'latin1'))
        .find(['kfree_skbmem'])
        .of('kfree_skbmem')[0]?.address ?? 0n;
    expect(catalogue.symbolize(address + 1n)).toEqual({
      symbol: 'kfree_skbmem',
      offsetBytes: 1,
      module: '',
    });
  });

  test('puts every function of BTF into exactly one list of a plan for kprobes', async () => {
    const { attach, refused } = await new FunctionCatalogue(new KernelFiles()).plan({
      ...all,
      backend: 'kprobe',
    });
    const names = [...attach, ...refused].map(({ name }) => name).sort();
    expect(names).toEqual(
      dump()
        .skbFunctions()
        .map((line) => line.replace(/ .*/, ''))
        .sort(),
    );
    const kallsyms = readFileSync('/proc/kallsyms', 'latin1');
    for (const { name, address } of attach.slice(0, 50)) {
      expect(kallsyms).toMatch(
        new RegExp(`^${address.toString(16).padStart(16, '0')} [tTwW] ${name}$`, 'm'),
      );
    }
  });

  test('plans for kprobe.multi without tracefs, and says that it is not mounted', async () => {
    // This machine without tracefs, wherever it may be mounted.
    const root = mkdtempSync(join(tmpdir(), 'pwru-no-tracefs-'));
    try {
      symlinkSync('/proc', join(root, 'proc'));
      mkdirSync(join(root, 'sys/kernel'), { recursive: true });
      symlinkSync('/sys/kernel/btf', join(root, 'sys/kernel/btf'));
      const catalogue = new FunctionCatalogue(new KernelFiles(root));
      const plan = await catalogue.plan({ ...all, backend: 'kprobe.multi' });
      expect(plan.attach.length).toBeGreaterThan(1_000);
      expect(await catalogue.whyFunctionsAreUnlisted()).toMatchObject({
        code: 'KERNEL_FEATURE_MISSING',
        message: expect.stringContaining('tracefs is not mounted'),
      });
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  test('reads code of many functions, and nothing where there is none', async () => {
    const { attach } = await new FunctionCatalogue(new KernelFiles()).plan({
      ...all,
      backend: 'kprobe',
    });
    const addresses = attach.map(({ address }) => address);
    // More than fit into one run of the program.
    const many = [0n, ...addresses, ...addresses, ...addresses, 0x1000n];
    expect(many.length).toBeGreaterThan(4_096);
    const code = await readCodeEntries(many);
    expect(code).toHaveLength(many.length);
    const hex = code.map((bytes) => Buffer.from(bytes).toString('hex'));
    const nothing = '00'.repeat(CODE_ENTRY_BYTES);
    expect([hex.at(0), hex.at(-1)]).toEqual([nothing, nothing]);
    const first = hex.slice(1, 1 + addresses.length);
    // Code of __init functions is gone.
    expect(first.filter((bytes) => bytes === nothing).length).toBeLessThan(10);
    expect(new Set(first).size).toBeGreaterThan(100);
    expect(hex.slice(1 + addresses.length, 1 + 2 * addresses.length)).toEqual(first);
    expect(hex.slice(1 + 2 * addresses.length, -1)).toEqual(first);
  });

  test('names a module that is not loaded', async () => {
    const catalogue = new FunctionCatalogue(new KernelFiles());
    await expect(
      catalogue.plan({ pattern: undefined, modules: ['no_such_module'], backend: 'kprobe' }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('"no_such_module"'),
    });
  });
});
