import { describe } from 'vitest';
import { dropCases, expectDropClasses } from '../scenario/drop-classes.ts';
import { expectSilenceOfHealth } from '../scenario/healthy-machine.ts';
import { guestAgentTest } from './guest-test.ts';

const test = guestAgentTest('6.12');

describe('--drops by kprobe.multi on Linux 6.12', () => {
  test('is silent on a healthy machine, and prints a loss in the midst of it', ({ machine }) =>
    expectSilenceOfHealth(machine));

  test.for(dropCases)('tells a loss from $name', (dropCase, { machine }) =>
    expectDropClasses(machine, dropCase),
  );
});
