import { test as base } from 'vitest';
import { TestAgent } from '../support/agent.ts';
import { type TestMachine, withAgent } from '../support/machine.ts';
import { bootGuest, type Guest } from './lab/guest.ts';

/** vitest's `test` with a guest of this kernel, booted once for the file. */
export function guestTest(kernel: string) {
  return base.extend<{ kernel: string; guest: Guest }>({
    kernel: [kernel, { scope: 'file' }],
    guest: [
      async ({ kernel: series }, use) => {
        await using guest = await bootGuest({ kernel: series });
        await use(guest);
      },
      { scope: 'file' },
    ],
  });
}

/** The same with an agent in the guest, which all traces of the file ask. */
export function guestAgentTest(kernel: string) {
  return guestTest(kernel).extend<{ agent: TestAgent; machine: TestMachine }>({
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
}
