import { type KubeApi, KubeError, type KubeObject } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import type { AskableAgent } from './askable-agent.ts';

export interface NodeKernel {
  /** `6.1.0-13-amd64` */
  readonly release: string;
  /** Equal for kernels of one release on one architecture. */
  readonly kind: string;
}

/** By names of nodes. */
export type NodeKernels = ReadonlyMap<string, NodeKernel>;

interface Node extends KubeObject {
  readonly status?: {
    readonly nodeInfo?: { readonly kernelVersion?: string; readonly architecture?: string };
  };
}

/**
 * The kernels of nodes as their kubelets tell them; nothing of none when the user may not list nodes.
 * @throws KubeError
 */
export async function kernelsOf(
  api: KubeApi,
  agents: readonly AskableAgent[],
): Promise<NodeKernels> {
  if (agents.length < 2) return new Map();
  let nodes: Node[];
  try {
    nodes = await api.list<Node>(kinds.node, {});
  } catch (thrown) {
    if (!(thrown instanceof KubeError) || thrown.status !== 403) throw thrown;
    return new Map();
  }
  return new Map(
    nodes.flatMap(({ metadata, status }): Array<[string, NodeKernel]> => {
      const { kernelVersion: release = '', architecture = '' } = status?.nodeInfo ?? {};
      if (release === '') return [];
      return [[metadata?.name ?? '', { release, kind: `${release} ${architecture}` }]];
    }),
  );
}
