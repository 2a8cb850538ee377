import type { ResourceKind } from './kube-api.ts';

/** The kinds that the plugin asks for. */
export const kinds = {
  pod: core('Pod', 'pods'),
  node: { ...core('Node', 'nodes'), namespaced: false },
  namespace: { ...core('Namespace', 'namespaces'), namespaced: false },
  service: core('Service', 'services'),
  endpoints: core('Endpoints', 'endpoints'),
  replicationController: core('ReplicationController', 'replicationcontrollers'),
  deployment: apps('Deployment', 'deployments'),
  statefulSet: apps('StatefulSet', 'statefulsets'),
  daemonSet: apps('DaemonSet', 'daemonsets'),
  replicaSet: apps('ReplicaSet', 'replicasets'),
  job: kindOf('batch', 'v1', 'Job', 'jobs'),
  cronJob: kindOf('batch', 'v1', 'CronJob', 'cronjobs'),
  cronJobBeta: kindOf('batch', 'v1beta1', 'CronJob', 'cronjobs'),
  endpointSlice: kindOf('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices'),
  endpointSliceBeta: kindOf('discovery.k8s.io', 'v1beta1', 'EndpointSlice', 'endpointslices'),
} as const satisfies Record<string, ResourceKind>;

function core(kind: string, plural: string): ResourceKind {
  return kindOf('', 'v1', kind, plural);
}

function apps(kind: string, plural: string): ResourceKind {
  return kindOf('apps', 'v1', kind, plural);
}

function kindOf(group: string, version: string, kind: string, plural: string): ResourceKind {
  return { group, version, kind, plural, namespaced: true };
}
