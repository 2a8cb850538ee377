import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PassLoop } from './pass-loop.ts';
import { silentLog } from './testing/silent-log.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A loop whose passes take 50 ms. */
function start(intervalMs = 1_000) {
  const starts: number[] = [];
  const beginMs = Date.now();
  const loop = new PassLoop({
    pass: async () => {
      starts.push(Date.now() - beginMs);
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
    intervalMs: () => intervalMs,
    restMs: 100,
    log: silentLog,
  });
  return { loop, starts };
}

test('passes now and then', async () => {
  const { loop, starts } = start();
  await vi.advanceTimersByTimeAsync(3_500);
  loop[Symbol.dispose]();
  expect(starts).toEqual([1_000, 2_050, 3_100]);
});

test('passes soon when called for, once for many calls', async () => {
  const { loop, starts } = start();
  await vi.advanceTimersByTimeAsync(500);
  for (let n = 0; n < 10; n += 1) loop.call();
  await vi.advanceTimersByTimeAsync(1_000);
  loop[Symbol.dispose]();
  expect(starts).toEqual([600]);
});

test('passes once more after one that was under way when it was called for', async () => {
  const { loop, starts } = start();
  loop.call();
  await vi.advanceTimersByTimeAsync(120);
  loop.call();
  await vi.advanceTimersByTimeAsync(500);
  loop[Symbol.dispose]();
  expect(starts).toEqual([100, 250]);
});

test('passes no more when closed', async () => {
  const { loop, starts } = start();
  loop.call();
  await vi.advanceTimersByTimeAsync(120);
  loop.call();
  loop[Symbol.dispose]();
  loop.call();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(starts).toEqual([100]);
});

test('goes on after a pass that threw', async () => {
  let passes = 0;
  const loop = new PassLoop({
    pass: async () => {
      passes += 1;
      throw new Error('broken');
    },
    intervalMs: () => 1_000,
    restMs: 100,
    log: silentLog,
  });
  await vi.advanceTimersByTimeAsync(2_500);
  loop[Symbol.dispose]();
  expect(passes).toBe(2);
});
