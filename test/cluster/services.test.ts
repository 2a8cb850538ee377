import { expect } from 'vitest';
import { hostMachine } from '../support/host-machine.ts';
import { withCluster } from '../support/machine.ts';
import { placeOf, placesOf, Trace, type TracedEvent } from '../support/trace.ts';
import { test } from './agents-test.ts';
import type { Cluster } from './lab/cluster.ts';
import { podTemplate, startPod } from './pods.ts';

/*
 * What the world calls a service by, on a node that has none of its pods.
 */

const deployMs = 600_000;
const addresses = { external: '203.0.113.7', balancer: '198.51.100.50' } as const;
const nodePort = 30_080;

/** A service on the second node, a client on the first. @returns address of the pod behind the service */
async function startService(cluster: Cluster, namespace: string): Promise<string> {
  const [first = '', second = ''] = cluster.nodes.map(({ name }) => name);
  await startPod(cluster, { namespace, name: 'client', node: first });
  await cluster.apply({
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: { namespace, name: 'web', labels: { app: 'web' } },
    spec: podTemplate({ node: second }),
  });
  const pod = ['-n', namespace, 'pod/web'];
  await cluster.kubectl(['wait', '--for=condition=Ready', '--timeout=60s', ...pod], {
    timeoutMs: 70_000,
  });
  await cluster.apply({
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { namespace, name: 'web' } },
    spec: {
      ...{ type: 'LoadBalancer', externalTrafficPolicy: 'Local', selector: { app: 'web' } },
      externalIPs: [addresses.external],
      ports: [{ port: 80, nodePort }],
    },
  });
  const status = { status: { loadBalancer: { ingress: [{ ip: addresses.balancer }] } } };
  await cluster.kubectl(
    [
      ...['-n', namespace, 'patch', 'svc', 'web', '--subresource=status', '--type=merge'],
      ...['-p', JSON.stringify(status)],
    ],
    { version: '1.32' },
  );
  return cluster.kubectl(['get', ...pod, '-o', 'jsonpath={.status.podIP}']);
}

/** `203.0.113.7:80` of where packets went. */
function destinations(events: readonly TracedEvent[]): Set<string> {
  return new Set(
    events.flatMap(({ tuple }) =>
      tuple === null ? [] : [`${tuple.destinationAddress}:${tuple.destinationPort}`],
    ),
  );
}

/** `svc/NAME` alone is what belongs to the service; `--all-ports` is all packets of its pods. */
async function expectOwnPorts(cluster: Cluster, namespace: string, server: string): Promise<void> {
  const machine = withCluster(hostMachine, cluster.kubeconfig);
  for (const isAll of [false, true]) {
    const flag = isAll ? '--all-ports' : '';
    await using trace = await Trace.start(machine, `svc/web -n ${namespace} --all-nodes ${flag}`);
    const commands = [`nc -w 1 ${server} 80`, `nc -w 1 ${server} 81`, `ping -c 1 -W 1 ${server}`];
    const shell = ['--', 'sh', '-c', `${commands.join('; ')}; true`];
    await cluster.kubectl(['-n', namespace, 'exec', 'client', ...shell]);
    const { events } = await trace.stop();
    expect(placesOf(events)).toContain('web');
    const ofServer = events.filter(({ tuple }) => tuple?.destinationAddress === server);
    const protocols = new Set(ofServer.map(({ tuple }) => tuple?.protocol));
    const ports = new Set(ofServer.map(({ tuple }) => tuple?.destinationPort));
    expect(ports.has(80), flag).toBe(true);
    expect(ports.has(81), flag).toBe(isAll);
    expect(protocols, flag).toEqual(new Set(isAll ? ['tcp', 'icmp'] : ['tcp']));
  }
}

test('a service is known by all its addresses and ports, on the node where packets for it die', {
  timeout: deployMs,
}, async ({ lab: cluster, namespace }) => {
  const [first] = cluster.nodes;
  if (first === undefined) throw new Error('A node is needed');
  const server = await startService(cluster, namespace);
  const own = [
    `${addresses.external}:80`,
    `${addresses.balancer}:80`,
    `${first.address}:${nodePort}`,
  ];
  const others = [
    `${addresses.external}:81`,
    `${addresses.balancer}:443`,
    `${first.address}:${nodePort + 1}`,
  ];
  await expectOwnPorts(cluster, namespace, server);
  const network = `nsenter --target=${await first.pid()} --net`;
  await hostMachine.mustRun(`${network} nft -f - <<'RULES'
table ip pwru_test {
  chain prerouting {
    type filter hook prerouting priority -300
    tcp dport { 80, 81, 443, ${nodePort}, ${nodePort + 1} } drop
  }
}
RULES`);
  try {
    const machine = withCluster(hostMachine, cluster.kubeconfig);
    const connect = async (places: readonly string[]) => {
      const commands = places.map((place) => `nc -w 1 ${place.replace(':', ' ')}`).join('; ');
      const shell = ['--', 'sh', '-c', `${commands}; true`];
      await cluster.kubectl(['-n', namespace, 'exec', 'client', ...shell]);
    };
    {
      await using trace = await Trace.start(
        machine,
        `svc/web -n ${namespace} --all-nodes --drops -- tcp`,
      );
      await connect([...others, ...own]);
      const { events, stderr } = await trace.stop();
      const dropped = events.filter(({ drop }) => drop?.reason === 'NETFILTER_DROP');
      expect(destinations(dropped)).toEqual(new Set(own));
      expect(destinations(events)).toEqual(new Set(own));
      expect(dropped.map(({ node }) => node)).toEqual(dropped.map(() => first.name));
      expect(stderr).toContain(
        `svc/web: its externalTrafficPolicy is Local: without a pod of it, ${first.name} drops what comes there from outside`,
      );
    }
    {
      await using trace = await Trace.start(
        machine,
        `svc/web -n ${namespace} --from pod/client --all-nodes -- tcp`,
      );
      await connect([...others, ...own, `${server}:81`]);
      const { events } = await trace.stop();
      expect(placesOf(events)).toContain('client');
      const inClient = events.filter((event) => placeOf(event) === 'client');
      expect(destinations(inClient)).toEqual(new Set([...own, `${server}:81`]));
    }
    {
      await using trace = await Trace.start(
        machine,
        `pod/client -n ${namespace} --to svc/web -- tcp`,
      );
      await connect([...others, ...own]);
      const { events } = await trace.stop();
      expect(destinations(events)).toEqual(new Set(own));
    }
  } finally {
    await hostMachine.run(`${network} nft delete table ip pwru_test`);
  }
});
