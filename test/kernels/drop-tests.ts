import { describe } from 'vitest';
import { dropCases, expectDropClasses } from '../scenario/drop-classes.ts';
import { expectSilenceOfHealth } from '../scenario/healthy-machine.ts';
import { guestAgentTest } from '../vm/guest-test.ts';
import type { KernelName } from './expected-kernels.ts';

/**
 * What `--drops` prints on one kernel of the lab, and what it does not.
 * @param args for kubectl-pwru: on a healthy machine, and in each case of its own
 */
export function testDrops(
  kernel: KernelName,
  args: { readonly healthy?: string; readonly case?: string } = {},
): void {
  const test = guestAgentTest(kernel);

  describe(`--drops on ${kernel}`, () => {
    test('is silent on a healthy machine, and prints a loss in the midst of it', ({ machine }) =>
      expectSilenceOfHealth(machine, args.healthy));

    test.for(dropCases)('tells a loss from $name', (dropCase, { machine }) =>
      expectDropClasses(machine, dropCase, args.case),
    );
  });
}
