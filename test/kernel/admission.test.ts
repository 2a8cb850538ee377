import { describe, test } from 'vitest';
import { expectDeliveredPackets } from '../scenario/delivered-packets.ts';
import { expectNothingOfFreedPackets } from '../scenario/freed-in-transmit.ts';
import { expectRenamedInterface } from '../scenario/renamed-interface.ts';
import { hostMachine } from '../support/host-machine.ts';

describe("kubectl-pwru --local on this machine's kernel admits", () => {
  test('--ifname: packets on a device that had a longer name before', () =>
    expectRenamedInterface(hostMachine));
  test('nothing of a packet that the device has freed', () =>
    expectNothingOfFreedPackets(hostMachine));
  test.for([4, 6] as const)('packets that have neither device nor socket, by IPv%i', (version) =>
    expectDeliveredPackets(hostMachine, version, {
      tcp: ['consume_skb'],
      udp: [],
    }),
  );
});
