import type { KubeObject } from '../kubernetes/kube-api.ts';
import type { AgentPlace } from './open-agent-on-node.ts';

/** Name of the DaemonSet whose pods are the agents. */
export const AGENT_DAEMON_SET = 'pwru-agent';
const AGENT_PORT_NAME = 'grpc';
/** Where the manifest does not name one. */
const DEFAULT_AGENT_PORT = 50_051;

/** What is known of the agent of a node. */
export type NodeAgent =
  /** `image`: of its containers, by content, where the container runtime tells. */
  | { readonly kind: 'ready'; readonly place: AgentPlace; readonly image: string | undefined }
  /** There is a pod; `reason` says why it cannot be used, for instance `ImagePullBackOff: ...`. */
  | { readonly kind: 'not-ready'; readonly place: AgentPlace; readonly reason: string }
  | { readonly kind: 'none'; readonly node: string; readonly reason: string };

/** Parts of a Pod that are looked at. */
export interface AgentPod extends KubeObject {
  readonly spec?: {
    readonly nodeName?: string;
    readonly affinity?: {
      readonly nodeAffinity?: {
        readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
      };
    };
    readonly containers?: ReadonlyArray<{
      readonly image?: string;
      readonly ports?: ReadonlyArray<{ readonly name?: string; readonly containerPort: number }>;
    }>;
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: ReadonlyArray<{
      readonly imageID?: string;
      readonly state?: {
        readonly waiting?: { readonly reason?: string; readonly message?: string };
      };
      readonly lastState?: {
        readonly terminated?: { readonly exitCode?: number; readonly reason?: string };
      };
    }>;
  };
}

interface NodeSelector {
  readonly nodeSelectorTerms?: ReadonlyArray<{
    readonly matchFields?: ReadonlyArray<{
      readonly key: string;
      readonly values?: readonly string[];
    }>;
  }>;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The agents of a cluster, at one moment. */
export class NodeAgents {
  readonly #byNode = new Map<string, NodeAgent>();
  readonly #reasonOfNone: string;

  /**
   * @param daemonSet undefined when there is none
   * @param pods of the agents' namespace; only those that this DaemonSet controls count, whatever their labels say
   */
  constructor(namespace: string, daemonSet: KubeObject | undefined, pods: Iterable<AgentPod>) {
    this.#reasonOfNone =
      daemonSet === undefined
        ? `there is no DaemonSet ${AGENT_DAEMON_SET} in namespace ${namespace}`
        : `DaemonSet ${AGENT_DAEMON_SET} in namespace ${namespace} has no pod there`;
    const uid = daemonSet?.metadata?.uid;
    if (uid === undefined) return;
    for (const pod of [...pods].filter((candidate) => isControlledBy(candidate, uid)).sort(byUse)) {
      const node = nodeOf(pod);
      // The best one of a node comes last.
      if (node !== undefined) this.#byNode.set(node, nodeAgentOf(pod, node));
    }
  }

  on(node: string): NodeAgent {
    return this.#byNode.get(node) ?? { kind: 'none', node, reason: this.#reasonOfNone };
  }

  /** Of all nodes that have a pod. */
  [Symbol.iterator](): Iterator<NodeAgent> {
    return this.#byNode.values();
  }
}

function isControlledBy({ metadata }: AgentPod, uid: string): boolean {
  return (metadata?.ownerReferences ?? []).some(
    (owner) => owner.controller === true && owner.uid === uid,
  );
}

/** While a pod is replaced a node has two: one that goes, and one that comes. */
function byUse(left: AgentPod, right: AgentPod): number {
  const rank = (pod: AgentPod) =>
    pod.metadata?.deletionTimestamp !== undefined ? 0 : unreadiness(pod) === undefined ? 2 : 1;
  return rank(left) - rank(right);
}

/** A pod of a DaemonSet is made for one node, by its affinity, before it is scheduled there. */
function nodeOf({ spec }: AgentPod): string | undefined {
  const terms =
    spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const meantFor = terms
    ?.flatMap(({ matchFields = [] }) => matchFields)
    .find(({ key }) => key === 'metadata.name')?.values?.[0];
  return spec?.nodeName ?? meantFor;
}

function nodeAgentOf(pod: AgentPod, node: string): NodeAgent {
  const { namespace = '', name = '' } = pod.metadata ?? {};
  const place: AgentPlace = { node, pod: { namespace, name }, port: portOf(pod) };
  const reason = unreadiness(pod);
  return reason === undefined
    ? { kind: 'ready', place, image: imageOf(pod) }
    : { kind: 'not-ready', place, reason };
}

function imageOf({ status }: AgentPod): string | undefined {
  const images = (status?.containerStatuses ?? []).map(({ imageID = '' }) => imageID);
  return images.length === 0 || images.includes('') ? undefined : images.sort().join(' ');
}

function portOf({ spec }: AgentPod): number {
  const named = (spec?.containers ?? [])
    .flatMap(({ ports = [] }) => ports)
    .find(({ name }) => name === AGENT_PORT_NAME);
  return named?.containerPort ?? DEFAULT_AGENT_PORT;
}

/** Why a pod is not ready, in the words of whoever keeps it from it; undefined when it is. */
function unreadiness({ metadata, status }: AgentPod): string | undefined {
  if (metadata?.deletionTimestamp !== undefined) return 'it is being deleted';
  const condition = (type: string) => status?.conditions?.find((one) => one.type === type);
  const ready = condition('Ready');
  if (status?.phase === 'Running' && ready?.status === 'True') return undefined;
  const containers = status?.containerStatuses ?? [];
  const waiting = containers.find(({ state }) => state?.waiting !== undefined);
  const scheduled = condition('PodScheduled');
  return (
    joined(status?.reason, status?.message) ??
    (scheduled?.status === 'False' ? joined(scheduled.reason, scheduled.message) : undefined) ??
    joined(waiting?.state?.waiting?.reason, waiting?.state?.waiting?.message) ??
    joined(ready?.reason, ready?.message) ??
    `it is ${status?.phase ?? 'Pending'}`
  );
}

/** Reasons of the kubelet for an image that does not come: not those of a first try, which may yet succeed. */
const pullReasons: ReadonlySet<string> = new Set([
  ...['ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'],
]);

/** Why the pod's image cannot be pulled, in the kubelet's words; undefined when it can, or that is not known yet. */
export function pullFailure({ status }: AgentPod): string | undefined {
  const waiting = (status?.containerStatuses ?? [])
    .map(({ state }) => state?.waiting)
    .find((one) => pullReasons.has(one?.reason ?? ''));
  return joined(waiting?.reason, waiting?.message);
}

/** Whether a reason for a pod that is not ready, as above, is about its image. */
export function isPullFailure(reason: string): boolean {
  return [...pullReasons, 'ErrImagePull'].some((each) => reason.includes(each));
}

function joined(reason: string | undefined, message: string | undefined): string | undefined {
  const parts = [reason, message].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? undefined : parts.join(': ');
}
