import { expect } from 'vitest';
import { LabNetwork } from '../support/lab-network.ts';
import type { TestMachine } from '../support/machine.ts';
import { Trace, type TracedEvent, withoutErrors } from '../support/trace.ts';
import { sendUdp } from './traffic.ts';

const [inner, other] = [5031, 5032];

/** The stacked devices, from the one that has the addresses to the one that puts the frame on the wire. */
interface Tagging {
  readonly what: string;
  /** Makes device `wire` in namespace $x, and devices upon it. */
  readonly devices: string;
  /** The device with the addresses. */
  readonly top: string;
  /** Identifiers, the outermost first, as the frame has them on the wire. */
  readonly ids: readonly number[];
}

const taggings: readonly Tagging[] = [
  {
    what: '802.1Q on a device without VLAN offload',
    devices: 'ip -n $x link add link wire name v5 type vlan id 5',
    top: 'v5',
    ids: [5],
  },
  {
    what: 'two tags, both in the bytes',
    devices: `ip -n $x link add link wire name v7 type vlan proto 802.1ad id 7
              ip -n $x link add link v7 name v5 type vlan id 5`,
    top: 'v5',
    ids: [7, 5],
  },
];

/** Functions and tracepoints of the way down to the wire. */
const wayDown = "--func '.*(dev_queue|start_xmit).*'";

const deviceOf = (event: TracedEvent) => event.interface?.name;

/**
 * A dummy device, as virtio-net, has no VLAN offload: the kernel puts the tag into the packet's bytes. The filter and the
 * tuple go on seeing the IP packet, and a filter that asks for the tag sees the tag.
 */
export async function expectTagsInBytes(machine: TestMachine): Promise<void> {
  for (const { what, devices, top, ids } of taggings) {
    await using network = await LabNetwork.create(
      machine,
      ['x'],
      `ip -n $x link add wire type dummy; ip -n $x link set wire up
       ${devices}
       for d in $(ip -n $x -br link show type vlan | cut -d@ -f1); do ip -n $x link set $d up; done
       ip -n $x addr add 192.0.2.1/24 dev ${top}; ip -n $x addr add 2001:db8::1/64 dev ${top} nodad
       for h in 192.0.2.2 2001:db8::2; do
         ip -n $x neigh add $h lladdr 02:00:00:00:00:02 dev ${top} nud permanent
       done`,
    );
    const netns = network.netns('x');
    const trace = async (filter: string) => {
      await using running = await Trace.start(machine, `netns/${netns} ${wayDown} -- '${filter}'`);
      for (const address of ['192.0.2.2', '2001:db8::2']) {
        for (const port of [inner, other])
          await sendUdp(machine, { netns, address, port, count: 2 });
      }
      const { exitCode, events } = await running.stop();
      expect(exitCode).toBe(0);
      return events.filter((event) => deviceOf(event) === 'wire');
    };
    const wireIds = (events: readonly TracedEvent[]) =>
      new Set(events.map(({ tuple, vlan }) => `${tuple?.ipVersion} ${vlan?.id}`));
    const both = new Set([`4 ${ids[0]}`, `6 ${ids[0]}`]);

    const plain = await trace(`udp dst port ${inner}`);
    expect(wireIds(plain), what).toEqual(both);
    expect(new Set(plain.map(({ tuple }) => tuple?.destinationPort))).toEqual(new Set([inner]));
    expect(new Set(plain.map(({ tuple }) => tuple?.destinationAddress))).toEqual(
      new Set(['192.0.2.2', '2001:db8::2']),
    );
    // Where the device takes the packet, the tag is in the bytes.
    const started = plain.filter((event) => /start_xmit/.test(event.function.name));
    expect(started.length).toBeGreaterThan(0);
    expect(new Set(started.map(({ etherType }) => etherType))).not.toContain(0x0800);

    const asked = await trace(
      `${ids.map((id) => `vlan ${id} and`).join(' ')} udp dst port ${inner}`,
    );
    expect(wireIds(asked), what).toEqual(both);
    expect(asked.some((event) => /start_xmit/.test(event.function.name))).toBe(true);
    // 0x4500 & 0xfff, the beginning of an IPv4 header.
    if (ids.length === 1) expect(await trace('vlan 1280 or vlan 6')).toEqual([]);
  }
}

/** Two tags between devices that have the offload: the outer one beside the bytes, the inner one in them. */
export async function expectOneTagBesideTheBytes(machine: TestMachine): Promise<void> {
  await using network = await LabNetwork.create(
    machine,
    ['x', 'y'],
    `ip link add wire netns $x type veth peer name wire netns $y
     host=1
     for n in $x $y; do
       ip -n $n link set wire up
       ip -n $n link add link wire name v7 type vlan proto 802.1ad id 7; ip -n $n link set v7 up
       ip -n $n link add link v7 name v5 type vlan id 5; ip -n $n link set v5 up
       ip -n $n addr add 192.0.2.$host/24 dev v5; ip -n $n addr add 2001:db8::$host/64 dev v5 nodad
       host=2
     done`,
  );
  const netns = network.netns('x');
  const trace = async (filter: string) => {
    await using running = await Trace.start(
      machine,
      `${network.targets('x', 'y')} --func '.*(dev_queue|start_xmit|dev_queue_xmit|netif_rx|netif_receive_skb).*' -- '${filter}'`,
    );
    for (const address of ['192.0.2.2', '2001:db8::2']) {
      for (const port of [inner, other]) await sendUdp(machine, { netns, address, port, count: 2 });
    }
    const { exitCode, events } = await running.stop();
    expect(exitCode).toBe(0);
    // Nobody listens: the answers are about the flow, and go on the same wire.
    return withoutErrors(events);
  };
  const onWire = (events: readonly TracedEvent[], netnsName: string) =>
    new Set(
      events
        .filter((event) => deviceOf(event) === 'wire' && event.netns?.name === netnsName)
        .map(({ tuple, vlan }) => `${tuple?.ipVersion} ${tuple?.destinationPort} ${vlan?.id}`),
    );
  const both = new Set([`4 ${inner} 7`, `6 ${inner} 7`]);
  for (const filter of [`udp dst port ${inner}`, `vlan 7 and vlan 5 and udp dst port ${inner}`]) {
    const events = await trace(filter);
    for (const name of ['x', 'y'] as const)
      expect(onWire(events, network.netns(name)), filter).toEqual(both);
  }
}
