import { describe } from 'vitest';
import { dropCases, expectDropClasses } from '../scenario/drop-classes.ts';
import { expectSilenceOfHealth } from '../scenario/healthy-machine.ts';
import { guestAgentTest } from '../vm/guest-test.ts';
import type { KernelName } from './expected-kernels.ts';

/**
 * What `--drops` prints on one kernel of the lab, and what it does not.
 * @param args for kubectl-pwru: those of each trace of a healthy machine, and those of all cases
 */
export function testDrops(
  kernel: KernelName,
  args: { readonly healthy: readonly string[]; readonly cases: string },
): void {
  const test = guestAgentTest(kernel);

  describe(`--drops on ${kernel}`, () => {
    test.for(args.healthy)(
      'is silent on a healthy machine, and prints a loss in the midst of it: %s',
      (healthy, { machine }) => expectSilenceOfHealth(machine, healthy),
    );

    test.for(dropCases)('tells a loss from $name', (dropCase, { machine }) =>
      expectDropClasses(machine, dropCase, args.cases),
    );
  });
}
