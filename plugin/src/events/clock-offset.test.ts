import { describe, expect, test } from 'vitest';
import { clockOffset } from './clocks.ts';

const base = 1_700_000_000_000_000_000n;

/** A question at `atNs` of a clock that is `offsetNs` ahead. */
function sample(atNs: bigint, outNs: bigint, backNs: bigint, offsetNs: bigint) {
  const askedNs = base + atNs;
  return {
    askedNs,
    remoteNs: askedNs + outNs + offsetNs,
    answeredNs: askedNs + outNs + backNs,
  };
}

describe('clockOffset', () => {
  test.each([0n, 5_000_000_000n, -3_600_000_000_000n])('finds %d within its bounds', (offset) => {
    const { offsetNs, uncertaintyNs } = clockOffset([
      sample(0n, 900_000n, 100_000n, offset),
      sample(10_000_000n, 100_000n, 800_000n, offset),
      sample(20_000_000n, 400_000n, 400_000n, offset),
    ]);
    const error = offsetNs > offset ? offsetNs - offset : offset - offsetNs;
    expect(error).toBeLessThanOrEqual(uncertaintyNs);
    // Ways that were uneven to different sides tell more together than each alone: 900,000 wide at least.
    expect(uncertaintyNs).toBe(100_000n);
  });

  test('trusts the shortest round trip when a clock was set in between', () => {
    const set = [sample(0n, 500_000n, 500_000n, 0n), sample(9n, 50_000n, 50_000n, 7_000_000n)];
    expect(clockOffset(set)).toEqual({ offsetNs: 7_000_000n, uncertaintyNs: 50_000n });
  });
});
