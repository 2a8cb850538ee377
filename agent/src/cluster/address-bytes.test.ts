import { describe, expect, test } from 'vitest';
import { addressBytes } from './pod-record.ts';

describe('addressBytes', () => {
  test.each([
    ['10.244.1.2', '0af40102'],
    ['255.255.255.255', 'ffffffff'],
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['2001:db8::', '20010db8000000000000000000000000'],
    ['2001:db8::7:8', '20010db8000000000000000000070008'],
    ['fd00:1:2:3:4:5:6:abcd', 'fd00000100020003000400050006abcd'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
  ])('takes %s', (text, expected) => {
    expect(Buffer.from(addressBytes(text) ?? []).toString('hex')).toBe(expected);
  });

  test.each(['', '10.244.1', '10.244.1.256', '1.2.3.4/24', 'fe80::1%eth0', '::1::', 'localhost'])(
    'refuses "%s"',
    (text) => {
      expect(addressBytes(text)).toBeUndefined();
    },
  );
});
