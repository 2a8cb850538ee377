import { describe, expect, test } from 'vitest';
import { compileExpression, linkTypes } from '../../native/libpcap.ts';
import type { ClassicInstruction } from './classic-program.ts';
import { type CompiledFilter, compileFilter } from './compile-filter.ts';

/** Opcodes of the instructions of interest (include/uapi/linux/bpf.h). */
const CALL = 0x85;
const FROM_BIG_ENDIAN = 0xdc;
const JUMP_IF_LESS_64 = 0xa5;

function compileEthernet(expression: string): CompiledFilter {
  return compileFilter(compileExpression(expression, linkTypes.ethernet), { guaranteedBytes: 14 });
}

function opcodes({ code }: CompiledFilter): number[] {
  return Array.from({ length: code.length / 8 }, (_, index) => code[index * 8] ?? 0);
}

function count(filter: CompiledFilter, opcode: number): number {
  return opcodes(filter).filter((each) => each === opcode).length;
}

function instruction(code: number, k = 0, jt = 0, jf = 0): ClassicInstruction {
  return { code, jt, jf, k };
}

describe('compileFilter() tells what it reads:', () => {
  test.each([
    { expression: '', readBytes: 0, usesLinkAddresses: false },
    { expression: 'less 100', readBytes: 0, usesLinkAddresses: false },
    { expression: 'ip', readBytes: 14, usesLinkAddresses: false },
    { expression: 'icmp', readBytes: 24, usesLinkAddresses: false },
    { expression: 'ip[8] = 64', readBytes: 23, usesLinkAddresses: false },
    { expression: 'ip and tcp dst port 80', readBytes: 38, usesLinkAddresses: false },
    { expression: 'ether[179:4] = 1', readBytes: 0, usesLinkAddresses: false },
    { expression: 'ether[74:4] = 1', readBytes: 78, usesLinkAddresses: false },
    { expression: 'ether[ip[8]] = 1', readBytes: 23, usesLinkAddresses: true },
    { expression: 'ether host 00:11:22:33:44:55', readBytes: 12, usesLinkAddresses: true },
    { expression: 'ether multicast', readBytes: 1, usesLinkAddresses: true },
    { expression: 'ether[11] = 0', readBytes: 12, usesLinkAddresses: true },
    { expression: 'ether[12] = 0', readBytes: 13, usesLinkAddresses: false },
  ])('$expression', ({ expression, readBytes, usesLinkAddresses }) => {
    expect(compileEthernet(expression)).toMatchObject({ readBytes, usesLinkAddresses });
  });

  test.each([
    { expression: 'dst port 80', readsFarInIpv4: false },
    { expression: 'tcp port 443 or icmp6', readsFarInIpv4: false },
    { expression: 'ip6 and udp port 53', readsFarInIpv4: false },
    { expression: 'udp[19] = 1', readsFarInIpv4: false },
    { expression: 'udp[20] = 1', readsFarInIpv4: true },
    { expression: 'ether[53] = 1', readsFarInIpv4: false },
    { expression: 'ether[54] = 1', readsFarInIpv4: true },
    { expression: 'ether[53:2] = 1', readsFarInIpv4: true },
    { expression: 'ip6 and ether[54] = 1', readsFarInIpv4: false },
    { expression: 'not ip and ether[54] = 1', readsFarInIpv4: true },
    { expression: 'vlan and ip6 and ether[58] = 1', readsFarInIpv4: true },
    { expression: 'ip6 or ether[54] = 1', readsFarInIpv4: true },
  ])('$expression, of IPv4', ({ expression, readsFarInIpv4 }) => {
    expect(compileEthernet(expression)).toMatchObject({ readsFarInIpv4 });
  });
});

test.each([
  { expression: 'dst port 80', instructions: 48 },
  { expression: 'host 10.0.0.1 and tcp port 80', instructions: 69 },
  { expression: 'icmp', instructions: 11 },
])(
  'compileFilter() makes $instructions instructions of $expression',
  ({ expression, instructions }) => {
    expect(opcodes(compileEthernet(expression))).toHaveLength(instructions);
  },
);

describe('compileFilter()', () => {
  test('checks bounds only where shorter packets can come from', () => {
    // 14 bytes are there; then one check for the protocol, none for the fragment offset before it.
    expect(count(compileEthernet('ip proto 6 and ip[6:2] & 0x1fff = 0'), JUMP_IF_LESS_64)).toBe(1);
    // Both ways to the last load have proved more than it needs.
    expect(count(compileEthernet('(ip[9] = 6 or ip[9] = 17) and ip[1] = 0'), JUMP_IF_LESS_64)).toBe(
      1,
    );
  });

  test('swaps constants instead of loaded values that are only compared', () => {
    expect(
      count(compileEthernet('ip host 10.0.0.1 and tcp[tcpflags] & tcp-syn != 0'), FROM_BIG_ENDIAN),
    ).toBe(0);
    expect(count(compileEthernet('ip[2:2] > 100'), FROM_BIG_ENDIAN)).toBe(1);
    expect(count(compileEthernet('ip[2:2] & 0xff00 = 0x100'), FROM_BIG_ENDIAN)).toBe(1);
  });

  test('tells whether it looks at the length', () => {
    expect(compileEthernet('tcp and less 100').usesLength).toBe(true);
    expect(compileEthernet('tcp and ip[2:2] < 100').usesLength).toBe(false);
  });

  test('calls a helper for variable offsets and beyond the buffer only', () => {
    expect(count(compileEthernet('ip6 host 2001:db8::1'), CALL)).toBe(0);
    expect(count(compileEthernet('tcp[0:2] = 80'), CALL)).toBe(1);
    expect(count(compileEthernet('ip[200] = 1'), CALL)).toBe(1);
  });

  test('leaves out what is never reached', () => {
    const dead = Array.from({ length: 50 }, () => instruction(0x04, 1));
    const program = [instruction(0x05, 50), ...dead, instruction(0x06, 1)];
    const alone = compileFilter([instruction(0x06, 1)], { guaranteedBytes: 0 });
    expect(compileFilter(program, { guaranteedBytes: 0 }).code).toEqual(alone.code);
  });

  test('refuses a program whose jumps would be too long', () => {
    const loads = Array.from({ length: 4_000 }, () => instruction(0x40, 300));
    expect(() => compileFilter([...loads, instruction(0x16)], { guaranteedBytes: 0 })).toThrow(
      expect.objectContaining({
        code: 'FILTER_UNSUPPORTED',
        message: expect.stringMatching(
          /^Cannot run this filter in the kernel: it needs \d+ instructions, at most 32767 are possible$/,
        ),
      }),
    );
  });
});
