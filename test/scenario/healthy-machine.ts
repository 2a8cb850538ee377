import { join } from 'node:path';
import { expect } from 'vitest';
import { ResourceStack } from '../../agent/src/core/resource.ts';
import type { TestMachine } from '../support/machine.ts';
import { type BarePod, NodeNetwork } from '../support/node-network.ts';
import { Trace } from '../support/trace.ts';

const trafficTool = join(import.meta.dirname, '..', 'support', 'traffic.py');

/** At which a rule drops; that nobody listens at; of a group; and a link-layer address that nobody has. */
const [lostPort, closedPort, groupPort, floodedPort] = [9_999, 4_321, 4_322, 4_000];
const strangeMac = '02:00:00:00:99:99';

/** How long nothing may be printed. `PWRU_TEST_HEALTHY_S` makes it longer, for instance 60. */
const healthySeconds = Number(process.env['PWRU_TEST_HEALTHY_S'] ?? 20);

const inside = ({ netns }: Pick<BarePod, 'netns'>, command: string) =>
  `nsenter --net=/run/netns/${netns} python3 ${trafficTool} ${command}`;

/**
 * A machine on which nothing is wrong: connections, pings by raw sockets, requests and answers by UDP over a bridge with three
 * ports, which has to send the first frames to all of them; a host whose port does not forward; a capture; busy local sockets. `--drops` prints nothing. Then a loss among
 * it, of each kind, is printed.
 */
export async function expectSilenceOfHealth(machine: TestMachine, args = ''): Promise<void> {
  await using node = await NodeNetwork.create(machine);
  const [client, server, other] = [await node.add('a'), await node.add('b'), await node.add('c')];
  const late = await node.add('d');
  // Disabled, as by a protocol in user space. Once its carrier is noticed a port forwards.
  await machine.mustRun(`until bridge -n ${node.netns} link show dev ${late.hostInterface} | grep -q forwarding; do sleep 0.1; done
    bridge -n ${node.netns} link set dev ${late.hostInterface} state 0`);
  await using running = new ResourceStack();
  const start = async (pod: Pick<BarePod, 'netns'>, command: string) => {
    const process = running.use(await machine.start(`exec ${inside(pod, command)}`));
    await process.waitForOutput(/^ready$/m, { timeoutMs: 120_000 });
  };
  const seconds = healthySeconds + 240;
  await start(server, `serve ${server.address} 80 20000`);
  await start(server, `serve ${server.address6} 80 20000`);
  await start(server, `answer-udp ${server.address} 53`);
  await start({ netns: node.netns }, `capture ${seconds}`);
  await start(other, `capture ${seconds}`);
  await machine.mustRun(`nsenter --net=/run/netns/${server.netns} nft -f - <<'RULES'
table inet pwru_lost {
  chain input {
    type filter hook input priority 0
    udp dport ${lostPort} drop
  }
}
RULES
    ip -n ${client.netns} neigh replace 192.0.2.99 lladdr ${strangeMac} dev eth0 nud permanent`);
  await using trace = await Trace.start(machine, `--drops ${args}`);
  const rounds = `end=$((SECONDS + ${healthySeconds})); while [ $SECONDS -lt $end ]; do
    ${inside(client, `get ${server.address} 80 3`)}; ${inside(client, `get ${server.address6} 80 2 WAIT`)}
    ${inside(client, `ping ${server.address} 3`)}; ${inside(other, `ping ${client.address6} 3`)}
    ${inside(client, `ask-udp ${server.address} 53 3`)}
    ${inside(other, `router-solicitation eth0`)}; ${inside(other, `multicast ff02::1234 4000 eth0`)}
    ${inside(late, `announce eth0 ${late.address}`)}; ${inside(late, `router-solicitation eth0`)}
    python3 ${trafficTool} local-messages 5; ip -n ${node.netns} link show >/dev/null
    bridge -n ${node.netns} fdb flush dev ${server.hostInterface} 2>/dev/null
  done; true`;
  await machine.mustRun(rounds, { timeoutMs: (healthySeconds + 200) * 1_000 });
  // The captures read what they have.
  await machine.mustRun('sleep 12');
  expect(trace.process.stdout).toBe('');
  await machine.mustRun(inside(client, `send-udp ${server.address} ${lostPort} 1`));
  await machine.mustRun(inside(client, `send-udp ${server.address} ${closedPort} 1`));
  await machine.mustRun(inside(client, `send-udp 192.0.2.99 ${floodedPort} 1`));
  await machine.mustRun(inside(late, `multicast 239.1.2.3 ${groupPort} eth0`));
  // A datagram to a closed port; one that a rule drops; one that the bridge sends to all, whom it is not for; one that it does not take.
  const losses = [closedPort, lostPort, floodedPort, groupPort];
  // A capture in an emulated guest takes its time to read, and its copy is waited for.
  for (const port of losses) {
    await trace.waitForEvent(
      ({ drop, tuple }) => drop?.class === 'lost' && tuple?.destinationPort === port,
    );
  }
  const { events, stderr } = await trace.stop();
  const lostPorts = events.flatMap(({ drop, tuple }) =>
    drop?.class === 'lost' ? [tuple?.destinationPort] : [],
  );
  expect(new Set(lostPorts), stderr).toEqual(new Set(losses));
  expect(stderr).toMatch(/ 0 lost, /);
  expect(stderr).toMatch(/^4 packets lost; no loss: /m);
}
