import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

test('waits twice as long each time, up to the longest, and starts anew', () => {
  const backoff = new Backoff({ firstMs: 500, longestMs: 3_000, random: () => 1 });
  expect(Array.from({ length: 5 }, () => backoff.next())).toEqual([
    500, 1_000, 2_000, 3_000, 3_000,
  ]);
  backoff.reset();
  expect(backoff.next()).toBe(500);
});

test('waits at least half as long', () => {
  const backoff = new Backoff({ firstMs: 500, longestMs: 3_000, random: () => 0 });
  expect([backoff.next(), backoff.next()]).toEqual([250, 500]);
});
