import Long from 'long';
import { describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { WallClock } from '../events/clocks.ts';
import { EventCursor } from '../events/cursor.ts';
import type { AddressName } from '../names/address-table.ts';
import { EndpointNames, type NameLookup } from './endpoint-names.ts';
import { tupleText } from './tuple.ts';

function cursorOn(event: pwru.v1.Event.$Properties): EventCursor {
  const cursor = new EventCursor();
  cursor.reset(pwru.v1.EventBatch.encode({ events: [event] }).finish());
  cursor.next();
  return cursor;
}

const v4 = {
  ipVersion: 4,
  sourceAddress: Uint8Array.of(10, 0, 0, 1),
  destinationAddress: Uint8Array.of(10, 0, 0, 2),
  sourcePort: 1_234,
  destinationPort: 80,
};
const v6 = {
  ...v4,
  ipVersion: 6,
  sourceAddress: Uint8Array.from([0xfe, 0x80, ...Array<number>(13).fill(0), 1]),
  destinationAddress: new Uint8Array(16),
};

const innerUdp = {
  ...{ ipVersion: 4, ipProtocol: 17, sourcePort: 5_000, destinationPort: 53 },
  sourceAddress: Uint8Array.of(10, 0, 0, 2),
  destinationAddress: Uint8Array.of(10, 9, 9, 9),
};

const node: AddressName = { kind: 'node', name: 'n1' };
const bank: AddressName = { kind: 'pod', namespace: 'pay', name: 'bank' };

describe('tupleText', () => {
  test.each<[string, pwru.v1.Event.$Properties]>([
    ['10.0.0.1:1234->10.0.0.2:80(tcp)', { ...v4, ipProtocol: 6 }],
    ['10.0.0.1:1234->10.0.0.2:80(tcp:SYN|ACK)', { ...v4, ipProtocol: 6, tcpFlags: 0x12 }],
    [
      '10.0.0.1:1234->10.0.0.2:80(tcp:FIN|SYN|RST|PSH|ACK|URG|ECE|CWR)',
      { ...v4, ipProtocol: 6, tcpFlags: 0xff },
    ],
    ['[fe80::1]:1234->[::]:80(udp)', { ...v6, ipProtocol: 17 }],
    ['10.0.0.1:1234->10.0.0.2:80(sctp)', { ...v4, ipProtocol: 132 }],
    ['10.0.0.1->10.0.0.2(icmp:echo-request)', { ...v4, ipProtocol: 1, icmpTypeCode: 0x0800 }],
    ['10.0.0.1->10.0.0.2(icmp:host-unreachable)', { ...v4, ipProtocol: 1, icmpTypeCode: 0x0301 }],
    ['10.0.0.1->10.0.0.2(icmp:unreachable/99)', { ...v4, ipProtocol: 1, icmpTypeCode: 0x0363 }],
    ['[fe80::1]->[::](icmp6:port-unreachable)', { ...v6, ipProtocol: 58, icmpTypeCode: 0x0104 }],
    [
      '10.0.0.1->10.0.0.2(udp frag 1480+)',
      { ...v4, ipProtocol: 17, details: { noPorts: true, fragmentOffsetBytes: 1_480 } },
    ],
    ['10.0.0.1->10.0.0.2(udp)', { ...v4, ipProtocol: 17, details: { noPorts: true } }],
    [
      '10.0.0.1->10.0.0.2(icmp:frag-needed mtu=1400 about 10.0.0.2:5000->10.9.9.9:53(udp))',
      {
        ...{ ...v4, ipProtocol: 1, icmpTypeCode: 0x0304 },
        details: { inner: { ...innerUdp, kind: 1, value: 1_400 } },
      },
    ],
    [
      '10.0.0.1->10.0.0.2:8472(vxlan 42){[fe80::1]:1234->[::]:80(tcp:SYN)}vlan5',
      {
        ...{ ...v4, ipProtocol: 17, destinationPort: 8_472, hasVlan: true, vlanTci: 5 },
        details: { inner: { ...v6, kind: 2, value: 42, ipProtocol: 6, tcpFlags: 2 } },
      },
    ],
    [
      '10.0.0.1->10.0.0.2:6081(geneve 0){10.0.0.2:5000->10.9.9.9:53(udp)}',
      {
        ...{ ...v4, ipProtocol: 17, destinationPort: 6_081 },
        details: { inner: { ...innerUdp, kind: 3 } },
      },
    ],
    [
      '[fe80::1]->[::](ipip){10.0.0.2->10.9.9.9(udp frag 8+)}',
      {
        ...{ ...v6, ipProtocol: 4 },
        details: { inner: { ...innerUdp, kind: 4, noPorts: true, fragmentOffsetBytes: 8 } },
      },
    ],
    [
      '10.0.0.1->10.0.0.2(gre 7){10.0.0.2->10.9.9.9(icmp:echo-request)}',
      {
        ...{ ...v4, ipProtocol: 47 },
        details: { inner: { ...innerUdp, kind: 5, value: 7, ipProtocol: 1, icmpTypeCode: 0x0800 } },
      },
    ],
    ['10.0.0.1->10.0.0.2(icmp:13/2)', { ...v4, ipProtocol: 1, icmpTypeCode: 0x0d02 }],
    ['[fe80::1]->[::](icmp6:neighbor-solicit)', { ...v6, ipProtocol: 58, icmpTypeCode: 0x8700 }],
    ['10.0.0.1->10.0.0.2(esp)', { ...v4, ipProtocol: 50 }],
    ['10.0.0.1->10.0.0.2(253)', { ...v4, ipProtocol: 253 }],
    ['10.0.0.1->10.0.0.2(gre)vlan100', { ...v4, ipProtocol: 47, hasVlan: true, vlanTci: 0xe064 }],
    ['(arp)', { etherType: 0x0806 }],
    ['(arp)vlan0', { etherType: 0x0806, hasVlan: true }],
    ['-', { etherType: 0x88cc }],
    // An agent's mistake: addresses that do not fit the version.
    [
      '[]:1234->[]:80(tcp)',
      {
        ...v6,
        sourceAddress: new Uint8Array(5),
        destinationAddress: new Uint8Array(0),
        ipProtocol: 6,
      },
    ],
  ])('is %s', (text, event) => {
    expect(tupleText(cursorOn(event))).toBe(text);
  });

  const pod = (name: string) => ({ kind: 'pod', namespace: 'shop', name }) as const;
  const checkout = pod('checkout-7d9f8b6c5d-x2x7k');
  const tcp = { ...v4, ipProtocol: 6 };

  test.each<[string, readonly (AddressName | undefined)[], number | undefined]>([
    ['web:1234->10.0.0.2:80(tcp)', [pod('web'), undefined], undefined],
    ['10.0.0.1:1234->svc/web:80(tcp)', [undefined, { ...pod('web'), kind: 'service' }], 80],
    ['node/n1:1234->pay/svc/bank:80(tcp)', [node, { ...bank, kind: 'service' }], 80],
    ['checkout-7d9f8b6c5d-x2x7k:1234->web:80(tcp)', [checkout, pod('web')], 43],
    ['checkout-7d9f8b6~-x2x7k:1234->web:80(tcp)', [checkout, pod('web')], 41],
    ['checko~-x2x7k:1234->checko~-x2x7k:80(tcp)', [checkout, checkout], 41],
    // Addresses are not cut, and names not to less than six characters.
    ['10.0.0.1:1234->checko~-x2x7k:80(tcp)', [undefined, checkout], 36],
    ['10.0.0.1:1234->che~7k:80(tcp)', [undefined, checkout], 20],
    // A pod may be called as an address.
    ['pod/10.0.0.2:1234->10.0.0.2:80(tcp)', [pod('10.0.0.2'), undefined], 80],
    ['\\x1b[2J:1234->10.0.0.2:80(tcp)', [pod('\x1b[2J'), undefined], 80],
  ])('with names is %s', (text, [source, destination], width) => {
    const lookup: NameLookup = {
      homeNamespace: 'shop',
      nameAt: (bytes, { start }) => (bytes[start + 3] === 1 ? source : destination),
    };
    const names = new EndpointNames(lookup, new WallClock(Long.ZERO));
    expect(tupleText(cursorOn(tcp), names, width)).toBe(text);
  });
});
