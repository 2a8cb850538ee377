import { expect, test } from 'vitest';
import { expectExactAccounting, flood } from '../scenario/flood.ts';
import { hostMachine } from '../support/host-machine.ts';

test('a flood that nobody reads is delivered or counted as lost, exactly, in bounded memory, and the trace is partial', async () => {
  const outcome = await flood(hostMachine, 250_000);
  expectExactAccounting(outcome);
  expect(outcome.exitCode).toBe(3);
  expect(outcome.peakKib).toBeLessThan(400 * 1024);
}, 180_000);
