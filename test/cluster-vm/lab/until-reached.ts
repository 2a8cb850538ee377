import { setTimeout as delay } from 'node:timers/promises';
import type { GuestProcess } from '../../vm/lab/guest-process.ts';

/** Much longer than anything takes under emulation on a busy machine. */
const timeoutMs = 240_000;
const tailLength = 6_000;

/**
 * Asks until it is reached.
 * @param process without which that is in vain
 * @throws Error with the end of the process's output when that takes too long or the process ends
 */
export async function untilReached(
  process: GuestProcess,
  { goal, isReached }: { readonly goal: string; readonly isReached: () => Promise<boolean> },
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!(await isReached())) {
    const problem = process.hasEnded
      ? 'its program has ended'
      : performance.now() > deadlineMs && `it was not after ${timeoutMs} ms`;
    if (problem !== false)
      throw new Error(`Cannot ${goal}: ${problem}\n${process.output.slice(-tailLength)}`);
    await delay(200);
  }
}
