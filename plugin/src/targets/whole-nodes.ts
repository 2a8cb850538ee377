import type { V1Node } from '@kubernetes/client-node';
import { kinds } from '../kubernetes/kinds.ts';
import { KubeError } from '../kubernetes/kube-api.ts';
import { countObjects } from './count-objects.ts';
import type { SourceContext } from './pod-source.ts';
import { tooManyNodes } from './target-error.ts';

/** Names of nodes, as of now. */
export type NodeNames = () => readonly string[];

/**
 * Checks that there are such nodes, where the user may ask; else whoever looks for their agents finds out.
 * @throws KubeError NotFound
 */
export async function checkNodes({ api }: SourceContext, names: readonly string[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      try {
        await api.get(kinds.node, name);
      } catch (thrown) {
        if (!(thrown instanceof KubeError) || thrown.status !== 403) throw thrown;
      }
    }),
  );
}

/**
 * All nodes that run Linux, also those that join later.
 * @throws TargetError when there are more than `maxNodes`, before they are listed
 * @throws KubeError
 */
export async function openAllNodes(context: SourceContext, maxNodes: number): Promise<NodeNames> {
  const count = await countObjects(context.api, kinds.node, undefined);
  if (count > maxNodes) throw tooManyNodes(count, maxNodes);
  const watched = await context.watch<V1Node>(kinds.node, {});
  return () =>
    [...watched.objects.values()]
      .filter(({ metadata }) => (metadata?.labels?.['kubernetes.io/os'] ?? 'linux') === 'linux')
      .map(({ metadata }) => metadata?.name ?? '')
      .sort();
}
