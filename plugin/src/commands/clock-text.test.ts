import { expect, test } from 'vitest';
import { clockText } from './clock-text.ts';

test.each([
  [300_000n, 400_000n, '0ms'],
  [-300_000n, 100_000n, '-0.3ms'],
  [12_340_000n, 0n, '+12.3ms'],
  [-3_400_000_000n, 1_000n, '-3.4s'],
])('an offset of %d ns, known to %d ns, shows as %s', (offsetNs, uncertaintyNs, text) => {
  expect(clockText({ offsetNs, uncertaintyNs })).toBe(text);
});
