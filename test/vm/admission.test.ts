import { describe } from 'vitest';
import { expectDeliveredPackets } from '../scenario/delivered-packets.ts';
import { expectNothingOfFreedPackets } from '../scenario/freed-in-transmit.ts';
import { expectIcmpErrorsOfFlow } from '../scenario/icmp-errors.ts';
import { expectRenamedInterface } from '../scenario/renamed-interface.ts';
import { expectTunnelledPackets } from '../scenario/tunnels.ts';
import { expectOneTagBesideTheBytes, expectTagsInBytes } from '../scenario/vlan-tags.ts';
import { guestAgentTest } from './guest-test.ts';

const test = guestAgentTest('6.12');

describe('kprobe.multi on Linux 6.12 admits', () => {
  test.for([
    ['--ifname: packets on a device that had a longer name before', expectRenamedInterface],
    ['nothing of a packet that the device has freed', expectNothingOfFreedPackets],
    ['what a VLAN tag in its bytes hides', expectTagsInBytes],
    ['what two VLAN tags hide, one of them beside the bytes', expectOneTagBesideTheBytes],
  ] as const)('%s', async ([, expectation], { machine }) => {
    await expectation(machine);
  });
  test.for([4, 6] as const)(
    'packets that have neither device nor socket, by IPv%i',
    (version, { machine }) =>
      expectDeliveredPackets(machine, version, {
        tcp: [`tcp_v${version}_do_rcv`, 'tcp_rcv_state_process', 'tcp_rcv_established'],
        udp: ['skb_consume_udp', '__consume_stateless_skb'],
      }),
  );
  test.for([4, 6] as const)('ICMPv%i errors about a flow', (version, { machine }) =>
    expectIcmpErrorsOfFlow(machine, version),
  );
  test.for([
    { kind: 'geneve', version: 4, value: 7 },
    { kind: 'ipip', version: 4, value: 0 },
    { kind: 'sit', version: 6, value: 0 },
    { kind: 'ip6tnl', version: 6, value: 0 },
    { kind: 'gre', version: 4, value: 0 },
    { kind: 'gretap', version: 6, value: 9 },
  ] as const)('what is inside $kind, IPv$version', (tunnel, { machine }) =>
    expectTunnelledPackets(machine, tunnel),
  );
});
