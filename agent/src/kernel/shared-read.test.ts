import { expect, test } from 'vitest';
import { SharedRead } from './shared-read.ts';

test('SharedRead reads once for all', async () => {
  let reads = 0;
  const read = new SharedRead(() => Promise.resolve(++reads));
  expect(reads).toBe(0);
  expect(await Promise.all([read.value(), read.value()])).toEqual([1, 1]);
  expect(await read.value()).toBe(1);
});

test('SharedRead reads again after a failure that all waiting callers get', async () => {
  let reads = 0;
  const read = new SharedRead(() =>
    ++reads === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve(reads),
  );
  const outcomes = await Promise.allSettled([read.value(), read.value()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await read.value()).toBe(2);
});

test('SharedRead reads anew on request, and keeps what was read last', async () => {
  const waiting: Array<(outcome: Promise<string>) => void> = [];
  const read = new SharedRead(() => new Promise<string>((resolve) => waiting.push(resolve)));
  const first = read.value();
  const second = read.again();
  waiting[0]?.(Promise.reject(new Error('too late')));
  waiting[1]?.(Promise.resolve('new'));
  await expect(first).rejects.toThrow('too late');
  expect(await second).toBe('new');
  expect(await read.value()).toBe('new');
});
