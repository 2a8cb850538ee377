import { join } from 'node:path';
import { expect } from 'vitest';
import { CONTROL } from '../../agent/src/core/record/layout.ts';
import { ResourceStack } from '../../agent/src/core/resource.ts';
import { traceBesideBlindSoftirqs } from '../scenario/blind-softirqs.ts';
import { TestAgent } from '../support/agent.ts';
import { type TestMachine, withAgent } from '../support/machine.ts';
import { dist } from '../support/trace.ts';
import { guestTest } from '../vm/guest-test.ts';

/**
 * Packets whose end no program on a function sees, since the kernel skips them all.
 * @param args flags of the traces
 */
export function testBlindSoftirqs(kernel: string, args: string): void {
  const test = guestTest(kernel);

  test('packets whose end no program sees leave their identity to no other packet, and others keep theirs', {
    timeout: 900_000,
  }, async ({ guest }) => {
    await using agent = await TestAgent.start(guest);
    const machine = withAgent(guest, agent.address);
    const blind = await traceBesideBlindSoftirqs(machine, { args, isOftenBlind: true });
    expect(blind.blindSoftirqs).toBeGreaterThan(20);
    expect(blind.packets).toBeGreaterThan(200);
    expect(blind.strangers).toEqual([]);
    const seeing = await traceBesideBlindSoftirqs(machine, { args, isOftenBlind: false });
    expect(seeing.packets).toBeGreaterThan(200);
    expect(seeing.strangers).toEqual([]);
    expect(seeing.identityCut).toBeLessThan(seeing.packets / 1_000);
  });

  test('strangers are always looked for where blind softirqs cannot be counted; else they show', {
    timeout: 900_000,
  }, async ({ guest }) => {
    // An object without its programs.
    await guest.mustRun(`cp ${join(dist, 'bpf')}/{trial,softirqs}.${process.arch}.bpf.o`);
    await using agent = await TestAgent.start(guest);
    const machine = withAgent(guest, agent.address);
    const doubting = await traceBesideBlindSoftirqs(machine, { args, isOftenBlind: true });
    expect(doubting.blindSoftirqs).toBe(0);
    expect(doubting.packets).toBeGreaterThan(200);
    expect(doubting.strangers).toEqual([]);
    await using stack = new ResourceStack();
    const trusting = await traceBesideBlindSoftirqs(machine, {
      ...{ args, isOftenBlind: true },
      meanwhile: async () => void stack.use(await keepFromDoubting(guest)),
    });
    expect(trusting.strangers.length).toBeGreaterThan(0);
  });
}

/**
 * Tells the programs of the only session in the kernel that every end is seen: again and again, since the agent tells them otherwise
 * when hits were missed. Disposing it ends that.
 */
async function keepFromDoubting(machine: TestMachine): Promise<AsyncDisposable> {
  const maps: ReadonlyArray<{ readonly id: number; readonly name?: string }> = JSON.parse(
    await machine.mustRun('bpftool -j map list'),
  );
  const controls = maps.filter(({ name }) => name === '.data.control');
  expect(controls).toHaveLength(1);
  const key = `id ${controls[0]?.id} key 0 0 0 0`;
  const { value }: { readonly value: string[] } = JSON.parse(
    await machine.mustRun(`bpftool -j map lookup ${key}`),
  );
  const { offset, size } = CONTROL.always_doubt;
  expect(Number(value[offset])).toBe(1);
  value.fill('0x00', offset, offset + size);
  const update = `bpftool map update ${key} value ${value.join(' ')}`;
  return machine.start(`while ${update}; do echo told; sleep 0.2; done`);
}
