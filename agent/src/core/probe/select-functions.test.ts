import { describe, expect, test } from 'vitest';
import { kallsymsOf } from '../../../../test/support/kallsyms-of.ts';
import type { SkbFunction } from '../btf/skb-functions.ts';
import { KprobeBlacklist, TraceableFunctions } from '../symbols/function-lists.ts';
import type { ProbePlan } from './probe-plan.ts';
import { type FoundFunction, type KernelSymbols, selectFunctions } from './select-functions.ts';

const kallsyms = kallsymsOf(
  `ffffffff81000100 T ip_rcv
ffffffff81000200 T kfree_skbmem
ffffffff81000300 t __netif_receive_skb_core.constprop.0
ffffffff81000400 t nla_put
ffffffff81000500 t __bpf_trace_kfree_skb
ffffffff81000600 t one_traceable
ffffffff81000700 t one_traceable
ffffffff81000800 t both_traceable
ffffffff81000900 t both_traceable
ffffffff81000a00 t none_in_vmlinux
ffffffff81000b00 T __skb_try_recv_from_queue
ffffffff81000c00 T __skb_wait_for_more_packets
ffffffff81000d00 T by_value
ffffffff81000e00 T tcp_wfree
ffffffffc0000100 t ip_rcv\t[shadow]
ffffffffc0000200 t kfree_skbmem\t[shadow]
ffffffffc0000300 t only_clone.isra.0\t[shadow]
`,
);

const traceable = new TraceableFunctions(
  `ffffffff81000104 ip_rcv
ffffffff81000204 kfree_skbmem
ffffffff81000304 __netif_receive_skb_core.constprop.0
ffffffff81000704 one_traceable
ffffffff81000804 both_traceable
ffffffff81000904 both_traceable
ffffffff81000b04 __skb_try_recv_from_queue
ffffffff81000c04 __skb_wait_for_more_packets
ffffffff81000d04 by_value
ffffffff81000e04 tcp_wfree
ffffffffc0000104 ip_rcv [shadow]
ffffffffc0000204 kfree_skbmem [shadow]
ffffffffc0000304 only_clone.isra.0 [shadow]
`,
  { addresses: true },
);

const blacklist = new KprobeBlacklist('0xffffffff81000200-0xffffffff81000300\tkfree_skbmem\n');

const ftrace: KernelSymbols = { kallsyms, traceable, blacklist: undefined };

function found(name: string, module = '', more: Partial<SkbFunction> = {}) {
  return {
    module,
    prototype: { name, argument: 1, kind: 'pointer', obstacle: undefined, ...more },
  } as const;
}

/** The plan of one group. */
function planOf(functions: readonly FoundFunction[], symbols: KernelSymbols): ProbePlan {
  const [plan] = selectFunctions([functions], symbols);
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

describe('selectFunctions', () => {
  test.each([
    ['ip_rcv', '', 0xffffffff81000100n, 'trace'],
    ['ip_rcv', 'shadow', 0xffffffffc0000100n, 'trace'],
    ['kfree_skbmem', '', 0xffffffff81000200n, 'free'],
    ['kfree_skbmem', 'shadow', 0xffffffffc0000200n, 'trace'],
    ['tcp_wfree', '', 0xffffffff81000e00n, 'neutral'],
    ['one_traceable', '', 0xffffffff81000700n, 'trace'],
  ])('attaches %s of "%s"', (name, module, address, role) => {
    const plan = planOf([found(name, module, { argument: 3, kind: 'const-pointer' })], ftrace);
    const attach = [{ name, module, address, argument: 3, kind: 'const-pointer', role }];
    expect(plan).toEqual({ attach, refused: [] });
  });

  test.each([
    [
      found('__netif_receive_skb_core'),
      'compiler clone __netif_receive_skb_core.constprop.0: its arguments may have moved',
    ],
    [
      found('only_clone', 'shadow'),
      'compiler clone only_clone.isra.0: its arguments may have moved',
    ],
    [found('only_clone'), 'no symbol in kallsyms (inlined everywhere)'],
    [found('none_in_vmlinux', 'shadow'), 'no symbol in kallsyms (inlined everywhere)'],
    [found('nla_put'), 'not in available_filter_functions (notrace or inlined)'],
    [
      found('__bpf_trace_kfree_skb'),
      'glue between a tracepoint and its consumers, which the kernel does not trace',
    ],
    [
      found('both_traceable'),
      '2 functions of this name: the one that BTF describes cannot be told',
    ],
    [
      found('__skb_try_recv_from_queue', '', { kind: 'pointer-to-pointer' }),
      'its struct sk_buff ** is an output: what it points to at entry is not initialised',
    ],
    [found('__skb_wait_for_more_packets'), expect.stringContaining('queue head')],
    [found('by_value', '', { obstacle: 'argument 1 is a struct' }), 'argument 1 is a struct'],
  ])('refuses $0.prototype.name of "$0.module"', (fn, reason) => {
    const refused = [{ name: fn.prototype.name, module: fn.module, reason }];
    expect(planOf([fn], ftrace)).toEqual({ attach: [], refused });
  });

  const lto = kallsymsOf(
    'ffffffff81000100 t ip_rcv_core.llvm.1308742435\nffffffff81000200 t ip_rcv_core.llvm.1308742435.cold\n' +
      'ffffffff81000300 t twice.llvm.11\nffffffff81000400 t twice.llvm.22\n' +
      'ffffffff81000500 t described.isra.0\nffffffff81000600 t kfree_skbmem.llvm.5\n',
  );
  const ltoTraceable = new TraceableFunctions(
    'ffffffff81000104 ip_rcv_core.llvm.1308742435\nffffffff81000304 twice.llvm.11\nffffffff81000404 twice.llvm.22\n' +
      'ffffffff81000504 described.isra.0\nffffffff81000604 kfree_skbmem.llvm.5\n',
    { addresses: true },
  );

  test.each([
    ['with ftrace', ltoTraceable],
    ['without ftrace', undefined],
  ])('takes .llvm. symbols for the functions, and clones that BTF describes, %s', (_how, known) => {
    const symbols = { kallsyms: lto, traceable: known, blacklist: undefined };
    const names = ['ip_rcv_core', 'kfree_skbmem', 'described.isra.0', 'described', 'twice'];
    const plan = planOf(
      names.map((name) => found(name)),
      symbols,
    );
    expect(plan.attach.map(({ name, address, role }) => [name, address, role])).toEqual([
      ['ip_rcv_core', 0xffffffff81000100n, 'trace'],
      ['kfree_skbmem', 0xffffffff81000600n, 'free'],
      ['described.isra.0', 0xffffffff81000500n, 'trace'],
    ]);
    expect(plan.refused.map(({ name, reason }) => [name, reason])).toEqual([
      ['described', 'compiler clone described.isra.0: its arguments may have moved'],
      ['twice', expect.stringMatching(/^2 functions of this name/)],
    ]);
  });

  test('says how many namesakes are traceable when some are', () => {
    const three = kallsymsOf(
      'ffffffff81000600 t both_traceable\nffffffff81000800 t both_traceable\nffffffff81000900 t both_traceable\n',
    );
    const plan = planOf([found('both_traceable')], { ...ftrace, kallsyms: three });
    expect(plan.refused[0]?.reason).toBe(
      '3 functions of this name, 2 of them traceable: the one that BTF describes cannot be told',
    );
  });

  test('leaves namesakes out when the kernel gives no addresses to tell them by', () => {
    const names = new TraceableFunctions('one_traceable\n', { addresses: false });
    const plan = planOf([found('one_traceable')], { ...ftrace, traceable: names });
    expect(plan.refused[0]?.reason).toMatch(/^2 functions of this name: /);
  });

  test('takes every symbol for kprobes without ftrace, but glue, namesakes and blacklisted ones', () => {
    const names = ['nla_put', '__bpf_trace_kfree_skb', 'one_traceable', 'kfree_skbmem', 'ip_rcv'];
    const plan = planOf(
      names.map((name) => found(name)),
      { kallsyms, traceable: undefined, blacklist },
    );
    expect(plan.attach.map(({ name }) => name)).toEqual(['nla_put', 'ip_rcv']);
    expect(plan.refused.map(({ name, reason }) => [name, reason])).toEqual([
      ['__bpf_trace_kfree_skb', expect.stringMatching(/^glue/)],
      ['one_traceable', expect.stringMatching(/^2 functions/)],
      ['kfree_skbmem', 'on the kprobe blacklist'],
    ]);
  });

  test('finds namesakes in several groups, and each group keeps its own', () => {
    const groups = [[found('ip_rcv'), found('nla_put')], [], [found('ip_rcv', 'shadow')]];
    const plans = selectFunctions(groups, ftrace);
    expect(plans.map(({ attach }) => attach.map(({ address }) => address))).toEqual([
      [0xffffffff81000100n],
      [],
      [0xffffffffc0000100n],
    ]);
    expect(plans.map(({ refused }) => refused.map(({ name }) => name))).toEqual([
      ['nla_put'],
      [],
      [],
    ]);
  });

  test('plans the same for few functions and for many', () => {
    const names = ['ip_rcv', 'nla_put', 'one_traceable', 'both_traceable', 'only_clone'];
    const functions = names.map((name) => found(name));
    const strangers = Array.from({ length: 300 }, (_, index) => found(`stranger_${index}`));
    const withAddresses = planOf([...functions, ...strangers], ftrace);
    const few = planOf(functions, ftrace);
    expect(withAddresses.attach).toEqual(few.attach);
    expect(withAddresses.refused.slice(0, few.refused.length)).toEqual(few.refused);
  });

  test('does not trust a place that belongs to another symbol', () => {
    const moved = new TraceableFunctions('ffffffff81000244 ip_rcv\n', { addresses: true });
    const plan = planOf([found('ip_rcv')], { ...ftrace, traceable: moved });
    expect(plan.attach.map(({ address }) => address)).toEqual([0xffffffff81000100n]);
  });

  test('freezes the plan', () => {
    const plan = planOf([found('ip_rcv')], ftrace);
    expect([plan, plan.attach, plan.refused].every(Object.isFrozen)).toBe(true);
  });
});
