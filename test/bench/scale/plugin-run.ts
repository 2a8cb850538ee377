import { setTimeout as delay } from 'node:timers/promises';
import { ClusterAgents } from '../../../plugin/src/agents/cluster-agents.ts';
import { openKubeApi } from '../../../plugin/src/kubernetes/open-kube-api.ts';
import { AddressNames } from '../../../plugin/src/names/address-names.ts';
import { FollowedLine } from '../../../plugin/testing/follow-line.ts';

/*
 * What `kubectl pwru TARGET` does with a cluster before and while it traces, without an agent: as a process of its own, whose
 * memory can be told. Arguments: KUBECONFIG NAMESPACE TARGET. Prints a PluginRun when it has all that it will have.
 */

export interface PluginRun {
  /** Until the targets and the agents were known: then it would trace. */
  readonly readyMs: number;
  /** Until the names were known, too. */
  readonly namedMs: number;
  /** Beyond what it had before. */
  readonly heapBytes: number;
  readonly residentBytes: number;
  /** What it says about names. */
  readonly notes: readonly string[];
}

const holdMs = 2_000;

async function main(): Promise<void> {
  const [kubeconfig, namespace, target = ''] = process.argv.slice(2);
  const api = await openKubeApi({ kubeconfig, namespace });
  const before = memory();
  const startMs = performance.now();
  const [line, agents] = await Promise.all([
    FollowedLine.open(api, target),
    ClusterAgents.open(api, { agentNamespace: 'pwru', note: () => {} }),
  ]);
  const readyMs = performance.now() - startMs;
  const notes: string[] = [];
  const names = new AddressNames(api, {
    ...{ namespaces: namespace === undefined ? undefined : [namespace], now: Date.now },
    note: (text) => notes.push(text),
  });
  await names.ready;
  const namedMs = performance.now() - startMs;
  await delay(holdMs);
  const after = memory();
  const run: PluginRun = {
    ...{ readyMs, namedMs, notes },
    heapBytes: after.heapUsed - before.heapUsed,
    residentBytes: after.rss - before.rss,
  };
  process.stdout.write(`${JSON.stringify(run)}\n`);
  names[Symbol.dispose]();
  agents[Symbol.dispose]();
  line[Symbol.dispose]();
  await api.close();
}

function memory() {
  global.gc?.();
  return process.memoryUsage();
}

void main();
