import { pwru } from '../../../proto/gen/pwru.js';

/** What an agent is told to trace, and may be told anew. */
export interface PodTargets {
  readonly pods: readonly pwru.v1.PodTarget.$Properties[];
  /** Of services: network byte order, 4 or 16 bytes each. */
  readonly addresses: readonly Uint8Array[];
  /** Of services and of pods at their node. */
  readonly ports: readonly pwru.v1.PortTarget.$Properties[];
  /** There are more pods, which an agent does not take. */
  readonly isCut?: boolean;
}

/** The pods that a node was told to trace, and what its agent says of them. */
export class PodStates {
  #targets: PodTargets = { pods: [], addresses: [], ports: [] };
  readonly #states = new Map<string, pwru.v1.PodTargetStatus>();

  /** As last set. */
  get targets(): PodTargets {
    return this.#targets;
  }

  set(targets: PodTargets): void {
    this.#targets = targets;
    const keys = new Set(targets.pods.map(podKey));
    for (const key of this.#states.keys()) if (!keys.has(key)) this.#states.delete(key);
  }

  /** What is said of a pod that is no longer asked for has crossed the request on its way. */
  take(status: pwru.v1.PodTargetStatus): void {
    const key = podKey(status.target ?? {});
    if (this.#targets.pods.some((pod) => podKey(pod) === key)) this.#states.set(key, status);
  }

  /** The next agent has to say it anew. */
  forget(): void {
    this.#states.clear();
  }

  /** Some pod that is there is not traced. */
  get isShort(): boolean {
    return this.#targets.isCut === true || this.unresolved.length > 0;
  }

  /** Names of pods that are there and cannot be traced, since their network namespaces are not known. */
  get unresolved(): readonly string[] {
    const { POD_TARGET_STATE_UNRESOLVED } = pwru.v1.PodTargetState;
    return [...this.#states.values()]
      .filter(({ state }) => state === POD_TARGET_STATE_UNRESOLVED)
      .map(({ target }) => `${target?.namespace}/${target?.name}`);
  }
}

/** The same for the same target, whatever else it says. */
export function podKey({
  namespace,
  name,
  uid,
  addressesOnly,
}: pwru.v1.PodTarget.$Properties): string {
  return `${namespace ?? ''}/${name ?? ''}/${uid ?? ''}${addressesOnly ? ' addresses only' : ''}`;
}
