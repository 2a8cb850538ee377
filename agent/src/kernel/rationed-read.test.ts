import { expect, test } from 'vitest';
import { pass, passUntilSettled, playTime } from '../../../test/support/played-time.ts';
import { RationedRead } from './rationed-read.ts';

playTime();

/** A source that is counted up, and what a read saw of it when it began. */
function counting({ costMs = 0, fails = false } = {}) {
  const state = { source: 0, seen: -1, reads: 0 };
  const read = new RationedRead(async () => {
    state.reads++;
    const atBegin = state.source;
    await new Promise((resolve) => setTimeout(resolve, costMs));
    state.seen = atBegin;
    if (fails) throw new Error('cannot be read');
  });
  return { state, read };
}

test('gives what was there when it was asked, also while another read runs', async () => {
  const { state, read } = counting({ costMs: 5 });
  const first = read.again();
  await pass(2);
  state.source = 7;
  const second = read.again();
  const third = read.again();
  await passUntilSettled(first);
  expect(state.seen).toBe(0);
  const both = Promise.all([second, third]);
  await passUntilSettled(both);
  expect(await both).toEqual([true, true]);
  expect(state).toEqual({ source: 7, seen: 7, reads: 2 });
});

test.each([
  ['ten times as long as a read takes', 20, 200],
  ['no shorter than a tenth of a second', 1, 100],
  ['no longer than a second', 150, 1_000],
])('pauses %s', async (_, costMs, pauseMs) => {
  const { state, read } = counting({ costMs });
  expect(await passUntilSettled(read.again())).toBe(costMs);
  expect(read.pauseMs).toBe(pauseMs);
  expect(await passUntilSettled(read.again())).toBe(pauseMs + costMs);
  expect(state.reads).toBe(2);
});

test('reads again after a read that failed', async () => {
  const { state, read } = counting({ fails: true });
  for (let attempt = 0; attempt < 2; attempt++) {
    const reading = read.again();
    await passUntilSettled(reading);
    expect(await reading).toBe(false);
  }
  expect(state.reads).toBe(2);
});
