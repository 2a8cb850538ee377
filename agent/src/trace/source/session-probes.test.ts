import { expect, test } from 'vitest';
import { BtfBuilder } from '../../../../test/support/btf-builder.ts';
import { makeKernelRoot } from '../../../../test/support/kernel-root.ts';
import { planProbes } from './session-probes.ts';

function kernelWith({ hasCookies = true, freeing = false } = {}) {
  const vmlinux = new BtfBuilder();
  const skb = vmlinux.pointer(vmlinux.struct('sk_buff', 232));
  const traces = (name: string, types = vmlinux) =>
    types.typedef(`btf_trace_${name}`, types.pointer(types.prototype([types.pointer(0), skb])));
  vmlinux.func('ip_rcv', [skb]);
  if (freeing) vmlinux.func('kfree_skbmem', [skb]);
  traces('netif_rx');
  vmlinux.struct('bpf_raw_tp_link', 16, hasCookies ? [['cookie', vmlinux.int('u64', 8)]] : []);
  const module = (functions: readonly string[], tracepoint: string) => {
    const types = new BtfBuilder(vmlinux);
    for (const name of functions) types.func(name, [skb]);
    traces(tracepoint, types);
    return types.build();
  };
  return makeKernelRoot({
    'sys/kernel/btf/vmlinux': vmlinux.build(),
    'sys/kernel/btf/veth': module(['veth_xmit', 'inlined'], 'veth_event'),
    'sys/kernel/btf/vxlan': module(['vxlan_rcv'], 'vxlan_event'),
    'proc/kallsyms': `ffffffff81000100 T ip_rcv
ffffffff81000200 t kfree_skbmem
ffffffffc0000100 t veth_xmit\t[veth]
ffffffffc0000100 t vxlan_rcv\t[vxlan]
`,
    'sys/kernel/tracing/available_filter_functions':
      'ip_rcv\nkfree_skbmem\nveth_xmit [veth]\nvxlan_rcv [vxlan]\n',
    'proc/modules': '',
  });
}

const line = (name: string) => `${name} 45056 0 - Live 0xffffffffc0000000\n`;
const all = { functionRegex: undefined, modules: 'all' } as const;
const named = (...modules: string[]) => ({ functionRegex: undefined, modules });

test('a module that is named and not loaded is waited for, with the programs that it may need', async () => {
  await using kernel = await kernelWith();
  const probes = await planProbes('kprobe.multi', named('veth'), kernel.catalogue);
  expect(probes.awaited).toEqual(['veth']);
  expect(probes.total).toBe(1);
  expect(probes.shape.programs).toEqual(['skb1', 'skb2', 'skb3', 'skb_other', 'drop']);
  const few = await planProbes('kprobe.multi', named(), kernel.catalogue);
  expect(few.shape.programs).toEqual(['skb1', 'drop']);
});

test.each([all, named('veth')])('what a module has that comes: %j', async (selection) => {
  await using kernel = await kernelWith();
  const probes = await planProbes('kprobe', selection, kernel.catalogue);
  await kernel.write('proc/modules', line('veth'));
  const source = await probes.planModule('veth');
  expect(source).toMatchObject({ total: 1, programs: ['kprobe_skb1'] });
  expect(source?.refused.map(({ name, module }) => [name, module])).toEqual([['inlined', 'veth']]);
  expect(probes.places.of(0xffffffffc0000100n)).toEqual({
    ...{ name: 'veth_xmit', module: 'veth', tracepoint: false },
  });
});

test('functions that end packets are known, whether they are selected or not', async () => {
  await using kernel = await kernelWith({ freeing: true });
  const functionRegex = { testExact: (name: string) => name === 'ip_rcv', pattern: () => 'ip_rcv' };
  const selection = { functionRegex: functionRegex as never, modules: [] };
  const probes = await planProbes('kprobe', selection, kernel.catalogue);
  expect(probes.endHooks).toEqual(['kfree_skbmem']);
  expect(probes.total).toBe(1);
  const tracepoints = await planProbes('tracepoint', named(), kernel.catalogue);
  expect(tracepoints.endHooks).toEqual([]);
});

test('a module that comes back keeps its places; another one does not get them', async () => {
  await using kernel = await kernelWith();
  const probes = await planProbes('kprobe.multi', all, kernel.catalogue);
  for (let time = 0; time < 2; time++) {
    await kernel.write('proc/modules', line('veth'));
    expect((await probes.planModule('veth'))?.total).toBe(1);
    await kernel.write('proc/modules', '');
  }
  await kernel.write('proc/modules', line('vxlan'));
  expect(await probes.planModule('vxlan')).toMatchObject({
    total: 0,
    refused: [
      {
        ...{ name: 'vxlan_rcv', module: 'vxlan' },
        reason: 'another function was traced at its address',
      },
    ],
  });
  expect(probes.places.of(0xffffffffc0000100n)?.name).toBe('veth_xmit');
});

test('tracepoints of a module have slots behind those that there are', async () => {
  await using kernel = await kernelWith();
  const probes = await planProbes('tracepoint', all, kernel.catalogue);
  await kernel.write('proc/modules', line('veth') + line('vxlan'));
  for (const module of ['veth', 'vxlan']) await probes.planModule(module);
  const slots = [...probes.places].map(([slot, { name, module }]) => `${slot} ${name} ${module}`);
  expect(slots).toEqual([
    '4095 kfree_skb ',
    '4094 consume_skb ',
    '1 netif_rx ',
    '2 veth_event veth',
    '3 vxlan_event vxlan',
  ]);
});

test('where programs are told at once which argument is the skb, a named module has to be loaded', async () => {
  await using kernel = await kernelWith({ hasCookies: false });
  await expect(planProbes('tracepoint', named('veth'), kernel.catalogue)).rejects.toMatchObject({
    ...{ code: 'NOT_FOUND', message: expect.stringContaining('it is not loaded') },
  });
  const probes = await planProbes('tracepoint', all, kernel.catalogue);
  await kernel.write('proc/modules', line('veth'));
  expect(await probes.planModule('veth')).toBeUndefined();
});

test('that nothing is selected may be since a module is not loaded', async () => {
  await using kernel = await kernelWith();
  const functionRegex = { testExact: () => false, pattern: () => 'vxlan_.*' };
  const selection = { functionRegex: functionRegex as never, modules: ['vxlan'] };
  await expect(planProbes('kprobe', selection, kernel.catalogue)).rejects.toMatchObject({
    code: 'NO_FUNCTIONS',
    message:
      'Cannot trace: no function with an skb has a name that "vxlan_.*" matches as a whole (not loaded: vxlan)',
  });
});
