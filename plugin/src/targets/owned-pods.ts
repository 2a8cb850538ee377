import type { V1LabelSelector, V1Pod } from '@kubernetes/client-node';
import { type ClusterTarget, targetText } from '../cli/cluster-target.ts';
import type { KubeObject, ResourceKind, Watched } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import { controllerOf, DELETED, type PodSource, type SourceContext, uidOf } from './pod-source.ts';
import { labelSelectorText, SelectedObjects } from './selected-objects.ts';

/** A kind of workload, and how its pods are found. */
interface WorkloadKind {
  readonly kind: ResourceKind;
  /** What stands between it and its pods. */
  readonly between?: ResourceKind;
  /** What stands between need not be controlled by it: `kubectl create job --from=cronjob/NAME` makes it just an owner. */
  readonly ownsLoosely?: true;
  readonly newController?: string;
  readonly followsNames?: true;
  /** Of pods that have ended it makes no others. */
  readonly endsOnce?: true;
  /** Selects its pods and what stands between, among others perhaps; undefined: as `spec.selector` says. */
  readonly selector?: { readonly pods: string; readonly between: string };
}

interface Workload extends KubeObject {
  readonly spec?: { readonly selector?: V1LabelSelector | Readonly<Record<string, string>> };
}

const workloadKinds = {
  deployment: {
    kind: kinds.deployment,
    between: kinds.replicaSet,
    newController: 'rolled out',
  },
  statefulset: { kind: kinds.statefulSet, followsNames: true },
  daemonset: { kind: kinds.daemonSet },
  replicaset: { kind: kinds.replicaSet },
  replicationcontroller: { kind: kinds.replicationController },
  job: { kind: kinds.job, endsOnce: true },
  cronjob: {
    kind: kinds.cronJob,
    between: kinds.job,
    ownsLoosely: true,
    newController: 'started a job',
    // Its Jobs have the labels of its template, which need not tell them from others. The Job controller labels every pod
    // with its Job's name (batch.LegacyJobNameLabel).
    selector: { pods: 'job-name', between: '' },
  },
} as const satisfies Partial<Record<ClusterTarget['kind'], WorkloadKind>>;

export type WorkloadTarget = ClusterTarget & { readonly kind: keyof typeof workloadKinds };

export function isWorkload(target: ClusterTarget): target is WorkloadTarget {
  return Object.hasOwn(workloadKinds, target.kind);
}

/**
 * The pods that a workload owns: those of its selector whose controller is the workload, or is owned by it. A selector alone
 * would take pods of others that happen to have the labels.
 * @throws KubeError NotFound when there is no such workload now
 */
export async function openOwnedPods(
  context: SourceContext,
  target: WorkloadTarget,
): Promise<PodSource> {
  const spec: WorkloadKind = workloadKinds[target.kind];
  const kind =
    target.kind === 'cronjob' && !(await context.api.serves(kinds.cronJob))
      ? kinds.cronJobBeta
      : spec.kind;
  const workloads = await context.watchNamed<Workload>(kind, target.name);
  const pods = new OwnedPods(context, { spec, text: targetText(target), workloads });
  await pods.open();
  return pods;
}

class OwnedPods implements PodSource {
  readonly text: string;
  readonly followsNames: boolean;
  readonly newController: string | undefined;
  /** An owner loses a pod in no other way, but for one who edits owners by hand. */
  readonly gone = DELETED;
  readonly #spec: WorkloadKind;
  readonly #workloads: Watched<Workload>;
  readonly #between: SelectedObjects<KubeObject> | undefined;
  readonly #pods: SelectedObjects<V1Pod>;
  /** The one that there was last: while its pods end they are still its own. */
  #workload: Workload | undefined;

  constructor(
    context: SourceContext,
    parts: { spec: WorkloadKind; text: string; workloads: Watched<Workload> },
  ) {
    const { spec, text, workloads } = parts;
    this.text = text;
    this.followsNames = spec.followsNames ?? false;
    this.newController = spec.newController;
    this.#spec = spec;
    this.#workloads = workloads;
    this.#between =
      spec.between === undefined ? undefined : new SelectedObjects(context, spec.between);
    this.#pods = new SelectedObjects<V1Pod>(context, kinds.pod);
  }

  get maybeIdle(): boolean {
    return this.#spec.endsOnce !== true || this.pods().length === 0;
  }

  async open(): Promise<void> {
    const { pods, between } = this.#selectors();
    await Promise.all([this.#between?.select(between), this.#pods.select(pods)]);
  }

  pods(): readonly V1Pod[] {
    const { pods, between } = this.#selectors();
    this.#between?.change(between);
    this.#pods.change(pods);
    const own = uidOf(this.#workload ?? {});
    const owners = new Set([own]);
    for (const object of this.#between?.objects ?? []) {
      if (this.#isOwned(object, own)) owners.add(uidOf(object));
    }
    return [...this.#pods.objects].filter((pod) => owners.has(controllerOf(pod) ?? ''));
  }

  ports(): readonly [] {
    return [];
  }

  addresses(): readonly string[] {
    return [];
  }

  #isOwned(object: KubeObject, own: string): boolean {
    if (this.#spec.ownsLoosely !== true) return controllerOf(object) === own;
    return object.metadata?.ownerReferences?.some(({ uid }) => uid === own) ?? false;
  }

  #selectors(): { pods: string; between: string } {
    const [now] = this.#workloads.objects.values();
    this.#workload = now ?? this.#workload;
    if (this.#spec.selector !== undefined) return this.#spec.selector;
    const text = selectorOf(this.#workload);
    return { pods: text, between: text };
  }
}

/** A ReplicationController has the labels themselves where others have a LabelSelector. */
function selectorOf(workload: Workload | undefined): string {
  const selector = workload?.spec?.selector ?? {};
  const isPlain = !('matchLabels' in selector) && !('matchExpressions' in selector);
  return labelSelectorText(
    isPlain ? { matchLabels: selector as Readonly<Record<string, string>> } : selector,
  );
}
