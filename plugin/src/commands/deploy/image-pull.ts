import { type AgentPod, pullFailure } from '../../agents/node-agents.ts';
import type { KubeObject } from '../../kubernetes/kube-api.ts';
import { listed } from '../../terminal/text.ts';

/**
 * Why the rollout of an image can come to nothing: it cannot be pulled, where and why. Undefined when every node has it, or may
 * have it yet.
 * @param pods of the agents' namespace; those of another image are about to go
 */
export function pullFailureText(
  pods: Iterable<AgentPod>,
  daemonSet: KubeObject,
  image: string,
): string | undefined {
  const uid = daemonSet.metadata?.uid;
  const failed = [...pods].flatMap((pod) => {
    const { deletionTimestamp, ownerReferences = [] } = pod.metadata ?? {};
    const isOurs = ownerReferences.some((owner) => owner.controller && owner.uid === uid);
    const isOfImage = (pod.spec?.containers ?? []).some((container) => container.image === image);
    const reason = pullFailure(pod);
    if (!isOurs || !isOfImage || deletionTimestamp !== undefined || reason === undefined) return [];
    return [{ node: pod.spec?.nodeName ?? '', reason }];
  });
  const [first] = failed;
  if (first === undefined) return undefined;
  const nodes = failed.map(({ node }) => node).sort();
  return `${image} cannot be pulled on ${listed(nodes)} (${first.reason})`;
}
