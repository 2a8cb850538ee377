import { DeployedAgents } from '../cluster/agents.ts';
import { leakedDescriptors } from '../cluster/churn/agent-process.ts';
import { type ChurnReport, measureChurn } from '../cluster/churn/measure-churn.ts';
import { startCluster } from '../cluster/lab/start-cluster.ts';
import { atLeast, atMost, type Figure, median } from './figure.ts';

const goals = { grownMb: 10, releaseMs: 2_000 };
const namespace = 'churn';

/** Pods that come and go during a trace, on a real node: what stays behind in its agent. */
export async function podsFigures({
  quick,
  say,
}: {
  readonly quick: boolean;
  readonly say: (line: string) => void;
}): Promise<Figure[]> {
  await using cluster = await startCluster({ nodes: 1 });
  await using agents = await DeployedAgents.deploy(cluster);
  await cluster.makeNamespace(namespace);
  const marks = quick ? [10, 40] : [20, 200];
  const report = await measureChurn({
    ...{ cluster, agents, namespace, marks },
    ...{ atATime: 8, say: (line: string) => say(`pods: ${line}`) },
  });
  return figuresOf(report);
}

function figuresOf(report: ChurnReport): Figure[] {
  const row = (name: string, unit: string, ours: number, goal?: Figure['goal']): Figure => ({
    ...{ part: 'pods', name, unit, ours, goal },
  });
  const { marks, descriptors, namespaces } = report;
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) throw new Error('Nothing was measured');
  const liveMb = (last.memory.liveBytes - first.memory.liveBytes) / 1e6;
  const residentMb = (last.memory.residentBytes - first.memory.residentBytes) / 1e6;
  const heldOnes = namespaces.filter(({ wasHeld }) => wasHeld);
  const held = heldOnes.length;
  const releaseMs = heldOnes.map(
    ({ endedMs = Number.NaN, releasedMs = Number.NaN }) => releasedMs - endedMs,
  );
  const slowestMs = Math.max(...releaseMs);
  const leaked = leakedCount(descriptors.before, descriptors.after);
  const leakedInTrace = leakedCount(first.descriptors, last.descriptors);
  const pods = last.pods;
  return [
    row('pods that came and went', 'pods', pods),
    row('of them traced', 'pods', report.tracedPods, atLeast(pods, report.tracedPods)),
    row('namespaces that the agent held', 'namespaces', held, atLeast(pods, held)),
    row('time for them', 's', report.churnMs / 1_000),
    row('sandbox ended to namespace released, median', 'ms', median(releaseMs)),
    row('the same, longest', 'ms', slowestMs, atMost(goals.releaseMs, slowestMs)),
    row('descriptors more than before the trace', 'fds', leaked, atMost(0, leaked)),
    row(
      `descriptors more than after pod ${first.pods}`,
      'fds',
      leakedInTrace,
      atMost(0, leakedInTrace),
    ),
    row(`memory in use after pod ${first.pods}`, 'MB', first.memory.liveBytes / 1e6),
    row(`the same after pod ${pods}, more`, 'MB', liveMb, atMost(goals.grownMb, liveMb)),
    row(`resident memory after pod ${first.pods}`, 'MB', first.memory.residentBytes / 1e6),
    row(`the same after pod ${pods}, more`, 'MB', residentMb, atMost(goals.grownMb, residentMb)),
  ];
}

/** How many, of all kinds. */
function leakedCount(...counts: Parameters<typeof leakedDescriptors>): number {
  return Object.values(leakedDescriptors(...counts)).reduce((sum, count) => sum + count, 0);
}
