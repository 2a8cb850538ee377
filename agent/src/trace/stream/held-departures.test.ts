import { expect, test } from 'vitest';
import type { EventFields } from '../../../../test/support/event-records.ts';
import { recordOf } from '../../../testing/journeys-harness.ts';
import { HeldDepartures } from './held-departures.ts';

const nodeNetns = 4_026_531_840;
const transmitSlot = 7;
const transmitAddress = 0xffff_ffff_8123_4560n;
/** With the same low half. */
const otherAddress = transmitAddress - 2n ** 32n;
const places = [
  [BigInt(transmitSlot), { name: 'net_dev_start_xmit' }],
  [8n, { name: 'netif_receive_skb' }],
  [transmitAddress, { name: 'dev_hard_start_xmit' }],
  [otherAddress, { name: 'ip_rcv' }],
] as const;

function open(limit = 1_000) {
  return new HeldDepartures({ places, nodeNetns: () => nodeNetns, limit });
}

const leaving: EventFields = {
  ...{ place: transmitSlot, netns: nodeNetns, ifindex: 2, ifname: 'eth0', time_ns: 5 },
  ...{ outer_ip_version: 4, outer_daddr: Uint8Array.of(10, 244, 2, 7) },
};

function seen(...events: readonly EventFields[]) {
  const departures = open();
  for (const event of events) departures.see(recordOf(event, 0));
  return [...departures.all];
}

test('a packet that the node gives to a device is told by device and destination, once', () => {
  const again = { ...leaving, time_ns: 9 };
  const other = { ...leaving, outer_daddr: Uint8Array.of(10, 244, 2, 8), time_ns: 6 };
  const toDevice3 = { ...leaving, ifindex: 3, ifname: 'eth1', time_ns: 7 };
  expect(seen(leaving, other, toDevice3, again)).toEqual([
    {
      ...{ interfaceIndex: 2, interfaceName: 'eth0', lastNs: 9 },
      destination: Uint8Array.of(10, 244, 2, 7),
    },
    {
      ...{ interfaceIndex: 2, interfaceName: 'eth0', lastNs: 6 },
      destination: Uint8Array.of(10, 244, 2, 8),
    },
    {
      ...{ interfaceIndex: 3, interfaceName: 'eth1', lastNs: 7 },
      destination: Uint8Array.of(10, 244, 2, 7),
    },
  ]);
});

test('by the function, too, and to an address of IPv6', () => {
  const destination = Uint8Array.from({ length: 16 }, (_, index) => index);
  const event = {
    ...{ ...leaving, place: transmitAddress, outer_ip_version: 6, outer_daddr: destination },
  };
  expect(seen(event)).toMatchObject([{ destination }]);
});

test.each([
  ['that is received', { place: 8 }],
  ['at a function with the same low half of an address', { place: otherAddress }],
  ['in a pod', { netns: nodeNetns + 1 }],
  ['without an address', { outer_ip_version: 0 }],
])('nothing is told of a packet %s', (_, fields) => {
  expect(seen({ ...leaving, ...fields })).toEqual([]);
});

test('where the node is not known nothing is told', () => {
  const departures = new HeldDepartures({ places, nodeNetns: () => undefined });
  departures.see(recordOf({ ...leaving, netns: 0 }, 0));
  expect([...departures.all]).toEqual([]);
});

test('they are bounded, and that is told', () => {
  const departures = open(2);
  const see = (last: number) =>
    departures.see(recordOf({ ...leaving, outer_daddr: Uint8Array.of(10, 0, 0, last) }, 0));
  see(1);
  expect(departures.isFull).toBe(false);
  see(2);
  see(3);
  see(3);
  see(1);
  expect(Array.from(departures.all, ({ destination }) => destination[3])).toEqual([1, 2]);
  expect(departures.isFull).toBe(true);
});
