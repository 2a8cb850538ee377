import type { V1Pod } from '@kubernetes/client-node';
import type { PodSelection } from '../args/cluster-scope.ts';
import { type ClusterTarget, targetText } from '../args/cluster-target.ts';
import { kinds } from '../kubernetes/kinds.ts';
import type { Watched } from '../kubernetes/kube-api.ts';
import { DELETED, type PodSource, type SourceContext } from './pod-source.ts';
import { selectionText } from './waited-for.ts';

/** The pods of one watch. */
class ListedPods implements PodSource {
  readonly text: string;
  readonly followsNames: boolean;
  readonly maybeIdle: boolean;
  readonly newController = undefined;
  readonly gone: string;
  readonly #watched: Watched<V1Pod>;

  constructor(
    watched: Watched<V1Pod>,
    parts: { text: string; followsNames: boolean; maybeIdle: boolean },
  ) {
    const { text, followsNames, maybeIdle } = parts;
    this.#watched = watched;
    this.text = text;
    this.followsNames = followsNames;
    this.maybeIdle = maybeIdle;
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
  return new ListedPods(watched, {
    ...{ text: targetText(target), followsNames: true, maybeIdle: false },
  });
}

/** The pods that the server selects. @throws KubeError */
export async function openSelectedPods(
  context: SourceContext,
  selection: PodSelection,
): Promise<PodSource> {
  const { allNamespaces, labelSelector, fieldSelector } = selection;
  const watched = await context.watch<V1Pod>(kinds.pod, {
    namespace: allNamespaces ? undefined : context.namespace,
    labelSelector,
    fieldSelector,
  });
  return new ListedPods(watched, {
    ...{ text: selectionText(selection), followsNames: false, maybeIdle: true },
  });
}
