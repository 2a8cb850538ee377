import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { messageOf } from '../../../agent/src/core/errors.ts';
import type { KubeApi, ResourceKind } from '../../../plugin/src/kubernetes/kube-api.ts';
import { openKubeApi } from '../../../plugin/src/kubernetes/open-kube-api.ts';
import { Limiter } from '../../../plugin/src/kubernetes/pacing.ts';
import { collectionPath, kinds, objectPath } from '../../../plugin/src/kubernetes/resources.ts';
import { agentNamespace, manifests } from '../../cluster/agents.ts';
import { LoneControlPlane } from '../../cluster/lab/lone-control-plane.ts';
import { pathOf } from '../pipeline-process.ts';
import { EtcdStore } from './etcd-store.ts';
import type { PluginRun } from './plugin-run.ts';
import {
  addressOf,
  makeTemplates,
  namespaceOf,
  nodeName,
  type Population,
  populate,
  workloadName,
  workloadNamespace,
  workloadNamespaces,
} from './population.ts';
import { LoadMeter, type ServerLoad } from './server-load.ts';
import { WatchingAgents } from './watching-agents.ts';

/** What all agents did at once, and what it cost. */
export interface AgentsStep {
  /** Until the last one followed its pods. */
  readonly ms: number;
  readonly load: ServerLoad;
  /** That agents read. */
  readonly bytes: number;
}

export interface ScaleReport {
  readonly population: Population;
  readonly podBytes: { readonly json: number; readonly stored: number };
  readonly start: AgentsStep;
  /** With all watches open and nothing happening; `bytes` are of bookmarks. */
  readonly idle: AgentsStep;
  readonly changes: {
    readonly count: number;
    readonly without: ServerLoad;
    readonly with: AgentsStep;
  };
  /** After the API server was killed, from when it serves again. */
  readonly restart: AgentsStep & { readonly lists: number; readonly failures: number };
  /** One agent's listing after a restart: as it is, and with a limit, which bypasses the server's cache. */
  readonly list: { readonly cached: ServerLoad; readonly stored: ServerLoad };
  readonly plugin: PluginRun & { readonly load: ServerLoad };
  /** What the plugin asks for the name of an address; `count` of them. */
  readonly addresses: { readonly load: ServerLoad; readonly count: number };
}

const serviceAccount: ResourceKind = {
  ...{ group: '', version: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' },
  namespaced: true,
};

const idleMs = 20_000;
const changeCount = 1_000;
const addressCount = 20;

/**
 * A control plane with the objects of a big cluster, the watches of all its agents, and a run of the plugin. Nodes and pods are
 * objects only: no kubelet is there.
 */
export async function measureScale(
  population: Population,
  say: (line: string) => void,
): Promise<ScaleReport> {
  await using cluster = await LoneControlPlane.start();
  const podBytes = await fill(cluster, population, say);
  const api = await openKubeApi({ kubeconfig: cluster.kubeconfig });
  try {
    const meter = new LoadMeter(cluster);
    say(`the API server has ${Math.round(meter.apiServerMib)} MiB`);
    await delay(5_000);
    const list = await measureLists(api, meter, say);
    say(`lists: ${JSON.stringify(list)}`);
    const without = await measureChanges(api, meter, population);
    await using agents = await WatchingAgents.make(cluster);
    const step = async (run: () => Promise<number>): Promise<AgentsStep> => {
      await meter.lap();
      const bytes = agents.bytesRead;
      const ms = await run();
      return { ms, load: await meter.lap(), bytes: agents.bytesRead - bytes };
    };
    const start = await step(() => agents.start(population.nodes));
    say(`agents: ${agents.podCount} pods, ${JSON.stringify(start)}`);
    await delay(5_000);
    const idle = await step(() => delay(idleMs, idleMs));
    say(`idle: ${JSON.stringify(idle)}`);
    const changed = await step(async () => {
      const startMs = performance.now();
      await changePods(api, population);
      return performance.now() - startMs;
    });
    say(`changes: ${JSON.stringify(changed)}`);
    const plugin = await runPlugin(cluster, meter, population);
    say(`plugin: ${JSON.stringify(plugin)}`);
    const addresses = await measureAddresses(api, meter);
    say(`addresses: ${JSON.stringify(addresses)}`);
    const restart = await measureRestart(cluster, agents, meter);
    say(`restart: ${JSON.stringify(restart)}`);
    return {
      ...{ population, podBytes, start, idle, restart, list, plugin, addresses },
      changes: { count: changeCount, without, with: changed },
    };
  } finally {
    await api.close();
  }
}

/** Stores the objects. @returns the size of a workload's pod */
async function fill(
  cluster: LoneControlPlane,
  population: Population,
  say: (line: string) => void,
): Promise<ScaleReport['podBytes']> {
  const store = new EtcdStore(cluster.etcdUrl);
  const api = await openKubeApi({ kubeconfig: cluster.kubeconfig });
  try {
    await cluster.kubectl(['apply', '-k', manifests]);
    for (const name of workloadNamespaces(population)) await create(api, kinds.namespace, name);
    for (const namespace of [workloadNamespace(0), agentNamespace]) {
      // What the controllers would do.
      await create(api, serviceAccount, 'default', namespace);
    }
    const templates = await makeTemplates(api, store);
    const path = objectPath(kinds.pod, workloadName(0), workloadNamespace(0));
    const json = await cluster.kubectl(['get', '--raw', path]);
    const startMs = performance.now();
    {
      // As if from a backup: it need not take part in it.
      await using _ = await cluster.apiServer.takeDown();
      await populate(store, templates, population);
      say(`stored ${population.pods} pods in ${Math.round(performance.now() - startMs)} ms`);
    }
    say(`the API server was ready after ${Math.round(performance.now() - startMs)} ms`);
    return { json: json.length, stored: templates.pod.lengthBytes };
  } finally {
    await api.close();
  }
}

async function create(
  api: KubeApi,
  kind: ResourceKind,
  name: string,
  namespace?: string,
): Promise<void> {
  await api.request({
    ...{ method: 'POST', path: collectionPath(kind, namespace) },
    body: { apiVersion: kind.version, kind: kind.kind, metadata: { name } },
  });
}

/** What a kubelet would say of some pods, one after the other. */
async function changePods(api: KubeApi, { pods, nodes }: Population): Promise<void> {
  const limiter = new Limiter(8);
  const workloads = pods - nodes;
  await Promise.all(
    Array.from({ length: changeCount }, (_, step) =>
      limiter.run(async () => {
        // All over the nodes.
        const index = (step * 7_919) % workloads;
        const path = objectPath(kinds.pod, workloadName(index), namespaceOf(index));
        await api.request({
          ...{ method: 'PATCH', path: `${path}/status` },
          contentType: 'application/merge-patch+json',
          body: { status: { message: `${Date.now()} ${step}` } },
        });
      }),
    ),
  );
}

async function measureChanges(
  api: KubeApi,
  meter: LoadMeter,
  population: Population,
): Promise<ServerLoad> {
  await changePods(api, population);
  await meter.lap();
  await changePods(api, population);
  return meter.lap();
}

async function measureLists(
  api: KubeApi,
  meter: LoadMeter,
  say: (line: string) => void,
): Promise<ScaleReport['list']> {
  const list = async (query: Record<string, string>): Promise<ServerLoad> => {
    await meter.lap();
    const fieldSelector = `spec.nodeName=${nodeName(1)}`;
    const asked = api.request({
      ...{ method: 'GET', path: '/api/v1/pods' },
      query: { ...query, fieldSelector },
    });
    // With a limit it may take longer than the minute that a server gives a request.
    await asked.catch((thrown) => say(`a list failed: ${messageOf(thrown)}`));
    return meter.lap();
  };
  const notOlder = { resourceVersion: '1', resourceVersionMatch: 'NotOlderThan' };
  return {
    cached: await list(notOlder),
    stored: await list({ ...notOlder, limit: '500' }),
  };
}

async function measureAddresses(api: KubeApi, meter: LoadMeter): Promise<ScaleReport['addresses']> {
  await meter.lap();
  for (let index = 0; index < addressCount; index++) {
    const fieldSelector = `status.podIP=${addressOf(100 + 7 * index)}`;
    const found = await api.list(kinds.pod, { fieldSelector, fromCache: true });
    if (found.length !== 1) throw new Error(`${found.length} pods have ${fieldSelector}`);
  }
  return { load: await meter.lap(), count: addressCount };
}

async function measureRestart(
  cluster: LoneControlPlane,
  agents: WatchingAgents,
  meter: LoadMeter,
): Promise<ScaleReport['restart']> {
  const { lists } = agents.counters;
  const failuresBefore = failuresOf(agents);
  const bytes = agents.bytesRead;
  await cluster.apiServer.restart();
  meter.restarted();
  const ms = await agents.untilConnected();
  return {
    ...{ ms, load: await meter.lap(), bytes: agents.bytesRead - bytes },
    lists: agents.counters.lists - lists,
    failures: failuresOf(agents) - failuresBefore,
  };
}

function failuresOf({ counters }: WatchingAgents): number {
  return Object.values(counters.watchErrors).reduce((sum, count) => sum + count, 0);
}

async function runPlugin(
  cluster: LoneControlPlane,
  meter: LoadMeter,
  population: Population,
): Promise<ScaleReport['plugin']> {
  await meter.lap();
  const target = `pod/${workloadName(population.nodes + 1)}`;
  const args = [cluster.kubeconfig, namespaceOf(population.nodes + 1), target];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', pathOf('plugin-run'), ...args],
    { env: { ...process.env, ...cluster.env } },
  );
  return { ...(JSON.parse(stdout) as PluginRun), load: await meter.lap() };
}
