import { unusable } from './values.ts';

/** Bits of byte 13 of a TCP header (RFC 9293, 3.1), by the names that tcpdump and nft have for them. */
const bits: ReadonlyMap<string, number> = new Map([
  ['fin', 0x01],
  ['syn', 0x02],
  ['rst', 0x04],
  ['psh', 0x08],
  ['ack', 0x10],
  ['urg', 0x20],
  ['ece', 0x40],
  ['cwr', 0x80],
]);

export const tcpFlagNames: readonly string[] = [...bits.keys()];

/**
 * The pcap-filter(7) term of --tcp-flags: every flag of the list is set, those with a "!" are not. Of both IP versions, which
 * `tcp[13]` is not; in IPv6 only where TCP follows the IPv6 header itself.
 * @throws UsageError for what is no flag, and for a flag that must be set and not set
 */
export function tcpFlagsTerm(value: string): string {
  const wanted = { set: 0, unset: 0 };
  for (const word of value.toLowerCase().split(',')) {
    const name = word.trim();
    const isNot = name.startsWith('!');
    const bit = bits.get((isNot ? name.slice(1) : name).trim());
    if (bit === undefined) {
      const why = `it must be some of ${tcpFlagNames.join(', ')}, separated by commas, each with a "!" when it must not be set`;
      throw unusable('tcp-flags', value, why);
    }
    wanted[isNot ? 'unset' : 'set'] |= bit;
  }
  if ((wanted.set & wanted.unset) !== 0)
    throw unusable('tcp-flags', value, 'no packet has a flag set and not set');
  const mask = wanted.set | wanted.unset;
  return `(tcp[13] & ${mask} = ${wanted.set} or (ip6[6] = 6 and ip6[53] & ${mask} = ${wanted.set}))`;
}
