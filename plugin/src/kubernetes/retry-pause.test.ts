import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { playTime } from '../../../test/support/played-time.ts';
import { RetryPause } from './pacing.ts';

playTime();

const never = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

async function waited(pause: RetryPause, stop = new AbortController().signal): Promise<number> {
  const beganMs = performance.now();
  const waiting = pause.wait(stop, never);
  await vi.advanceTimersToNextTimerAsync();
  await waiting;
  return performance.now() - beganMs;
}

describe('RetryPause.wait', () => {
  test('grows to ten seconds, and up to half of it by chance; begins anew after a reset', async () => {
    const pause = new RetryPause();
    for (const leastMs of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      const ms = await waited(pause);
      expect(ms).toBeGreaterThanOrEqual(leastMs);
      expect(ms).toBeLessThanOrEqual(leastMs * 1.5 + 1);
    }
    pause.reset();
    expect(await waited(pause)).toBeLessThan(751);
  });

  test('ends at once when something has changed, or when it is stopped', async () => {
    const pause = new RetryPause();
    await pause.wait(new AbortController().signal, () => Promise.resolve());
    await pause.wait(AbortSignal.abort(), never);
    const stop = new AbortController();
    const waiting = pause.wait(stop.signal, never);
    stop.abort();
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('leaves the signal when it is over, however it ended', async () => {
    const { signal } = new AbortController();
    const pause = new RetryPause();
    const waiting = pause.wait(signal, never);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await vi.advanceTimersToNextTimerAsync();
    await waiting;
    await pause.wait(signal, () => Promise.resolve());
    await expect(pause.wait(signal, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
