import type { ConnectionFlags } from '../../src/kubernetes/connection-settings.ts';
import { openKubeApi } from '../../src/kubernetes/open-kube-api.ts';
import { kinds } from '../../src/kubernetes/resources.ts';

/** What a user is told when a pod is asked for, with the environment of this process; `nothing` when all goes well. */
export async function saidByPlugin(kubeconfig: string, flags: ConnectionFlags): Promise<string> {
  try {
    const api = await openKubeApi({ kubeconfig, ...flags });
    try {
      await api.get(kinds.pod, 'foo');
    } finally {
      await api.close();
    }
    return 'nothing';
  } catch (thrown) {
    return (thrown as Error).message;
  }
}
