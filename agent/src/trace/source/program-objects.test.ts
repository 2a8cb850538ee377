import { describe, expect, test } from 'vitest';
import { BtfBuilder } from '../../../../test/support/btf-builder.ts';
import { Btf } from '../../core/btf/btf.ts';
import { PwruError } from '../../core/errors.ts';
import type { RefusalCause } from '../../core/refusal/refusal.ts';
import { ProgramObjects } from './program-objects.ts';

const plain = Uint8Array.of(1);
const withCast = Uint8Array.of(2);
const slots = Uint8Array.of(3);
const tracepoints = Uint8Array.of(4);
const files = {
  ...{ functions: plain, 'functions-cast': withCast, slots, session_maps: Uint8Array.of(6) },
  softirqs: Uint8Array.of(7),
  ...{ tracepoints, 'tracepoints-cast': Uint8Array.of(5) },
};
const functions = ['skb1', 'drop'];
const makeObjects = () => new ProgramObjects((name) => files[name]);

/** Types of a kernel with or without the kfunc. */
function vmlinux(hasCast: boolean): Btf {
  const builder = new BtfBuilder();
  builder.func(hasCast ? 'bpf_rdonly_cast' : 'ip_rcv', [builder.pointer(0)]);
  return new Btf('vmlinux', builder.build());
}

/** A kernel that refuses what uses the kfunc. @returns what was tried to load */
function refusing(cause: RefusalCause) {
  const tried: Uint8Array[] = [];
  const load = async (elf: Uint8Array) => {
    tried.push(elf);
    if (elf === plain) return 'loaded';
    const refusal = { cause, text: 'R1 is not a scalar' };
    throw new PwruError('KERNEL_FEATURE_MISSING', 'Cannot load', { refusal });
  };
  return { tried, load };
}

describe('ProgramObjects', () => {
  test('takes the plain object where the kernel has no kfunc', async () => {
    const { tried, load } = refusing('verifier');
    const objects = makeObjects();
    expect(await objects.load(vmlinux(false), functions, load)).toBe('loaded');
    expect(tried).toEqual([plain]);
    expect(objects.castRefusal).toBeUndefined();
  });

  test('takes the other where it has', async () => {
    const objects = makeObjects();
    expect(await objects.load(vmlinux(true), functions, async (elf) => elf)).toBe(withCast);
    expect(objects.castRefusal).toBeUndefined();
  });

  test('takes the slots for programs of theirs, with the kfunc or without', async () => {
    const objects = makeObjects();
    for (const hasCast of [true, false]) {
      const programs = ['slot1', 'end', 'drop'];
      expect(await objects.load(vmlinux(hasCast), programs, async (elf) => elf)).toBe(slots);
    }
  });

  test('takes the tracepoints for programs of theirs', async () => {
    const objects = makeObjects();
    const programs = ['tracepoint1', 'end', 'drop'];
    const load = (hasCast: boolean) => objects.load(vmlinux(hasCast), programs, async (elf) => elf);
    expect(await load(false)).toBe(tracepoints);
    expect(await load(true)).toBe(files['tracepoints-cast']);
  });

  test('reads each file once', async () => {
    const read: string[] = [];
    const objects = new ProgramObjects((name) => {
      read.push(name);
      return files[name];
    });
    for (let time = 0; time < 2; time++) {
      await objects.load(vmlinux(true), functions, async () => {});
    }
    expect(read).toEqual(['functions-cast']);
  });

  test('takes the plain one, too, where it has and its verifier refuses it, and then at once', async () => {
    const { tried, load } = refusing('verifier');
    const objects = makeObjects();
    for (let time = 0; time < 2; time++)
      expect(await objects.load(vmlinux(true), functions, load)).toBe('loaded');
    expect(tried).toEqual([withCast, plain, plain]);
    expect(objects.castRefusal).toBe('R1 is not a scalar');
  });

  test('does not try twice what is refused for another reason', async () => {
    const { tried, load } = refusing('seccomp');
    const objects = makeObjects();
    await expect(objects.load(vmlinux(true), functions, load)).rejects.toThrow('Cannot load');
    expect(tried).toEqual([withCast]);
  });

  test('loads one after the other, also when the one before fails', async () => {
    const objects = makeObjects();
    const steps: string[] = [];
    const load = (name: string) =>
      objects.load(vmlinux(false), functions, async () => {
        steps.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        steps.push(`${name} ends`);
        if (name === 'first') throw new PwruError('SYSTEM', 'Cannot load');
        return name;
      });
    const [first, second] = await Promise.allSettled([load('first'), load('second')]);
    expect(first.status).toBe('rejected');
    expect(second).toEqual({ status: 'fulfilled', value: 'second' });
    expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });
});
