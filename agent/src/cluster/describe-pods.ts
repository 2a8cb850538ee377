import type { pwru } from '../../../proto/gen/pwru.js';
import type { PodDirectory } from './pod-directory.ts';

/** What GetInfo says of the node's pods. */
export function describePods(pods: PodDirectory): pwru.v1.ClusterInfo.$Properties {
  const { watch, runtime, nodeNamespaceError } = pods.status();
  const missing = [watch.error, nodeNamespaceError].filter((reason) => reason !== undefined);
  return {
    podsSynced: watch.synced,
    podsReason: missing.join('; '),
    podsResolved: pods.trackedNamespaces,
    pods: pods.pods().length,
    runtime: runtime.name ?? '',
    runtimeSocket: runtime.socket ?? '',
    runtimeReason: runtime.error ?? '',
  };
}
