import type { AgentSource } from '../../agents/agent-client.ts';
import type { ClusterScope } from '../../cli/cluster-scope.ts';
import type { TraceOptions } from '../../cli/trace-options.ts';
import { counted } from '../../events/accounting.ts';
import { Dictionary } from '../../events/dictionary.ts';
import type { PrintedEvents } from '../../render/printed-events.ts';
import { ClusterReport } from '../../report/cluster-report.ts';
import { JsonReport } from '../../report/json-report.ts';
import { PodNotices } from '../../report/notices.ts';
import type { Reporter } from '../../report/reporter.ts';
import { listed } from '../../report/summary.ts';
import type { AddressHomes } from '../../report/untraced-destinations.ts';
import type { TargetFollower } from '../../targets/follow-targets.ts';
import type { TargetState } from '../../targets/target-state.ts';
import { waitedFor } from '../../targets/waited-for.ts';
import { Departures } from '../../trace/departures.ts';
import { FollowedNodes } from '../../trace/followed-nodes.ts';
import { TraceRun } from '../../trace/trace-run.ts';
import { UnseenPods } from '../../trace/unseen-pods.ts';

/** Of encoded events that are read ahead: of all nodes together, and of each at least and at most. */
const QUEUES_BYTES = 64 * 1024 * 1024;
const MIN_QUEUE_BYTES = 512 * 1024;
const MAX_QUEUE_BYTES = 8 * 1024 * 1024;

/** More pods are counted, not named. */
const MAX_NAMED = 3;

export interface ClusterRunParts {
  readonly options: TraceOptions;
  readonly reporter: Reporter;
  readonly printer: PrintedEvents;
  readonly agents: AgentSource;
  readonly follower: Pick<TargetFollower, 'state' | 'filterTerms'>;
  /** The one that the trace is about: what is in it is called by its name alone. */
  readonly homeNamespace: string | undefined;
  /** Undefined: nothing is known of where addresses are. */
  readonly homes: AddressHomes | undefined;
}

/** A trace of nodes that are followed. */
export interface ClusterRun {
  readonly run: TraceRun;
  /** To be told when the targets have changed, as `pods`, and disposed at the end. */
  readonly nodes: FollowedNodes;
  readonly pods: PodNotices;
}

/** Opens the nodes on which the targets are now. @throws UsageError when the filter becomes too long */
export function clusterRun(parts: ClusterRunParts): ClusterRun {
  const { options, reporter, printer, agents, follower, homeNamespace, homes } = parts;
  const departures = new Departures();
  const now = () => performance.now();
  const unseen = new UnseenPods(now);
  const isWhole = (node: string) => follower.state.nodes.get(node)?.whole === true;
  const pods = new PodNotices({ reporter, homeNamespace, now, unseen, isWhole });
  const report = new ClusterReport({
    ...{ reporter, options, pods, now, unseen, departures, homes, homeNamespace },
    subject: () => subject(follower.state, options.scope, homeNamespace),
    podCount: () => nodes.podCount,
  });
  const printLine = (line: string) => {
    printer.line(line);
    run.wake();
  };
  const run: TraceRun = new TraceRun({
    options,
    consumers: homes === undefined ? [printer] : [printer, departures],
    newDictionary: () => new Dictionary(homeNamespace),
    reports: [report, ...(options.includeStatus ? [new JsonReport(printLine, unseen)] : [])],
    queueBytes: queueBytes(options.scope.maxNodes),
    followsNodes: true,
    isPatient: false,
  });
  const nodes = new FollowedNodes({
    ...{ run, follower, agents, options },
    warn: (text) => reporter.warning(text),
  });
  nodes.update();
  return { run, nodes, pods };
}

function queueBytes(maxNodes: number): number {
  return Math.min(MAX_QUEUE_BYTES, Math.max(MIN_QUEUE_BYTES, Math.floor(QUEUES_BYTES / maxNodes)));
}

/** `pod/client and pod/server`, `7 pods`, `every packet`; what is waited for, where there is nothing. */
function subject(
  { pods, nodes }: TargetState,
  scope: ClusterScope,
  homeNamespace: string | undefined,
): string {
  if (pods.size === 0 && nodes.size === 0) return waitedFor(scope, homeNamespace);
  const isWhole = [...nodes.values()].some(({ whole }) => whole);
  if (pods.size === 0) return isWhole ? 'every packet' : 'clients of the service';
  const names = [...pods.values()].map(({ namespace, name }) =>
    namespace === homeNamespace ? `pod/${name}` : `${namespace}/pod/${name}`,
  );
  const podsText = pods.size > MAX_NAMED ? counted(pods.size, 'pod') : listed(names);
  return isWhole ? `${podsText} and every packet of whole nodes` : podsText;
}
