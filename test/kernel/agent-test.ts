import { test as base } from 'vitest';
import { TestAgent } from '../support/agent.ts';
import { hostMachine } from '../support/host-machine.ts';
import type { TestMachine } from '../support/machine.ts';

/** vitest's `test` with an agent on this machine, started once for the file. */
export const agentTest = base.extend<{ machine: TestMachine; agent: TestAgent }>({
  machine: [hostMachine, { scope: 'file' }],
  agent: [
    async ({ machine }, use) => {
      await using agent = await TestAgent.start(machine);
      await use(agent);
    },
    { scope: 'file' },
  ],
});
