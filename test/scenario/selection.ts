import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { type FinishedTrace, Trace, type TracedEvent } from '../support/trace.ts';
import { clientAddress, serverAddress, type VethPair } from '../support/veth-pair.ts';
import { sendUdp, type UdpFlow } from './traffic.ts';

/*
 * What each flag shows and, as important, what it does not. All use one pair of namespaces, so each
 * has ports of its own.
 */

/** Enough to see packets by, functions or tracepoints, and quick to attach on an emulated machine. */
const few = "--func '(ip|icmp)_rcv|ip_output|net_dev_queue|netif_receive_skb|kfree_skb'";

/** Where a packet has its tag: between the VLAN devices of both sides. */
const onTheWire = "--func '.*(dev_queue_xmit|hard_start_xmit|netif_rx|netif_receive|backlog).*'";

interface Place {
  readonly machine: TestMachine;
  readonly pair: VethPair;
}

/** `count` datagrams of the client to the server. */
function toServer({ pair }: Place, port: number, count = 3): UdpFlow {
  return { netns: pair.client, address: serverAddress[4], port, count };
}

/** Traces while the flows are sent, one after the other. */
async function traceFlows(
  { machine }: Place,
  args: string,
  flows: readonly UdpFlow[],
): Promise<FinishedTrace> {
  await using trace = await Trace.start(machine, args);
  for (const flow of flows) await sendUdp(machine, flow);
  const finished = await trace.stop();
  expect(finished.exitCode).toBe(0);
  return finished;
}

function targets({ pair }: Place): string {
  return `netns/${pair.client} netns/${pair.server}`;
}

function nft(place: Place, netns: string, rules: string): Promise<string> {
  return place.machine.mustRun(`nsenter --net=/run/netns/${netns} nft '${rules}'`);
}

const portsOf = (events: readonly TracedEvent[]) =>
  new Set(events.flatMap(({ tuple }) => (tuple === null ? [] : [tuple.destinationPort])));
const namesOf = (events: readonly TracedEvent[]) =>
  new Set(events.map((event) => event.function.name));

/** One flow is dropped by a rule, the other is taken by a socket. */
export async function expectDropsOnly(place: Place): Promise<void> {
  const { machine, pair } = place;
  const [dropped, taken] = [5001, 5002];
  await nft(
    place,
    pair.server,
    `table ip drops { chain i { type filter hook input priority 0; udp dport ${dropped} drop; }; }`,
  );
  await using receiver = await machine.start(
    `exec nsenter --net=/run/netns/${pair.server} node -e "require('dgram').createSocket('udp4').bind(${taken}, () => console.log('bound'))"`,
  );
  await receiver.waitForOutput(/bound/);
  const filter = `-- udp dst portrange ${dropped}-${taken}`;
  const { events, stderr } = await traceFlows(place, `${targets(place)} --drops ${filter}`, [
    toServer(place, taken),
    toServer(place, dropped),
    toServer(place, taken),
  ]);
  expect(portsOf(events)).toEqual(new Set([dropped]));
  const drops = events.filter(({ drop }) => drop !== null);
  expect(drops.map(({ drop }) => drop?.reason)).toEqual(Array(3).fill('NETFILTER_DROP'));
  for (const drop of drops) {
    const way = events.filter(({ packetId }) => packetId === drop.packetId);
    // From the sender's namespace on, long before it was clear that it would be dropped.
    expect(way[0]?.netns?.name).toBe(pair.client);
    expect(way.length).toBeGreaterThan(3);
  }
  expect(stderr).toMatch(/[1-9]\d* of packets that were not lost held back, 0 lost/);
}

/** Packets with the mark that a rule sets, and none of the others. */
export async function expectMarkOnly(place: Place): Promise<void> {
  const [marked, unmarked] = [5003, 5004];
  await nft(
    place,
    place.pair.client,
    `table ip marks { chain o { type filter hook output priority 0; udp dport ${marked} meta mark set 0x2a; }; }`,
  );
  const { events } = await traceFlows(
    place,
    `netns/${place.pair.client} ${few} --mark 0x2a -- udp dst portrange ${marked}-${unmarked}`,
    [toServer(place, unmarked), toServer(place, marked)],
  );
  expect(events.length).toBeGreaterThan(0);
  expect(new Set(events.map(({ mark }) => mark))).toEqual(new Set([0x2a]));
  expect(portsOf(events)).toEqual(new Set([marked]));
}

/** Of the whole host, packets on one device. */
export async function expectInterfaceOnly(place: Place): Promise<void> {
  const { pair } = place;
  const { events } = await traceFlows(
    place,
    `${few} --ifname ${pair.serverInterface} -- udp dst port 5005`,
    [toServer(place, 5005)],
  );
  expect(events.length).toBeGreaterThan(0);
  expect(new Set(events.map((event) => event.interface?.name))).toEqual(
    new Set([pair.serverInterface]),
  );
}

/** `--limit`: so many events and no more, and it ends by itself. */
export async function expectLimit(place: Place): Promise<void> {
  const { machine } = place;
  await using trace = await Trace.start(
    machine,
    `${targets(place)} ${few} --limit 5 -- udp dst port 5006`,
  );
  await sendUdp(machine, toServer(place, 5006, 20));
  const { exitCode, events, stderr } = await trace.end();
  expect({ exitCode, events: events.length }).toEqual({ exitCode: 0, events: 5 });
  expect(stderr).toMatch(/^Traced for .*\n.* delivered, 5 shown, 0 lost/m);
}

/** `--timeout`: it ends by itself, not before its time. */
export async function expectTimeout(place: Place): Promise<void> {
  await using trace = await Trace.start(
    place.machine,
    `${targets(place)} ${few} --timeout 2s -- udp dst port 5007`,
  );
  const { exitCode, stderr } = await trace.end();
  expect(exitCode).toBe(0);
  const [, seconds] = /^Traced for ([\d.]+) s: /m.exec(stderr) ?? [];
  expect(Number(seconds)).toBeGreaterThanOrEqual(2);
}

/** `--func`: functions whose whole name matches, and drops, which every trace shows. */
export async function expectFunctionsOnly(place: Place): Promise<void> {
  const { events, stderr } = await traceFlows(
    place,
    `${targets(place)} --func 'ip_output|udp_rcv|ip_rc' -- udp dst port 5008`,
    [toServer(place, 5008)],
  );
  expect(stderr).toMatch(/^Tracing 2 functions /m);
  expect(namesOf(events)).toEqual(new Set(['ip_output', 'udp_rcv', 'kfree_skb']));
}

/** `--kmods veth` adds the module's functions; without it there are none. */
export async function expectModuleFunctions(place: Place): Promise<void> {
  const flows = [toServer(place, 5009)];
  const args = `${targets(place)} --func 'veth_xmit|ip_rcv' -- udp dst port 5009`;
  const withModule = await traceFlows(place, `--kmods veth ${args}`, flows);
  expect(withModule.events.map((event) => event.function)).toContainEqual({
    name: 'veth_xmit',
    module: 'veth',
    tracepoint: false,
  });
  const without = await traceFlows(place, args, flows);
  expect(namesOf(without.events)).toContain('ip_rcv');
  expect(namesOf(without.events)).not.toContain('veth_xmit');
}

/** `--all-kmods`: functions of modules that nobody named. */
export async function expectAllModules(place: Place): Promise<void> {
  const { events } = await traceFlows(place, `${targets(place)} --all-kmods -- udp dst port 5010`, [
    toServer(place, 5010),
  ]);
  expect(new Set(events.map((event) => event.function.module))).toContain('veth');
}

/** `--stack`: who called, innermost first; without it nothing. */
export async function expectStacks(place: Place): Promise<void> {
  const args = `netns/${place.pair.client} --func 'ip_output|__dev_queue_xmit' -- udp dst port 5011`;
  const flows = [toServer(place, 5011)];
  const { events } = await traceFlows(place, `--stack ${args}`, flows);
  const outputs = events.filter((event) => event.function.name === 'ip_output');
  expect(outputs.length).toBeGreaterThan(0);
  for (const { stack } of outputs) {
    const symbols = stack.map(({ symbol }) => symbol);
    expect(symbols).toContain('udp_sendmsg');
    expect(symbols.indexOf('ip_send_skb')).toBeLessThan(symbols.indexOf('udp_sendmsg'));
  }
  const without = await traceFlows(place, args, flows);
  expect(without.events.length).toBeGreaterThan(0);
  expect(without.events.filter(({ stack }) => stack.length > 0)).toEqual([]);
}

/** A tagged flow and an untagged one to the same port; the filter wants the tag. */
export async function expectVlanOnly(place: Place): Promise<void> {
  const { machine, pair } = place;
  const address = { client: '198.51.100.1', server: '198.51.100.2' };
  for (const side of ['client', 'server'] as const) {
    await machine.mustRun(
      `set -e; ip -n ${pair[side]} link add link ${pair[`${side}Interface`]} name vlan100 type vlan id 100
       ip -n ${pair[side]} addr add ${address[side]}/24 dev vlan100; ip -n ${pair[side]} link set vlan100 up`,
    );
  }
  const tagged = { netns: pair.client, address: address.server, port: 5012, count: 3 };
  const { events } = await traceFlows(
    place,
    `${targets(place)} ${onTheWire} -- vlan 100 and udp dst port 5012`,
    [tagged, toServer(place, 5012), tagged],
  );
  expect(events.length).toBeGreaterThan(0);
  expect(new Set(events.map(({ tuple }) => tuple?.destinationAddress))).toEqual(
    new Set([address.server]),
  );
  expect(new Set(events.map(({ vlan }) => vlan?.id))).toEqual(new Set([100]));
  const other = await traceFlows(
    place,
    `${targets(place)} ${onTheWire} -- vlan 200 and udp dst port 5012`,
    [tagged],
  );
  expect(other.events).toEqual([]);
}

/** The byte is behind what is read of most IPv4 packets. What is sent is spaces, with an x at the end. */
export async function expectPayloadByte(place: Place): Promise<void> {
  const flow = { ...toServer(place, 5013), count: 2 };
  const { events } = await traceFlows(
    place,
    `${targets(place)} ${onTheWire} -- udp dst port 5013 and udp[37] = 0x78`,
    [30, 28, 32, 30].map((bytes) => ({ ...flow, bytes })),
  );
  expect(events.length).toBeGreaterThan(0);
  expect(new Set(events.map(({ packetId }) => packetId)).size).toBe(4);
}

/** Nobody listens: the answer is an ICMP error, and the filter wants that alone. */
export async function expectIcmpOnly(place: Place): Promise<void> {
  const { pair } = place;
  const { events } = await traceFlows(
    place,
    `netns/${pair.client} ${few} -- icmp[icmptype] == icmp-unreach and src host ${serverAddress[4]}`,
    [toServer(place, 5013, 1)],
  );
  expect(events.length).toBeGreaterThan(0);
  expect(
    events.filter(
      ({ tuple }) =>
        tuple?.protocol !== 'icmp' ||
        tuple.icmpType !== 3 ||
        tuple.icmpCode !== 3 ||
        tuple.destinationAddress !== clientAddress[4],
    ),
  ).toEqual([]);
}

/** A datagram of 3,000 bytes in fragments: of the later ones, which have no ports, and of nothing else. */
export async function expectLaterFragmentsOnly(place: Place): Promise<void> {
  const { pair } = place;
  const { events } = await traceFlows(
    place,
    `netns/${pair.server} --func ip_rcv -- 'udp and src host ${clientAddress[4]} and ip[6:2] & 0x1fff != 0'`,
    [toServer(place, 5014), { ...toServer(place, 5014, 1), bytes: 3_000 }],
  );
  // 3,008 bytes of UDP are 1,480 + 1,480 + 48 with an MTU of 1,500.
  const received = events.filter((event) => event.function.name === 'ip_rcv');
  expect(received.map(({ lengthBytes }) => lengthBytes)).toEqual([1_500, 68]);
  expect(new Set(received.map(({ tuple }) => tuple?.destinationPort))).toEqual(new Set([null]));
  expect(received.map(({ tuple }) => tuple?.fragmentOffsetBytes)).toEqual([1_480, 2_960]);
}

/**
 * Behind IPv6 extension headers: a router-alert option before the report of a group that the client joins (MLD), and a
 * datagram of 3,000 bytes in fragments, of which only the first has ports.
 */
export async function expectBehindExtensionHeaders(place: Place): Promise<void> {
  const { machine, pair } = place;
  const port = 5015;
  await using trace = await Trace.start(
    machine,
    `netns/${pair.client} --func '__dev_queue_xmit|net_dev_queue' -- 'ip6[6] == 0 or ip6[6] == 44'`,
  );
  await sendUdp(machine, {
    ...{ netns: pair.client, address: serverAddress[6], port, count: 1, bytes: 3_000 },
  });
  await machine.mustRun(`set -e
    reports() { nsenter --net=/run/netns/${pair.client} sed -n 's/^Icmp6OutMLDv2Reports *//p' /proc/net/dev_snmp6/${pair.clientInterface}; }
    before=$(reports)
    ip -n ${pair.client} addr add 2001:db8::15/64 dev ${pair.clientInterface} nodad
    for i in {1..100}; do [ $(reports) = $before ] || exit 0; sleep 0.1; done; exit 1`);
  const { events } = await trace.stop();
  const seen = events.filter(({ drop }) => drop === null).map(({ tuple }) => tuple);
  expect(seen.filter((tuple) => tuple?.protocol === 'icmp6')).toContainEqual(
    expect.objectContaining({ icmpType: 143, icmpCode: 0 }),
  );
  // 3,008 bytes of UDP are 1,448 + 1,448 + 112 with an MTU of 1,500.
  const fragments = seen.filter((tuple) => tuple?.protocol === 'udp');
  expect(fragments.map((tuple) => tuple?.destinationPort)).toEqual([port, null, null]);
}
