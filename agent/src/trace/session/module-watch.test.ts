import { describe, expect, test, vi } from 'vitest';
import { BtfBuilder } from '../../../../test/support/btf-builder.ts';
import { type KernelRoot, makeKernelRoot } from '../../../../test/support/kernel-root.ts';
import { PwruError } from '../../core/errors.ts';
import { ModuleWatch, type ModuleWatchOptions, traceableKind } from './module-watch.ts';

const vmlinux = new BtfBuilder();
const skb = vmlinux.pointer(vmlinux.struct('sk_buff', 232));

/** Types of a module with this many functions that take an skb. */
function typesWith(functions: number): Uint8Array {
  const types = new BtfBuilder(vmlinux);
  for (let index = 0; index < functions; index++) types.func(`new_function_${index}`, [skb]);
  types.func('helper', []);
  types.typedef('btf_trace_new_event', types.pointer(types.prototype([types.pointer(0), skb])));
  return types.build();
}

const line = (name: string, place: number, state = 'Live') =>
  `${name} 45056 0 - ${state} 0xffffffffc0${place}00000\n`;

async function watched(
  kernel: KernelRoot,
  {
    backend = 'kprobe.multi',
    pattern,
    attach = async () => undefined,
  }: {
    readonly backend?: string;
    readonly pattern?: RegExp | undefined;
    readonly attach?: ModuleWatchOptions['attach'];
  } = {},
) {
  const { catalogue } = kernel;
  let looks = 0;
  const watch = new ModuleWatch({
    catalogue,
    known: await catalogue.loadedModules(),
    kind: traceableKind(backend, pattern && { testExact: (name) => pattern.test(name) }),
    onLook: () => {
      looks++;
    },
    attach,
  });
  const load = async (modules: string) => {
    await kernel.write('proc/modules', modules);
    await watch.look();
    return watch.notices;
  };
  return { watch, load, looks: () => looks };
}

const makeKernel = () =>
  makeKernelRoot({
    'sys/kernel/btf/vmlinux': vmlinux.build(),
    'proc/modules': line('veth', 1),
    'sys/kernel/btf/veth': typesWith(1),
    'sys/kernel/btf/nf_tables': typesWith(3),
    'sys/kernel/btf/crc32c': typesWith(0),
    'sys/kernel/btf/odd': 'no BTF at all',
  });

const nfTables =
  'module nf_tables was loaded during the trace: its 3 functions that take an skb are not traced';

describe('a module that is loaded during a trace', () => {
  test('is told once, with the number of its functions', async () => {
    await using kernel = await makeKernel();
    const { watch, load, looks } = await watched(kernel);
    using _watch = watch;
    expect(await load(line('veth', 1))).toEqual([]);
    expect(await load(line('nf_tables', 2) + line('veth', 1))).toEqual([nfTables]);
    expect(await load(line('nf_tables', 2) + line('veth', 1))).toEqual([nfTables]);
    expect(await load(line('veth', 1))).toEqual([nfTables]);
    expect(await load(line('nf_tables', 3) + line('veth', 1))).toEqual([nfTables]);
    expect(looks()).toBe(5);
  });

  test('is told when it has come back: its probes are gone', async () => {
    await using kernel = await makeKernel();
    const { watch, load } = await watched(kernel);
    using _watch = watch;
    expect(await load('')).toEqual([]);
    expect(await load(line('veth', 1))).toEqual([
      'module veth was loaded during the trace: its function that takes an skb is not traced',
    ]);
  });

  test('is not told when no function of it takes an skb, and without a number when nobody knows', async () => {
    await using kernel = await makeKernel();
    const { watch, load } = await watched(kernel);
    using _watch = watch;
    expect(await load(line('crc32c', 2))).toEqual([]);
    const told = ['odd', 'without'].map(
      (name) =>
        `module ${name} was loaded during the trace: its functions are not traced (it has no BTF that can be read)`,
    );
    expect(await load(line('odd', 3) + line('without', 4))).toEqual(told);
  });

  test('is looked at when it is complete', async () => {
    await using kernel = await makeKernel();
    const { watch, load } = await watched(kernel);
    using _watch = watch;
    expect(await load(line('nf_tables', 2, 'Loading'))).toEqual([]);
    expect(await load(line('nf_tables', 2))).toEqual([nfTables]);
  });

  test.each([
    ['kprobe.multi', /^new_function_1$/, 'its function that takes an skb is not traced'],
    ['kprobe.multi', /^other$/, undefined],
    ['tracepoint', undefined, 'its tracepoint that takes an skb is not traced'],
  ])('is told by what the session would trace of it: %s %s', async (backend, pattern, told) => {
    await using kernel = await makeKernel();
    const { watch, load } = await watched(kernel, { backend, pattern });
    using _watch = watch;
    const notices = await load(line('nf_tables', 2));
    expect(notices).toEqual(
      told === undefined ? [] : [`module nf_tables was loaded during the trace: ${told}`],
    );
  });

  test('is one of many that are not all told', async () => {
    await using kernel = await makeKernel();
    const { watch, load } = await watched(kernel);
    using _watch = watch;
    const many = Array.from({ length: 40 }, (_, index) => line(`m${index}`, index % 10));
    const notices = await load(many.join(''));
    expect(notices).toHaveLength(33);
    expect(notices.at(-1)).toBe(
      'more modules were loaded during the trace, of which this is not told',
    );
  });
});

describe('a module that the session selects', () => {
  const probes = (
    attached: number,
    refused: ReadonlyArray<{ name: string; reason: string }> = [],
  ) => ({
    ...{ attached, refused },
    detach: vi.fn(async () => {}),
  });

  test('is attached when it comes, and detached when it goes', async () => {
    await using kernel = await makeKernel();
    const each = [probes(3), probes(3)];
    const attach = vi.fn(async () => each[attach.mock.calls.length - 1]);
    const { watch, load } = await watched(kernel, { attach });
    using _watch = watch;
    expect(await load(line('nf_tables', 2) + line('veth', 1))).toEqual([
      expect.stringMatching(
        /^module nf_tables was loaded during the trace: at most \d\.\d s later its 3 functions were added to it$/,
      ),
    ]);
    expect(attach.mock.calls).toEqual([['nf_tables']]);
    await load(line('veth', 1));
    expect(each[0]?.detach).toHaveBeenCalledOnce();
    expect(await load(line('nf_tables', 3) + line('veth', 1))).toHaveLength(1);
    expect(attach).toHaveBeenCalledTimes(2);
    expect(each[1]?.detach).not.toHaveBeenCalled();
  });

  test('is told with what could not be attached', async () => {
    await using kernel = await makeKernel();
    const refused = [{ name: 'nft_do_chain', reason: 'EBUSY' }];
    const { watch, load } = await watched(kernel, { attach: async () => probes(1, refused) });
    using _watch = watch;
    expect(await load(line('nf_tables', 2))).toEqual([
      expect.stringMatching(/ its function was added to it, 1 could not: nft_do_chain: EBUSY$/),
    ]);
  });

  test('is not told when nothing of it is selected', async () => {
    await using kernel = await makeKernel();
    const { watch, load } = await watched(kernel, { attach: async () => probes(0) });
    using _watch = watch;
    expect(await load(line('nf_tables', 2))).toEqual([]);
  });

  test('is told as not traced, and why, when it cannot be attached', async () => {
    await using kernel = await makeKernel();
    const { watch, load } = await watched(kernel, {
      attach: async (module) => {
        throw new PwruError('NOT_FOUND', `Cannot probe module "${module}": ENOMEM`);
      },
    });
    using _watch = watch;
    expect(await load(line('nf_tables', 2))).toEqual([
      `${nfTables} (Cannot probe module "nf_tables": ENOMEM)`,
    ]);
  });
});
