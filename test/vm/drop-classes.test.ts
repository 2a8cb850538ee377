import { describe } from 'vitest';
import { dropCases, expectDropClasses } from '../scenario/drop-classes.ts';
import { expectSilenceOfHealth } from '../scenario/healthy-machine.ts';
import { TestAgent } from '../support/agent.ts';
import { type TestMachine, withAgent } from '../support/machine.ts';
import { guestTest } from './guest-test.ts';

const test = guestTest('6.12').extend<{ agent: TestAgent; machine: TestMachine }>({
  agent: [
    async ({ guest }, use) => {
      await using agent = await TestAgent.start(guest);
      await use(agent);
    },
    { scope: 'file' },
  ],
  machine: [
    async ({ guest, agent }, use) => use(withAgent(guest, agent.address)),
    { scope: 'file' },
  ],
});

describe('--drops by kprobe.multi on Linux 6.12', () => {
  test('is silent on a healthy machine, and prints a loss in the midst of it', ({ machine }) =>
    expectSilenceOfHealth(machine, 20));

  test.for(dropCases)('tells a loss from $name', (dropCase, { machine }) =>
    expectDropClasses(machine, dropCase),
  );
});
