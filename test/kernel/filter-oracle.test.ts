import { expect, test } from 'vitest';
import {
  type ClassicInstruction,
  parseClassicProgram,
} from '../../agent/src/core/filter/classic-program.ts';
import { compileFilter, verdicts } from '../../agent/src/core/filter/compile-filter.ts';
import { compileExpression, linkTypes, OfflineFilter } from '../../agent/src/native/libpcap.ts';
import { type Packet, randomFrame } from '../support/packets.ts';
import { expressions, expressionsForRaw } from '../support/packets-expressions.ts';
import { PacketJudge } from '../support/packets-judge.ts';
import { Random } from '../support/packets-random.ts';
import { PacketSteering } from '../support/packets-steered.ts';

const packetsPerExpression = 1_000;

/** A filter, and the packets that it is for. */
interface Case {
  readonly expression: string;
  readonly link: keyof typeof linkTypes;
  /** Of each packet, in the program's buffer only: the product's 14, 18 with a tag, 22 with two. */
  readonly headerBytes: number;
  readonly seed: number;
}

const cases: Case[] = [
  ...expressions.map((expression) => ({ expression, link: 'ethernet' as const, headerBytes: 14 })),
  ...expressions
    .filter((expression) => expression.startsWith('vlan'))
    .flatMap((expression) =>
      [18, 22].map((headerBytes) => ({ expression, link: 'ethernet' as const, headerBytes })),
    ),
  ...expressionsForRaw.map((expression) => ({ expression, link: 'raw' as const, headerBytes: 0 })),
].map((each, index) => ({ ...each, seed: 1_000 + index }));

/** Expressions that no packet meets, and that libpcap does not recognise as such. */
const impossible = new Set(['ether proto 1500', 'tcp and less 10']);

/** How often a packet is made anew until libpcap accepts it, for 60 % of the packets. */
const attempts = 8;

/**
 * Packets for a filter: random frames of all kinds, then frames and random bytes steered towards what the filter
 * accepts, some of all of them cut short.
 */
function packetsFor(
  program: readonly ClassicInstruction[],
  { link, headerBytes, seed }: Case,
): Packet[] {
  const random = new Random(seed);
  const steering = new PacketSteering(parseClassicProgram(program));
  const oracle = new OfflineFilter(program);
  return Array.from({ length: packetsPerExpression }, () => {
    const tries = random.chance(0.6) ? attempts : 0;
    let packet = randomPacket(random, link);
    for (let attempt = 0; attempt < tries; attempt++) {
      packet = steering.steer(packet.bytes, random);
      if (oracle.run(packet.bytes, packet.wireBytes) !== 0) break;
      packet = randomPacket(random, link);
    }
    return random.chance(0.15) ? cutShort(packet, random, headerBytes) : packet;
  });
}

function randomPacket(random: Random, link: keyof typeof linkTypes): Packet {
  const frame = random.chance(0.85) ? randomFrame(random) : random.bytes(20 + random.below(250));
  const bytes = link === 'ethernet' ? frame : frame.subarray(14);
  return { bytes, wireBytes: bytes.length };
}

function cutShort({ bytes, wireBytes }: Packet, random: Random, minimum: number): Packet {
  const length = minimum + random.below(Math.max(1, bytes.length - minimum));
  return { bytes: bytes.subarray(0, length), wireBytes: random.chance(0.8) ? wireBytes : length };
}

test.each(cases)(
  'pwru_filter: verdicts of $expression on $link, header of $headerBytes, are those of pcap_offline_filter (seed $seed)',
  async (each) => {
    const { expression, link, headerBytes, seed } = each;
    const program = compileExpression(expression, linkTypes[link]);
    const packets = packetsFor(program, each).filter(({ bytes }) => bytes.length >= headerBytes);
    const oracle = new OfflineFilter(program);
    const filter = compileFilter(program, { guaranteedBytes: Math.min(headerBytes, 14) });
    using judge = await PacketJudge.load(filter, headerBytes);
    const judged = judge.judge(packets);
    let accepted = 0;
    for (const [index, { bytes, wireBytes }] of packets.entries()) {
      const expected = oracle.run(bytes, wireBytes) === 0 ? 'reject' : 'accept';
      const actual = judged[index] === verdicts.accept ? 'accept' : 'reject';
      if (expected === 'accept') accepted += 1;
      if (actual !== expected) {
        expect.fail(
          `"${expression}" seed ${seed} packet ${index}: libpcap says ${expected}, the kernel ${judged[index]}; ` +
            `${wireBytes} bytes on the wire, captured ${Buffer.from(bytes).toString('hex')}`,
        );
      }
    }
    if (impossible.has(expression)) expect(accepted).toBe(0);
    else expect(accepted).toBeGreaterThanOrEqual(packets.length / 5);
  },
);
