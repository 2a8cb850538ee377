import { expect, test, vi } from 'vitest';
import { BtfBuilder } from '../../../../test/support/btf-builder.ts';
import { type KernelRoot, makeKernelRoot } from '../../../../test/support/kernel-root.ts';
import { BootClock } from '../../kernel/boot-clock.ts';
import { PlaceTable } from '../source/places.ts';
import { NamespaceNames } from '../stream/namespace-names.ts';
import { SessionNames } from './session-names.ts';

const kallsyms = `ffffffff81000000 T _stext
ffffffff81000010 t bpf_trace_run3
ffffffff81000080 t __bpf_trace_kfree_skb
ffffffff81000100 T ip_rcv
ffffffff81000200 t ip_rcv_core.llvm.1308742435
ffffffff81000300 T _etext
ffffffffc0000100 t nft_do_chain\t[nf_tables]
ffffffffc0500000 t bpf_prog_2bbc592e1d81fc3a_drop\t[bpf]
`;
const vmlinux = new BtfBuilder();
vmlinux.struct('sk_buff', 232);

async function namesOn(kernel: KernelRoot): Promise<SessionNames> {
  const { catalogue } = kernel;
  await catalogue.warmNames();
  const places = new PlaceTable();
  places.put(0xffffffff81000100n, { name: 'ip_rcv', module: '', tracepoint: false });
  places.put(0xffffffffc0000900n, {
    ...{ name: 'nft_do_chain_inet', module: 'nf_tables', tracepoint: false },
  });
  const namespaces = new NamespaceNames({
    namespaces: [],
    pods: undefined,
    clock: new BootClock(),
  });
  return new SessionNames({
    ...{ catalogue, namespaces, places },
    ownCode: [{ begin: 0xffffffffc0500000n, end: 0xffffffffc0500100n }],
  });
}

const makeKernel = () =>
  makeKernelRoot({
    'sys/kernel/btf/vmlinux': vmlinux.build(),
    'proc/kallsyms': kallsyms,
    'proc/modules': 'nf_tables 57344 0 - Live 0xffffffffc0000000\n',
  });

test.each([
  ['as it was planned', 0xffffffff81000100n, { name: 'ip_rcv', module: '' }],
  ['behind endbr64', 0xffffffff81000104n, { name: 'ip_rcv', module: '' }],
  [
    'in a module, whatever kallsyms says of the place now',
    0xffffffffc0000900n,
    { name: 'nft_do_chain_inet', module: 'nf_tables' },
  ],
  ['never by the nearest symbol', 0xffffffff81000108n, { name: '0xffffffff81000108', module: '' }],
  ['never by a symbol that was not planned', 0xffffffff81000200n, { name: '0xffffffff81000200' }],
])('a function is named %s', async (_how, address, name) => {
  await using kernel = await makeKernel();
  const names = await namesOn(kernel);
  expect(names.functionAt(address)).toMatchObject({ ...name, tracepoint: false });
});

test('a code location has a name when that is settled, or cannot change', async () => {
  await using kernel = await makeKernel();
  const names = await namesOn(kernel);
  const symbolAt = (address: bigint, isSettled: boolean) =>
    names.codeLocationAt(address, isSettled).symbol;
  expect(symbolAt(0xffffffff81000104n, false)).toBe('ip_rcv');
  expect(symbolAt(0xffffffff81000204n, true)).toBe('ip_rcv_core');
  expect(symbolAt(0xffffffffc0000104n, true)).toBe('nft_do_chain');
  expect(symbolAt(0xffffffffc0000104n, false)).toBe('0xffffffffc0000104');
  expect(symbolAt(0xffffffffc0700000n, true)).toBe('0xffffffffc0700000');
});

test('an address stands for itself where the kernel hides addresses', async () => {
  await using kernel = await makeKernelRoot({
    'sys/kernel/btf/vmlinux': vmlinux.build(),
    'proc/kallsyms': kallsyms.replaceAll(/^[0-9a-f]{16}/gm, '0'.repeat(16)),
  });
  const names = await namesOn(kernel);
  expect(names.codeLocationAt(0xffffffff820d0393n, true)).toEqual({
    ...{ symbol: '0xffffffff820d0393', offsetBytes: 0, module: '' },
  });
  expect(names.settle({ addresses: [0xffffffff820d0393n], dropReasons: [] })).toBeUndefined();
  expect(names.functionAt(0xffffffff81000100n).name).toBe('ip_rcv');
});

test.each([
  ['its own programs', 0xffffffffc05000ffn, true],
  ['what lies behind them', 0xffffffffc0500100n, false],
  ['what calls them', 0xffffffff81000020n, true],
  ['what calls that', 0xffffffff81000084n, true],
  ['the function that has the tracepoint', 0xffffffff81000110n, false],
  ['what has no name', 0xffffffffc0700000n, false],
])('a session knows the code that is there for tracing: %s', async (_what, address, expected) => {
  await using kernel = await makeKernel();
  expect((await namesOn(kernel)).isTracingCode(address)).toBe(expected);
});

/** What is done at this time. */
function at<T>(ms: number, action: () => T): T {
  const now = vi.spyOn(performance, 'now').mockReturnValue(1e9 + ms);
  const result = action();
  now.mockRestore();
  return result;
}

test('names of BPF programs are read anew when they are half a minute old', async () => {
  await using kernel = await makeKernel();
  const names = await namesOn(kernel);
  const symbol = () => names.codeLocationAt(0xffffffffc0500010n, true).symbol;
  const { revision } = names;
  at(0, () => names.keepFresh());
  expect(at(60_000, symbol)).toBe('bpf_prog_2bbc592e1d81fc3a_drop');
  await kernel.write('proc/kallsyms', kallsyms.replace('2bbc592e1d81fc3a_drop', '77_other'));
  const refresh = vi.spyOn(kernel.catalogue, 'refreshSymbols');
  at(89_000, () => names.keepFresh());
  expect(refresh).not.toHaveBeenCalled();
  expect(names.revision).toBe(revision);
  at(91_000, () => names.keepFresh());
  expect(refresh).toHaveBeenCalledTimes(1);
  await expect.poll(symbol).toBe('bpf_prog_77_other');
});

test('what has no name is asked for again, less and less often', async () => {
  await using kernel = await makeKernel();
  const names = await namesOn(kernel);
  const symbol = () => names.codeLocationAt(0xffffffffc0700010n, true).symbol;
  const refresh = vi.spyOn(kernel.catalogue, 'refreshSymbols');
  const asked = [];
  for (let seconds = 0; seconds < 120; seconds++) {
    at(1_000 * seconds, symbol);
    at(1_000 * seconds, () => names.keepFresh());
    asked.push(...refresh.mock.calls.splice(0).map(() => seconds));
  }
  expect(asked).toEqual([1, 4, 9, 18, 35, 68, 101]);
  const unnamed = `${kallsyms}ffffffffc0700000 t bpf_prog_77_late\t[bpf]\n`;
  await kernel.write('proc/kallsyms', unnamed);
  await kernel.catalogue.refreshSymbols();
  expect(symbol()).toBe('bpf_prog_77_late');
});
