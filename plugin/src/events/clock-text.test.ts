import { expect, test } from 'vitest';
import { clockText } from './clocks.ts';

test.each([
  [300_000n, 400_000n, '0ms'],
  [-300_000n, 20_000n, '-0.3ms'],
  [-300_000n, 100_000n, '-0.3ms (±0.1ms)'],
  [4_100_000_000n, 900_000_000n, '+4.1s (±900.0ms)'],
  [12_340_000n, 0n, '+12.3ms'],
  [-3_400_000_000n, 1_000n, '-3.4s'],
])('an offset of %d ns, known to %d ns, shows as %s', (offsetNs, uncertaintyNs, text) => {
  expect(clockText({ offsetNs, uncertaintyNs })).toBe(text);
});
