import { test as base, describe, expect } from 'vitest';
import {
  expectCleanAfterKilledAgent,
  expectCleanAfterKilledClient,
  expectCleanAfterStoppedClient,
  expectEndAfterClosedPipe,
  expectPromptSummary,
} from '../scenario/endings.ts';
import { TestAgent } from '../support/agent.ts';
import { hostMachine } from '../support/host-machine.ts';
import type { TestMachine } from '../support/machine.ts';

const test = base.extend<{ machine: TestMachine; agent: TestAgent }>({
  machine: [hostMachine, { scope: 'file' }],
  agent: [
    async ({ machine }, use) => {
      await using agent = await TestAgent.start(machine);
      await use(agent);
    },
    { scope: 'file' },
  ],
});

describe('nothing is left attached', () => {
  test('when a client is killed', ({ agent }) => expectCleanAfterKilledClient(hostMachine, agent));
  test('when a client is stopped, once its lease is over', ({ agent }) =>
    expectCleanAfterStoppedClient(hostMachine, agent));
  test('when the agent is killed', () => expectCleanAfterKilledAgent(hostMachine));
});

describe('kubectl-pwru ends', () => {
  test('within 2 s of Ctrl-C, with a summary', async ({ agent }) => {
    expect(await expectPromptSummary(hostMachine, agent)).toBeLessThan(2_000);
  });
  test('when its reader closes the pipe, with a summary', () =>
    expectEndAfterClosedPipe(hostMachine));
});
