import { describe, expect } from 'vitest';
import {
  expectCleanAfterKilledAgent,
  expectCleanAfterKilledClient,
  expectCleanAfterStoppedClient,
  expectEndAfterClosedPipe,
  expectPromptSummary,
} from '../scenario/endings.ts';
import { hostMachine } from '../support/host-machine.ts';
import { agentTest as test } from './agent-test.ts';

describe('nothing is left attached', () => {
  test('when a client is killed', ({ agent }) => expectCleanAfterKilledClient(hostMachine, agent));
  test('when a client is stopped, once its lease is over', ({ agent }) =>
    expectCleanAfterStoppedClient(hostMachine, agent));
  test('when the agent is killed', () => expectCleanAfterKilledAgent(hostMachine));
});

describe('kubectl-pwru ends', () => {
  test('soon after Ctrl-C, with a summary', async ({ agent }) => {
    // It gives up after ten seconds.
    expect(await expectPromptSummary(hostMachine, agent)).toBeLessThan(8_000);
  });
  test('when its reader closes the pipe, with a summary', () =>
    expectEndAfterClosedPipe(hostMachine));
});
