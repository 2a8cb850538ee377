import type { pwru } from '../../../proto/gen/pwru.js';
import type { NodeTrace } from './node-trace.ts';
import { podKey } from './pod-key.ts';
import type { PodTargets } from './pod-states.ts';

/** A name is traced for so long after its pod has gone, and a node after its last pod. */
export const LINGER_MS = 30_000;
/** Of SetPodTargets. */
const MAX_PODS = 512;

type Pod = pwru.v1.PodTarget.$Properties;

/**
 * The pods that are traced on a node. One that is followed by its name is for a while also when it has gone: the agent sees
 * the next one of that name before the API server has told us, and so its first packets.
 */
export class FollowedNode implements Disposable {
  readonly trace: NodeTrace;
  readonly #onIdle: () => void;
  #pods: ReadonlyMap<string, Pod>;
  #addresses: readonly Uint8Array[];
  #ports: PodTargets['ports'];
  readonly #leaving = new Map<string, { readonly pod: Pod; readonly timer: NodeJS.Timeout }>();
  #idleTimer: NodeJS.Timeout | undefined;
  #tooMany = 0;

  /** @param onIdle called when nothing was wanted of it for 30 s */
  constructor(trace: NodeTrace, onIdle: () => void) {
    this.trace = trace;
    this.#onIdle = onIdle;
    this.#pods = byKey(trace.targets.pods);
    this.#addresses = trace.targets.addresses;
    this.#ports = trace.targets.ports;
  }

  /** Pods that no session takes, since there are too many. */
  get tooMany(): number {
    return this.#tooMany;
  }

  /** @param targets undefined: the node has nothing to trace any more */
  set(targets: PodTargets | undefined): void {
    const before = this.#pods;
    this.#pods = byKey(targets?.pods ?? []);
    this.#addresses = targets?.addresses ?? [];
    this.#ports = targets?.ports ?? [];
    for (const [key, pod] of before) if (!this.#pods.has(key)) this.#leave(key, pod);
    for (const key of this.#pods.keys()) this.#forget(key);
    if (targets !== undefined) {
      clearTimeout(this.#idleTimer);
      this.#idleTimer = undefined;
    } else this.#idleTimer ??= setTimeout(this.#onIdle, LINGER_MS);
    this.#send();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#idleTimer);
    for (const key of [...this.#leaving.keys()]) this.#forget(key);
  }

  #leave(key: string, pod: Pod): void {
    if ((pod.uid ?? '') !== '') return;
    const timer = setTimeout(() => {
      this.#leaving.delete(key);
      this.#send();
    }, LINGER_MS);
    this.#leaving.set(key, { pod, timer });
  }

  #forget(key: string): void {
    clearTimeout(this.#leaving.get(key)?.timer);
    this.#leaving.delete(key);
  }

  #send(): void {
    const leaving = [...this.#leaving.values()].map(({ pod }) => pod);
    const all = [...this.#pods.values(), ...leaving];
    this.#tooMany = Math.max(0, this.#pods.size - MAX_PODS);
    const targets = {
      ...{ pods: all.slice(0, MAX_PODS), addresses: this.#addresses, ports: this.#ports },
      ...(this.#tooMany > 0 ? { isCut: true } : {}),
    };
    if (keyOf(targets) !== keyOf(this.trace.targets)) this.trace.setTargets(targets);
  }
}

function byKey(pods: readonly Pod[]): Map<string, Pod> {
  return new Map(pods.map((pod) => [podKey(pod), pod]));
}

/** The same for the same targets, in whatever order. */
function keyOf({ pods, addresses, ports, isCut = false }: PodTargets): string {
  return [
    String(isCut),
    ...pods.map(podKey).sort(),
    ...addresses.map((bytes) => bytes.join('.')).sort(),
    ...ports
      .map(({ address, port, protocol }) => `${address?.join('.')}/${port}/${protocol}`)
      .sort(),
  ].join(' ');
}
