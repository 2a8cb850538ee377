import { describe, expect, test } from 'vitest';
import { ClockAgreement, type ClockOffset } from './clocks.ts';

const MS = 1_000_000n;

/** What each of these clocks is corrected by, in milliseconds: pairs of offset and uncertainty, in the order of measuring. */
function corrections(...clocks: ReadonlyArray<readonly [number, number]>): number[] {
  const agreement = new ClockAgreement();
  for (const [index, clock] of clocks.entries()) agreement.measured(`n${index}`, offset(...clock));
  return clocks.map((clock) => Number(agreement.correctionNs(offset(...clock)) / MS));
}

function offset(offsetMs: number, uncertaintyMs: number): ClockOffset {
  return { offsetNs: BigInt(offsetMs) * MS, uncertaintyNs: BigInt(uncertaintyMs) * MS };
}

describe('ClockAgreement', () => {
  test("takes clocks that may be the same as the same, however far this machine's is", () => {
    expect(corrections([0, 10], [8, 5], [-3, 12])).toEqual([0, 0, 0]);
    expect(corrections([5_000, 10], [5_015, 10], [4_999, 8])).toEqual([0, 0, 0]);
  });

  test('corrects a clock that cannot be the same by its distance from the others', () => {
    expect(corrections([100, 2], [137, 1], [99, 4], [-20, 3])).toEqual([0, 37, 0, -120]);
  });

  test('believes most of them, whichever was measured first', () => {
    const good = Array.from({ length: 49 }, (_, index): [number, number] => [index % 3, 4]);
    const [wrong, ...others] = corrections([5_000, 1], ...good);
    expect(wrong).toBe(4_999);
    expect(new Set(others)).toEqual(new Set([0]));
    expect(corrections([10, 1], [20, 1], [20, 1], [10, 1], [30, 1], [10, 1])).toEqual([
      0, 10, 10, 0, 20, 0,
    ]);
  });

  test('believes the first of as many', () => {
    expect(corrections([0, 1], [50, 1])).toEqual([0, 50]);
    // The first two agree between 8 and 10, so the third does not.
    expect(corrections([0, 10], [18, 10], [0, 5])).toEqual([0, 0, -9]);
  });

  test('keeps the time that events were already printed by', () => {
    const agreement = new ClockAgreement();
    agreement.measured('n0', offset(0, 1));
    expect(agreement.correctionNs(offset(0, 1))).toBe(0n);
    for (const name of ['n1', 'n2', 'n3']) agreement.measured(name, offset(50, 1));
    expect(agreement.correctionNs(offset(50, 1))).toBe(50n * MS);
    expect(agreement.correctionNs(offset(0, 1))).toBe(0n);
  });

  test('counts a node once, by what was measured last', () => {
    const agreement = new ClockAgreement();
    for (const node of ['n0', 'n0', 'n0', 'n1']) agreement.measured(node, offset(50, 1));
    for (const node of ['n1', 'n2']) agreement.measured(node, offset(0, 1));
    expect(agreement.correctionNs(offset(0, 1))).toBe(0n);
  });
});
