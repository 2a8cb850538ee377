import { describe, expect, test } from 'vitest';
import { grantHeldShare, type HeldHolder } from './held-shares.ts';

/** Sessions of these owners that begin one after the other. */
function begin(maxSessions: number, owners: ReadonlyArray<string | undefined>): HeldHolder[] {
  const holders: HeldHolder[] = [];
  for (const owner of owners) {
    holders.push({ owner, heldShare: grantHeldShare(owner, holders, maxSessions) });
  }
  return holders;
}

const sharesOf = (holders: readonly HeldHolder[]) => holders.map(({ heldShare }) => heldShare);

describe('memory for records that are held back', () => {
  test('is the usual for one session of a client, and less for its others', () => {
    expect(sharesOf(begin(8, ['a', 'a', 'a', 'b', 'b']))).toEqual([1, 1 / 4, 1 / 4, 1, 1 / 4]);
  });

  test('is the usual for half of the sessions, whosever they are', () => {
    const clients = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(sharesOf(begin(8, clients))).toEqual([1, 1, 1, 1, 1 / 4, 1 / 4]);
    expect(sharesOf(begin(3, [undefined, undefined, undefined]))).toEqual([1, 1, 1 / 4]);
    expect(sharesOf(begin(1, ['a']))).toEqual([1]);
  });

  test('is the usual again when the session that had it has ended', () => {
    const [, second] = begin(8, ['a', 'a']);
    expect(grantHeldShare('a', second === undefined ? [] : [second], 8)).toBe(1);
  });
});
