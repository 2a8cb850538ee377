import { describe, expect, test } from 'vitest';
import { PwruError } from '../../core/errors.ts';
import { CODE_ENTRY_BYTES } from '../../core/probe/patch-site.ts';
import type { PlannedProbe, ProbePlan } from '../../core/probe/probe-plan.ts';
import { PatchSites } from './patch-sites.ts';

const traceable = codeOf(0xf3, 0x0f, 0x1e, 0xfa, 0x0f, 0x1f, 0x44, 0x00, 0x00);
const notrace = codeOf(0x55, 0x48, 0x89, 0xe5);
const unread = codeOf();

function codeOf(...bytes: number[]): Uint8Array {
  const code = new Uint8Array(CODE_ENTRY_BYTES);
  code.set(bytes);
  return code;
}

function planOf(count: number): ProbePlan {
  const attach = Array.from({ length: count }, (_, index): PlannedProbe => {
    const name = `f${index}`;
    return {
      name,
      module: '',
      address: BigInt(index),
      argument: 1,
      kind: 'pointer',
      role: 'trace',
    };
  });
  return { attach, refused: [{ name: 'other', module: '', reason: 'x' }] };
}

function names(functions: ReadonlyArray<{ readonly name: string }>): string[] {
  return functions.map(({ name }) => name);
}

describe.runIf(process.arch === 'x64')('PatchSites', () => {
  test('refuses the functions that ftrace has no place in, and asks the kernel once', async () => {
    let reads = 0;
    const sites = new PatchSites(async (addresses) => {
      reads++;
      return addresses.map((address) => (address === 3n ? notrace : traceable));
    });
    const plan = planOf(10);
    for (let time = 0; time < 2; time++) {
      const { attach, refused } = await sites.sift(plan);
      expect(names(attach)).toEqual(names(plan.attach).filter((name) => name !== 'f3'));
      expect(names(refused)).toEqual(['other', 'f3']);
    }
    expect(reads).toBe(1);
  });

  test.each([
    ['whose code cannot be read', unread],
    ['whose code is not understood', notrace],
  ])('leaves a plan %s as it is', async (_, code) => {
    const sites = new PatchSites(async (addresses) => addresses.map(() => code));
    const plan = planOf(10);
    expect(await sites.sift(plan)).toBe(plan);
  });

  test('leaves a plan as it is where the kernel refuses to read code, and asks again', async () => {
    let isRefused = true;
    const sites = new PatchSites(async (addresses) => {
      if (isRefused) throw new PwruError('KERNEL_FEATURE_MISSING', 'Cannot load');
      return addresses.map((address) => (address === 0n ? notrace : traceable));
    });
    const plan = planOf(10);
    expect(await sites.sift(plan)).toBe(plan);
    isRefused = false;
    expect((await sites.sift(plan)).attach).toHaveLength(9);
  });
});
