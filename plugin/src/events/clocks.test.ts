import Long from 'long';
import { expect, test } from 'vitest';
import { Random } from '../../testing/random.ts';
import { WallClock } from './clocks.ts';

const NS_PER_SECOND = 1_000_000_000n;

function format(offsetNs: bigint, bootTimeNs: bigint): string {
  const clock = new WallClock(Long.fromString(offsetNs.toString()));
  return clock.format(Number(bootTimeNs >> 32n), Number(bootTimeNs & 0xffff_ffffn));
}

test.each([
  [0n, 0n, '1970-01-01T00:00:00.000000000Z'],
  [1_795_368_534_123_456_789n, 300_000_000_001n, '2026-11-22T17:33:54.123456790Z'],
  [-1n, 1n, '1970-01-01T00:00:00.000000000Z'],
  [-1_500_000_000n, 1_000_000_000n, '1969-12-31T23:59:59.500000000Z'],
  [999_999_999n, 1n, '1970-01-01T00:00:01.000000000Z'],
  [0n, (1n << 53n) - 1n, '1970-04-15T05:59:59.254740991Z'],
  [0n, (1n << 53n) + 1n, '1970-04-15T05:59:59.254740993Z'],
  [0n, (1n << 64n) - 1n, '2554-07-21T23:34:33.709551615Z'],
])('WallClock.format with offset %s and boot time %s is %s', (offsetNs, bootTimeNs, text) => {
  expect(format(offsetNs, bootTimeNs)).toBe(text);
});

test('WallClock.format is exact for random times around whole seconds', () => {
  const random = new Random(1);
  for (let round = 0; round < 5_000; round++) {
    const seconds = BigInt(random.uint32()) * BigInt(random.pick([1, 2, 4]));
    const bootTimeNs = seconds * NS_PER_SECOND + BigInt(random.below(5));
    const offsetNs = BigInt(random.uint32()) * NS_PER_SECOND - BigInt(random.below(5));
    const wallNs = bootTimeNs + offsetNs;
    const date = new Date(Number(wallNs / NS_PER_SECOND) * 1_000).toISOString().slice(0, 19);
    const expected = `${date}.${String(wallNs % NS_PER_SECOND).padStart(9, '0')}Z`;
    if (wallNs >= 0n) expect(format(offsetNs, bootTimeNs)).toBe(expected);
  }
});
