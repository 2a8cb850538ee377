import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { RationedRead } from './rationed-read.ts';

/** A source that is counted up, and what a read saw of it when it began. */
function counting({ costMs = 0, fails = false } = {}) {
  const state = { source: 0, seen: -1, reads: 0 };
  const read = new RationedRead(async () => {
    state.reads++;
    const atBegin = state.source;
    await sleep(costMs);
    state.seen = atBegin;
    if (fails) throw new Error('cannot be read');
  });
  return { state, read };
}

test('gives what was there when it was asked, also while another read runs', async () => {
  const { state, read } = counting({ costMs: 5 });
  const first = read.again();
  await sleep(2);
  state.source = 7;
  const second = read.again();
  const third = read.again();
  await first;
  expect(state.seen).toBe(0);
  expect(await Promise.all([second, third])).toEqual([true, true]);
  expect(state).toEqual({ source: 7, seen: 7, reads: 2 });
});

test('pauses at least ten times as long as a read takes', async () => {
  const { state, read } = counting({ costMs: 20 });
  await read.again();
  expect(read.pauseMs).toBeGreaterThan(150);
  const endedAtMs = performance.now();
  await read.again();
  expect(performance.now() - endedAtMs).toBeGreaterThan(150);
  expect(state.reads).toBe(2);
});

test('reads again after a read that failed', async () => {
  const { state, read } = counting({ fails: true });
  expect([await read.again(), await read.again()]).toEqual([false, false]);
  expect(state.reads).toBe(2);
});
