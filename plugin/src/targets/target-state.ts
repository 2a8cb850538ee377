import type { V1Pod } from '@kubernetes/client-node';
import type { ClusterScope } from '../cli/cluster-scope.ts';
import {
  controllerOf,
  DELETED,
  isFinished,
  type PodSource,
  type PodTarget,
  podAddresses,
  uidOf,
} from './pod-source.ts';
import { hostPorts, type ReachedPort } from './service-ports.ts';

/** What is traced on one node. */
export interface NodeTargets {
  /** All its packets, whatever the pods. */
  readonly whole: boolean;
  /** May be empty: of a service then only the clients are there. */
  readonly pods: readonly PodTarget[];
}

/** A pod that was named and is not traced. */
export interface LeftOutPod {
  readonly pod: PodTarget;
  readonly reason: 'completed' | 'failed' | 'host network' | 'not on --node' | 'beyond --max-nodes';
}

/** What the targets are at a moment. */
export interface TargetState {
  /** By uid, those that are not scheduled too. */
  readonly pods: ReadonlyMap<string, PodTarget>;
  /** By name. */
  readonly nodes: ReadonlyMap<string, NodeTargets>;
  readonly unscheduled: readonly PodTarget[];
  readonly leftOut: readonly LeftOutPod[];
  /**
   * Texts, see PodSource.addresses: to be admitted on all of `nodes`, beside the pods. A client's packet has the service's
   * address until its own node translates it (netfilter, IPVS), and so have the answers once they are translated back: no
   * target of a pod behind the service admits those. Where the socket is translated instead (Cilium), no packet ever has it.
   */
  readonly serviceAddresses: readonly string[];
  /**
   * The same of what has no address of its own: load balancers, external IPs, node ports. What comes from outside has these until
   * a node translates them, on a node that may have no pod of the service.
   */
  readonly servicePorts: readonly ReachedPort[];
  /** How many nodes it would be without --max-nodes. */
  readonly nodesWanted: number;
}

export interface TargetInput {
  readonly sources: readonly PodSource[];
  readonly scope: ClusterScope;
  /** Nodes that are traced whole. */
  readonly wholeNodes: readonly string[];
  /** Nodes that are traced for the clients of a service. */
  readonly clientNodes: readonly string[];
  /** Nodes that keep their place when there are more than the scope allows. */
  readonly nodesBefore: ReadonlySet<string>;
}

export function targetState(input: TargetInput): TargetState {
  const { sources, scope, wholeNodes, clientNodes, nodesBefore } = input;
  const candidates = [...podsOf(sources).values()];
  const leftOut: LeftOutPod[] = [];
  const wanted: PodTarget[] = [];
  for (const { pod, target } of candidates) {
    const reason = reasonAgainst(pod, target, scope);
    if (reason === undefined) wanted.push(target);
    else leftOut.push({ pod: target, reason });
  }
  const nodesWanted = new Set([
    ...wholeNodes,
    ...wanted.map(({ node }) => node).filter((node) => node !== ''),
    ...clientNodes,
  ]);
  const open = nodesWithin(scope.maxNodes, nodesBefore, nodesWanted);
  const pods = wanted.filter((target) => {
    if (target.node === '' || open.has(target.node)) return true;
    leftOut.push({ pod: target, reason: 'beyond --max-nodes' });
    return false;
  });
  const byNode = new Map<string, PodTarget[]>([...open].map((node) => [node, []]));
  for (const pod of pods) byNode.get(pod.node)?.push(pod);
  return {
    pods: new Map(pods.map((pod) => [pod.uid, pod])),
    nodes: new Map(
      [...byNode].map(([node, here]) => [node, { whole: wholeNodes.includes(node), pods: here }]),
    ),
    unscheduled: pods.filter(({ node }) => node === ''),
    leftOut,
    servicePorts: sources.flatMap((source) => source.ports()),
    serviceAddresses: [...new Set(sources.flatMap((source) => source.addresses()))],
    nodesWanted: nodesWanted.size,
  };
}

/** A pod may be one of several targets. */
function podsOf(sources: readonly PodSource[]): Map<string, { pod: V1Pod; target: PodTarget }> {
  const all = new Map<string, { pod: V1Pod; target: PodTarget }>();
  for (const source of sources) {
    for (const pod of source.pods()) {
      const uid = uidOf(pod);
      const before = all.get(uid)?.target;
      all.set(uid, {
        pod,
        target: {
          namespace: pod.metadata?.namespace ?? '',
          name: pod.metadata?.name ?? '',
          uid,
          node: pod.spec?.nodeName ?? '',
          addresses: podAddresses(pod),
          hostNetwork: pod.spec?.hostNetwork === true,
          hostPorts: source.addressesOnly === true ? (before?.hostPorts ?? []) : hostPorts(pod),
          addressesOnly: (before?.addressesOnly ?? true) && source.addressesOnly === true,
          targets: [...(before?.targets ?? []), source.text],
          followName: (before?.followName ?? false) || source.followsNames,
        },
      });
    }
  }
  return all;
}

function reasonAgainst(
  pod: V1Pod,
  target: PodTarget,
  { nodes, hostNetwork }: ClusterScope,
): LeftOutPod['reason'] | undefined {
  if (isFinished(pod)) return pod.status?.phase === 'Failed' ? 'failed' : 'completed';
  if (target.hostNetwork && hostNetwork === 'refuse') return 'host network';
  if (nodes.length > 0 && target.node !== '' && !nodes.includes(target.node))
    return 'not on --node';
  return undefined;
}

/** The first `maxNodes` of them, those that are traced already before others. */
function nodesWithin(
  maxNodes: number,
  before: ReadonlySet<string>,
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  const kept = [...names].filter((name) => before.has(name));
  const others = [...names].filter((name) => !before.has(name));
  return new Set([...kept, ...others].slice(0, maxNodes));
}

/** A pod that is traced from now on, or no longer. */
export interface TargetChange {
  readonly kind: 'added' | 'removed';
  /** Scheduled. */
  readonly pod: PodTarget;
  /** `deploy/web rolled out`, `deleted`. */
  readonly cause: string;
}

/** After its first pod, the others of a new controller come for the same reason, also where the old ones ended before. */
const ROLLOUT_MS = 30_000;

/** A controller of which a source had pods. */
interface KnownController {
  /** Its first pod was seen then; -Infinity for those that were there at the beginning. */
  readonly sinceMs: number;
}

/** Why pods come and go: remembers what was seen of each source. */
export class TargetHistory {
  readonly #now: () => number;
  /** Of each source, by uid. */
  readonly #controllers = new Map<PodSource, ReadonlyMap<string, KnownController>>();
  /** Why each pod has come, by uid; of those that are there. */
  #causes = new Map<string, string>();
  /** Node of the pod that had a name last, by `namespace/name`; only of names that are followed. */
  readonly #lastNodes = new Map<string, string>();
  /** What it would mean if a pod were gone, by uid. */
  #ends: ReadonlyMap<string, string> = new Map();

  /** @param now monotonic, milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * To be called for each state, from the first one on.
   * @returns what differs from `before`, of pods that are scheduled
   */
  advance(
    sources: readonly PodSource[],
    before: TargetState | undefined,
    now: TargetState,
  ): TargetChange[] {
    const ends = this.#ends;
    this.#observe(sources);
    const wasThere = before?.pods;
    const removed = [...(wasThere?.values() ?? [])]
      .filter(({ uid, node }) => node !== '' && !now.pods.has(uid))
      .map((pod) => ({
        kind: 'removed' as const,
        pod,
        cause:
          now.leftOut.find((one) => one.pod.uid === pod.uid)?.reason ?? ends.get(pod.uid) ?? '',
      }));
    for (const { pod } of removed) {
      if (pod.followName) this.#lastNodes.set(nameKey(pod), pod.node);
    }
    const added = [...now.pods.values()]
      .filter(({ uid, node }) => node !== '' && (wasThere?.get(uid)?.node ?? '') === '')
      .map((pod) => ({ kind: 'added' as const, pod, cause: this.#causeOfStart(pod) }));
    return [...removed, ...added];
  }

  #observe(sources: readonly PodSource[]): void {
    const causes = new Map<string, string>();
    const ends = new Map<string, string>();
    for (const source of sources) {
      const known = this.#controllers.get(source);
      const pods = source.pods();
      const controllers = this.#controllersOf(pods, known);
      this.#controllers.set(source, controllers);
      for (const pod of pods) {
        const uid = uidOf(pod);
        const cause =
          this.#causes.get(uid) ??
          causes.get(uid) ??
          (known === undefined ? 'named' : this.#firstCause(source, pod, controllers));
        causes.set(uid, cause);
        ends.set(uid, pod.metadata?.deletionTimestamp === undefined ? source.gone : DELETED);
      }
    }
    this.#causes = causes;
    this.#ends = ends;
  }

  #controllersOf(
    pods: readonly V1Pod[],
    known: ReadonlyMap<string, KnownController> | undefined,
  ): ReadonlyMap<string, KnownController> {
    const sinceMs = known === undefined ? Number.NEGATIVE_INFINITY : this.#now();
    const controllers = new Map<string, KnownController>();
    for (const pod of pods) {
      const uid = controllerOf(pod) ?? '';
      controllers.set(uid, known?.get(uid) ?? { sinceMs });
    }
    // Of those that have no pods any more, only that there were such: of a CronJob there are ever more.
    if (known !== undefined && known.size > 0)
      controllers.set('', { sinceMs: Number.NEGATIVE_INFINITY });
    return controllers;
  }

  #firstCause(
    source: PodSource,
    pod: V1Pod,
    controllers: ReadonlyMap<string, KnownController>,
  ): string {
    const { newController, text } = source;
    const own = controllers.get(controllerOf(pod) ?? '')?.sinceMs ?? 0;
    const hasOlder = [...controllers.values()].some(({ sinceMs }) => sinceMs < own);
    return newController !== undefined && hasOlder && this.#now() - own < ROLLOUT_MS
      ? `${text} ${newController}`
      : `new pod of ${text}`;
  }

  #causeOfStart(pod: PodTarget): string {
    const lastNode = this.#lastNodes.get(nameKey(pod));
    if (lastNode === undefined) return this.#causes.get(pod.uid) ?? '';
    return lastNode === pod.node ? 'recreated' : 'recreated on another node';
  }
}

function nameKey({ namespace, name }: PodTarget): string {
  return `${namespace}/${name}`;
}
