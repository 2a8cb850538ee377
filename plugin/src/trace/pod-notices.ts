import { pwru } from '../../../proto/gen/pwru.js';
import { counted } from '../accounting.ts';
import type { TargetChange } from '../targets/target-changes.ts';
import type { NodeTrace } from './node-trace.ts';
import { podKey } from './pod-key.ts';
import type { Reporter } from './reporter.ts';
import { type UnseenPods, unseenText } from './unseen-pods.ts';

/** A new pod has no sandbox for a while; that is told when it lasts. */
const WAITING_MS = 3_000;
/** Pods that come and go together are counted beyond that. */
const MAX_CHANGES = 10;

export interface PodNoticesParts {
  readonly reporter: Reporter;
  readonly unseen: UnseenPods;
  /** Whether all packets of a node are traced. */
  readonly isWhole: (node: string) => boolean;
  /** Pods in it are called by their names alone. */
  readonly homeNamespace: string | undefined;
  /** Monotonic, milliseconds. */
  readonly now: () => number;
}

const { PodTargetState } = pwru.v1;

/** Tells of pods: that come and go, as the cluster has it, and that cannot be traced, as the agents have it. */
export class PodNotices {
  readonly #parts: PodNoticesParts;
  /** By node and pod: the last state. */
  readonly #states = new Map<string, pwru.v1.PodTargetState>();
  /** Pods without a sandbox. */
  readonly #waiting = new Map<string, { readonly text: string; readonly sinceMs: number }>();

  constructor(parts: PodNoticesParts) {
    this.#parts = parts;
  }

  changed(changes: readonly TargetChange[]): void {
    const { reporter, unseen, isWhole } = this.#parts;
    unseen.changed(changes, isWhole);
    for (const { kind, pod, cause } of changes.slice(0, MAX_CHANGES)) {
      const sign = kind === 'added' ? '+' : '-';
      reporter.note(`${sign} ${this.#textOf(pod)} (node ${pod.node}): ${cause}`);
    }
    const others = changes.length - MAX_CHANGES;
    if (others > 0) reporter.note(`and ${counted(others, 'more change')}`);
  }

  /** What the agent of a node says of one. */
  take(node: NodeTrace, status: pwru.v1.PodTargetStatus): void {
    const target = podKey(status.target ?? {});
    const key = `${node.name} ${target}`;
    const before = this.#states.get(key);
    this.#waiting.delete(key);
    if (node.targets.pods.some((pod) => podKey(pod) === target))
      this.#states.set(key, status.state);
    else this.#states.delete(key);
    const isReplaced = status.state === PodTargetState.POD_TARGET_STATE_REPLACED;
    if (before !== status.state || isReplaced) this.#tell(key, node, status);
    const unseen = this.#parts.unseen.take(node, status);
    if (unseen !== undefined) {
      this.#parts.reporter.note(
        `${this.#textOf(status.target ?? {})} (node ${node.name}): ${unseenText(unseen)}`,
      );
    }
  }

  /** To be called from time to time. */
  tick(): void {
    const { reporter, now, unseen } = this.#parts;
    for (const pod of unseen.settle(false))
      reporter.note(`${this.#textOf(pod)} (node ${pod.node}): ${unseenText(pod)}`);
    for (const [key, { text, sinceMs }] of this.#waiting) {
      if (now() - sinceMs < WAITING_MS) continue;
      this.#waiting.delete(key);
      reporter.note(`${text}: waits for its sandbox`);
    }
  }

  #tell(key: string, node: NodeTrace, { target, state, message }: pwru.v1.PodTargetStatus): void {
    const { reporter, now } = this.#parts;
    const text = `${this.#textOf(target ?? {})} (node ${node.name})`;
    if (state === PodTargetState.POD_TARGET_STATE_WAITING) {
      this.#waiting.set(key, { text, sinceMs: now() });
    }
    if (state === PodTargetState.POD_TARGET_STATE_REPLACED) {
      reporter.note(`${text}: has a new sandbox, which is traced now`);
    }
    if (state === PodTargetState.POD_TARGET_STATE_HOST_NETWORK) {
      const why = "its packets are its node's; --host-network=node traces the whole node";
      reporter.warning(`${text}: not traced, since ${why}`);
    }
    if (state === PodTargetState.POD_TARGET_STATE_UNRESOLVED) {
      reporter.warning(`${text}: not traced: ${message}`);
    }
  }

  /** `pod/web-1`, of another namespace than home `shop/pod/web-1`. */
  #textOf({ namespace, name }: { namespace?: string | null; name?: string | null }): string {
    const { homeNamespace } = this.#parts;
    return `${namespace === homeNamespace ? '' : `${namespace}/`}pod/${name}`;
  }
}
