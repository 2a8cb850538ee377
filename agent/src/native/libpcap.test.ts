import { describe, expect, test } from 'vitest';
import { Random } from '../../../test/support/event-records.ts';
import { tokenizeExpression } from '../core/filter/expression.ts';
import { compileExpression, linkTypes, OfflineFilter } from './libpcap.ts';

test('compileExpression() gives the program that tcpdump -d prints', () => {
  // tcpdump -d -y EN10MB -s 262144 icmp
  expect(compileExpression('icmp', linkTypes.ethernet)).toEqual([
    { code: 0x28, jt: 0, jf: 0, k: 12 },
    { code: 0x15, jt: 0, jf: 3, k: 0x800 },
    { code: 0x30, jt: 0, jf: 0, k: 23 },
    { code: 0x15, jt: 0, jf: 1, k: 1 },
    { code: 0x06, jt: 0, jf: 0, k: 262_144 },
    { code: 0x06, jt: 0, jf: 0, k: 0 },
  ]);
});

describe('compileExpression() says what is wrong and where:', () => {
  test.each([
    { expression: 'tcp port', position: 8, message: 'syntax error, it ends too early' },
    { expression: 'tcp and or udp', position: 8, message: 'syntax error, "or" at position 8' },
    { expression: 'tcp[13 & 2 = 0', position: 11, message: 'syntax error, "=" at position 11' },
    {
      expression: '(tcp or udp)) and ip',
      position: 12,
      message: 'syntax error, ")" at position 12',
    },
    { expression: 'tcp ; udp', position: 4, message: 'syntax error, ";" at position 4' },
    {
      expression: 'ip and host 10.0.0.1 net',
      position: 21,
      message: 'syntax error, "net" at position 21',
    },
    { expression: 'udp or port nosuch', position: 12, message: "unknown port 'nosuch'" },
    { expression: 'net 10.0.0.1/8', position: 4, message: 'non-network bits set in "10.0.0.1/8"' },
    {
      expression: 'tcp[13] & 2 != 0 and src host 2001:db8::2',
      position: 0,
      message:
        'expression rejects all packets: tcp[N] looks at IPv4 only, and the rest asks for IPv6, which has ip6[6] = 6 and ip6[40+N]',
    },
    {
      expression: 'ip6 and (icmp[0] = 8)',
      position: 9,
      message:
        'expression rejects all packets: icmp[N] looks at IPv4 only, and the rest asks for IPv6, which has icmp6[N]',
    },
    {
      expression: 'ip and icmp6 and tcp[13] = 2',
      position: undefined,
      message: 'expression rejects all packets',
    },
    { expression: 'tcp and udp', position: undefined, message: 'expression rejects all packets' },
  ])('$expression', ({ expression, position, message }) => {
    expect(() => compileExpression(expression, linkTypes.ethernet)).toThrow(
      expect.objectContaining({
        code: 'FILTER_SYNTAX',
        message: `Cannot compile the filter: ${message}`,
        details: { field: 'start.filter', ...(position === undefined ? {} : { position }) },
      }),
    );
  });
});

test('compileExpression() survives deep nesting', () => {
  const deep = `${'('.repeat(8_000)}ip${')'.repeat(8_000)}`;
  expect(compileExpression(deep, linkTypes.ethernet)).toHaveLength(4);
});

test('OfflineFilter.run() sees the captured bytes and the whole length', () => {
  const filter = new OfflineFilter(compileExpression('ip and greater 100', linkTypes.ethernet));
  const packet = Uint8Array.from([...new Uint8Array(12), 0x08, 0x00]);
  expect(filter.run(packet, 100)).toBe(262_144);
  expect(filter.run(packet, 99)).toBe(0);
  expect(filter.run(packet.subarray(0, 13), 100)).toBe(0);
});

test('every word that is called a number is one to libpcap', () => {
  const random = new Random(3);
  const beginnings = ['icmp-', 'icmp6-', 'tcp-', 'icmp', 'tcp'] as const;
  const ends = [
    'syn',
    'echo',
    'echoreply',
    'type',
    'code',
    'flags',
    'cwr',
    'redirect',
    'reply',
    '6type',
    'e',
  ] as const;
  let numbers = 0;
  for (let round = 0; round < 5_000; round += 1) {
    const tail = Array.from({ length: random.below(3) }, () => random.pick(ends)).join('');
    const text = random.pick([
      `${random.pick(beginnings)}${tail}`,
      `${random.below(300)}${tail}`,
      `0x${random.below(300)}`,
    ]);
    const [token, ...more] = tokenizeExpression(text);
    if (token?.kind !== 'number' || more.length > 0) continue;
    numbers += 1;
    expect(compileExpression(`tcp[0] = ${text}`, linkTypes.ethernet), text).not.toHaveLength(0);
  }
  expect(numbers).toBeGreaterThan(1_000);
});
