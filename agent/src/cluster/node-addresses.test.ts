import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { localIpv4, localIpv6, readNodeAddresses } from './node-addresses.ts';
import { addressBytes } from './pod-record.ts';

const fibTrie = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 192.0.2.0/24 2 0 2
        |-- 192.0.2.0
           /24 link UNICAST
        |-- 192.0.2.2
           /32 host LOCAL
        |-- 192.0.2.255
           /32 link BROADCAST
Local:
        |-- 127.0.0.0
           /8 host LOCAL
        |-- 127.0.0.1
           /32 host LOCAL
        |-- 198.51.100.0
           /24 link UNICAST
           /32 host LOCAL
        |-- 203.0.113.9
           /32 universe UNICAST
`;

test('localIpv4() takes whole addresses that are the own ones', () => {
  expect(localIpv4(fibTrie)).toEqual(['192.0.2.2', '127.0.0.1', '198.51.100.0']);
  expect(localIpv4('')).toEqual([]);
});

test('localIpv6() takes the addresses of interfaces', () => {
  const text =
    '00000000000000000000000000000001 01 80 10 80       lo\n20010db8000000000000000000000002 04 40 00 82     eth0\n';
  expect(localIpv6(text)).toEqual([
    '0000:0000:0000:0000:0000:0000:0000:0001',
    '2001:0db8:0000:0000:0000:0000:0000:0002',
  ]);
});

test("readNodeAddresses() has this machine's addresses, each once", () => {
  const paths = { run: '/run', proc: '/proc', sys: '/sys', nodeProcess: 'self' };
  const read = readNodeAddresses(paths).map((address) => address.join('.'));
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .flatMap(({ address }) => addressBytes(address) ?? []);
  expect(own.length).toBeGreaterThan(0);
  for (const address of own) expect(read).toContain(address.join('.'));
  expect(new Set(read).size).toBe(read.length);
  expect(readNodeAddresses({ ...paths, nodeProcess: 'none' })).toEqual([]);
});
