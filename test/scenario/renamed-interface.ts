import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { Trace } from '../support/trace.ts';
import { makeVethPair, serverAddress } from '../support/veth-pair.ts';
import { sendUdp } from './traffic.ts';

/** Enough to see packets by, functions or tracepoints. */
const few = "--func 'ipv?6?_rcv|ip6?_output|net_dev_queue|netif_receive_skb|kfree_skb'";

/**
 * `--ifname NAME` and a device that had a longer name before: Docker and kind make `vethXXXXXXX` and rename it to eth0. The
 * kernel leaves the rest of the longer name behind the NUL of the new one (dev_change_name() in net/core/dev.c).
 */
export async function expectRenamedInterface(machine: TestMachine): Promise<void> {
  await using pair = await makeVethPair(machine);
  const { server, serverInterface, client } = pair;
  await machine.mustRun(`set -e
    rename() { ip -n ${server} link set $1 down; ip -n ${server} link set $1 name $2; ip -n ${server} link set $2 up; }
    rename ${serverInterface} longer_than_8ab
    rename longer_than_8ab eth9
    ip -n ${server} addr add ${serverAddress[6]}/64 dev eth9 nodad`);
  const seen = async (name: string) => {
    await using trace = await Trace.start(machine, `${few} --ifname ${name} -- udp dst port 5021`);
    for (const version of [4, 6] as const) {
      await sendUdp(machine, {
        ...{ netns: client, address: serverAddress[version], port: 5021, count: 2 },
      });
    }
    const { exitCode, events } = await trace.stop();
    expect(exitCode).toBe(0);
    return new Set(
      events.map(({ interface: device, tuple }) => `${device?.name} ${tuple?.ipVersion}`),
    );
  };
  expect(await seen('eth9')).toEqual(new Set(['eth9 4', 'eth9 6']));
  expect(await seen('eth')).toEqual(new Set());
  expect(await seen('eth9than_8ab')).toEqual(new Set());
}
