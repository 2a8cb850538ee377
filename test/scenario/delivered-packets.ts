import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { Trace, type TracedEvent } from '../support/trace.ts';
import { clientAddress, makeVethPair, serverAddress, type VethPair } from '../support/veth-pair.ts';

const port = 5041;

/** Answers one datagram, and takes two bytes from one connection, then ends. */
const server = `
const dgram = require('dgram'), net = require('net');
const udp = dgram.createSocket('udp6').on('message', () => console.log('datagram')).bind(${port}, () =>
  net.createServer((socket) => {
    socket.on('data', () => socket.write('ok'));
    socket.on('close', () => { console.log('closed'); process.exit(); });
  }).listen(${port}, '::', () => console.log('listening')));
`;

async function exchange(
  machine: TestMachine,
  { client, server: netns }: VethPair,
  version: 4 | 6,
): Promise<void> {
  await using process = await machine.start(
    `exec nsenter --net=/run/netns/${netns} node -e "${server.replaceAll('\n', ' ')}"`,
  );
  await process.waitForOutput(/listening/, { timeoutMs: 60_000 });
  const address = serverAddress[version];
  await machine.mustRun(
    `nsenter --net=/run/netns/${client} bash -c 'printf xx > /dev/udp/${address}/${port}
       exec 3<>/dev/tcp/${address}/${port}; printf xx >&3; read -rN 2 -u 3; exec 3>&-'`,
  );
  await process.waitForOutput(/closed/, { timeoutMs: 60_000 });
}

const isFrom = (event: TracedEvent, address: string) => event.tuple?.sourceAddress === address;
const namesOf = (events: readonly TracedEvent[], protocol: string) =>
  new Set(
    events.filter(({ tuple }) => tuple?.protocol === protocol).map((event) => event.function.name),
  );

/**
 * TCP and UDP clear skb->dev when they have found the socket, and drop the route soon after. The packet is still in the
 * receiver's namespace, and none of it in the sender's.
 * @param functions that see such packets, by protocol; of tracepoints where there are no kprobes.
 */
export async function expectDeliveredPackets(
  machine: TestMachine,
  version: 4 | 6,
  functions: { readonly tcp: readonly string[]; readonly udp: readonly string[] },
): Promise<void> {
  await using pair = await makeVethPair(machine);
  // UDP drops the route, too: the namespace is known by where the packet was delivered.
  const delivery = version === 4 ? ['udp_rcv'] : ['udpv6_rcv'];
  const others = ['net_dev_queue', '__dev_queue_xmit', ...delivery];
  const selected = [...functions.tcp, ...functions.udp, ...others];
  const args = `--func '${selected.join('|')}' -- port ${port}`;
  const trace = async (netns: string) => {
    await using running = await Trace.start(machine, `netns/${netns} ${args}`);
    await exchange(machine, pair, version);
    const { exitCode, events } = await running.stop();
    expect(exitCode).toBe(0);
    expect(new Set(events.map((event) => event.netns?.name))).toEqual(new Set([netns]));
    return events;
  };
  const atServer = (await trace(pair.server)).filter((event) =>
    isFrom(event, clientAddress[version]),
  );
  for (const protocol of ['tcp', 'udp'] as const) {
    for (const name of functions[protocol])
      expect(namesOf(atServer, protocol), protocol).toContain(name);
  }
  // What the client sends is received in the server's namespace, outside of this one.
  const atClient = await trace(pair.client);
  const sent = atClient.filter((event) => isFrom(event, clientAddress[version]));
  expect(sent.length).toBeGreaterThan(0);
  for (const protocol of ['tcp', 'udp'] as const) {
    for (const name of functions[protocol])
      expect(namesOf(sent, protocol), protocol).not.toContain(name);
  }
}
