import { SocketAddress } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Random } from '../../testing/random.ts';
import { formatIpv4, formatIpv6, parseIpNetwork } from './ip-address.ts';

describe('formatIpv6', () => {
  test.each([
    ['::', new Array(8).fill(0)],
    ['::1', [0, 0, 0, 0, 0, 0, 0, 1]],
    ['1::', [1, 0, 0, 0, 0, 0, 0, 0]],
    ['2001:db8:0:1:1:1:1:1', [0x2001, 0xdb8, 0, 1, 1, 1, 1, 1]],
    ['2001:0:0:1::1', [0x2001, 0, 0, 1, 0, 0, 0, 1]],
    ['2001:db8::1:0:0:1', [0x2001, 0xdb8, 0, 0, 1, 0, 0, 1]],
    ['1:2:3:4:5:6:7:8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['0:1:2:3:4:5:6:0', [0, 1, 2, 3, 4, 5, 6, 0]],
    ['1:2:3:4:5:6::', [1, 2, 3, 4, 5, 6, 0, 0]],
  ])('writes %s as RFC 5952 says', (text, groups: number[]) => {
    expect(
      formatIpv6(Uint8Array.from([9, ...groups.flatMap((group) => [group >> 8, group & 255])]), 1),
    ).toBe(text);
  });

  test('agrees with the URL parser of Node on random addresses with many zeros', () => {
    const random = new Random(6);
    for (let round = 0; round < 5_000; round++) {
      const bytes = random.bytes(16).map((byte) => (random.oneIn(4) ? byte : 0));
      const groups = Array.from({ length: 8 }, (_, i) =>
        ((bytes[2 * i] ?? 0) * 256 + (bytes[2 * i + 1] ?? 0)).toString(16),
      );
      const expected = new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
      expect(formatIpv6(bytes, 0)).toBe(expected);
    }
  });
});

describe('parseIpNetwork', () => {
  test('is the inverse of formatting', () => {
    const random = new Random(4);
    for (let round = 0; round < 2_000; round++) {
      const bytes = random.bytes(random.pick([4, 16])).map((byte) => (random.oneIn(3) ? byte : 0));
      const text = bytes.length === 4 ? formatIpv4(bytes, 0) : formatIpv6(bytes, 0);
      expect(
        new SocketAddress({ address: text, family: bytes.length === 4 ? 'ipv4' : 'ipv6' }).address,
      ).toBeDefined();
      expect(parseIpNetwork(text)).toEqual({
        version: bytes.length === 4 ? 4 : 6,
        address: bytes,
        prefixBits: bytes.length * 8,
      });
    }
  });
});
