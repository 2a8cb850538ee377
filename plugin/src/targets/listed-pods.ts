import type { V1Pod } from '@kubernetes/client-node';
import type { PodSelection } from '../args/cluster-scope.ts';
import { type ClusterTarget, targetText } from '../args/cluster-target.ts';
import { kinds } from '../kubernetes/kinds.ts';
import type { Watched } from '../kubernetes/kube-api.ts';
import { DELETED, type PodSource, type SourceContext } from './pod-source.ts';

/** The pods of one watch. */
class ListedPods implements PodSource {
  readonly text: string;
  readonly followsNames: boolean;
  readonly maybeIdle = false;
  readonly newController = undefined;
  readonly gone: string;
  readonly #watched: Watched<V1Pod>;

  constructor(
    watched: Watched<V1Pod>,
    { text, followsNames }: { text: string; followsNames: boolean },
  ) {
    this.#watched = watched;
    this.text = text;
    this.followsNames = followsNames;
    this.gone = followsNames ? DELETED : `${DELETED}, or no longer selected by ${text}`;
  }

  pods(): readonly V1Pod[] {
    return [...this.#watched.objects.values()];
  }

  ports(): readonly [] {
    return [];
  }

  addresses(): readonly string[] {
    return [];
  }
}

/**
 * The pods of this name, one after the other. One watch of one name: that costs the server nothing, and a user needs no
 * right on other pods.
 * @throws KubeError NotFound when there is none now
 */
export async function openNamedPod(
  context: SourceContext,
  target: ClusterTarget,
): Promise<PodSource> {
  const watched = await context.watchNamed<V1Pod>(kinds.pod, target.name);
  return new ListedPods(watched, { text: targetText(target), followsNames: true });
}

/** The pods that the server selects. @throws KubeError */
export async function openSelectedPods(
  context: SourceContext,
  { allNamespaces, labelSelector, fieldSelector }: PodSelection,
): Promise<PodSource> {
  const watched = await context.watch<V1Pod>(kinds.pod, {
    namespace: allNamespaces ? undefined : context.namespace,
    labelSelector,
    fieldSelector,
  });
  const flags = [
    ...(labelSelector === undefined ? [] : [`-l ${labelSelector}`]),
    ...(fieldSelector === undefined ? [] : [`--field-selector ${fieldSelector}`]),
  ];
  const text = flags.length > 0 ? flags.join(' ') : allNamespaces ? '-A' : '--all';
  return new ListedPods(watched, { text, followsNames: false });
}
