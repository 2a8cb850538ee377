import { isIPv4, isIPv6 } from 'node:net';

/** An address or a network, network byte order: 4 or 16 bytes. */
export interface IpNetwork {
  readonly version: 4 | 6;
  /** Bits beyond the prefix are zero. */
  readonly address: Uint8Array;
  /** At most 32 (IPv4) or 128 (IPv6); that many for a single address. */
  readonly prefixBits: number;
}

/**
 * Parses `10.0.0.1`, `10.0.0.0/8`, `2001:db8::1` or `2001:db8::/32`. Host bits beyond the prefix are cleared:
 * `10.1.2.3/8` is the network 10.0.0.0/8 that holds it.
 * Undefined for anything else, also for an IPv6 zone (`fe80::1%eth0`), which no packet carries.
 */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const match = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text);
  const [, addressText = '', prefixText] = match ?? [];
  const bytes = parseIpAddress(addressText);
  if (bytes === undefined) return undefined;
  const allBits = bytes.length * 8;
  const prefixBits = prefixText === undefined ? allBits : Number(prefixText);
  if (prefixBits > allBits) return undefined;
  const address = bytes.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, prefixBits - index * 8));
    return byte & (0xff << (8 - kept));
  });
  return { version: bytes.length === 4 ? 4 : 6, address, prefixBits };
}

function parseIpAddress(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.').map(Number));
  if (!isIPv6(text)) return undefined;
  // The URL parser writes it in hexadecimal groups only, also the IPv4 form of the last two.
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const groupsOf = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const groups = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** Dotted decimal (RFC 1166) of the 4 bytes at `start`. */
export function formatIpv4(bytes: Uint8Array, start: number): string {
  return `${bytes[start]}.${bytes[start + 1]}.${bytes[start + 2]}.${bytes[start + 3]}`;
}

/** The text of RFC 5952 of the 16 bytes at `start`: lower case, the longest run of two or more zero groups as `::`. */
export function formatIpv6(bytes: Uint8Array, start: number): string {
  const groups: number[] = [];
  let zerosAt = -1;
  let zerosLength = 1;
  let runStart = 0;
  for (let index = 0; index < 8; index++) {
    const group = ((bytes[start + 2 * index] ?? 0) << 8) | (bytes[start + 2 * index + 1] ?? 0);
    groups.push(group);
    if (group !== 0) runStart = index + 1;
    else if (index + 1 - runStart > zerosLength) {
      zerosAt = runStart;
      zerosLength = index + 1 - runStart;
    }
  }
  if (zerosAt < 0) return hexGroups(groups);
  return `${hexGroups(groups.slice(0, zerosAt))}::${hexGroups(groups.slice(zerosAt + zerosLength))}`;
}

function hexGroups(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}
