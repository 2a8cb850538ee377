import { setTimeout as delay } from 'node:timers/promises';
import { openKubeApi } from '../../../plugin/src/kubernetes/open-kube-api.ts';
import type { DeployedAgents } from '../agents.ts';
import type { LabCluster } from '../lab/lab-cluster.ts';
import { waitUntil } from '../lab/wait-until.ts';
import { startPod } from '../pods.ts';
import { type AgentMemory, AgentProcess, type DescriptorCounts } from './agent-process.ts';
import { LiveTrace } from './live-trace.ts';
import { NamespaceLog, type SandboxNamespace } from './namespace-log.ts';
import { churnLabel, churnPort, PodChurn } from './pod-churn.ts';

export interface ChurnPlan {
  readonly cluster: LabCluster;
  readonly agents: DeployedAgents;
  /** Exists, and has no pods of the label. */
  readonly namespace: string;
  /** When memory and descriptors are measured, in pods that have come and gone; the last one is how many there are. */
  readonly marks: readonly number[];
  readonly atATime: number;
  readonly say?: (line: string) => void;
}

export interface ChurnMark {
  readonly pods: number;
  readonly memory: AgentMemory;
  readonly descriptors: DescriptorCounts;
}

export interface ChurnReport {
  /** During the trace, with no pod of the churn there. */
  readonly marks: readonly ChurnMark[];
  /** Without a trace, before and after. */
  readonly descriptors: { readonly before: DescriptorCounts; readonly after: DescriptorCounts };
  readonly namespaces: readonly SandboxNamespace[];
  /** Pods that events of the trace were in. */
  readonly tracedPods: number;
  readonly events: number;
  /** For the pods alone. */
  readonly churnMs: number;
  /** Of the log of namespaces, at most. */
  readonly lookGapMs: number;
}

/** Makes and deletes pods on the first node while `kubectl pwru -l` traces them, and looks at its agent from outside. */
export async function measureChurn(plan: ChurnPlan): Promise<ChurnReport> {
  const { cluster, agents, namespace, marks, atATime, say = () => {} } = plan;
  const [node] = cluster.nodes;
  if (node === undefined) throw new Error('The cluster has no node');
  const agent = await AgentProcess.find(cluster, agents, node);
  const api = await openKubeApi({ kubeconfig: cluster.kubeconfig, namespace });
  try {
    // A target that stays: a selector without pods is none.
    const [label = '', value] = churnLabel.split('=');
    await startPod(cluster, { namespace, name: 'steady', node: node.name });
    await cluster.kubectl(['-n', namespace, 'label', 'pod', 'steady', `${label}=${value}`]);
    // The first session leaves behind what every one needs, and what is loaded once.
    await traceShortly(cluster, namespace);
    // The same goes for the inspector, by which garbage is collected.
    await agent.memory();
    const before = await settled(agent);
    const trace = await LiveTrace.start(cluster, traceArguments(namespace));
    await using _ = trace;
    using log = await NamespaceLog.start(agent, node);
    const isSeen = (pod: string) => trace.hasSeen(pod);
    using churn = await PodChurn.open({ api, namespace, node: node.name, atATime, isSeen });
    const measured: ChurnMark[] = [];
    let churnMs = 0;
    for (const mark of marks) {
      const startMs = performance.now();
      await churn.run(mark - churn.count);
      await waitUntil(() => log.namespaces.every(({ releasedMs }) => releasedMs !== undefined), {
        goal: 'without the pods that were deleted, and its agent without their namespaces',
        timeoutMs: 180_000,
      });
      churnMs += performance.now() - startMs;
      const memory = await agent.memory();
      measured.push({ pods: churn.count, memory, descriptors: await settled(agent) });
      say(`after ${churn.count} pods: ${JSON.stringify(measured.at(-1))}`);
    }
    await trace.stop();
    return {
      marks: measured,
      descriptors: { before, after: await settled(agent) },
      namespaces: log.namespaces,
      tracedPods: [...trace.pods].filter((pod) => pod.startsWith('churn-')).length,
      events: trace.events,
      churnMs,
      lookGapMs: log.longestGapMs,
    };
  } finally {
    await api.close();
  }
}

function traceArguments(namespace: string): string[] {
  return ['-n', namespace, '-l', churnLabel, '--', `tcp dst port ${churnPort}`];
}

async function traceShortly(cluster: LabCluster, namespace: string): Promise<void> {
  await using trace = await LiveTrace.start(cluster, traceArguments(namespace));
  await trace.stop();
}

/** When nothing is going on any more: connections of a trace that ended, and of probes, are gone. */
async function settled(agent: AgentProcess): Promise<DescriptorCounts> {
  let fewest: DescriptorCounts = agent.countDescriptors();
  // Longer than the kubelet's probes take turns.
  for (let look = 0; look < 60; look++) {
    await delay(100);
    const counts = agent.countDescriptors();
    if (sum(counts) < sum(fewest)) fewest = counts;
  }
  return fewest;
}

function sum(counts: DescriptorCounts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
