import type { V1Pod } from '@kubernetes/client-node';
import type { ReachedPort } from './service-ports.ts';

/** A pod to be traced. */
export interface PodTarget {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Empty while it is not scheduled. */
  readonly node: string;
  /** Texts, both families; empty while it has none. */
  readonly addresses: readonly string[];
  /** Its network namespace is the node's own. */
  readonly hostNetwork: boolean;
  /** What it has to do with the other targets is traced, and nothing else. */
  readonly addressesOnly: boolean;
  /** Where it is reached at its node. */
  readonly hostPorts: readonly ReachedPort[];
  /** What it is a pod of, as the user named it: `deploy/web`. */
  readonly targets: readonly string[];
  /** The next pod of this name is a target as well: by pod/NAME, or since a StatefulSet gives names again. */
  readonly followName: boolean;
}

/** Succeeded or Failed: its containers do not run again, it has no sandbox, and its address may be another's by now. */
export function isFinished(pod: V1Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Both families, the first one first. */
export function podAddresses(pod: V1Pod): string[] {
  const { podIP, podIPs = [] } = pod.status ?? {};
  const all = podIPs.flatMap(({ ip }) => (ip ? [ip] : []));
  return all.length > 0 || !podIP ? all : [podIP];
}

/** What objects of the API's own types and KubeObject have in common. */
interface HasMetadata {
  readonly metadata?:
    | {
        readonly uid?: string | undefined;
        readonly ownerReferences?:
          | ReadonlyArray<{ readonly uid: string; readonly controller?: boolean | undefined }>
          | undefined;
      }
    | undefined;
}

export function uidOf(object: HasMetadata): string {
  return object.metadata?.uid ?? '';
}

/** The uid of the controller that owns it; undefined for an object of its own. */
export function controllerOf(object: HasMetadata): string | undefined {
  return object.metadata?.ownerReferences?.find(({ controller }) => controller === true)?.uid;
}

/** `shop/web-6d4`, as messages name it. */
export function podText({ namespace, name }: Pick<PodTarget, 'namespace' | 'name'>): string {
  return `pod ${namespace}/${name}`;
}
