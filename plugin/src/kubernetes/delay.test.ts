import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { passUntilSettled, playTime } from '../../../test/support/played-time.ts';
import { delay } from './pacing.ts';

playTime();

test('delay is over after its time, and leaves its signal', async () => {
  const { signal } = new AbortController();
  expect(await passUntilSettled(delay(1_000, signal))).toBe(1_000);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('delay is over when its signal aborts, or has aborted', async () => {
  const stop = new AbortController();
  const waiting = delay(1_000, stop.signal);
  stop.abort();
  await waiting;
  await delay(1_000, stop.signal);
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});
