import type { Random } from './packets-random.ts';

/** A packet as a filter sees it: what was captured of it, and how long it was. */
export interface Packet {
  readonly bytes: Uint8Array;
  /** At least bytes.length; more when the capture is cut short. */
  readonly wireBytes: number;
}

const protocols = {
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  icmp6: 58,
  pim: 103,
  vrrp: 112,
  sctp: 132,
};

/** An Ethernet frame of a kind that filters know, with random addresses, ports and contents. */
export function randomFrame(random: Random): Uint8Array {
  return ethernet(random, randomNetworkPacket(random, 0));
}

interface Payload {
  readonly etherType: number;
  readonly bytes: readonly number[];
}

function ethernet(random: Random, { etherType, bytes }: Payload): Uint8Array {
  const broadcast = [255, 255, 255, 255, 255, 255];
  const destination = random.chance(0.2) ? broadcast : [...random.bytes(6)];
  return Uint8Array.from([...destination, ...random.bytes(6), ...be16(etherType), ...bytes]);
}

function randomNetworkPacket(random: Random, depth: number): Payload {
  if (depth < 2 && random.chance(0.25)) return vlanPacket(random, depth);
  const kinds = [
    ipv4Packet,
    ipv6Packet,
    arpPacket,
    mplsPacket,
    pppoePacket,
    llcPacket,
    otherPacket,
  ];
  return random.pick([ipv4Packet, ipv4Packet, ipv6Packet, ...kinds])(random);
}

function ipv4Packet(random: Random): Payload {
  const optionWords = random.chance(0.25) ? 1 + random.below(10) : 0;
  const protocol = random.pick([...Object.values(protocols), random.below(256)]);
  const payload = transport(random, protocol, 4);
  const fragment = random.chance(0.15) ? random.below(0x4000) : random.pick([0, 0x4000]);
  const length = 20 + optionWords * 4 + payload.length;
  const header = [
    0x40 | (5 + optionWords),
    random.below(256),
    ...be16(length),
    ...random.bytes(2),
    ...be16(fragment),
    random.below(256),
    protocol,
    ...random.bytes(2),
    ...ipv4Address(random),
    ...ipv4Address(random),
    ...random.bytes(optionWords * 4),
  ];
  return { etherType: 0x0800, bytes: [...header, ...payload] };
}

function ipv6Packet(random: Random): Payload {
  const protocol = random.pick([...Object.values(protocols), 0, 43, 44, 60, random.below(256)]);
  const payload = transport(random, protocol, 6);
  const header = [
    0x60 | random.below(16),
    ...random.bytes(3),
    ...be16(payload.length),
    protocol,
    random.below(256),
    ...ipv6Address(random),
    ...ipv6Address(random),
  ];
  return { etherType: 0x86dd, bytes: [...header, ...payload] };
}

function arpPacket(random: Random): Payload {
  const hardwareAndSizes = [0, 1, 8, 0, 6, 4, 0, 1 + random.below(4)];
  const etherType = random.pick([0x0806, 0x0806, 0x8035]);
  return {
    etherType,
    bytes: [
      ...hardwareAndSizes,
      ...random.bytes(6),
      ...ipv4Address(random),
      ...random.bytes(6),
      ...ipv4Address(random),
    ],
  };
}

function vlanPacket(random: Random, depth: number): Payload {
  const inner = randomNetworkPacket(random, depth + 1);
  const tag = be16((random.below(8) << 13) | random.pick([1, 100, 200, random.below(4096)]));
  return {
    etherType: random.pick([0x8100, 0x8100, 0x88a8, 0x9100]),
    bytes: [...tag, ...be16(inner.etherType), ...inner.bytes],
  };
}

function mplsPacket(random: Random): Payload {
  const labels = 1 + random.below(3);
  const stack = Array.from({ length: labels }, (_, index) => {
    const label = random.pick([0, 2, 1024, random.below(1 << 20)]);
    return [
      label >>> 12,
      (label >>> 4) & 0xff,
      ((label & 0xf) << 4) | (index === labels - 1 ? 1 : 0),
      random.below(256),
    ];
  });
  const inner = random.chance(0.5) ? ipv4Packet(random) : ipv6Packet(random);
  return {
    etherType: random.pick([0x8847, 0x8847, 0x8848]),
    bytes: [...stack.flat(), ...inner.bytes],
  };
}

function pppoePacket(random: Random): Payload {
  const inner = random.chance(0.5) ? ipv4Packet(random) : ipv6Packet(random);
  const protocol = inner.etherType === 0x0800 ? 0x0021 : 0x0057;
  const header = [
    0x11,
    0,
    ...be16(random.pick([1, 7, random.below(65_536)])),
    ...be16(inner.bytes.length + 2),
  ];
  return {
    etherType: random.pick([0x8863, 0x8864, 0x8864]),
    bytes: [...header, ...be16(protocol), ...inner.bytes],
  };
}

/** IEEE 802.3: a length where the EtherType is otherwise, then an LLC header (spanning tree, IPX, NetBEUI, ISO). */
function llcPacket(random: Random): Payload {
  const sap = random.pick([0x42, 0xe0, 0xf0, 0xfe, 0xaa, 0xff, random.below(256)]);
  const bytes = [sap, sap, 3, ...random.bytes(20 + random.below(40))];
  return { etherType: bytes.length, bytes };
}

function otherPacket(random: Random): Payload {
  const etherType = random.pick([0x809b, 0x80f3, 0x6003, 0x88cc, 0x888e, random.below(65_536)]);
  return { etherType, bytes: [...random.bytes(20 + random.below(200))] };
}

function transport(random: Random, protocol: number, ipVersion: 4 | 6): number[] {
  const content = [...random.bytes(random.below(random.chance(0.1) ? 1200 : 60))];
  switch (protocol) {
    case protocols.tcp:
      return [
        ...ports(random),
        ...random.bytes(8),
        (5 + random.below(6)) << 4,
        random.below(256),
        ...random.bytes(6),
        ...content,
      ];
    case protocols.udp:
      return [...ports(random), ...be16(8 + content.length), ...random.bytes(2), ...content];
    case protocols.icmp:
    case protocols.icmp6:
      return [
        random.pick([0, 3, 8, 11, 128, 129, 135]),
        random.below(4),
        ...random.bytes(6),
        ...content,
      ];
    case protocols.ipip:
      return [...(ipVersion === 4 ? ipv4Packet(random) : ipv6Packet(random)).bytes];
    default:
      return [...ports(random), ...random.bytes(8), ...content];
  }
}

function ports(random: Random): number[] {
  const known = [22, 53, 80, 443, 4789, 6081, 8080];
  const port = () => (random.chance(0.7) ? random.pick(known) : random.below(65_536));
  return [...be16(port()), ...be16(port())];
}

function ipv4Address(random: Random): number[] {
  return random.pick([
    [10, 0, 0, random.below(4)],
    [192, 168, random.below(4), random.below(256)],
    [224, 0, 0, random.below(256)],
    [...random.bytes(4)],
  ]);
}

function ipv6Address(random: Random): number[] {
  const prefix = random.pick([
    [0x20, 0x01, 0x0d, 0xb8],
    [0xfe, 0x80, 0, 0],
    [0xff, 0x02, 0, 0],
  ]);
  return [...prefix, ...random.bytes(12)];
}

function be16(value: number): [number, number] {
  return [(value >>> 8) & 0xff, value & 0xff];
}
