import type { V1ContainerStatus, V1Node, V1Pod, V1Service } from '@kubernetes/client-node';
import { isFinished, podAddresses } from '../targets/pod-source.ts';
import { type AddressName, ranks } from './address-table.ts';

/** What an object says about its addresses. Wall-clock times, milliseconds since 1970. */
export interface ObjectAddresses {
  readonly name: AddressName;
  readonly addresses: ReadonlyArray<{ readonly address: string; readonly rank: number }>;
  /** Not before that. */
  readonly beginMs: number;
  /** It has them no more; `exactMs` is when that came about, where its node has said so. */
  readonly ended: boolean;
  readonly exactEndMs: number | undefined;
}

/** A pod on the host network has its node's address, which is the node's. */
export function addressesOfPod(pod: V1Pod): ObjectAddresses {
  const addresses = pod.spec?.hostNetwork === true ? [] : podAddresses(pod);
  return {
    name: {
      kind: 'pod',
      namespace: pod.metadata?.namespace ?? '',
      name: pod.metadata?.name ?? '',
      ...(pod.spec?.nodeName ? { node: pod.spec.nodeName } : {}),
    },
    addresses: addresses.map((address) => ({ address, rank: ranks.pod })),
    beginMs: timeMs(pod.status?.startTime) ?? createdMs(pod),
    ended: isFinished(pod),
    exactEndMs: lastEndMs(pod),
  };
}

export function addressesOfService(service: V1Service): ObjectAddresses {
  const { clusterIP, clusterIPs, externalIPs = [] } = service.spec ?? {};
  const inside = clusterIPs ?? (clusterIP === undefined ? [] : [clusterIP]);
  const ingress = service.status?.loadBalancer?.ingress ?? [];
  const outside = [...externalIPs, ...ingress.flatMap(({ ip }) => (ip ? [ip] : []))];
  return {
    name: {
      kind: 'service',
      namespace: service.metadata?.namespace ?? '',
      name: service.metadata?.name ?? '',
    },
    addresses: [
      ...inside.map((address) => ({ address, rank: ranks.service })),
      ...outside.map((address) => ({ address, rank: ranks.serviceOutside })),
    ],
    ...lasting(service),
  };
}

export function addressesOfNode(node: V1Node): ObjectAddresses {
  return {
    name: { kind: 'node', name: node.metadata?.name ?? '' },
    addresses: (node.status?.addresses ?? []).map(({ address }) => ({ address, rank: ranks.node })),
    ...lasting(node),
  };
}

function lasting(object: V1Service | V1Node) {
  return { beginMs: createdMs(object), ended: false, exactEndMs: undefined };
}

function createdMs({ metadata }: V1Pod | V1Service | V1Node): number {
  return timeMs(metadata?.creationTimestamp) ?? 0;
}

/** When its last container ended; undefined while one runs, or when nobody has said so. */
function lastEndMs({ status }: V1Pod): number | undefined {
  const containers: V1ContainerStatus[] = [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
  ];
  if (containers.some(({ state }) => state?.running != null)) return undefined;
  const ends = containers.flatMap(({ state }) => timeMs(state?.terminated?.finishedAt) ?? []);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/** The types say Date; what came over the wire is a text. */
function timeMs(time: Date | string | undefined): number | undefined {
  const ms = time === undefined ? Number.NaN : new Date(time).getTime();
  return Number.isNaN(ms) ? undefined : ms;
}

/*
 * What of an object object-addresses.ts and pod-ranges.ts read; the rest is not held.
 */

export function keepOfPod({ metadata, spec, status }: V1Pod): V1Pod {
  const stateOf = ({ state }: { state?: object }) => ({ state });
  return {
    metadata: keepOfMetadata(metadata),
    spec: { hostNetwork: spec?.hostNetwork, nodeName: spec?.nodeName },
    status: {
      phase: status?.phase,
      podIP: status?.podIP,
      podIPs: status?.podIPs,
      startTime: status?.startTime,
      containerStatuses: status?.containerStatuses?.map(stateOf),
      initContainerStatuses: status?.initContainerStatuses?.map(stateOf),
    },
  } as V1Pod;
}

export function keepOfService({ metadata, spec, status }: V1Service): V1Service {
  const { clusterIP, clusterIPs, externalIPs } = spec ?? {};
  return {
    metadata: keepOfMetadata(metadata),
    spec: { clusterIP, clusterIPs, externalIPs },
    status: { loadBalancer: status?.loadBalancer },
  } as V1Service;
}

export function keepOfNode({ metadata, spec, status }: V1Node): V1Node {
  const { podCIDR, podCIDRs } = spec ?? {};
  return {
    metadata: keepOfMetadata(metadata),
    spec: { podCIDR, podCIDRs },
    status: { addresses: status?.addresses },
  } as V1Node;
}

function keepOfMetadata(metadata: V1Pod['metadata']): V1Pod['metadata'] {
  const { name, namespace, uid, creationTimestamp } = metadata ?? {};
  return { name, namespace, uid, creationTimestamp } as V1Pod['metadata'];
}
