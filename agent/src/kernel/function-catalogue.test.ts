import { describe, expect, test } from 'vitest';
import { BtfBuilder } from '../../../test/support/btf-builder.ts';
import { type KernelRoot, makeKernelRoot } from '../../../test/support/kernel-root.ts';
import type { KallsymsText } from '../core/symbols/kallsyms-text.ts';
import { FunctionCatalogue } from './function-catalogue.ts';
import { KernelFiles } from './kernel-files.ts';

const makeKernel = () =>
  makeKernelRoot({
    'sys/kernel/btf/vmlinux': vmlinux.build(),
    'proc/kallsyms': kallsyms,
    'sys/kernel/tracing/available_filter_functions': 'ip_rcv\nveth_xmit [veth]\n',
  });

const vmlinux = new BtfBuilder();
const skb = vmlinux.pointer(vmlinux.struct('sk_buff', 232));
vmlinux.func('ip_rcv', [skb]);
vmlinux.func('inlined', [skb]);
vmlinux.typedef(
  'btf_trace_kfree_skb',
  vmlinux.pointer(vmlinux.prototype([vmlinux.pointer(0), skb])),
);
vmlinux.enumeration('skb_drop_reason', { SKB_DROP_REASON_NO_SOCKET: 3 });
vmlinux.enumeration('skb_drop_reason_subsys', { SKB_DROP_REASON_SUBSYS_OPENVSWITCH: 3 });

const veth = new BtfBuilder(vmlinux);
veth.func('veth_xmit', [skb]);
veth.enumeration('ovs_drop_reason', { OVS_DROP_METER: 0x30003 });

const kallsyms = `ffffffff81000100 T ip_rcv
ffffffff81000200 t inlined
ffffffffc0000100 t veth_xmit\t[veth]
`;
const vethLine = 'veth 45056 0 - Live 0xffffffffc0000000\n';
const multi = { backend: 'kprobe.multi', pattern: undefined, modules: [] } as const;

describe('FunctionCatalogue', () => {
  test('plans vmlinux on a kernel without modules', async () => {
    await using kernel = await makeKernel();
    const plan = await kernel.catalogue.plan(multi);
    expect(plan.attach.map(({ name, address }) => [name, address])).toEqual([
      ['ip_rcv', 0xffffffff81000100n],
    ]);
    expect(plan.refused.map(({ name }) => name)).toEqual(['inlined']);
  });

  test('plans named modules, all modules, and those that are loaded later', async () => {
    await using kernel = await makeKernel();
    const named = { ...multi, modules: ['veth'] };
    await expect(kernel.catalogue.plan(named)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('"veth": it is not loaded'),
    });
    await kernel.write('proc/modules', vethLine);
    await expect(kernel.catalogue.plan(named)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('"veth": it has no BTF'),
    });
    expect((await kernel.catalogue.plan({ ...multi, modules: 'all' })).attach).toHaveLength(1);
    await kernel.write('sys/kernel/btf/veth', veth.build());
    await kernel.write('proc/modules', vethLine.replace('c0000000', 'c0000100'));
    for (const modules of [['veth'], 'all'] as const) {
      const { attach } = await kernel.catalogue.plan({ ...multi, modules });
      expect(attach.map(({ name, module }) => [name, module])).toEqual([
        ['ip_rcv', ''],
        ['veth_xmit', 'veth'],
      ]);
    }
  });

  test('leaves a module with broken BTF out, unless it was named', async () => {
    await using kernel = await makeKernel();
    await kernel.write('proc/modules', vethLine);
    await kernel.write('sys/kernel/btf/veth', 'no BTF at all, only some text');
    expect((await kernel.catalogue.plan({ ...multi, modules: 'all' })).attach).toHaveLength(1);
    await expect(kernel.catalogue.plan({ ...multi, modules: ['veth'] })).rejects.toMatchObject({
      code: 'KERNEL_FEATURE_MISSING',
      message: expect.stringContaining('BTF of veth'),
    });
  });

  test('reads the files once while the modules stay the same', async () => {
    await using kernel = await makeKernel();
    await kernel.write('proc/modules', vethLine);
    await kernel.catalogue.plan(multi);
    await kernel.write('proc/kallsyms', kallsyms.replace('81000100', '81000300'));
    await kernel.write('proc/modules', vethLine.replace(' 0 - ', ' 2 vxlan,bridge, '));
    expect((await kernel.catalogue.plan(multi)).attach[0]?.address).toBe(0xffffffff81000100n);
    await kernel.write('proc/modules', '');
    expect((await kernel.catalogue.plan(multi)).attach[0]?.address).toBe(0xffffffff81000300n);
  });

  test('plans plain kprobes anew when what could not be read can be', async () => {
    await using kernel = await makeKernel();
    await kernel.remove('sys/kernel/tracing/available_filter_functions');
    const kprobe = { ...multi, backend: 'kprobe' } as const;
    const names = async () => (await kernel.catalogue.plan(kprobe)).attach.map(({ name }) => name);
    expect(await names()).toEqual(['ip_rcv', 'inlined']);
    await kernel.write('sys/kernel/tracing/available_filter_functions', 'ip_rcv\n');
    expect(await names()).toEqual(['ip_rcv']);
    expect(await names()).toEqual(['ip_rcv']);
  });

  test('tries a file again that could not be read', async () => {
    await using kernel = await makeKernel();
    await kernel.remove('sys/kernel/tracing/available_filter_functions');
    const names = async () => (await kernel.catalogue.plan(multi)).attach.map(({ name }) => name);
    // The kernel says when it attaches that it cannot trace the other one.
    expect(await names()).toEqual(['ip_rcv', 'inlined']);
    expect(await kernel.catalogue.whyFunctionsAreUnlisted()).toMatchObject({
      message: expect.stringContaining('tracefs is not mounted'),
      details: { refusal: { cause: 'tracefs' } },
    });
    await kernel.write('sys/kernel/debug/tracing/available_filter_functions', 'ip_rcv\n');
    expect(await names()).toEqual(['ip_rcv']);
    expect(await kernel.catalogue.whyFunctionsAreUnlisted()).toBeUndefined();
  });

  test('plans kprobes without ftrace and by the blacklist', async () => {
    await using kernel = await makeKernel();
    await kernel.remove('sys/kernel/tracing/available_filter_functions');
    const blacklist = '0xffffffff81000200-0xffffffff81000210\tinlined\n';
    await kernel.write('sys/kernel/debug/kprobes/blacklist', blacklist);
    const { attach, refused } = await kernel.catalogue.plan({ ...multi, backend: 'kprobe' });
    expect(attach.map(({ name }) => name)).toEqual(['ip_rcv']);
    expect(refused).toEqual([{ name: 'inlined', module: '', reason: 'on the kprobe blacklist' }]);
  });

  test('says that the kernel has no BTF', async () => {
    await using kernel = await makeKernel();
    await kernel.remove('sys/kernel/btf/vmlinux');
    const error = { code: 'KERNEL_FEATURE_MISSING', details: { subject: 'CONFIG_DEBUG_INFO_BTF' } };
    await expect(kernel.catalogue.plan(multi)).rejects.toMatchObject(error);
    await expect(kernel.catalogue.tracepoints(multi)).rejects.toMatchObject(error);
    await expect(kernel.catalogue.vmlinux()).rejects.toMatchObject(error);
  });

  test('knows names of addresses and drop reasons, of modules too, once it is warm', async () => {
    await using kernel = await makeKernel();
    const { catalogue } = kernel;
    await kernel.write('proc/modules', vethLine);
    await kernel.write('sys/kernel/btf/veth', veth.build());
    expect([catalogue.symbolize(0xffffffff81000104n), catalogue.dropReasonName(3)]).toEqual([
      undefined,
      '3',
    ]);
    await catalogue.warmNames();
    const ipRcv = { symbol: 'ip_rcv', offsetBytes: 4, module: '' };
    expect(catalogue.symbolize(0xffffffff81000104n)).toEqual(ipRcv);
    expect([3, 0x30003].map((value) => catalogue.dropReasonName(value))).toEqual([
      'NO_SOCKET',
      'OVS_DROP_METER',
    ]);
  });

  test('warms up without the files that are missing', async () => {
    await using kernel = await makeKernel();
    await kernel.remove('proc/kallsyms');
    await kernel.remove('sys/kernel/tracing/available_filter_functions');
    await kernel.catalogue.warmNames();
    expect(kernel.catalogue.dropReasonName(3)).toBe('NO_SOCKET');
    expect(await kernel.catalogue.tracepoints(multi)).toEqual({
      attach: [{ name: 'kfree_skb', module: '', argument: 1, kind: 'pointer' }],
      refused: [],
    });
  });

  test('leaves a list of modules whose types cannot be read', async () => {
    await using kernel = await makeKernel();
    await kernel.write('proc/modules', `${vethLine}${nftLine}`);
    await kernel.write('sys/kernel/btf/veth', veth.build());
    await kernel.write('sys/kernel/btf/nf_tables', 'no BTF at all');
    expect(await kernel.catalogue.modulesWithoutTypes()).toEqual(['nf_tables']);
  });

  test('says why no code has a name', async () => {
    await using kernel = await makeKernel();
    const { catalogue } = kernel;
    await catalogue.warmNames();
    expect(await catalogue.whyNoNames()).toBeUndefined();
    await using hidden = await makeKernel();
    await hidden.write('proc/kallsyms', kallsyms.replaceAll(/^[0-9a-f]{16}/gm, '0'.repeat(16)));
    await hidden.catalogue.warmNames();
    expect(await hidden.catalogue.whyNoNames()).toContain('CAP_SYSLOG is missing');
    await hidden.write('proc/sys/kernel/kptr_restrict', '2\n');
    expect(await hidden.catalogue.whyNoNames()).toContain('kernel.kptr_restrict is 2');
    expect(hidden.catalogue.settle({ addresses: [inNft], dropReasons: [] })).toBeUndefined();
  });
});

const nftLine = 'nf_tables 57344 0 - Live 0xffffffffc0100000\n';
const inNft = 0xffffffffc0100104n;
const inVeth = 0xffffffffc0000104n;

describe('FunctionCatalogue.settle', () => {
  const symbolOf = ({ catalogue }: KernelRoot, address: bigint) =>
    catalogue.symbolize(address)?.symbol;
  const settle = ({ catalogue }: KernelRoot, ...addresses: bigint[]) =>
    catalogue.settle({ addresses, dropReasons: [] });

  async function warmKernel() {
    const kernel = await makeKernel();
    await kernel.write('proc/modules', vethLine);
    await kernel.catalogue.warmNames();
    return kernel;
  }

  test('is at once for the code of vmlinux', async () => {
    await using kernel = await warmKernel();
    expect(settle(kernel, 0xffffffff81000104n)).toBeUndefined();
  });

  test('finds a module that was loaded later', async () => {
    await using kernel = await warmKernel();
    const { nameRevision } = kernel.catalogue;
    await kernel.write('proc/modules', `${nftLine}${vethLine}`);
    await kernel.write(
      'proc/kallsyms',
      `${kallsyms}ffffffffc0100100 t nft_do_chain\t[nf_tables]\n`,
    );
    expect(symbolOf(kernel, inNft)).toBeUndefined();
    await settle(kernel, inNft);
    expect(symbolOf(kernel, inNft)).toBe('nft_do_chain');
    expect(kernel.catalogue.nameRevision).toBeGreaterThan(nameRevision);
  });

  test('does not take one module for another in the same place', async () => {
    await using kernel = await warmKernel();
    await settle(kernel, inVeth);
    expect(symbolOf(kernel, inVeth)).toBe('veth_xmit');
    await kernel.write('proc/modules', vethLine.replace('veth', 'bond'));
    await kernel.write('proc/kallsyms', kallsyms.replace('veth_xmit\t[veth]', 'bond_xmit\t[bond]'));
    await settle(kernel, inVeth);
    expect(symbolOf(kernel, inVeth)).toBe('bond_xmit');
  });

  test('finds a BPF program, which no list of modules tells of', async () => {
    await using kernel = await warmKernel();
    const program = 0xffffffffc0500010n;
    await kernel.write(
      'proc/kallsyms',
      `${kallsyms}ffffffffc0500000 t bpf_prog_6deef7357e7b4530_x\t[bpf]\n`,
    );
    await settle(kernel, program);
    expect(symbolOf(kernel, program)).toBe('bpf_prog_6deef7357e7b4530_x');
  });

  test('does not read kallsyms anew for what lies inside a module that is still there', async () => {
    await using kernel = await warmKernel();
    const { nameRevision } = kernel.catalogue;
    await settle(kernel, inVeth);
    expect(kernel.catalogue.nameRevision).toBe(nameRevision);
    await settle(kernel, inVeth, 0xffffffffc0700000n);
    expect(kernel.catalogue.nameRevision).toBe(nameRevision + 1);
  });

  test('finds the drop reasons of a subsystem that was loaded later', async () => {
    await using kernel = await warmKernel();
    const { catalogue } = kernel;
    const unnamed = { addresses: [], dropReasons: [3, 0x30003] };
    expect(catalogue.settle({ ...unnamed, dropReasons: [3] })).toBeUndefined();
    await catalogue.settle(unnamed);
    expect(catalogue.dropReasonName(0x30003)).toBe('196611');
    await kernel.write('sys/kernel/btf/ovs', veth.build());
    await kernel.write('proc/modules', `${vethLine}ovs 45056 0 - Live 0xffffffffc0200000\n`);
    await catalogue.settle(unnamed);
    expect(catalogue.dropReasonName(0x30003)).toBe('OVS_DROP_METER');
    expect(catalogue.settle(unnamed)).toBeUndefined();
  });

  test('says when the tables cannot be read any more', async () => {
    await using kernel = await warmKernel();
    await kernel.remove('proc/kallsyms');
    expect(await settle(kernel, inVeth)).toBe(true);
    expect(await settle(kernel, inNft)).toBe(false);
  });

  test('keeps its plans when kallsyms is read anew', async () => {
    await using kernel = await warmKernel();
    const probes = async () => (await kernel.catalogue.plan(multi)).attach[0];
    const planned = await probes();
    await kernel.catalogue.refreshSymbols();
    expect(await probes()).toBe(planned);
  });
});

/** Passes on what is read, and keeps it. */
class RecordingFiles extends KernelFiles {
  readonly texts: KallsymsText[] = [];

  override async kallsyms(known?: KallsymsText): Promise<KallsymsText> {
    const text = await super.kallsyms(known);
    this.texts.push(text);
    return text;
  }
}

describe("vmlinux's part of kallsyms", () => {
  test('is kept when the rest is read anew', async () => {
    await using kernel = await makeKernel();
    const files = new RecordingFiles(kernel.path);
    const catalogue = new FunctionCatalogue(files);
    await catalogue.warmNames();
    await kernel.write('proc/kallsyms', kallsyms.replace('veth_xmit', 'veth_open'));
    await catalogue.refreshSymbols();
    await kernel.write('proc/modules', vethLine);
    await catalogue.plan(multi);
    const [first, ...later] = files.texts;
    expect(later.map(({ modules }) => modules.text.includes('veth_open'))).toEqual([true, true]);
    for (const { vmlinux: again } of later) expect(again).toBe(first?.vmlinux);
  });

  test('is not kept as it was read while addresses were hidden', async () => {
    await using kernel = await makeKernel();
    const files = new RecordingFiles(kernel.path);
    const catalogue = new FunctionCatalogue(files);
    const names = async () => {
      await catalogue.warmNames();
      return catalogue.symbolize(0xffffffff81000104n)?.symbol;
    };
    await kernel.write('proc/kallsyms', kallsyms.replaceAll(/^[0-9a-f]{16}/gm, '0'.repeat(16)));
    expect(await names()).toBeUndefined();
    await kernel.write('proc/kallsyms', kallsyms);
    expect(await names()).toBe('ip_rcv');
    const [hidden, shown] = files.texts.map(({ vmlinux: part }) => part);
    expect(hidden?.text).toContain('0000000000000000 T ip_rcv');
    expect(shown?.text).not.toContain('0000000000000000');
  });

  test('stays known when addresses are hidden for a while', async () => {
    await using kernel = await makeKernel();
    const files = new RecordingFiles(kernel.path);
    const catalogue = new FunctionCatalogue(files);
    await catalogue.warmNames();
    await kernel.write('proc/kallsyms', kallsyms.replaceAll(/^[0-9a-f]{16}/gm, '0'.repeat(16)));
    await kernel.write('proc/modules', vethLine);
    await expect(catalogue.plan(multi)).rejects.toMatchObject({ code: 'PRIVILEGE_MISSING' });
    expect(catalogue.symbolize(0xffffffff81000104n)?.symbol).toBe('ip_rcv');
    await kernel.write('proc/kallsyms', kallsyms);
    expect((await catalogue.plan(multi)).attach).toHaveLength(1);
    const [first, hidden, again] = files.texts.map(({ vmlinux: part }) => part);
    expect(hidden).not.toBe(first);
    expect(again).toBe(first);
  });
});
