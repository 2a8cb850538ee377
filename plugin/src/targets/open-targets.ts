import { type ClusterScope, isEmptyScope, type PeerOption } from '../cli/cluster-scope.ts';
import { exitCodes } from '../exit-code.ts';
import { kinds } from '../kubernetes/resources.ts';
import { openSource } from './open-source.ts';
import { countObjects } from './paced-runs.ts';
import { Peer } from './peer.ts';
import { type PodSource, podText, type SourceContext, TargetError } from './pod-source.ts';
import { checkNodes, type NodeNames, openAllNodes, openSelectedPods } from './selected-objects.ts';
import type { LeftOutPod, TargetState } from './target-state.ts';

/** What is to be followed: the parts of TraceOptions that say so. */
export interface TargetRequest {
  /** Not empty. */
  readonly scope: ClusterScope;
  readonly peers: readonly PeerOption[];
}

/** The watched parts of a request. */
export interface OpenTargets {
  readonly sources: readonly PodSource[];
  readonly peers: readonly Peer[];
  /** Nodes that are traced whole. */
  readonly wholeNodes: NodeNames;
  /** Nodes that are traced for the clients of a service that is a target. */
  readonly clientNodes: NodeNames;
}

/** Each costs the server one to three watches. */
const MAX_NAMED = 32;
/** Of -A and --all without a selector, whose pods are counted before they are asked for. */
const MAX_PODS = 10_000;

const noNodes: NodeNames = () => [];

/**
 * Opens what the request names. The watches are the context's.
 * @throws KubeError @throws TargetError
 */
export async function openTargets(
  context: SourceContext,
  { scope, peers: peerOptions }: TargetRequest,
): Promise<OpenTargets> {
  if (isEmptyScope(scope)) throw new RangeError('There is no target');
  await refuseTooMuch(context, scope);
  const { targets, selection, nodes } = scope;
  const podTargets = targets.filter(({ kind }) => kind !== 'node');
  const namedNodes = targets.filter(({ kind }) => kind === 'node').map(({ name }) => name);
  const opening = Promise.all(podTargets.map((target) => openSource(context, target)));
  const [, named, selected, peers, allNodes] = await Promise.all([
    checkNodes(context, [...namedNodes, ...nodes]),
    opening,
    selection === undefined ? undefined : openSelectedPods(context, selection),
    Promise.all(peerOptions.map((option) => Peer.open(context, option))),
    scope.allNodes ? openAllNodes(context, scope.maxNodes) : noNodes,
  ]);
  const sources = [...named, ...(selected === undefined ? [] : [selected])];
  if (sources.length === 0) {
    return {
      ...{ sources, peers, clientNodes: noNodes },
      wholeNodes: () => [...namedNodes, ...nodes, ...allNodes()],
    };
  }
  const hasService = podTargets.some(({ kind }) => kind === 'service');
  const clients = peers.filter(({ flag }) => flag === 'from');
  // The way from a client to a service begins in the client's own namespace, in which it does other things, too.
  if (hasService) sources.push(...clients.map((peer) => peer.podSource));
  return {
    ...{ sources, peers, wholeNodes: () => namedNodes },
    clientNodes: hasService
      ? () => [...nodes, ...allNodes(), ...clients.flatMap((peer) => peer.nodes())]
      : noNodes,
  };
}

/** @throws TargetError before anything large is asked for */
async function refuseTooMuch(
  { api, namespace }: SourceContext,
  { targets, selection }: ClusterScope,
): Promise<void> {
  if (targets.length > MAX_NAMED) {
    throw new TargetError(
      `error: Cannot follow ${targets.length} targets: at most ${MAX_NAMED} by name; use -l for more`,
      exitCodes.USAGE,
    );
  }
  if (selection === undefined) return;
  const { allNamespaces, labelSelector, fieldSelector } = selection;
  if (labelSelector !== undefined || fieldSelector !== undefined) return;
  const count = await countObjects(api, kinds.pod, allNamespaces ? undefined : namespace);
  if (count > MAX_PODS) {
    throw new TargetError(
      `error: Cannot follow ${count} pods: at most ${MAX_PODS}; narrow them down with ${allNamespaces ? '-n or -l' : '-l'}`,
      exitCodes.USAGE,
    );
  }
}

/** The error of a request that has nothing to trace and waits for nothing; undefined when it has. */
export function nothingToTrace(
  { pods, nodes, leftOut, serviceAddresses }: TargetState,
  {
    sources,
    request,
    namespace,
  }: Pick<OpenTargets, 'sources'> & {
    request: TargetRequest;
    namespace: string;
  },
): TargetError | undefined {
  if (pods.size > 0 || nodes.size > 0) return undefined;
  const mayCome = sources.some(({ maybeIdle }) => maybeIdle);
  // Others may come after those that have ended, but not where the command line keeps them out.
  const [first] = mayCome ? leftOut.filter(isKeptOut) : leftOut;
  if (first !== undefined) return allLeftOut(first, leftOut, request);
  if (mayCome) return undefined;
  if (serviceAddresses.length > 0) {
    return new TargetError(
      `error: Cannot trace ${sources.map(({ text }) => text).join(', ')}: it has no pods now; to trace its clients, name their nodes with --node, or the clients with --from`,
    );
  }
  return new TargetError(`No resources found in ${namespace} namespace.`);
}

function isKeptOut({ reason }: LeftOutPod): boolean {
  return reason !== 'completed' && reason !== 'failed';
}

function allLeftOut(
  first: LeftOutPod,
  leftOut: readonly LeftOutPod[],
  { scope }: TargetRequest,
): TargetError {
  const others = leftOut.length - 1;
  const what = `error: Cannot trace ${podText(first.pod)}${others === 0 ? '' : ` and ${others} more`}`;
  switch (first.reason) {
    case 'completed':
    case 'failed':
      return new TargetError(`${what}: it has ${first.reason}, and has no network any more`);
    case 'host network':
      return new TargetError(
        `${what}: it uses the network of its node ${first.pod.node}; --host-network=node traces all of that`,
        exitCodes.USAGE,
      );
    case 'not on --node':
    case 'beyond --max-nodes':
      return new TargetError(
        `${what}: it is on node ${first.pod.node}, not on ${scope.nodes.join(' or ')}`,
        exitCodes.USAGE,
      );
  }
}
