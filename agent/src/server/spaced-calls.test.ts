import { expect, test, vi } from 'vitest';
import { playTime } from '../../../test/support/played-time.ts';
import { SpacedCalls } from './spaced-calls.ts';

playTime();

test('the first value counts at once, then the latest of each interval', () => {
  const values: number[] = [];
  using calls = new SpacedCalls<number>(100, (value) => values.push(value));
  for (let value = 1; value <= 5; value += 1) calls.put(value);
  expect(values).toEqual([1]);
  vi.advanceTimersByTime(99);
  expect(values).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(values).toEqual([1, 5]);
  calls.put(6);
  expect(values).toEqual([1, 5]);
  vi.advanceTimersByTime(200);
  expect(values).toEqual([1, 5, 6]);
  calls.put(7);
  expect(values).toEqual([1, 5, 6, 7]);
});

test('what waits is dropped at the end', () => {
  const values: number[] = [];
  {
    using calls = new SpacedCalls<number>(100, (value) => values.push(value));
    for (const value of [1, 2]) calls.put(value);
  }
  vi.advanceTimersByTime(1_000);
  expect(values).toEqual([1]);
});
