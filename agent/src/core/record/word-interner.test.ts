import { describe, expect, it } from 'vitest';
import { Random } from '../../../../test/support/event-records.ts';
import { WordInterner } from './word-interner.ts';

function internerOf(wordOffsets: readonly number[], maxEntries: number) {
  const interner = new WordInterner(wordOffsets, { maxEntries, seed: 12345 });
  const intern = (words: Int32Array, base = 0) =>
    interner.find(words, base) || interner.add(words, base);
  return { interner, intern };
}

describe('WordInterner', () => {
  it('gives the same number to equal keys and different ones to different keys, like a Map', () => {
    const random = new Random(99);
    const { interner, intern } = internerOf([0, 1, 4], 1 << 16);
    const oracle = new Map<string, number>();
    const words = new Int32Array(16);
    for (let round = 0; round < 12_000; round++) {
      const base = random.below(11);
      for (const offset of [0, 1, 4]) words[base + offset] = random.below(30) << random.below(28);
      const key = [words[base], words[base + 1], words[base + 4]].join();
      const expected = oracle.get(key) ?? oracle.size + 1;
      expect(intern(words, base)).toBe(expected);
      oracle.set(key, expected);
    }
    expect(oracle.size).toBeGreaterThan(4_000);
    expect(interner.count).toBe(oracle.size);
    expect(interner.resets).toBe(0);
  });

  it('tells 64-bit addresses apart that differ in one word only', () => {
    const { intern } = internerOf([0, 1], 64);
    const ids = [
      [1, 2],
      [2, 1],
      [1, 1],
      [0, 1],
      [1, 0],
      [-1, 1],
    ].map((words) => intern(Int32Array.from(words)));
    expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('forgets everything when it is full and never gives a number twice', () => {
    const { interner, intern } = internerOf([0], 64);
    const key = (value: number) => Int32Array.of(value);
    for (let value = 0; value < 64; value++) expect(intern(key(value))).toBe(value + 1);
    expect(interner.resets).toBe(0);
    expect(intern(key(1000))).toBe(65);
    expect(interner.resets).toBe(1);
    expect(interner.find(key(0), 0)).toBe(0);
    expect(intern(key(0))).toBe(66);
    expect(intern(key(1000))).toBe(65);
    for (let value = 0; value < 10_000; value++) intern(key(value));
    expect(interner.resets).toBeGreaterThan(100);
    expect(intern(key(9_999))).toBe(interner.count);
  });
});
