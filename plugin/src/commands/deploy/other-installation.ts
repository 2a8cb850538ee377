import { kinds } from '../../kubernetes/kinds.ts';
import type { KubeApi, KubeObject } from '../../kubernetes/kube-api.ts';
import { CommandError } from '../command-failure.ts';
import { findApplied, findObject } from './find-object.ts';
import type { Manifest } from './manifests.ts';

/** Parts of the binding that says where the agents are. */
interface ClusterRoleBinding extends KubeObject {
  readonly subjects?: ReadonlyArray<{ readonly namespace?: string }>;
}

/**
 * ClusterRole and ClusterRoleBinding have one name in the cluster: what is done to them in the name of one namespace would be
 * done to the agents in another.
 * @param action what is refused, such as `deploy to`
 * @throws CommandError when there are agents in another namespace; KubeError
 */
export async function refuseOtherInstallation(
  api: KubeApi,
  manifests: readonly Manifest[],
  action: string,
): Promise<void> {
  const binding = manifests.find(({ kind }) => kind === 'ClusterRoleBinding');
  const daemonSet = manifests.find(({ kind }) => kind === 'DaemonSet');
  if (binding === undefined || daemonSet === undefined) return;
  const { name, namespace } = daemonSet.metadata;
  const present = await findApplied<ClusterRoleBinding>(api, binding);
  for (const { namespace: other } of present?.subjects ?? []) {
    if (other === undefined || other === namespace) continue;
    if ((await findObject(api, kinds.daemonSet, name, other)) === undefined) continue;
    throw new CommandError(
      `Cannot ${action} namespace ${namespace}: the agents are in namespace ${other}; use --agent-namespace ${other}, or remove them first`,
    );
  }
}
