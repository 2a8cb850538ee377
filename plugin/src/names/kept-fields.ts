import type { V1Node, V1Pod, V1Service } from '@kubernetes/client-node';

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
