import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { Trace, type TracedEvent } from '../support/trace.ts';
import { makeTunnelledPods, podAddress, type Tunnel } from '../support/tunnelled-pods.ts';
import { sendUdp } from './traffic.ts';

const [port, otherPort] = [5071, 5072];

/** What it is called in a row and in JSON. */
const kindNames = {
  ...{ vxlan: 'vxlan', geneve: 'geneve', ipip: 'ipip', sit: 'ipip', ip6tnl: 'ipip' },
  ...{ gre: 'gre', gretap: 'gre' },
} as const;

/**
 * On the node that receives it, a packet in a tunnel is admitted by its inner addresses and ports, while it has the outer
 * header: there it may die.
 */
export async function expectTunnelledPackets(machine: TestMachine, tunnel: Tunnel): Promise<void> {
  const { version, kind, value } = tunnel;
  await using network = await makeTunnelledPods(machine, tunnel);
  const filter = `dst host ${podAddress[2][version]} and udp dst port ${port}`;
  await using trace = await Trace.start(machine, `${network.targets('n2')} -- '${filter}'`);
  const flow = { netns: network.netns('n1'), address: podAddress[2][version], count: 2 };
  await sendUdp(machine, { ...flow, port });
  await sendUdp(machine, { ...flow, port: otherPort });
  const { exitCode, events } = await trace.stop();
  expect(exitCode).toBe(0);
  const isAbout = ({ tuple }: TracedEvent, of: number) =>
    tuple?.destinationPort === of || tuple?.inner?.destinationPort === of;
  // ICMP errors about the flow are its own, too.
  const onWire = events.filter(({ tuple }) => tuple?.inner && tuple.inner.kind !== 'icmp-error');
  expect(onWire.length).toBeGreaterThan(0);
  for (const { tuple } of onWire) {
    expect(tuple?.inner).toMatchObject({
      ...{ kind: kindNames[kind], value, ipVersion: version },
    });
  }
  const ours = onWire.filter((event) => isAbout(event, port));
  expect(ours.length).toBeGreaterThan(0);
  expect(ours[0]?.tuple?.inner).toMatchObject({
    ...{ sourceAddress: podAddress[1][version], destinationAddress: podAddress[2][version] },
    ...{ destinationPort: port, protocol: 'udp' },
  });
  // Taken out of the tunnel, it is the same flow.
  expect(events.some(({ tuple }) => tuple?.destinationPort === port)).toBe(true);
  expect(events.filter((event) => isAbout(event, otherPort))).toEqual([]);
}
