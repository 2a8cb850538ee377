import { describe, expect, test } from 'vitest';
import { patchFilter } from '../../agent/src/core/elf/patch-function.ts';
import type { ClassicInstruction } from '../../agent/src/core/filter/classic-program.ts';
import { compileFilter, verdicts } from '../../agent/src/core/filter/compile-filter.ts';
import { compileExpression, linkTypes } from '../../agent/src/native/libpcap.ts';
import type { Packet } from '../support/packets.ts';
import { PacketJudge, readFilterTestObject } from '../support/packets-judge.ts';

const headerBytes = 14;

function instruction(code: number, k = 0, jt = 0, jf = 0): ClassicInstruction {
  return { code, jt, jf, k };
}

/** An Ethernet frame of an IPv4 packet with the protocol and of the length; `captured` bytes of it are readable. */
function ipv4Frame(protocol: number, wireBytes: number, captured = wireBytes): Packet {
  const bytes = new Uint8Array(wireBytes);
  bytes.set([0x08, 0x00, 0x45], 12);
  bytes[23] = protocol;
  return { bytes: bytes.subarray(0, captured), wireBytes };
}

async function judge(
  program: readonly ClassicInstruction[],
  packet: Packet,
): Promise<number | undefined> {
  const filter = compileFilter(program, { guaranteedBytes: headerBytes });
  using loaded = await PacketJudge.load(filter, headerBytes);
  return loaded.judge([packet])[0];
}

test('pwru_filter accepts every packet while it is not patched', async () => {
  using unpatched = await PacketJudge.loadUnpatched();
  expect(unpatched.judge([ipv4Frame(6, 60), ipv4Frame(17, 24)])).toEqual([
    verdicts.accept,
    verdicts.accept,
  ]);
});

describe('pwru_filter tells a rejected packet from one that it cannot judge:', () => {
  test.each([
    { expression: 'icmp', packet: ipv4Frame(6, 60), verdict: verdicts.reject },
    { expression: 'icmp', packet: ipv4Frame(1, 60, 23), verdict: verdicts.short },
    { expression: 'icmp', packet: ipv4Frame(1, 60, 24), verdict: verdicts.accept },
    { expression: 'ip[300] = 0', packet: ipv4Frame(6, 400), verdict: verdicts.accept },
    { expression: 'ip[300] = 1', packet: ipv4Frame(6, 400), verdict: verdicts.reject },
    { expression: 'ip[300] = 0', packet: ipv4Frame(6, 400, 314), verdict: verdicts.short },
    { expression: 'ip[300] = 0', packet: ipv4Frame(6, 400, 315), verdict: verdicts.accept },
    { expression: 'tcp dst port 0', packet: ipv4Frame(6, 60, 37), verdict: verdicts.short },
    { expression: 'tcp dst port 0', packet: ipv4Frame(6, 60, 38), verdict: verdicts.accept },
    { expression: 'greater 60', packet: ipv4Frame(6, 60, 14), verdict: verdicts.accept },
    { expression: 'greater 61', packet: ipv4Frame(6, 60, 14), verdict: verdicts.reject },
  ])(
    '$expression, $packet.bytes.length of $packet.wireBytes bytes',
    async ({ expression, packet, verdict }) => {
      expect(await judge(compileExpression(expression, linkTypes.ethernet), packet)).toBe(verdict);
    },
  );
});

test.each([
  { name: 'A', load: [] },
  { name: 'X', load: [instruction(0x87)] },
  { name: 'a scratch cell', load: [instruction(0x60, 7)] },
])('pwru_filter finds 0 in $name before it is written', async ({ load }) => {
  const isZero = [instruction(0x15, 0, 0, 1), instruction(0x06, 1), instruction(0x06, 0)];
  expect(await judge([...load, ...isZero], ipv4Frame(6, 60))).toBe(verdicts.accept);
});

test.each([
  { name: 'division by a constant 0', program: [instruction(0x34, 0), instruction(0x06, 1)] },
  { name: 'division by X, 0', program: [instruction(0x3c), instruction(0x06, 1)] },
  { name: 'remainder by X, 0', program: [instruction(0x9c), instruction(0x06, 1)] },
  {
    name: 'a shift by 32',
    program: [instruction(0x00, 1), instruction(0x64, 32), instruction(0x16)],
  },
  {
    name: 'a shift by X, 32',
    program: [instruction(0x00, 1), instruction(0x01, 32), instruction(0x6c), instruction(0x16)],
  },
])('pwru_filter rejects after $name', async ({ program }) => {
  expect(await judge(program, ipv4Frame(6, 60))).toBe(verdicts.reject);
});

/** Adds 1 to the length `count` times, then accepts. */
function longProgram(count: number): ClassicInstruction[] {
  const additions = Array.from({ length: count }, () => instruction(0x04, 1));
  return [instruction(0x80), ...additions, instruction(0x16)];
}

test('patchFilter() takes filters up to the room in the object, and they load', async () => {
  // PWRU_FILTER_SLOTS, and the two instructions that the untouched function has besides.
  const room = 8_192 + 2;
  const longest = compileFilter(longProgram(room - 6), { guaranteedBytes: headerBytes });
  expect(longest.code.length / 8).toBe(room);
  using loaded = await PacketJudge.load(longest, headerBytes);
  expect(loaded.judge([ipv4Frame(6, 60)])).toEqual([verdicts.accept]);
  const tooLong = compileFilter(longProgram(room - 5), { guaranteedBytes: headerBytes });
  expect(() => patchFilter(readFilterTestObject(), tooLong.code)).toThrow(
    expect.objectContaining({
      code: 'FILTER_UNSUPPORTED',
      message: expect.stringMatching(
        /^Cannot run this filter in the kernel: it needs 8195 instructions, the program has room for 8194$/,
      ),
    }),
  );
});
