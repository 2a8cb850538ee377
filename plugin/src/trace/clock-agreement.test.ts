import { describe, expect, test } from 'vitest';
import { ClockAgreement } from './clock-agreement.ts';

const MS = 1_000_000n;

/** What each of these clocks is corrected by, in milliseconds: pairs of offset and uncertainty. */
function corrections(...clocks: ReadonlyArray<readonly [number, number]>): number[] {
  const agreement = new ClockAgreement();
  return clocks.map(([offsetMs, uncertaintyMs]) => {
    const clock = { offsetNs: BigInt(offsetMs) * MS, uncertaintyNs: BigInt(uncertaintyMs) * MS };
    return Number(agreement.correctionNs(clock) / MS);
  });
}

describe('ClockAgreement', () => {
  test("takes clocks that may be the same as the same, however far this machine's is", () => {
    expect(corrections([0, 10], [8, 5], [-3, 12])).toEqual([0, 0, 0]);
    expect(corrections([5_000, 10], [5_015, 10], [4_999, 8])).toEqual([0, 0, 0]);
  });

  test('corrects a clock that cannot be the same by its distance from those before it', () => {
    expect(corrections([100, 2], [137, 1], [99, 4], [-20, 3])).toEqual([0, 37, 0, -120]);
  });

  test('knows the common time the better, the more nodes agree', () => {
    // The first two agree between 8 and 10, so the third does not.
    expect(corrections([0, 10], [18, 10], [0, 5])).toEqual([0, 0, -9]);
  });
});
