import { expect } from 'vitest';
import { ResourceStack } from '../../agent/src/core/resource.ts';
import type { TestMachine } from '../support/machine.ts';
import { NodeNetwork } from '../support/node-network.ts';
import { Trace, type TracedEvent, withoutErrors } from '../support/trace.ts';
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
  // In an emulated guest the last one may still be on its way.
  await machine.mustRun('sleep 1');
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

/** A datagram that a bridge hands on to another namespace: it keeps the sender's socket up to the receiver's IP. */
export async function expectFollowedAcrossBridge(machine: TestMachine): Promise<void> {
  await using node = await NodeNetwork.create(machine);
  const [sender, receiver] = [await node.add('a'), await node.add('b')];
  for (const version of [4, 6] as const) {
    const address = version === 4 ? receiver.address : receiver.address6;
    await using trace = await Trace.start(
      machine,
      `netns/${sender.netns} --track -- udp port 4012`,
    );
    await sendUdp(machine, { netns: sender.netns, address, port: 4012, count: 3 });
    await machine.mustRun('sleep 1');
    const { events, exitCode } = await trace.stop();
    expect(exitCode).toBe(0);
    const [inSender, inReceiver] = await Promise.all(
      [sender, receiver].map(async ({ netns }) => {
        const inode = await inodeOfNetns(machine, netns);
        const there = events.filter((event) => event.netns?.inode === inode);
        return new Set(withoutErrors(there).map((event) => event.packetId));
      }),
    );
    // Nobody listens: an error may come before the last one is sent.
    expect(inSender?.size).toBeGreaterThan(1);
    expect(inReceiver).toEqual(inSender);
  }
}

/**
 * TCP connections of a traced namespace, followed, beside those of others. The kernel frees TCP's packets where no tracepoint
 * tells, and gives their addresses to the next packets at once.
 */
export async function expectNoTcpStrangers(machine: TestMachine): Promise<void> {
  await using traced = await makeVethPair(machine);
  await using other = await makeVethPair(machine);
  const own = await Promise.all(
    [traced.client, traced.server].map((name) => inodeOfNetns(machine, name)),
  );
  await using _servers = await startTcpServers(machine, [traced.server, other.server], 4008);
  await using trace = await Trace.start(
    machine,
    `netns/${traced.client} --track -- tcp port 4008 and host ${serverAddress[4]}`,
  );
  await Promise.all([traced.client, other.client].map((netns) => connectOften(machine, netns)));
  const { events, exitCode } = await trace.stop();
  expect(exitCode).toBe(0);
  const inOwn = events.filter(({ netns }) => netns !== null && own.includes(netns.inode));
  expect(inOwn.length).toBeGreaterThan(connections);
  expect(events.filter(({ netns }) => netns !== null && !own.includes(netns.inode))).toEqual([]);
  // Where the kernel knows no namespace for the moment it has to be a packet that was in one of them.
  const ids = new Set(inOwn.map(({ packetId }) => packetId));
  expect(events.filter(({ packetId }) => !ids.has(packetId))).toEqual([]);
}

/**
 * The same of datagrams, beside others of the same namespaces that the filter does not take, and of other namespaces. All on one
 * CPU, which gives the address of an sk_buff that it frees to the next one.
 */
export async function expectNoUdpStrangers(machine: TestMachine): Promise<void> {
  await using traced = await makeVethPair(machine);
  await using other = await makeVethPair(machine);
  const own = await Promise.all(
    [traced.client, traced.server].map((name) => inodeOfNetns(machine, name)),
  );
  await using _servers = await startUdpServers(machine, [traced.server, other.server]);
  for (const version of [4, 6] as const) {
    await using trace = await Trace.start(
      machine,
      `netns/${traced.client} --track -- udp port ${tracedPort}`,
    );
    await machine.mustRun(
      [
        `${askOften(traced.client, version, tracedPort)} & one=$!`,
        `${askOften(traced.client, version, otherPort)} & two=$!`,
        `${askOften(other.client, version, tracedPort)} & three=$!`,
        'wait $one && wait $two && wait $three',
      ].join('\n'),
      { timeoutMs: 120_000 },
    );
    const { events, exitCode } = await trace.stop();
    expect(exitCode).toBe(0);
    expect(events.length).toBeGreaterThan(datagrams);
    expect(events.filter(({ netns }) => netns !== null && !own.includes(netns.inode))).toEqual([]);
    const isOther = ({ sourcePort, destinationPort }: NonNullable<TracedEvent['tuple']>) =>
      ![sourcePort, destinationPort].includes(tracedPort);
    expect(events.filter(({ tuple }) => tuple !== null && isOther(tuple))).toEqual([]);
  }
}

const datagrams = 200;
const [tracedPort, otherPort] = [4010, 4011];

/** A command that asks an echo server, and waits for each answer. */
const askOften = (netns: string, version: 4 | 6, port: number): string =>
  `nsenter --net=/run/netns/${netns} taskset -c 0 python3 -c '
import socket
s = socket.socket(socket.AF_INET${version === 6 ? '6' : ''}, socket.SOCK_DGRAM)
s.settimeout(10)
s.connect(("${serverAddress[version]}", ${port}))
for i in range(${datagrams}):
    s.send(b"x" * (i % 20))
    s.recv(100)'`;

/** Echo servers at both ports and of both IP versions in namespaces; disposing the stack ends them. */
async function startUdpServers(
  machine: TestMachine,
  namespaces: readonly string[],
): Promise<ResourceStack> {
  await using stack = new ResourceStack();
  for (const netns of namespaces) {
    const server = stack.use(
      await machine.start(
        `exec nsenter --net=/run/netns/${netns} taskset -c 0 python3 -uc '
import select, socket
sockets = [socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) for _ in range(2)]
for s, port in zip(sockets, (${tracedPort}, ${otherPort})): s.bind(("::", port))
print("bound")
while True:
    for s in select.select(sockets, [], [])[0]: s.sendto(*s.recvfrom(100))'`,
      ),
    );
    await server.waitForOutput(/bound/);
  }
  return stack.move();
}

const connections = 150;

/** Each connection sends 4 KB and takes them back. */
async function connectOften(machine: TestMachine, netns: string): Promise<void> {
  await machine.mustRun(
    `nsenter --net=/run/netns/${netns} node -e '
      const { connect } = require("net");
      let left = ${connections};
      const next = () => {
        if (left-- === 0) return;
        let wanted = 4096;
        const socket = connect(4008, "${serverAddress[4]}", () => socket.write(Buffer.alloc(4096)));
        socket.on("data", (bytes) => { wanted -= bytes.length; if (wanted === 0) socket.end(); });
        socket.on("close", next);
      };
      next();'`,
    { timeoutMs: 60_000 },
  );
}

/** Echo servers in namespaces; disposing the stack ends them. */
async function startTcpServers(
  machine: TestMachine,
  namespaces: readonly string[],
  port: number,
): Promise<ResourceStack> {
  await using stack = new ResourceStack();
  for (const netns of namespaces) {
    const server = stack.use(
      await machine.start(
        `exec nsenter --net=/run/netns/${netns} node -e '
          require("net").createServer((s) => s.on("error", () => {}).pipe(s)).listen(${port}, () => console.log("bound"))'`,
      ),
    );
    await server.waitForOutput(/bound/);
  }
  return stack.move();
}
