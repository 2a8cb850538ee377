import { describe, expect, test } from 'vitest';
import { cutEnd, cutMiddle, cutStart, displayWidth } from './text.ts';

describe('displayWidth', () => {
  test.each([
    ['', 0],
    ['curl', 4],
    ['größe', 5],
    // A letter and the accent that is put on it.
    ['e\u0301', 1],
    ['日本', 4],
    ['한국', 4],
    ['ｆｕｌｌ', 8],
    ['🦊', 2],
    ['👩‍💻', 2],
    ['𝒳', 1],
  ])('of %j is %d', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('a cut', () => {
  test('leaves what fits', () => {
    for (const cut of [cutStart, cutMiddle, cutEnd]) expect(cut('日本', 4)).toBe('日本');
  });

  test('is where a character ends, and no longer than asked for', () => {
    for (const text of ['🦊🦊🦊🦊🦊', '日本語日本語', 'a🦊b🦊c🦊d', 'e\u0301'.repeat(9)]) {
      for (let width = 1; width < displayWidth(text); width++) {
        for (const cut of [cutStart, cutMiddle, cutEnd]) {
          const shown = cut(text, width);
          // A half of a surrogate pair.
          expect(shown).not.toMatch(/\p{Cs}/u);
          expect(displayWidth(shown)).toBeLessThanOrEqual(width);
          expect(shown).toContain('~');
        }
      }
    }
  });

  test('keeps the beginning, the end, or both', () => {
    expect(cutEnd('abcdefghij', 5)).toBe('abcd~');
    expect(cutStart('abcdefghij', 5)).toBe('~ghij');
    expect(cutMiddle('checkout-service-x2x7k', 13)).toBe('checko~-x2x7k');
    expect(cutEnd('日本語', 4)).toBe('日~');
  });
});
