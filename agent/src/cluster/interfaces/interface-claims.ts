/** One pod's claim on an interface of the node. */
export interface InterfaceClaim {
  readonly index: number;
  /** Who says so: what CNI told the runtime when it made the sandbox, or what the sandbox's own sysfs shows. */
  readonly source: 'cni' | 'sandbox';
}

/**
 * Gives each interface to at most one pod. What CNI said goes first; a pod with CAP_SYS_ADMIN could make its sysfs, and the
 * index of one of its pairs, look as if another pod's interface were its own. An interface that is claimed twice on equal terms
 * goes to nobody: better to miss packets than to show those of another pod.
 * @param claims by anything that stands for a pod
 */
export function assignInterfaces<Pod>(
  claims: ReadonlyMap<Pod, readonly InterfaceClaim[]>,
): Map<Pod, number[]> {
  const claimants = new Map<number, Map<InterfaceClaim['source'], Pod[]>>();
  for (const [pod, ofPod] of claims) {
    for (const { index, source } of ofPod) {
      const bySource = claimants.get(index) ?? new Map<InterfaceClaim['source'], Pod[]>();
      claimants.set(index, bySource);
      bySource.set(source, [...(bySource.get(source) ?? []), pod]);
    }
  }
  const assigned = new Map<Pod, number[]>([...claims.keys()].map((pod) => [pod, []]));
  for (const [index, bySource] of claimants) {
    const [pod, ...others] = bySource.get('cni') ?? bySource.get('sandbox') ?? [];
    if (pod !== undefined && others.length === 0) assigned.get(pod)?.push(index);
  }
  return assigned;
}
