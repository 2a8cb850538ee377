import { expect } from 'vitest';
import { hostMachine } from '../support/host-machine.ts';
import { withCluster } from '../support/machine.ts';
import { placeOf, Trace } from '../support/trace.ts';
import { test } from './agents-test.ts';
import type { Cluster } from './lab/cluster.ts';
import { startPod } from './pods.ts';

/*
 * `kubectl pwru -A --drops` in a cluster in which nothing is wrong.
 */

/** How long nothing may be printed. `PWRU_TEST_HEALTHY_S` makes it longer, for instance 120. */
const healthySeconds = Number(process.env['PWRU_TEST_HEALTHY_S'] ?? 30);
const deployMs = 600_000;
const downloadMb = 200;

/** Which a rule of the server's pod drops. */
const lostPort = 9_999;

/** The kubelet asks each second in each way: by HTTP, by a connection that it only opens, and by a program in the pod. */
const probes = {
  livenessProbe: { periodSeconds: 1, tcpSocket: { port: 80 } },
  readinessProbe: { periodSeconds: 1, httpGet: { port: 80, path: '/index.html' } },
  startupProbe: {
    periodSeconds: 1,
    failureThreshold: 30,
    exec: { command: ['test', '-e', '/up'] },
  },
};

/** A web server with a large file, which the kubelet probes. @returns its address */
async function startServer(cluster: Cluster, namespace: string, node: string): Promise<string> {
  const serve = `mkdir /www; echo small > /www/index.html; truncate -s ${downloadMb}M /www/large
    httpd -p 80 -h /www; touch /up; sleep infinity`;
  return startPod(cluster, { namespace, name: 'web', node, command: ['sh', '-c', serve], probes });
}

/**
 * Downloads, small requests and pings until the time is over; a pod that comes meanwhile, and announces itself to its network.
 * @returns how many downloads were whole
 */
async function busyFor(
  cluster: Cluster,
  { namespace, server, node }: { readonly [key in 'namespace' | 'server' | 'node']: string },
): Promise<number> {
  const client = (script: string) =>
    cluster.kubectl(['-n', namespace, 'exec', 'client', '--', 'sh', '-c', script], {
      timeoutMs: (healthySeconds + 60) * 1_000,
    });
  const download = `end=$(($(date +%s) + ${healthySeconds})); count=0
    while [ $(date +%s) -lt $end ]; do
      [ $(wget -q -O - http://${server}/large | wc -c) = ${downloadMb * 1_048_576} ] && count=$((count + 1))
      wget -q -O - http://${server}/ > /dev/null; sleep 2
    done; echo $count`;
  const [downloads] = await Promise.all([
    client(download),
    client(`ping -q -c ${healthySeconds} ${server}`),
    startPod(cluster, { namespace, name: 'later', node }),
  ]);
  return Number(downloads);
}

test('--drops of all namespaces prints nothing in a healthy cluster, and a loss in the midst of it', {
  timeout: deployMs + healthySeconds * 2_000,
}, async ({ lab: cluster, namespace }) => {
  const [nodeA = '', nodeB = ''] = cluster.nodes.map(({ name }) => name);
  await startPod(cluster, { namespace, name: 'client', node: nodeA });
  const server = await startServer(cluster, namespace, nodeB);
  const network = await cluster.podNetwork({ namespace, pod: 'web' });
  const machine = withCluster(hostMachine, cluster.kubeconfig);
  await using trace = await Trace.start(machine, '-A --drops');
  const downloads = await busyFor(cluster, { namespace, server, node: nodeB });
  expect(downloads).toBeGreaterThan(0);
  // What was dropped last may wait for the fate of other copies.
  await hostMachine.mustRun('sleep 6');
  expect(trace.process.stdout).toBe('');
  // The same, and one datagram that is lost.
  await hostMachine.mustRun(
    `nsenter --net=${network} iptables -A INPUT -p udp --dport ${lostPort} -j DROP`,
  );
  const lose = `(wget -q -O /dev/null http://${server}/large &
    traceroute -n -q 1 -f 9 -m 9 -w 1 -p ${lostPort - 1} ${server}; wait) > /dev/null; true`;
  await cluster.kubectl(['-n', namespace, 'exec', 'client', '--', 'sh', '-c', lose]);
  await hostMachine.mustRun('sleep 6');
  const { events, exitCode, stderr } = await trace.stop();
  process.stdout.write(`${healthySeconds} s, ${downloads} downloads: ${stderr}\n`);
  expect(exitCode).toBe(0);
  const losses = events.flatMap((event) =>
    event.drop === null
      ? []
      : [[placeOf(event), event.tuple?.destinationPort, event.drop.class, event.drop.reason]],
  );
  expect(losses).toEqual([['web', lostPort, 'lost', 'NETFILTER_DROP']]);
  expect(stderr).toMatch(/ 0 lost, /);
  expect(stderr).toMatch(/^1 packet lost/m);
});
