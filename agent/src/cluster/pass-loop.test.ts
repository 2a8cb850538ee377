import { expect, test } from 'vitest';
import { pass, playTime } from '../../../test/support/played-time.ts';
import { silentLog } from '../../testing/silent-log.ts';
import { PassLoop } from './pass-loop.ts';

playTime();

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
  await pass(3_500);
  loop[Symbol.dispose]();
  expect(starts).toEqual([1_000, 2_050, 3_100]);
});

test('passes soon when called for, once for many calls', async () => {
  const { loop, starts } = start();
  await pass(500);
  for (let n = 0; n < 10; n += 1) loop.call();
  await pass(1_000);
  loop[Symbol.dispose]();
  expect(starts).toEqual([600]);
});

test('passes once more after one that was under way when it was called for', async () => {
  const { loop, starts } = start();
  loop.call();
  await pass(120);
  loop.call();
  await pass(500);
  loop[Symbol.dispose]();
  expect(starts).toEqual([100, 250]);
});

test('passes no more when closed', async () => {
  const { loop, starts } = start();
  loop.call();
  await pass(120);
  loop.call();
  loop[Symbol.dispose]();
  loop.call();
  await pass(10_000);
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
  await pass(2_500);
  loop[Symbol.dispose]();
  expect(passes).toBe(2);
});
