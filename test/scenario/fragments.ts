import { join } from 'node:path';
import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { makeRoutedNetwork, routedAddress } from '../support/routed-network.ts';
import { type FinishedTrace, Trace, type TracedEvent } from '../support/trace.ts';

type RoutedNetwork = Awaited<ReturnType<typeof makeRoutedNetwork>>;
type IpVersion = 4 | 6;

const trafficTool = join(import.meta.dirname, '..', 'support', 'traffic.py');
const [port, otherPort] = [5081, 5082];
const { client, server } = routedAddress;

/** Of a datagram of three fragments. */
const datagramBytes = 3_000;
/** Of a fragment on a device with an MTU of 1,500 bytes, without its headers. */
const fragmentBytes = { 4: 1_480, 6: 1_448 } as const;

const traffic = (network: RoutedNetwork, command: string) =>
  network.run(`python3 ${trafficTool} ${command}`, 'c');

const offsetOf = ({ tuple }: TracedEvent) => tuple?.fragmentOffsetBytes ?? 0;
const packetsOf = (events: readonly TracedEvent[]) =>
  new Set(events.map((event) => event.packetId));
const lossesOf = (events: readonly TracedEvent[]) =>
  events.filter(({ drop }) => drop?.class === 'lost');

/** The router drops all but first fragments, before anything puts them together. */
function dropLaterFragments(network: RoutedNetwork): Promise<string> {
  return network.run(
    `nft -f - <<'RULES'
table ip pwru_test {
  chain first { type filter hook prerouting priority -450; ip frag-off & 0x1fff != 0 drop; }
}
table ip6 pwru_test {
  chain first { type filter hook prerouting priority -450; frag frag-off != 0 drop; }
}
RULES`,
    'r',
  );
}

async function traced(
  machine: TestMachine,
  args: string,
  run: () => Promise<unknown>,
): Promise<FinishedTrace> {
  await using trace = await Trace.start(machine, args);
  await run();
  // In an emulated guest the last one may still be on its way.
  await machine.mustRun('sleep 1');
  const finished = await trace.stop();
  expect(finished.exitCode).toBe(0);
  return finished;
}

/** A lost fragment is the loss of its datagram, once, though the filter wants a port, which no later fragment has. */
export async function expectLostFragments(machine: TestMachine, version: IpVersion): Promise<void> {
  await using network = await makeRoutedNetwork(machine);
  const send = () => traffic(network, `send-udp ${server[version]} ${port} 1 ${datagramBytes}`);
  // So that neighbour discovery is over.
  await traffic(network, `send-udp ${server[version]} ${otherPort} 1 ${datagramBytes}`);
  await using listener = await machine.start(
    `exec nsenter --net=/run/netns/${network.netns('s')} python3 ${trafficTool} hold-udp ${server[version]} ${port}`,
  );
  await listener.waitForOutput(/^ready$/m, { timeoutMs: 60_000 });
  const args = `${network.targets('c', 'r', 's')} --track --drops -- udp dst port ${port}`;
  const healthy = await traced(machine, args, send);
  expect(healthy.events).toEqual([]);
  await dropLaterFragments(network);
  const { events, stderr } = await traced(machine, args, send);
  const losses = lossesOf(events);
  const bytes = fragmentBytes[version];
  expect(losses.map(offsetOf)).toEqual([bytes, 2 * bytes]);
  for (const { tuple, drop, netns } of losses) {
    expect(tuple).toMatchObject({
      ...{ sourceAddress: client[version], destinationAddress: server[version], protocol: 'udp' },
      ...{ sourcePort: null, destinationPort: null },
    });
    expect(drop?.reason).toMatch(/^(NETFILTER_DROP|NOT_SPECIFIED|)$/);
    expect(netns?.name).toBe(network.netns('r'));
  }
  // With the way of the first one, which has the ports.
  expect(packetsOf(events).size).toBe(1);
  expect(events.some(({ tuple }) => tuple?.destinationPort === port)).toBe(true);
  expect(stderr).toMatch(/^1 packet lost$/m);
}

/** What becomes of a datagram after its fragments have been put together is the fate of one packet. */
export async function expectLossAfterReassembly(
  machine: TestMachine,
  version: IpVersion,
): Promise<void> {
  await using network = await makeRoutedNetwork(machine);
  const send = () => traffic(network, `send-udp ${server[version]} ${port} 1 ${datagramBytes}`);
  await send();
  await network.run(
    `nft 'add table inet pwru_test; add chain inet pwru_test in { type filter hook input priority 0; }; add rule inet pwru_test in udp dport ${port} drop'`,
    's',
  );
  const args = `${network.targets('c', 'r', 's')} --track --drops -- udp dst port ${port}`;
  const { events, stderr } = await traced(machine, args, send);
  expect(packetsOf(events).size).toBe(1);
  expect(lossesOf(events)[0]).toMatchObject({
    netns: { name: network.netns('s') },
    tuple: { destinationPort: port, fragmentOffsetBytes: 0 },
  });
  expect(stderr).toMatch(/^1 packet lost$/m);
}

/** Fragments without a first one that the filter takes are nobody's, whatever their IP id. */
export async function expectNoForeignFragments(
  machine: TestMachine,
  version: IpVersion,
): Promise<void> {
  await using network = await makeRoutedNetwork(machine);
  const other = version === 4 ? '10.2.0.9' : '2001:db8:2::9';
  await network.run(`ip -n $s addr add ${other}/${version === 4 ? 24 : '64 nodad'} dev s0`);
  const send = (destination: string, fragments: string) =>
    traffic(network, `send-fragments ${client[version]} ${destination} ${fragments}`);
  for (const address of [server[version], other]) await send(address, `70:${otherPort} 70:+16`);
  const { events } = await traced(
    machine,
    `${network.targets('c', 'r', 's')} -- udp dst port ${port}`,
    async () => {
      await send(server[version], `77:${port}`);
      await send(other, '77:+24');
      await send(server[version], `78:+32 78:${port} 77:+16 79:${otherPort} 79:+40`);
      // The next datagram with an id that was used before.
      await send(server[version], `80:${port} 80:${otherPort} 80:+48`);
    },
  );
  expect(new Set(events.map(offsetOf))).toEqual(new Set([0, 16]));
  const later = events.filter((event) => offsetOf(event) === 16);
  expect(new Set(later.map(({ netns }) => netns?.name))).toEqual(
    new Set(['c', 'r', 's'].map((name) => network.netns(name as 'c' | 'r' | 's'))),
  );
  const packets = packetsOf(events.filter((event) => offsetOf(event) === 0));
  expect(later.filter(({ packetId }) => !packets.has(packetId))).toEqual([]);
}

/** A filter that looks into the ICMP header, and one that takes fragments by themselves: a datagram is one packet. */
export async function expectFragmentsOfPing(
  machine: TestMachine,
  version: IpVersion,
): Promise<void> {
  await using network = await makeRoutedNetwork(machine);
  const ping = () => traffic(network, `ping ${server[version]} 2 ${datagramBytes}`);
  await ping();
  const request = version === 4 ? 'icmp[0] == 8' : 'icmp6 and ip6[40] == 128';
  for (const filter of [request, `src host ${client[version]}`]) {
    const { events, stderr } = await traced(
      machine,
      `${network.targets('c')} -- '${filter}'`,
      ping,
    );
    const ofRequests = events.filter(({ tuple }) => tuple?.sourceAddress === client[version]);
    expect(packetsOf(ofRequests).size, filter).toBe(2);
    for (const id of packetsOf(ofRequests)) {
      const offsets = ofRequests.filter(({ packetId }) => packetId === id).map(offsetOf);
      expect(new Set(offsets).size, filter).toBeGreaterThanOrEqual(3);
    }
    expect(stderr).toMatch(/^2 packets, /m);
  }
}

/** A router that takes a followed packet apart makes new packets, which are the same one. Only IPv4 has such routers. */
export async function expectFragmentsOfRouter(machine: TestMachine): Promise<void> {
  await using network = await makeRoutedNetwork(machine);
  await network.run('ip -n $r link set r1 mtu 600');
  const send = () =>
    network.run(
      `python3 -c "
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, 10, 0)
s.sendto(b'x' * 1400, ('${server[4]}', ${port}))"`,
      'c',
    );
  await send();
  const args = `${network.targets('c', 'r', 's')} --track -- udp dst port ${port}`;
  const { events } = await traced(machine, args, send);
  const inServer = events.filter(
    ({ netns, tuple }) => netns?.name === network.netns('s') && tuple?.protocol === 'udp',
  );
  expect(new Set(inServer.map(offsetOf))).toEqual(new Set([0, 576, 1_152]));
  const laterPackets = packetsOf(inServer.filter((event) => offsetOf(event) !== 0));
  expect(laterPackets.size).toBe(1);
  expect(packetsOf(inServer.filter((event) => offsetOf(event) === 0))).toEqual(laterPackets);
}

export const fragmentCases = [
  ['a lost one is the loss of its datagram', expectLostFragments],
  ['put together they are one packet, which may be lost', expectLossAfterReassembly],
  ['none of another datagram', expectNoForeignFragments],
  ['of a ping', expectFragmentsOfPing],
] as const;
