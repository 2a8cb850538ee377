import { setTimeout as delay } from 'node:timers/promises';
import type { TiedProcess } from './tied-process.ts';

export interface WaitOptions {
  /** What is waited for, as it completes "was not ... after". */
  readonly goal: string;
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
  /** Without them the wait is in vain: the end of one ends it. */
  readonly processes?: readonly TiedProcess[];
}

/**
 * Asks until the answer is neither undefined nor false, and returns it.
 * @throws Error when that takes too long or a process has ended, with the end of the processes' logs.
 */
export async function waitUntil<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { goal, timeoutMs = 180_000, intervalMs = 50, processes = [] }: WaitOptions,
): Promise<T> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    const ended = processes.find(({ hasEnded }) => hasEnded);
    if (ended !== undefined || performance.now() > deadlineMs) {
      const problem =
        ended === undefined
          ? `not ${goal} after ${timeoutMs} ms`
          : `not ${goal}, and ${ended.name} has ended`;
      throw new Error(`The cluster is ${problem}\n${await logsOf(processes)}`);
    }
    await delay(intervalMs);
  }
}

async function logsOf(processes: readonly TiedProcess[]): Promise<string> {
  const tails = await Promise.all(
    processes.map(async (process) => `--- ${process.name}\n${await process.logTail()}`),
  );
  return tails.join('\n');
}
