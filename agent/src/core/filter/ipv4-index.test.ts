import { describe, expect, test } from 'vitest';
import { findIpv4Indexes } from '../../native/libpcap.ts';

const protocolsIn = (expression: string) =>
  findIpv4Indexes(expression).map(({ protocol }) => protocol);

describe('findIpv4Indexes()', () => {
  test.each([
    ['tcp[tcpflags] & tcp-syn != 0', ['tcp']],
    ['tcp [13] & 2 != 0 and port 80', ['tcp']],
    ['udp[8:2] = 0xabcd', ['udp']],
    ['icmp[icmptype] = icmp-echo', ['icmp']],
    ['sctp[12] = 1', ['sctp']],
    ['tcp and tcp[13] & 2 != 0', ['tcp']],
    ['not (tcp[13] & 2 != 0)', ['tcp']],
    ['udp port 53 or tcp[13] & 2 != 0', ['tcp']],
    ['tcp[13] = 2 or udp[8] = 1 or tcp[13] = 18', ['tcp', 'udp']],
    ['vlan and tcp[13] & 2 != 0', ['tcp']],
    ['len > 100 and (1 + tcp[13]) & 3 = 3', ['tcp']],
  ])('finds that no IPv6 packet fulfils %s', (expression, protocols) => {
    expect(protocolsIn(expression)).toEqual(protocols);
  });

  test.each([
    '',
    'tcp',
    'tcp port 80',
    'ip[6:2] & 0x1fff != 0',
    'ip6[6] = 6',
    'ether[0] & 1 = 1',
    // It has the other version itself.
    'tcp[13] & 2 != 0 or (ip6[6] = 6 and ip6[53] & 2 != 0)',
    'icmp[0] = 8 or icmp6[0] = 128',
    '(tcp[13] & 2 != 0) or (ip6 and tcp)',
    // It wants IPv4 without the index, too.
    'ip and tcp[13] & 2 != 0',
    'host 10.0.0.1 and tcp[13] & 2 != 0',
    'not ip6 and tcp[13] & 2 != 0',
    'icmp and icmp[0] = 8',
    'udp port 53 or (src net 10.0.0.0/8 and tcp[13] & 2 != 0)',
    // Not an index of a protocol.
    'port tcpmux',
  ])('has nothing to say of "%s"', (expression) => {
    expect(protocolsIn(expression)).toEqual([]);
  });

  test('says where it is, and what stands for it in IPv6', () => {
    expect(findIpv4Indexes('len > 60 and udp[8] = 1')).toEqual([
      { protocol: 'udp', position: 13, inIpv6: 'ip6[6] = 17 and ip6[40+N]' },
    ]);
  });
});
