import { describe, expect, test } from 'vitest';
import { BtfBuilder } from '../../../../test/support/btf-builder.ts';
import { Btf } from './btf.ts';
import { findCpuVariables, hasCpuVariable } from './cpu-variables.ts';

/** A kernel with these variables, and struct pcpu_hot as Linux 6.2 to 6.14 have it. */
function kernel(
  variables: ReadonlyArray<readonly [name: string, offset: number]>,
  { section = '.data..percpu', hasGroups = true } = {},
): Btf {
  const builder = new BtfBuilder();
  const int = builder.int('int', 4);
  const task = builder.pointer(0);
  builder.struct('sched_entity', 256, [['cfs_rq', task, 1024]]);
  builder.struct('cfs_rq', 512, hasGroups ? [['rq', task, 2560]] : [['curr', task, 2560]]);
  const members = builder.struct('', 64, [
    ['current_task', task, 0],
    ['preempt_count', int, 64],
    ['cpu_number', int, 96],
  ]);
  const padded = builder.union('', 64, [['', members, 0]]);
  builder.struct('pcpu_hot', 64, [['', padded, 0]]);
  builder.section('.data', [['runqueues', int, 8]]);
  builder.section(
    section,
    variables.map(([name, offset]) => [name, int, offset]),
  );
  return new Btf('vmlinux', builder.build());
}

const plain = [
  ['current_task', 1_000],
  ['__preempt_count', 1_024],
] as const;
const hot = ['pcpu_hot', 4_096] as const;
const runQueue = ['runqueues', 3_000] as const;

describe('findCpuVariables', () => {
  test('finds variables of their own, before the run queue or behind it', () => {
    const before = { preemptCountAt: -1_976, currentTaskAt: -2_000 };
    expect(findCpuVariables(kernel([...plain, runQueue]))).toEqual(before);
    const behind = { preemptCountAt: 1_024, currentTaskAt: 1_000 };
    expect(findCpuVariables(kernel([...plain, ['runqueues', 0]]))).toEqual(behind);
  });

  test('finds members of pcpu_hot', () => {
    const members = { preemptCountAt: 1_104, currentTaskAt: 1_096 };
    expect(findCpuVariables(kernel([hot, runQueue]))).toEqual(members);
  });

  test.each([
    ['without variables, as on arm64', kernel([])],
    ['without the run queue', kernel(plain)],
    ['without the preempt count', kernel([runQueue, ['current_task', 1_000]])],
    ['without the current task', kernel([runQueue, ['__preempt_count', 1_024]])],
    ['in another section', kernel([...plain, runQueue], { section: '.bss' })],
    ['where no task leads to its run queue', kernel([...plain, runQueue], { hasGroups: false })],
  ])('finds nothing %s', (_, vmlinux) => {
    expect(findCpuVariables(vmlinux)).toBeUndefined();
  });
});

test('hasCpuVariable finds a variable by its name', () => {
  const types = kernel([runQueue, ['bpf_prog_active', 512]]);
  expect(hasCpuVariable(types, 'bpf_prog_active')).toBe(true);
  expect(hasCpuVariable(types, 'bpf_prog')).toBe(false);
  // A type is no variable.
  expect(hasCpuVariable(types, 'pcpu_hot')).toBe(false);
});
