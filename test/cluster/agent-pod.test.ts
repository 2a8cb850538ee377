import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { describe, expect } from 'vitest';
import { hostMachine } from '../support/host-machine.ts';
import { withAgent } from '../support/machine.ts';
import { parseSamples, sample, sumOf } from '../support/metrics-text.ts';
import { getPrometheus, lintMetrics } from '../support/prometheus.ts';
import { Trace, withoutErrors } from '../support/trace.ts';
import {
  agentNamespace,
  agentPorts,
  askPod,
  DeployedAgents,
  forwardPort,
  processOf,
  shippedProcess,
} from './agents.ts';
import { test as base } from './cluster-test.ts';
import type { Cluster } from './lab/cluster.ts';
import type { LabCluster } from './lab/lab-cluster.ts';
import { TiedProcess } from './lab/tied-process.ts';
import { waitUntil } from './lab/wait-until.ts';
import { startPod } from './pods.ts';

/*
 * The agent as it is shipped: its image from the Dockerfile, in pods from deploy/.
 */

const test = base.extend<{ agents: DeployedAgents }>({
  agents: [
    async ({ cluster }, use) => {
      await using agents = await DeployedAgents.deploy(cluster);
      await use(agents);
    },
    { scope: 'file' },
  ],
});

const deployMs = 600_000;

describe('the agents', () => {
  test('are ready on every node, soon', { timeout: deployMs }, async ({ cluster, agents }) => {
    process.stdout.write(`agents ready after ${(agents.readyMs / 1_000).toFixed(1)} s\n`);
    expect(agents.readyMs).toBeLessThan(30_000);
    const pods = await agents.pods();
    expect([...pods.keys()].sort()).toEqual(cluster.nodes.map(({ name }) => name).sort());
    for (const pod of pods.values()) {
      const ready = { status: 200, text: 'ok agent\nok bpf\nok pods\n' };
      expect(await askPod(cluster, pod, '/readyz')).toEqual(ready);
      expect(await askPod(cluster, pod, '/healthz')).toEqual({ status: 200, text: 'ok\n' });
    }
  });

  test('are no root, and can write nowhere', async ({ cluster, agents }) => {
    const pod = [...(await agents.pods()).values()][0] ?? '';
    expect(await processOf(cluster, pod)).toEqual(shippedProcess);
  });

  test('trace what a pod sends, by way of kubectl port-forward', async ({
    cluster,
    namespace,
    agents,
  }) => {
    const [node = ''] = (await agents.pods()).keys();
    const address = await startPod(cluster, {
      ...{ namespace, name: 'sender', node },
      command: ['sh', '-c', 'while true; do nc -w 1 192.0.2.9 4321; done'],
    });
    const pod = (await agents.pods()).get(node) ?? '';
    await using forward = await forwardPort(cluster, pod);
    const machine = withAgent(hostMachine, forward.address);
    await using trace = await Trace.start(machine, '--timeout 3s -- tcp dst port 4321');
    const { exitCode, events } = await trace.end();
    expect(exitCode).toBe(0);
    expect(events.length).toBeGreaterThan(5);
    const sources = withoutErrors(events).map(({ tuple }) => tuple?.sourceAddress);
    expect(new Set(sources)).toEqual(new Set([address]));
    const samples = parseSamples((await askPod(cluster, pod, '/metrics')).text);
    expect(sample(samples, 'pwru_sessions_total{result="ok"}')).toBeGreaterThan(0);
    expect(sumOf(samples, 'pwru_probes_attached')).toBe(0);
  });
});

describe('metrics', () => {
  test('have nothing that promtool complains of', async ({ cluster, agents }) => {
    for (const pod of (await agents.pods()).values()) {
      const { text } = await askPod(cluster, pod, '/metrics');
      expect(text).toContain('pwru_kube_cache_synced{resource="pods"} 1');
      expect(lintMetrics(text)).toBe('');
    }
  });

  test('are scraped by Prometheus', async ({ lab: cluster, agents }) => {
    const names = [...(await agents.pods()).values()].sort();
    await using prometheus = await startPrometheus(cluster, names);
    await waitUntil(async () => (await prometheus.query('up == 1')).size === names.length, {
      goal: 'scraping every agent',
      intervalMs: 500,
      processes: [prometheus.program],
    });
    const probes = await prometheus.query('sum by (pod) (pwru_probes_attached)');
    expect(probes).toEqual(new Map(names.map((name) => [name, 0])));
    const synced = await prometheus.query('pwru_kube_cache_synced{resource="pods"}');
    expect(synced).toEqual(new Map(names.map((name) => [name, 1])));
  });
});

async function addressesOf(cluster: Cluster, pods: readonly string[]) {
  const path = ['-o', 'jsonpath={.status.podIP}'];
  return Promise.all(
    pods.map(async (pod) => ({
      pod,
      address: await cluster.kubectl(['-n', agentNamespace, 'get', 'pod', pod, ...path]),
    })),
  );
}

/** A Prometheus on the first node, which reaches pods as one in the cluster would. */
async function startPrometheus(cluster: LabCluster, pods: readonly string[]) {
  const [node] = cluster.nodes;
  if (node === undefined) throw new Error('The cluster has no node');
  const folder = await mkdtemp(join(tmpdir(), 'pwru-prometheus-'));
  // Debian's Prometheus cannot discover pods: it is built without the Kubernetes client.
  const targets = await addressesOf(cluster, pods);
  const config = {
    global: { scrape_interval: '1s' },
    scrape_configs: [
      {
        job_name: 'agents',
        static_configs: targets.map(({ pod, address }) => ({
          targets: [`${address}:${agentPorts.http}`],
          labels: { pod },
        })),
      },
    ],
  };
  await writeFile(join(folder, 'prometheus.yml'), dump(config));
  const listen = `${node.address}:9095`;
  const program = new TiedProcess({
    program: getPrometheus().prometheus,
    args: [
      ...[`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`],
      `--web.listen-address=${listen}`,
    ],
    log: join(folder, 'log'),
    namespaces: [`--target=${await node.pid()}`, '--net'],
  });
  return {
    program,
    /** Values by pod; none while it is not up. */
    async query(expression: string): Promise<Map<string, number>> {
      const url = `http://${listen}/api/v1/query?query=${encodeURIComponent(expression)}`;
      const response = await fetch(url).catch(() => undefined);
      if (response?.status !== 200) return new Map();
      const { data } = (await response.json()) as {
        data: { result: Array<{ metric: { pod?: string }; value: [number, string] }> };
      };
      return new Map(
        data.result.map(({ metric, value }) => [metric.pod ?? '', Number(value[1])] as const),
      );
    },
    async [Symbol.asyncDispose]() {
      await program.kill();
      await rm(folder, { recursive: true });
    },
  };
}
