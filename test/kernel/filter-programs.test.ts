import { expect, test } from 'vitest';
import {
  type ClassicInstruction,
  parseClassicProgram,
} from '../../agent/src/core/filter/classic-program.ts';
import { compileFilter, verdicts } from '../../agent/src/core/filter/compile-filter.ts';
import { isValidProgram, OfflineFilter } from '../../agent/src/native/libpcap.ts';
import type { Packet } from '../support/packets.ts';
import { PacketJudge } from '../support/packets-judge.ts';
import { Random } from '../support/packets-random.ts';
import { PacketSteering } from '../support/packets-steered.ts';

const programsPerTest = 60;
const packetsPerProgram = 150;

/** Offsets near the start, around the IPv4 header, around the end of the buffer, beyond it, beyond most packets. */
const offsets = [
  0, 1, 6, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 26, 30, 34, 36, 50, 60, 66, 68, 69, 70,
  71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 90, 100, 120, 150, 170, 200, 250, 300,
];
const constants = [
  0, 1, 2, 6, 14, 20, 31, 255, 0x800, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
];
const aluOperators = [0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x90, 0xa0];
const loadSizes = [0x00, 0x08, 0x10];

/** Every cell is written first: libpcap's interpreter leaves cells as they were on its stack (bpf_filter.c). */
function randomProgram(random: Random): ClassicInstruction[] {
  const cells = Array.from({ length: 16 }, (_, cell) => cell).flatMap((cell) => [
    instruction(0x00, random.below(300)),
    instruction(0x02, cell),
  ]);
  const comparisons = Array.from({ length: random.below(4) }, () => joinedComparison(random));
  const length = 3 + random.below(60);
  const body = Array.from({ length }, (_, index) => randomInstruction(random, length - index));
  return [...cells, ...comparisons.flat(), ...body, randomReturn(random)];
}

/** Two loads, of the same or of different widths, that lead to one comparison, which ends or goes on. */
function joinedComparison(random: Random): ClassicInstruction[] {
  const load = () => instruction(0x20 | random.pick(loadSizes), random.pick([14, 16, 18, 20]));
  const k = random.pick([0x45, 0x4500, 0x14500, random.below(0x20), random.uint32()]);
  const comparison = 0x05 | random.pick([0x10, 0x10, 0x20, 0x30, 0x40]);
  return [
    instruction(0x80),
    instruction(0x25, 200, 0, 2),
    load(),
    instruction(0x05, 1),
    load(),
    instruction(
      comparison,
      k,
      ...random.pick([
        [0, 1],
        [1, 0],
      ] as const),
    ),
    randomReturn(random),
  ];
}

function instruction(code: number, k = 0, jt = 0, jf = 0): ClassicInstruction {
  return { code, jt, jf, k };
}

/** @param after number of instructions that follow. */
function randomInstruction(random: Random, after: number): ClassicInstruction {
  const k = random.chance(0.6) ? random.pick(constants) : random.uint32();
  const cell = random.below(16);
  const kinds: Array<() => Partial<ClassicInstruction> & { code: number }> = [
    () => ({ code: 0x20 | random.pick(loadSizes), k: random.pick(offsets) }),
    () => ({ code: 0x20 | random.pick(loadSizes), k: random.pick(offsets) }),
    () => ({ code: 0x40 | random.pick(loadSizes), k: random.pick(offsets) }),
    () => ({ code: 0x40 | random.pick(loadSizes), k: random.pick(offsets) }),
    () => ({ code: 0xb1, k: random.pick(offsets) }),
    () => ({ code: 0xb1, k: 14 }),
    () => ({ code: random.pick([0x00, 0x01]), k: random.chance(0.7) ? random.below(40) : k }),
    () => ({ code: random.pick([0x80, 0x81]) }),
    () => ({ code: random.pick([0x60, 0x61]), k: cell }),
    () => ({ code: random.pick([0x02, 0x03]), k: cell }),
    () => ({ code: random.pick([0x07, 0x87]) }),
    () => ({ code: 0x84 }),
    () => ({ code: 0x0c | random.pick(aluOperators) }),
    () => randomAluConstant(random, k),
    () => randomAluConstant(random, k),
    () => ({ code: 0x05, k: random.below(Math.min(after, 6)) }),
    () => randomBranch(random, { after, k }),
    () => randomBranch(random, { after, k }),
    () => randomBranch(random, { after, k }),
  ];
  if (random.chance(0.03)) return randomReturn(random);
  return { jt: 0, jf: 0, k: 0, ...random.pick(kinds)() };
}

/** Without what bpf_validate refuses or C leaves undefined: division by 0, shifts by 32 and more. */
function randomAluConstant(random: Random, k: number): { code: number; k: number } {
  const operator = random.pick(aluOperators);
  if (operator === 0x30 || operator === 0x90) return { code: 0x04 | operator, k: k || 1 };
  if (operator === 0x60 || operator === 0x70) return { code: 0x04 | operator, k: k % 32 };
  return { code: 0x04 | operator, k };
}

function randomBranch(random: Random, { after, k }: { after: number; k: number }) {
  const code = 0x05 | random.pick([0x10, 0x20, 0x30, 0x40]) | random.pick([0, 0, 0, 0x08]);
  const skip = () => random.below(Math.min(after, 8));
  return { code, jt: skip(), jf: skip(), k };
}

function randomReturn(random: Random): ClassicInstruction {
  const code = random.pick([0x06, 0x06, 0x16]);
  return { code, jt: 0, jf: 0, k: random.pick([0, 1, 0xffff]) };
}

/** Mostly long enough for the loads, with an IPv4 header's first byte where programs look for one. */
function randomPacket(random: Random, minimum: number): Packet {
  const length = minimum + random.below(random.chance(0.8) ? 500 : 40);
  const bytes = random.bytes(length);
  if (random.chance(0.7) && length > 14) bytes[14] = random.pick([0x45, 0x45, 0x46, 0x4f, 0x40]);
  const small = random.chance(0.3);
  if (small)
    bytes.forEach((byte, index) => {
      bytes[index] = byte & 0x1f;
    });
  return { bytes, wireBytes: length + (random.chance(0.3) ? random.below(1_500) : 0) };
}

test.each([
  { headerBytes: 0, seed: 1 },
  { headerBytes: 0, seed: 2 },
  { headerBytes: 14, seed: 3 },
  { headerBytes: 14, seed: 4 },
  { headerBytes: 18, seed: 5 },
  { headerBytes: 18, seed: 6 },
  { headerBytes: 22, seed: 7 },
  { headerBytes: 22, seed: 8 },
])(
  'pwru_filter: random programs mean what libpcap says, $headerBytes bytes in the buffer only (seed $seed)',
  async ({ headerBytes, seed }) => {
    const random = new Random(seed);
    const seen = new Map<string, number>();
    for (let round = 0; round < programsPerTest; round++) {
      const program = randomProgram(random);
      expect(isValidProgram(program)).toBe(true);
      const steering = new PacketSteering(parseClassicProgram(program));
      const packets = Array.from({ length: packetsPerProgram }, () => {
        const packet = randomPacket(random, headerBytes);
        if (random.chance(0.5)) return packet;
        const steered = steering.steer(packet.bytes, random);
        return steered.bytes.length < headerBytes ? packet : steered;
      });
      const oracle = new OfflineFilter(program);
      using judge = await PacketJudge.load(
        compileFilter(program, { guaranteedBytes: headerBytes }),
        headerBytes,
      );
      for (const [index, verdict] of judge.judge(packets).entries()) {
        const { bytes, wireBytes } = packets[index] ?? { bytes: new Uint8Array(), wireBytes: 0 };
        const expected = oracle.run(bytes, wireBytes) === 0 ? 'reject' : 'accept';
        const actual = verdict === verdicts.accept ? 'accept' : 'reject';
        seen.set(`${expected} ${verdict}`, (seen.get(`${expected} ${verdict}`) ?? 0) + 1);
        if (actual !== expected) {
          expect.fail(
            `Seed ${seed} round ${round}: libpcap says ${expected}, the kernel ${verdict}; ` +
              `${JSON.stringify(program)} on ${wireBytes} bytes, captured ${Buffer.from(bytes).toString('hex')}`,
          );
        }
      }
    }
    // Each outcome is common enough to mean something.
    const atLeast = (programsPerTest * packetsPerProgram) / 20;
    expect(seen.get(`accept ${verdicts.accept}`)).toBeGreaterThan(atLeast);
    expect(seen.get(`reject ${verdicts.reject}`)).toBeGreaterThan(atLeast);
    expect(seen.get(`reject ${verdicts.short}`)).toBeGreaterThan(atLeast);
  },
);
