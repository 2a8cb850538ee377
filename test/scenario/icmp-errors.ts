import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { makeRoutedNetwork, routedAddress } from '../support/routed-network.ts';
import { Trace, type TracedEvent } from '../support/trace.ts';
import { sendUdp } from './traffic.ts';

/** Nobody listens on either. */
const [port, otherPort] = [5061, 5062];
const { client, server } = routedAddress;

const errorsIn = (events: readonly TracedEvent[]) =>
  events.filter(({ tuple }) => tuple?.protocol === 'icmp' || tuple?.protocol === 'icmp6');

/** An ICMP error belongs to the flow that it is about: it is admitted by that flow's port, and says what it is. */
export async function expectIcmpErrorsOfFlow(machine: TestMachine, version: 4 | 6): Promise<void> {
  await using network = await makeRoutedNetwork(machine);
  const flow = { netns: network.netns('c'), address: server[version], count: 1 };
  await using trace = await Trace.start(
    machine,
    `${network.targets('c', 'r')} -- udp dst port ${port}`,
  );
  await sendUdp(machine, { ...flow, port });
  await sendUdp(machine, { ...flow, port: otherPort });
  const { exitCode, events } = await trace.stop();
  expect(exitCode).toBe(0);
  const errors = errorsIn(events);
  // On its way through the router, too.
  expect(new Set(errors.map(({ netns }) => netns?.name))).toEqual(
    new Set([network.netns('c'), network.netns('r')]),
  );
  for (const { tuple } of errors) {
    expect(tuple).toMatchObject({
      sourceAddress: server[version],
      destinationAddress: client[version],
      sourcePort: null,
      icmpType: version === 4 ? 3 : 1,
      icmpCode: version === 4 ? 3 : 4,
      inner: {
        ...{ kind: 'icmp-error', value: 0, ipVersion: version, protocol: 'udp' },
        sourceAddress: client[version],
        destinationAddress: server[version],
        destinationPort: port,
      },
    });
    expect(tuple?.inner?.sourcePort).toBeGreaterThan(0);
  }
  const about = new Set(events.map(({ tuple }) => tuple?.inner?.destinationPort ?? port));
  expect(about).toEqual(new Set([port]));
}

/** The next device takes less: the packet is dropped with the MTU that decided, and the error that follows tells it. */
export async function expectDecidingMtu(
  machine: TestMachine,
  version: 4 | 6,
  by: 'device' | 'route',
): Promise<void> {
  await using network = await makeRoutedNetwork(machine);
  const prefix = version === 4 ? '10.2.0.0/24' : '2001:db8:2::/64';
  await network.run(
    by === 'device'
      ? 'ip -n $r link set r1 mtu 1400'
      : `ip -n $r -${version} route del ${prefix} dev r1
         ip -n $r -${version} route add ${prefix} dev r1 mtu 1400`,
  );
  await using trace = await Trace.start(machine, `${network.targets('r')} -- udp dst port ${port}`);
  await network.run(
    `python3 -c "
import socket
s = socket.socket(socket.AF_INET${version === 6 ? '6' : ''}, socket.SOCK_DGRAM)
${version === 4 ? 's.setsockopt(socket.IPPROTO_IP, 10, 3)' : 's.setsockopt(socket.IPPROTO_IPV6, 23, 3)'}
s.sendto(b'x' * 1440, ('${server[version]}', ${port}))"`,
    'c',
  );
  const { exitCode, events } = await trace.stop();
  expect(exitCode).toBe(0);
  const drop = events.find((event) => event.drop !== null && event.tuple?.protocol === 'udp');
  expect(drop?.drop?.reason).toMatch(/^(PKT_TOO_BIG|NOT_SPECIFIED)$/);
  const index = Number(await network.run('ip -n $r -o link show r1 | cut -d: -f1'));
  // ip6_forward() makes the route's device the packet's before it compares.
  const ofDevice =
    version === 4
      ? { mtuSource: 'route-interface', mtuInterfaceIndex: index, interface: { name: 'r0' } }
      : { mtuSource: 'interface', mtuInterfaceIndex: 0, interface: { name: 'r1' } };
  expect(drop).toMatchObject({
    mtuBytes: 1_400,
    ...(by === 'device' ? ofDevice : { mtuSource: 'route', mtuInterfaceIndex: 0 }),
  });
  const errors = errorsIn(events);
  expect(errors.length).toBeGreaterThan(0);
  for (const { tuple } of errors) {
    expect(tuple).toMatchObject({
      icmpType: version === 4 ? 3 : 2,
      icmpCode: version === 4 ? 4 : 0,
      inner: { kind: 'icmp-error', value: 1_400, destinationPort: port, protocol: 'udp' },
    });
  }
  // Before the route is known, it is the MTU of the device.
  const received = events.find(({ tuple }) => tuple?.protocol === 'udp');
  expect(received).toMatchObject({ mtuBytes: 1_500, mtuSource: 'interface' });
}
