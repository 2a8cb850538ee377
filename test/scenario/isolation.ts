import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { NodeNetwork } from '../support/node-network.ts';
import { Trace } from '../support/trace.ts';
import { clientAddress, makeVethPair, serverAddress } from '../support/veth-pair.ts';
import { sendUdp } from './traffic.ts';

export async function inodeOfNetns(machine: TestMachine, name: string): Promise<number> {
  return Number(await machine.mustRun(`stat -Lc %i /run/netns/${name}`));
}

/** Traffic in two pairs of namespaces, one namespace traced without following packets. */
export async function expectNoStrangers(machine: TestMachine): Promise<void> {
  await using traced = await makeVethPair(machine);
  await using other = await makeVethPair(machine);
  const inode = await inodeOfNetns(machine, traced.client);
  await using trace = await Trace.start(machine, `netns/${traced.client} -- udp port 4000`);
  const flows = [
    { netns: traced.client, address: serverAddress[4] },
    { netns: traced.server, address: clientAddress[4] },
    { netns: other.client, address: serverAddress[6] },
    { netns: other.server, address: clientAddress[4] },
  ];
  for (const flow of flows) await sendUdp(machine, { ...flow, port: 4000, count: 20 });
  const { events, exitCode } = await trace.stop();
  expect(exitCode).toBe(0);
  expect(events.length).toBeGreaterThan(40);
  expect(events.filter((event) => event.netns?.inode !== inode)).toEqual([]);
}

/** One namespace traced, its packets followed: over the veth, and nothing else of the other side. */
export async function expectFollowedAcrossVeth(machine: TestMachine): Promise<void> {
  await using pair = await makeVethPair(machine);
  const inodes = {
    client: await inodeOfNetns(machine, pair.client),
    server: await inodeOfNetns(machine, pair.server),
  };
  await using trace = await Trace.start(machine, `netns/${pair.client} --track -- udp port 4001`);
  await sendUdp(machine, { netns: pair.client, address: serverAddress[4], port: 4001, count: 10 });
  // Strangers: the other namespace's own packets of the same shape, over its loopback.
  await sendUdp(machine, { netns: pair.server, address: '127.0.0.1', port: 4001, count: 10 });
  const { events, exitCode } = await trace.stop();
  expect(exitCode).toBe(0);
  const seen = new Set(events.map((event) => event.netns?.inode));
  expect(seen).toContain(inodes.client);
  expect(seen).toContain(inodes.server);
  const tuples = events.flatMap(({ tuple }) => (tuple === null ? [] : [tuple]));
  expect(tuples.filter((tuple) => tuple.sourceAddress === '127.0.0.1')).toEqual([]);
  expect(tuples.length).toBeGreaterThan(0);
  const inServer = events.filter((event) => event.netns?.inode === inodes.server);
  const begunInClient = new Set(
    events.filter((event) => event.netns?.inode === inodes.client).map((event) => event.packetId),
  );
  expect(inServer.filter((event) => !begunInClient.has(event.packetId))).toEqual([]);
}

/** A traced namespace is deleted and another of its name is made while the trace runs. */
export async function expectNoSuccessor(machine: TestMachine): Promise<void> {
  await using pair = await makeVethPair(machine);
  const name = pair.client;
  const inode = await inodeOfNetns(machine, name);
  await using trace = await Trace.start(machine, `netns/${name} -- udp port 4002`);
  await sendUdp(machine, { netns: name, address: serverAddress[4], port: 4002, count: 3 });
  await machine.mustRun(`ip netns del ${name}; ip netns add ${name}; ip -n ${name} link set lo up`);
  expect(await inodeOfNetns(machine, name)).not.toBe(inode);
  await sendUdp(machine, { netns: name, address: '127.0.0.1', port: 4002, count: 10 });
  const { events } = await trace.stop();
  expect(events.length).toBeGreaterThan(0);
  expect(events.filter((event) => event.netns?.inode !== inode)).toEqual([]);
  expect(events.filter(({ tuple }) => tuple?.destinationAddress === '127.0.0.1')).toEqual([]);
}

/**
 * A broadcast that a bridge sends to all its ports: clones of one packet, which are followed into the namespaces behind
 * them although nothing there is traced by itself.
 */
export async function expectClonesFollowed(machine: TestMachine): Promise<void> {
  await using node = await NodeNetwork.create(machine);
  const [sender, ...receivers] = [await node.add('a'), await node.add('b'), await node.add('c')];
  await using trace = await Trace.start(machine, `netns/${sender.netns} --track -- udp port 4007`);
  await machine.mustRun(
    `nsenter --net=/run/netns/${sender.netns} python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
for _ in range(3): s.sendto(b"x", ("192.0.2.255", 4007))'`,
  );
  const { events, exitCode } = await trace.stop();
  expect(exitCode).toBe(0);
  const [inB, inC] = await Promise.all(
    receivers.map(async ({ netns }) => {
      const inode = await inodeOfNetns(machine, netns);
      const there = events.filter((event) => event.netns?.inode === inode);
      return new Set(there.map((event) => event.packetId));
    }),
  );
  expect(inB?.size).toBe(3);
  expect(inC).toEqual(inB);
}
