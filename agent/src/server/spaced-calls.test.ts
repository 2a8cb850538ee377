import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { pass, playTime, settle } from '../../../test/support/played-time.ts';
import { SpacedCalls } from './spaced-calls.ts';

describe('one client', () => {
  playTime();

  test('the first value counts at once, then the latest of each interval', async () => {
    const values: number[] = [];
    using calls = new SpacedCalls<number>(100, (value) => values.push(value));
    for (let value = 1; value <= 5; value += 1) calls.put(value);
    await settle();
    expect(values).toEqual([1]);
    await pass(99);
    expect(values).toEqual([1]);
    await pass(2);
    expect(values).toEqual([1, 5]);
    calls.put(6);
    await settle();
    expect(values).toEqual([1, 5]);
    await pass(200);
    expect(values).toEqual([1, 5, 6]);
    calls.put(7);
    await settle();
    expect(values).toEqual([1, 5, 6, 7]);
  });

  test('what waits is dropped at the end', async () => {
    const values: number[] = [];
    {
      using calls = new SpacedCalls<number>(100, (value) => values.push(value));
      calls.put(1);
      await settle();
      calls.put(2);
    }
    await pass(1_000);
    expect(values).toEqual([1]);
  });
});

test('those of many clients that are due at the same time have a turn of the event loop each', async () => {
  let turn = 0;
  const turns: number[] = [];
  const clients = Array.from(
    { length: 5 },
    () => new SpacedCalls<number>(1, () => turns.push(turn)),
  );
  for (const client of clients) client.put(1);
  for (; turns.length < clients.length; turn += 1) await setImmediate();
  expect(new Set(turns).size).toBe(clients.length);
  for (const client of clients) client[Symbol.dispose]();
});
