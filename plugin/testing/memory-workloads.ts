import type { V1Pod } from '@kubernetes/client-node';
import type { KubeObject } from '../src/kubernetes/kube-api.ts';
import { kinds } from '../src/kubernetes/resources.ts';
import type { MemoryKubeApi } from './memory-kube-api.ts';

export interface PodParts {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Undefined: not scheduled. */
  readonly node?: string | undefined;
  readonly addresses?: readonly string[];
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  readonly hostNetwork?: boolean;
  readonly owner?: KubeObject;
  readonly startTime?: string;
  /** Of its only container. */
  readonly finishedAt?: string;
}

/** A pod as the kubelet reports it. */
export function createPod(api: MemoryKubeApi, parts: PodParts): V1Pod {
  const { name, namespace, labels, node, addresses = [], owner } = parts;
  const { phase = node === undefined ? 'Pending' : 'Running', startTime, finishedAt } = parts;
  return api.create(kinds.pod, {
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(owner === undefined ? {} : { ownerReferences: [ownerReference(owner)] }),
    },
    spec: {
      ...(node === undefined ? {} : { nodeName: node }),
      ...(parts.hostNetwork === true ? { hostNetwork: true } : {}),
    },
    status: {
      phase,
      ...(addresses.length === 0
        ? {}
        : { podIP: addresses[0], podIPs: addresses.map((ip) => ({ ip })) }),
      ...(startTime === undefined ? {} : { startTime }),
      ...(finishedAt === undefined
        ? {}
        : { containerStatuses: [{ state: { terminated: { finishedAt } } }] }),
    },
  });
}

export function setPod(
  api: MemoryKubeApi,
  pod: V1Pod,
  change: { spec?: object; status?: object; metadata?: object },
): V1Pod {
  return api.update<KubeObject & PlainPod>(kinds.pod, pod as KubeObject & PlainPod, (before) => ({
    ...before,
    metadata: { ...before.metadata, ...change.metadata },
    spec: { ...before.spec, ...change.spec },
    status: { ...before.status, ...change.status },
  })) as V1Pod;
}

interface PlainPod {
  readonly spec: object;
  readonly status: object;
}

export function deletePod(api: MemoryKubeApi, pod: V1Pod): void {
  api.delete(kinds.pod, pod as KubeObject);
}

export function ownerReference({ kind = 'Owner', metadata }: KubeObject): object {
  return {
    apiVersion: 'v1',
    ...{ kind, name: metadata?.name, uid: metadata?.uid, controller: true },
  };
}
