import { isIP } from 'node:net';
import type { V1Node } from '@kubernetes/client-node';
import { type ClusterTarget, targetText } from '../cli/cluster-target.ts';
import { kinds } from '../kubernetes/resources.ts';
import { isWorkload, openOwnedPods } from './owned-pods.ts';
import { DELETED, type PodSource, type SourceContext } from './pod-source.ts';
import { openNamedPod } from './selected-objects.ts';
import { openServicePods } from './service-pods.ts';

/** The pods and addresses of one target; of a node its addresses alone. @throws KubeError */
export async function openSource(
  context: SourceContext,
  target: ClusterTarget,
): Promise<PodSource> {
  const within = target.namespace === undefined ? context : context.within(target.namespace);
  if (isWorkload(target)) return openOwnedPods(within, target);
  if (target.kind === 'service') return openServicePods(within, target);
  return target.kind === 'node' ? openNodeAddresses(within, target) : openNamedPod(within, target);
}

async function openNodeAddresses(
  context: SourceContext,
  target: ClusterTarget,
): Promise<PodSource> {
  const watched = await context.watchNamed<V1Node>(kinds.node, target.name);
  return {
    text: targetText(target),
    ...{ followsNames: false, maybeIdle: false, newController: undefined, gone: DELETED },
    pods: () => [],
    ports: () => [],
    addresses: () =>
      [...watched.objects.values()].flatMap((node) =>
        (node.status?.addresses ?? [])
          .map(({ address }) => address)
          .filter((address) => isIP(address) !== 0),
      ),
  };
}
