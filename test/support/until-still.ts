import { setTimeout as delay } from 'node:timers/promises';

/** Real time: no event tells that nothing more comes. */
const STILL_MS = 500;

/** Until a count stays as it is. Where it is taken for still too early it is too small, which fails no upper bound. */
export async function untilStill(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); await delay(STILL_MS)) before = count();
}
