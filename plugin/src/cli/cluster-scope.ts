import { type IpNetwork, parseIpNetwork } from '../events/ip-address.ts';
import { type ClusterTarget, parseClusterTarget, targetText } from './cluster-target.ts';
import { type CommandLine, commaList, mapFlag, nonEmpty, oneOf } from './command-line.ts';
import type { FlagName } from './flag-table.ts';
import { parseCount, UsageError, unusable } from './values.ts';

/** Which pods and nodes of a cluster are traced. */
export interface ClusterScope {
  /** Any of these. */
  readonly targets: readonly ClusterTarget[];
  /** Pods by their labels and fields, in the namespace or in all; undefined: none but those of `targets`. */
  readonly selection: PodSelection | undefined;
  /**
   * Beside `targets` or a selection: only their pods on these nodes, and of a service the clients on these nodes.
   * Alone: these nodes, whole.
   */
  readonly nodes: readonly string[];
  /** Alone: every node, whole. Beside a service: its clients on every node. */
  readonly allNodes: boolean;
  /** Only services are named, and nothing says which packets: those of their ports are meant. */
  readonly servicePorts: boolean;
  /** At least 1. */
  readonly maxNodes: number;
  /** What becomes of a pod that has the node's own network namespace. */
  readonly hostNetwork: 'refuse' | 'node';
}

export interface PodSelection {
  readonly allNamespaces: boolean;
  /** As the server understands them; undefined: all. */
  readonly labelSelector: string | undefined;
  readonly fieldSelector: string | undefined;
}

const DEFAULT_MAX_NODES = 50;

/**
 * What the words and the flags say together. With no target at all, the ends that --from and --to name are the targets.
 * @throws UsageError for what kubectl would refuse as well, or what has no meaning
 */
export function clusterScope(
  line: CommandLine,
  named: readonly ClusterTarget[],
  peers: readonly PeerOption[],
): ClusterScope {
  const selection = podSelection(line);
  const nodes = commaList(line, 'node');
  const allNodes = line.isOn('all-nodes');
  if (named.length > 0 && selection !== undefined) throw namedAndSelected(line);
  if (allNodes && nodes.length > 0) {
    throw new UsageError('Cannot use --node together with --all-nodes: it is one of them');
  }
  const isNamed = named.length > 0 || selection !== undefined || nodes.length > 0 || allNodes;
  const targets = isNamed ? named : peers.map(({ target }) => target);
  if (allNodes && !targets.some(({ kind }) => kind === 'service')) {
    if (selection !== undefined || targets.length > 0) {
      throw new UsageError(
        'Cannot use --all-nodes together with pods: they are followed to whatever node they are on',
      );
    }
  }
  const node = targets.find(({ kind }) => kind === 'node');
  if (node !== undefined && nodes.length > 0) {
    throw new UsageError(`Cannot use --node together with ${targetText(node)}: it is one of them`);
  }
  return {
    targets,
    selection,
    nodes,
    allNodes,
    servicePorts: meansServicePorts(line, targets, selection),
    maxNodes:
      mapFlag(line, 'max-nodes', (value, flag) =>
        parseCount(value, flag, { least: 1, what: 'nodes' }),
      ) ?? DEFAULT_MAX_NODES,
    hostNetwork:
      mapFlag(line, 'host-network', (value, flag) => oneOf(flag, value, ['node'] as const)) ??
      'refuse',
  };
}

/** Flags that say themselves which packets of a service are meant. */
const portFlags: ReadonlySet<FlagName> = new Set<FlagName>([
  ...(['all-ports', 'filter', 'proto', 'port', 'src-port', 'dst-port', 'tcp-flags'] as const),
]);

function meansServicePorts(
  line: CommandLine,
  targets: readonly ClusterTarget[],
  selection: PodSelection | undefined,
): boolean {
  const isOfServices = targets.length > 0 && targets.every(({ kind }) => kind === 'service');
  const isChosen =
    (line.expression ?? '').trim() !== '' || line.flags.some((flag) => portFlags.has(flag));
  return isOfServices && selection === undefined && !isChosen;
}

function podSelection(line: CommandLine): PodSelection | undefined {
  const allNamespaces = line.isOn('all-namespaces');
  const labelSelector = line.text('selector');
  const fieldSelector = nonEmpty(line, 'field-selector');
  const isSelected = labelSelector !== undefined || fieldSelector !== undefined || line.isOn('all');
  if (!isSelected && !allNamespaces) return undefined;
  return { allNamespaces, labelSelector: labelSelector || undefined, fieldSelector };
}

/** kubectl: "name cannot be provided when a selector is specified". */
function namedAndSelected(line: CommandLine): UsageError {
  const flags = [
    ['selector', '-l'],
    ['field-selector', '--field-selector'],
    ['all', '--all'],
    ['all-namespaces', '-A'],
  ] as const;
  const given = flags.filter(([flag]) => line.flags.includes(flag)).map(([, shown]) => shown);
  return new UsageError(
    `Cannot use ${given.join(' and ')} together with a target's name: it is one of them`,
  );
}

/** Whether anything was named that can be traced. */
export function isEmptyScope(scope: ClusterScope): boolean {
  return (
    scope.targets.length === 0 &&
    scope.selection === undefined &&
    scope.nodes.length === 0 &&
    !scope.allNodes
  );
}

/** Flags that name the other end of a packet's way. */
export type PeerFlag = 'from' | 'to';

/** The other end, as an object of the cluster whose addresses are found there. */
export interface PeerOption {
  readonly flag: PeerFlag;
  readonly target: ClusterTarget;
}

export const peerFlags = ['from', 'to'] as const satisfies readonly PeerFlag[];

/**
 * The value as a network, or as a target: what reads as an address is one, though a pod may be called so.
 * @throws UsageError
 */
export function parsePeer(flag: PeerFlag, value: string): IpNetwork | ClusterTarget {
  const network = parseIpNetwork(value);
  if (network !== undefined) return network;
  try {
    return parseClusterTarget(value);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    throw unusable(
      flag,
      value,
      'it must be a pod, KIND/NAME such as svc/web, an IP address or a network such as 10.0.0.0/8',
    );
  }
}

/** Those of --from and --to that name an object. @throws UsageError */
export function peerOptions(line: CommandLine): readonly PeerOption[] {
  return peerFlags.flatMap((flag) => {
    const value = line.text(flag);
    if (value === undefined) return [];
    const peer = parsePeer(flag, value);
    return 'kind' in peer ? [{ flag, target: peer }] : [];
  });
}
