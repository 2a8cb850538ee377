import { describe, expect, test } from 'vitest';
import { grantRings, type RingHolder } from './ring-shares.ts';

const mib = 2 ** 20;
const usual = { ringBudgetBytes: 64 * mib, mayShrinkRings: true };

/** Sessions that begin one after the other, each of another client unless told otherwise. @returns their rings in MiB */
function begin(
  maxSessions: number,
  asked: ReadonlyArray<{ owner?: string; askedMib?: number }>,
): number[] {
  const holders: RingHolder[] = [];
  for (const [index, { owner = `client ${index}`, askedMib }] of asked.entries()) {
    const request = askedMib === undefined ? usual : named(askedMib);
    const ringBudgetBytes = grantRings({ ...request, owner }, holders, maxSessions);
    holders.push({ ringBudgetBytes, owner });
  }
  return holders.map(({ ringBudgetBytes }) => ringBudgetBytes / mib);
}

const named = (askedMib: number) => ({ ringBudgetBytes: askedMib * mib, mayShrinkRings: false });
const sessions = (count: number) => Array.from({ length: count }, () => ({}));

describe('sessions that name no size', () => {
  test('half of them have the usual one, the others a small one', () => {
    expect(begin(8, sessions(8))).toEqual([64, 64, 64, 64, 16, 16, 16, 16]);
    expect(begin(3, sessions(3))).toEqual([64, 64, 16]);
    expect(begin(1, sessions(1))).toEqual([64]);
  });

  test('of one client have half of what there is, which is the usual size at least', () => {
    const owner = 'client';
    expect(
      begin(
        8,
        Array.from({ length: 4 }, () => ({ owner })),
      ),
    ).toEqual([64, 64, 16, 16]);
    expect(begin(2, [{ owner }])).toEqual([64]);
    expect(begin(1, [{ owner }])).toEqual([64]);
  });

  test('have a small one whatever was taken before', () => {
    const greedy = [
      { owner: 'a', askedMib: 100 },
      { owner: 'b', askedMib: 100 },
    ];
    expect(begin(8, [...greedy, ...sessions(6)])).toEqual([100, 100, 40, 16, 16, 16, 16, 16]);
  });
});

describe('sessions that name a size', () => {
  test('get it or are refused, with what there is', () => {
    expect(begin(8, [{ askedMib: 112 }])).toEqual([112]);
    expect(() => begin(8, [{ askedMib: 113 }])).toThrow(
      'Cannot start a session with event rings of 113 MiB: this agent has 160 MiB for one client, of which 0 MiB are taken and 48 MiB kept for sessions that may come',
    );
    expect(() => begin(8, [{ askedMib: 112 }, { askedMib: 112 }, { askedMib: 17 }])).toThrow(
      '320 MiB for all sessions, of which 224 MiB are taken and 80 MiB kept',
    );
  });

  test('small ones leave more to others', () => {
    const all = begin(8, [...Array.from({ length: 4 }, () => ({ askedMib: 1 })), ...sessions(4)]);
    expect(all).toEqual([1, 1, 1, 1, 64, 64, 64, 64]);
  });
});
