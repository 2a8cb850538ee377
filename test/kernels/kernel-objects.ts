import { eventually } from '../support/agent.ts';
import type { TestMachine } from '../support/machine.ts';

/** What a trace makes in a kernel, each as one line; sorted. */
export async function kernelObjects(machine: TestMachine): Promise<string[]> {
  const lines = await machine.mustRun(
    `for kind in prog map link; do bpftool $kind show | sed -nE "s/^([0-9]+): .*/$kind \\1/p"; done
     sed 's/^/kprobe /' /sys/kernel/debug/kprobes/list
     [ ! -e /sys/kernel/tracing/enabled_functions ] || sed -E 's/^([^ ]+) .*/ftrace \\1/' /sys/kernel/tracing/enabled_functions`,
  );
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

/** How many there are of each kind. */
export function countKinds(objects: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const object of objects) {
    const kind = object.split(' ')[0] ?? '';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/**
 * Waits until the kernel has nothing that it had not before: what is freed goes after a grace period.
 * @throws Error naming how long it waited
 */
export async function untilOnly(machine: TestMachine, before: readonly string[]): Promise<void> {
  await eventually('nothing but what was there before is in the kernel', 60_000, async () => {
    const left = await kernelObjects(machine);
    return left.every((object) => before.includes(object));
  });
}
