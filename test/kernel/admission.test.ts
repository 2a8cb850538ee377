import { describe, test } from 'vitest';
import { expectDeliveredPackets } from '../scenario/delivered-packets.ts';
import { expectFragmentsOfRouter, fragmentCases } from '../scenario/fragments.ts';
import { expectNothingOfFreedPackets } from '../scenario/freed-in-transmit.ts';
import { expectDecidingMtu, expectIcmpErrorsOfFlow } from '../scenario/icmp-errors.ts';
import { expectRenamedInterface } from '../scenario/renamed-interface.ts';
import { expectTunnelledPackets } from '../scenario/tunnels.ts';
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
  test.for([4, 6] as const)('ICMPv%i errors about a flow', (version) =>
    expectIcmpErrorsOfFlow(hostMachine, version),
  );
  test.for([
    [4, 'device'],
    [4, 'route'],
    [6, 'device'],
    [6, 'route'],
  ] as const)('with the MTU that decides, of IPv%i by the %s', ([version, by]) =>
    expectDecidingMtu(hostMachine, version, by),
  );
  test('fragments that a router makes', () => expectFragmentsOfRouter(hostMachine));
  describe.each([4, 6] as const)('fragments of IPv%i:', (version) => {
    test.for(fragmentCases)('%s', ([, expectation]) => expectation(hostMachine, version));
  });
  test.for([
    { kind: 'vxlan', version: 4, value: 42 },
    { kind: 'vxlan', version: 6, value: 42 },
  ] as const)('what is inside $kind, IPv$version', (tunnel) =>
    expectTunnelledPackets(hostMachine, tunnel),
  );
});
