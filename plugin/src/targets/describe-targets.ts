import type { TargetFollower } from './follow-targets.ts';
import type { PodTarget } from './pod-source.ts';
import { portText, type ReachedPort } from './service-ports.ts';
import type { LeftOutPod } from './target-state.ts';

/** What a trace of these targets would be about, for --dry-run. */
export interface TargetDescription {
  /** By name. */
  readonly nodes: ReadonlyArray<{
    readonly name: string;
    readonly whole: boolean;
    readonly pods: readonly PodTarget[];
  }>;
  readonly unscheduled: readonly PodTarget[];
  readonly leftOut: readonly LeftOutPod[];
  readonly serviceAddresses: readonly string[];
  /** Of services, and of pods at their nodes. */
  readonly ports: readonly ReachedPort[];
  /** What --from and --to add to the filter. */
  readonly filterTerms: readonly string[];
}

/** As the targets are now. */
export function describeTargets(
  follower: Pick<TargetFollower, 'state' | 'filterTerms'>,
): TargetDescription {
  const { nodes, unscheduled, leftOut, serviceAddresses, servicePorts, pods } = follower.state;
  return {
    nodes: [...nodes]
      .map(([name, { whole, pods }]) => ({ name, whole, pods: [...pods].sort(byName) }))
      .sort((a, b) => compare(a.name, b.name)),
    unscheduled: [...unscheduled].sort(byName),
    leftOut: [...leftOut].sort((a, b) => byName(a.pod, b.pod)),
    serviceAddresses,
    ports: [...servicePorts, ...[...pods.values()].flatMap(({ hostPorts }) => hostPorts)],
    filterTerms: follower.filterTerms,
  };
}

const NONE = '<none>';

/** The same as a person reads it: a table as those of `kubectl get`, a row for each pod, and lines for what is in no row. */
export function descriptionLines(description: TargetDescription): string[] {
  const { nodes, unscheduled, leftOut, serviceAddresses, ports, filterTerms } = description;
  const rows = [
    ...nodes.flatMap(({ name, whole, pods }) => [
      ...(whole ? [[name, NONE, NONE, NONE, 'the whole node']] : []),
      ...(!whole && pods.length === 0 ? [[name, NONE, NONE, NONE, 'clients of the service']] : []),
      ...pods.map((pod) => podRow(pod, name, tracedText(pod))),
    ]),
    ...unscheduled.map((pod) => podRow(pod, NONE, 'the pod, when it is scheduled')),
    ...leftOut.map(({ pod, reason }) => podRow(pod, pod.node || NONE, `nothing: ${reason}`)),
  ];
  return [
    ...table([['NODE', 'NAMESPACE', 'POD', 'ADDRESSES', 'TRACED'], ...rows]),
    ...(serviceAddresses.length === 0
      ? []
      : [`Addresses of services: ${serviceAddresses.join(', ')}`]),
    ...(ports.length === 0
      ? []
      : [`Also reached at: ${[...new Set(ports.map(portText))].join(', ')}`]),
    ...filterTerms.map((term) => `Added to the filter: ${term}`),
  ];
}

function tracedText({ hostNetwork, addressesOnly }: PodTarget): string {
  if (hostNetwork) return 'the whole node';
  return addressesOnly ? 'packets to and from the service' : 'the pod';
}

function podRow({ namespace, name, addresses }: PodTarget, node: string, traced: string): string[] {
  return [node, namespace, name, addresses.join(',') || NONE, traced];
}

/** Three blanks between columns, none at the end of a line. */
function table(rows: ReadonlyArray<readonly string[]>): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}

function byName(a: PodTarget, b: PodTarget): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
