import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ownTurn } from './own-turn.ts';

test('those who ask together have a turn each, in their order', async () => {
  const turns: number[] = [];
  let turn = 0;
  let isOver = false;
  const counting = (async () => {
    for (; !isOver; turn += 1) await setImmediate();
  })();
  const work = [0, 1, 2, 3].map(async (index) => {
    await ownTurn();
    turns[index] = turn;
  });
  await Promise.all(work);
  isOver = true;
  await counting;
  expect(new Set(turns).size).toBe(4);
  expect(turns).toEqual([...turns].sort((a, b) => a - b));
});

test('one who asks in a turn of its own has another one', async () => {
  await ownTurn();
  let isLater = false;
  const later = setImmediate().then(() => {
    isLater = true;
  });
  await ownTurn();
  expect(isLater).toBe(true);
  await later;
});
