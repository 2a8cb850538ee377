import { pwru } from '../../../proto/gen/pwru.js';
import { podKey } from './pod-key.ts';

type Pod = pwru.v1.PodTarget.$Properties;

/** The pods that a node was told to trace, and what its agent says of them. */
export class PodStates {
  #pods: readonly Pod[] = [];
  readonly #states = new Map<string, pwru.v1.PodTargetStatus>();

  /** As last set. */
  get pods(): readonly Pod[] {
    return this.#pods;
  }

  set(pods: readonly Pod[]): void {
    this.#pods = pods;
    const keys = new Set(pods.map(podKey));
    for (const key of this.#states.keys()) if (!keys.has(key)) this.#states.delete(key);
  }

  /** What is said of a pod that is no longer asked for has crossed the request on its way. */
  take(status: pwru.v1.PodTargetStatus): void {
    const key = podKey(status.target ?? {});
    if (this.#pods.some((pod) => podKey(pod) === key)) this.#states.set(key, status);
  }

  /** The next agent has to say it anew. */
  forget(): void {
    this.#states.clear();
  }

  /** Names of pods that are there and cannot be traced, since their network namespaces are not known. */
  get unresolved(): readonly string[] {
    const { POD_TARGET_STATE_UNRESOLVED } = pwru.v1.PodTargetState;
    return [...this.#states.values()]
      .filter(({ state }) => state === POD_TARGET_STATE_UNRESOLVED)
      .map(({ target }) => `${target?.namespace}/${target?.name}`);
  }
}
