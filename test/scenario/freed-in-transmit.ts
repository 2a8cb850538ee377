import { expect } from 'vitest';
import { LabNetwork } from '../support/lab-network.ts';
import type { TestMachine } from '../support/machine.ts';
import { Trace } from '../support/trace.ts';
import { sendUdp } from './traffic.ts';

/** The two packets' lengths differ, so that a row of one with the other's bytes shows. */
const followed = { port: 5353, bytes: 10, count: 1 };
const other = { port: 9999, bytes: 20, count: 3 };

/**
 * A bridge without ports frees each packet in its transmit function. Then comes the tracepoint net_dev_xmit, whose skb is
 * freed memory, or already the next packet.
 */
export async function expectNothingOfFreedPackets(machine: TestMachine): Promise<void> {
  await using network = await LabNetwork.create(
    machine,
    ['x'],
    `ip -n $x link add d0 type bridge
     ip -n $x addr add 192.0.2.1/24 dev d0; ip -n $x addr add 2001:db8::1/64 dev d0 nodad
     ip -n $x link set d0 up
     for h in 192.0.2.2 192.0.2.3 2001:db8::2 2001:db8::3; do
       ip -n $x neigh add $h lladdr 02:00:00:00:00:02 dev d0 nud permanent
     done`,
  );
  const netns = network.netns('x');
  for (const [one, two, headerBytes] of [
    ['192.0.2.2', '192.0.2.3', 28],
    ['2001:db8::2', '2001:db8::3', 48],
  ] as const) {
    await using trace = await Trace.start(
      machine,
      `netns/${netns} --track -- udp port ${followed.port}`,
    );
    await sendUdp(machine, { netns, address: one, ...followed });
    await sendUdp(machine, { netns, address: two, ...other });
    const { exitCode, events } = await trace.stop();
    expect(exitCode).toBe(0);
    expect(events.some(({ drop }) => drop !== null)).toBe(true);
    // What gives the memory back, as kfree_skbmem(), shows no tuple.
    expect(
      new Set(events.flatMap(({ tuple }) => (tuple === null ? [] : [tuple.destinationPort]))),
    ).toEqual(new Set([followed.port]));
    const lengths = [headerBytes, headerBytes + 14].map((bytes) => bytes + followed.bytes);
    expect(events.filter(({ lengthBytes }) => !lengths.includes(lengthBytes))).toEqual([]);
    expect(new Set(events.map(({ packetId }) => packetId)).size).toBe(1);
  }
}
