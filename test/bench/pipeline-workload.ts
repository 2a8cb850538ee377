import type { EventNames } from '../../agent/src/core/record/event-names.ts';
import type { FillRequest, RingObject } from '../support/ring-object.ts';

/** One TCP packet's events as a default trace has them: no stack, IPv4, an interface, a process. */
const event = {
  func: 0xffff_ffff_8100_0000n,
  netns: 4_026_531_840,
  ifindex: 2,
  len: 1_500,
  mtu: 1_500,
  task: 1_234,
  ether_type: 0x0800,
  outer_sport: 43_210,
  outer_dport: 443,
  outer_ip_version: 4,
  outer_l4_proto: 6,
  outer_tcp_flags: 16,
  outer_saddr: Uint8Array.of(10, 244, 1, 17),
  outer_daddr: Uint8Array.of(10, 96, 0, 1),
  comm: 'curl',
  ifname: 'eth0',
} as const;

/** Packets go through 30 functions; the CPUs take turns. */
const FUNCTIONS = 30;

/** Fills all rings with `count` events each, from `startTimeNs` on. @returns how many events there are now. */
export function fillRings(
  object: RingObject,
  count: number,
  options: Partial<FillRequest> & { readonly startTimeNs: bigint },
): number {
  const { startTimeNs, ...overrides } = options;
  const rings = object.rings.length;
  let events = 0;
  for (let ring = 0; ring < rings; ring++) {
    const { lost } = object.fill({
      ring,
      count,
      firstTimeNs: startTimeNs + BigInt(ring),
      timeStepNs: BigInt(rings),
      firstSkb: 0xffff_8881_0000_0000n,
      firstPacket: BigInt(ring + 1) << 40n,
      packetEvents: FUNCTIONS,
      functions: FUNCTIONS,
      event,
      ...overrides,
    });
    events += count - lost;
  }
  return events;
}

export const names: EventNames = {
  functionAt: (address) => ({
    name: `function_${address.toString(16)}`,
    module: '',
    tracepoint: false,
  }),
  codeLocationAt: (address) => ({
    symbol: `symbol_${address.toString(16)}`,
    offsetBytes: 16,
    module: '',
  }),
  dropReasonName: String,
  networkNamespaceOf: () => ({ name: '' }),
};
