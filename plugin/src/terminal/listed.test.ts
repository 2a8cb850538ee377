import { expect, test } from 'vitest';
import { listed } from './text.ts';

test.each([
  ['', ''],
  ['a', 'a'],
  ['a b', 'a and b'],
  ['a b c', 'a, b and c'],
  ['a b c d e f', 'a, b, c, d, e and f'],
  ['a b c d e f g', 'a, b, c, d, e and 2 more'],
])('the names "%s" are listed as "%s"', (names, text) => {
  expect(listed(names.split(' ').filter((name) => name !== ''))).toBe(text);
});
