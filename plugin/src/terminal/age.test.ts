import { expect, test } from 'vitest';
import { ageText } from './text.ts';

test.each([
  [-5, '0s'],
  [999, '0s'],
  [119_000, '119s'],
  [120_000, '2m'],
  [185_000, '3m5s'],
  [600_000, '10m'],
  [179 * 60_000, '179m'],
  [180 * 60_000, '3h'],
  [250 * 60_000, '4h10m'],
  [30 * 3_600_000, '30h'],
  [5.5 * 86_400_000, '5d'],
])('%d ms are %s, as for kubectl', (ageMs, text) => {
  expect(ageText(ageMs)).toBe(text);
});
