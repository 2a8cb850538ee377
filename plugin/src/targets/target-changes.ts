import type { V1Pod } from '@kubernetes/client-node';
import { DELETED, type PodSource } from './pod-source.ts';
import { controllerOf, type PodTarget, uidOf } from './pod-target.ts';
import type { TargetState } from './target-state.ts';

/** A pod that is traced from now on, or no longer. */
export interface TargetChange {
  readonly kind: 'added' | 'removed';
  /** Scheduled. */
  readonly pod: PodTarget;
  /** `deploy/web rolled out`, `deleted`. */
  readonly cause: string;
}

/** After its first pod, the others of a new controller come for the same reason, also where the old ones ended before. */
const ROLLOUT_MS = 30_000;

/** A controller of which a source had pods. */
interface KnownController {
  /** Its first pod was seen then; -Infinity for those that were there at the beginning. */
  readonly sinceMs: number;
}

/** Why pods come and go: remembers what was seen of each source. */
export class TargetHistory {
  readonly #now: () => number;
  /** Of each source, by uid. */
  readonly #controllers = new Map<PodSource, ReadonlyMap<string, KnownController>>();
  /** Why each pod has come, by uid; of those that are there. */
  #causes = new Map<string, string>();
  /** Node of the pod that had a name last, by `namespace/name`; only of names that are followed. */
  readonly #lastNodes = new Map<string, string>();
  /** What it would mean if a pod were gone, by uid. */
  #ends: ReadonlyMap<string, string> = new Map();

  /** @param now monotonic, milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * To be called for each state, from the first one on.
   * @returns what differs from `before`, of pods that are scheduled
   */
  advance(
    sources: readonly PodSource[],
    before: TargetState | undefined,
    now: TargetState,
  ): TargetChange[] {
    const ends = this.#ends;
    this.#observe(sources);
    const wasThere = before?.pods;
    const removed = [...(wasThere?.values() ?? [])]
      .filter(({ uid, node }) => node !== '' && !now.pods.has(uid))
      .map((pod) => ({
        kind: 'removed' as const,
        pod,
        cause:
          now.leftOut.find((one) => one.pod.uid === pod.uid)?.reason ?? ends.get(pod.uid) ?? '',
      }));
    for (const { pod } of removed) {
      if (pod.followName) this.#lastNodes.set(nameKey(pod), pod.node);
    }
    const added = [...now.pods.values()]
      .filter(({ uid, node }) => node !== '' && (wasThere?.get(uid)?.node ?? '') === '')
      .map((pod) => ({ kind: 'added' as const, pod, cause: this.#causeOfStart(pod) }));
    return [...removed, ...added];
  }

  #observe(sources: readonly PodSource[]): void {
    const causes = new Map<string, string>();
    const ends = new Map<string, string>();
    for (const source of sources) {
      const known = this.#controllers.get(source);
      const pods = source.pods();
      const controllers = this.#controllersOf(pods, known);
      this.#controllers.set(source, controllers);
      for (const pod of pods) {
        const uid = uidOf(pod);
        const cause =
          this.#causes.get(uid) ??
          causes.get(uid) ??
          (known === undefined ? 'named' : this.#firstCause(source, pod, controllers));
        causes.set(uid, cause);
        ends.set(uid, pod.metadata?.deletionTimestamp === undefined ? source.gone : DELETED);
      }
    }
    this.#causes = causes;
    this.#ends = ends;
  }

  #controllersOf(
    pods: readonly V1Pod[],
    known: ReadonlyMap<string, KnownController> | undefined,
  ): ReadonlyMap<string, KnownController> {
    const sinceMs = known === undefined ? Number.NEGATIVE_INFINITY : this.#now();
    const controllers = new Map<string, KnownController>();
    for (const pod of pods) {
      const uid = controllerOf(pod) ?? '';
      controllers.set(uid, known?.get(uid) ?? { sinceMs });
    }
    // Of those that have no pods any more, only that there were such: of a CronJob there are ever more.
    if (known !== undefined && known.size > 0)
      controllers.set('', { sinceMs: Number.NEGATIVE_INFINITY });
    return controllers;
  }

  #firstCause(
    source: PodSource,
    pod: V1Pod,
    controllers: ReadonlyMap<string, KnownController>,
  ): string {
    const { newController, text } = source;
    const own = controllers.get(controllerOf(pod) ?? '')?.sinceMs ?? 0;
    const hasOlder = [...controllers.values()].some(({ sinceMs }) => sinceMs < own);
    return newController !== undefined && hasOlder && this.#now() - own < ROLLOUT_MS
      ? `${text} ${newController}`
      : `new pod of ${text}`;
  }

  #causeOfStart(pod: PodTarget): string {
    const lastNode = this.#lastNodes.get(nameKey(pod));
    if (lastNode === undefined) return this.#causes.get(pod.uid) ?? '';
    return lastNode === pod.node ? 'recreated' : 'recreated on another node';
  }
}

function nameKey({ namespace, name }: PodTarget): string {
  return `${namespace}/${name}`;
}
