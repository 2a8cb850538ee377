import { describe, expect, test } from 'vitest';
import { checkExpression, wantsVlanTag } from './expression.ts';

describe('checkExpression() refuses', () => {
  test.each([
    { expression: 'host example.com', position: 5 },
    { expression: 'example.com', position: 0 },
    { expression: 'src web and port 80', position: 4 },
    { expression: 'net corp', position: 4 },
    { expression: 'gateway router', position: 8 },
    { expression: 'ether host printer', position: 11 },
    { expression: 'host \\foo', position: 5 },
    { expression: 'host \\\r', position: 5 },
    { expression: 'host 10.0.0.1 or \\\r\\x', position: 17 },
    { expression: 'host 1.2.3.4.5', position: 5 },
    { expression: 'host a:b', position: 5 },
    { expression: 'port http or host b.example', position: 18 },
    { expression: 'port http and tcp or c', position: 21 },
    { expression: 'host 10.0.0.1 or d', position: 17 },
    { expression: 'dst port http or dst e', position: 21 },
    { expression: 'tcp prot 80', position: 4 },
  ])('the name in "$expression"', ({ expression, position }) => {
    expect(() => checkExpression(expression)).toThrow(
      expect.objectContaining({
        code: 'FILTER_SYNTAX',
        details: { field: 'start.filter', position },
      }),
    );
  });

  test('more than 16 KiB, in bytes', () => {
    expect(() => checkExpression(' '.repeat(16_384))).not.toThrow();
    expect(() => checkExpression('é'.repeat(8_193))).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: 'Cannot compile a filter of 16386 bytes: at most 16384 are allowed',
      }),
    );
  });

  test('NUL, at which libpcap would stop reading', () => {
    expect(() => checkExpression('tcp\0 port 80')).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        details: { field: 'start.filter', position: 3 },
      }),
    );
  });

  test('what would keep the optimiser busy', () => {
    const ports = (count: number) =>
      Array.from({ length: count }, (_, index) => `port ${index}`).join(' or ');
    expect(() => checkExpression(ports(50))).not.toThrow();
    expect(() => checkExpression(ports(51))).toThrow(
      expect.objectContaining({
        code: 'FILTER_UNSUPPORTED',
        message:
          'Cannot compile the filter: its 152 words would make about 6105 instructions, at most 6000 are allowed',
      }),
    );
  });
});

describe('checkExpression() allows', () => {
  test.each([
    '',
    'port http',
    'tcp port http or https',
    'src or dst port domain',
    'portrange ftp-data',
    'port (ssh or telnet)',
    'ip proto \\tcp',
    'ether proto \\arp',
    'host 10.0.0.1 and port http',
    'host fe80::1 or ::1 or ::ffff:10.0.0.1 or 1:2:3:4:5:6:7:8',
    'net 10 or 10.1 or 10.1.2 or 10.1.2.0/24',
    'ether host 00:11:22:33:44:55 or 00-11-22-33-44-55 or 0.1.2.3.4.5 or 0011.2233.4455 or 001122334455',
    'tcp[tcpflags] & (tcp-syn|tcp-fin) != 0',
    'icmp[icmptype] = icmp-echo or icmp6[icmp6type] = icmp6-echo',
    'tcp[2:2]=0x50&&ip[0]&0xf>5',
    'llc ui',
    'vlan 100 and mpls 5 and geneve 0xb',
  ])('%s', (expression) => {
    expect(() => checkExpression(expression)).not.toThrow();
  });
});

test.each([
  { expression: 'vlan', wanted: true },
  { expression: 'vlan 100 and tcp', wanted: true },
  { expression: 'tcp or (not vlan)', wanted: true },
  { expression: 'tcp port 80', wanted: false },
  { expression: 'ether proto 0x8100', wanted: false },
  { expression: 'port vlans', wanted: false },
  { expression: 'port \\vlan', wanted: false },
  { expression: 'port vlan-x', wanted: false },
])('wantsVlanTag() of "$expression" is $wanted', ({ expression, wanted }) => {
  expect(wantsVlanTag(expression)).toBe(wanted);
});
