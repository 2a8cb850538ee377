import type { V1LabelSelector, V1Node, V1Pod } from '@kubernetes/client-node';
import type { PodSelection } from '../cli/cluster-scope.ts';
import { type ClusterTarget, targetText } from '../cli/cluster-target.ts';
import {
  KubeError,
  type KubeObject,
  type ResourceKind,
  type Watched,
} from '../kubernetes/kube-api.ts';
import { delay } from '../kubernetes/pacing.ts';
import { kinds } from '../kubernetes/resources.ts';
import { countObjects } from './paced-runs.ts';
import { DELETED, type PodSource, type SourceContext, tooManyNodes } from './pod-source.ts';
import { selectionText } from './waited-for.ts';

const RETRY_MS = 2_000;

/** A watch whose label selector may change, as that of a workload does when it is made anew. */
export class SelectedObjects<T extends KubeObject> {
  readonly #context: SourceContext;
  readonly #kind: ResourceKind;
  #selector: string | undefined;
  #watched: Watched<T> | undefined;

  constructor(context: SourceContext, kind: ResourceKind) {
    this.#context = context;
    this.#kind = kind;
  }

  /** None before the first selector; those of the one before until the listing of another is complete. */
  get objects(): Iterable<T> {
    return this.#watched?.objects.values() ?? [];
  }

  /** @throws KubeError */
  async select(labelSelector: string): Promise<void> {
    if (labelSelector === this.#selector) return;
    this.#selector = labelSelector;
    await this.#watch(labelSelector);
  }

  /** The same, in the background: what fails is told as trouble, and tried again. */
  change(labelSelector: string): void {
    if (labelSelector === this.#selector) return;
    this.#selector = labelSelector;
    void this.#keepTrying(labelSelector);
  }

  async #keepTrying(labelSelector: string): Promise<void> {
    const { troubles } = this.#context;
    while (this.#isWanted(labelSelector)) {
      try {
        await this.#watch(labelSelector);
        break;
      } catch (thrown) {
        if (!(thrown instanceof KubeError)) throw thrown;
        if (this.#isWanted(labelSelector)) troubles.report(this, thrown);
        await delay(RETRY_MS, this.#context.closing);
      }
    }
    troubles.report(this, undefined);
  }

  async #watch(labelSelector: string): Promise<void> {
    const { namespace } = this.#context;
    const watched = await this.#context.watch<T>(this.#kind, { namespace, labelSelector });
    if (!this.#isWanted(labelSelector)) {
      watched[Symbol.dispose]();
      return;
    }
    this.#watched?.[Symbol.dispose]();
    this.#watched = watched;
    this.#context.onChange();
  }

  #isWanted(labelSelector: string): boolean {
    return !this.#context.closing.aborted && labelSelector === this.#selector;
  }
}

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

/** A label selector as the query of a list or a watch has it. */
export function labelSelectorText(selector: V1LabelSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    switch (operator) {
      case 'In':
        return `${key} in (${values.join(',')})`;
      case 'NotIn':
        return `${key} notin (${values.join(',')})`;
      case 'Exists':
        return key;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        throw new RangeError(`A label selector has the unknown operator ${operator}`);
    }
  });
  return [...labels, ...expressions].join(',');
}
