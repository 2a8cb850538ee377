import type { ListedSandbox } from './cri/cri-client.ts';
import type { PodRecord } from './pod-record.ts';

/**
 * The sandbox that a pod runs in: of those that are ready, the one of the last attempt. Namespace and name must be the pod's
 * as well as the uid, see PodRecord.sandboxUid.
 */
export function newestReady(
  sandboxes: readonly ListedSandbox[],
  { pod }: PodRecord,
): ListedSandbox | undefined {
  let newest: ListedSandbox | undefined;
  for (const sandbox of sandboxes) {
    const isOfPod = sandbox.namespace === pod.namespace && sandbox.name === pod.name;
    if (!isOfPod || !sandbox.isReady) continue;
    if (newest === undefined || isNewer(sandbox, newest)) newest = sandbox;
  }
  return newest;
}

function isNewer(sandbox: ListedSandbox, than: ListedSandbox): boolean {
  if (sandbox.attempt !== than.attempt) return sandbox.attempt > than.attempt;
  return sandbox.createdAt > than.createdAt;
}
