import { pwru } from '../../../proto/gen/pwru.js';
import { count, counted } from '../events/accounting.ts';
import type { TargetChange } from '../targets/target-state.ts';
import type { NodeTrace } from './node-trace.ts';
import { isTracing } from './recovery.ts';

const { PodTargetState } = pwru.v1;

/** A runtime takes longer from a namespace to the first process in it: in between are CNI's plugins and the sandbox itself. */
const LEAST_MS = 50;
/** What an agent says of a pod may come so long after the cluster says that it has gone. */
const AGENT_LAG_MS = 2_000;
/** Pods that are named in the summary. */
const MAX_NAMED = 10;

/** A pod that came while the trace ran, and whose packets were not traced at first. */
export interface UnseenPod {
  readonly node: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly untracedMs: number;
  /** It was not traced at all. */
  readonly isWhole: boolean;
}

/** Which pods were not seen from their beginning on, as far as that was during the trace. */
export class UnseenPods {
  readonly #now: () => number;
  #beganAtMs: number | undefined;
  /** Namespaces that were traced, by node, pod and inode number: another session says the same again. */
  readonly #traced = new Set<string>();
  readonly #pods: UnseenPod[] = [];
  /** Pods that have come, and of which no agent said that it traces them; by uid: since when. */
  readonly #untraced = new Map<string, number>();
  /** Those of them that have gone again. */
  readonly #left = new Map<string, { readonly pod: UnseenPod; readonly atMs: number }>();
  /** What was made of a status: several reports ask. */
  readonly #made = new WeakMap<pwru.v1.PodTargetStatus, UnseenPod | undefined>();

  /** @param now monotonic, milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  get pods(): readonly UnseenPod[] {
    return this.#pods;
  }

  /** The trace has begun: what was before is nobody's concern. */
  began(): void {
    this.#beganAtMs ??= this.#now();
  }

  /**
   * Pods come and go, as the cluster has it.
   * @param isWhole whether all packets of a node are traced: pods on it are no matter of its agent then
   */
  changed(changes: readonly TargetChange[], isWhole: (node: string) => boolean): void {
    const nowMs = this.#now();
    for (const { kind, pod } of changes) {
      const { uid, node, namespace, name } = pod;
      const sinceMs = this.#untraced.get(uid);
      if (kind === 'added' && this.#beganAtMs !== undefined && !isWhole(node))
        this.#untraced.set(uid, nowMs);
      if (kind !== 'removed' || sinceMs === undefined) continue;
      this.#untraced.delete(uid);
      const untracedMs = Math.round(nowMs - sinceMs);
      this.#left.set(uid, {
        pod: { ...{ node, namespace, name, uid, untracedMs }, isWhole: true },
        atMs: nowMs,
      });
    }
  }

  /**
   * Which pods have gone without being traced, since nobody traced their node yet: each once.
   * @param isLast no agent will say anything more
   */
  settle(isLast: boolean): UnseenPod[] {
    const due = [...this.#left].filter(
      ([, { atMs }]) => isLast || this.#now() - atMs >= AGENT_LAG_MS,
    );
    for (const [uid, { pod }] of due) {
      this.#left.delete(uid);
      this.#pods.push(pod);
    }
    return due.map(([, { pod }]) => pod);
  }

  /** What an agent's word about a pod means; undefined: nothing was missed. */
  take(
    node: Pick<NodeTrace, 'name' | 'state'>,
    status: pwru.v1.PodTargetStatus,
  ): UnseenPod | undefined {
    if (this.#made.has(status)) return this.#made.get(status);
    const unseen = this.#read(node, status);
    this.#made.set(status, unseen);
    if (unseen !== undefined) this.#pods.push(unseen);
    return unseen;
  }

  #read(
    { name: node, state: nodeState }: Pick<NodeTrace, 'name' | 'state'>,
    status: pwru.v1.PodTargetStatus,
  ): UnseenPod | undefined {
    const { target, pod, state, netnsInode } = status;
    const isWhole = state === PodTargetState.POD_TARGET_STATE_GONE;
    const key = `${node} ${pod?.uid} ${netnsInode}`;
    if (isWhole || (netnsInode !== 0 && isTracing(nodeState))) this.#forget(pod?.uid ?? '');
    if (this.#traced.has(key)) return undefined;
    if (netnsInode !== 0 && isTracing(nodeState)) this.#traced.add(key);
    const untracedMs = Number(count(status.untracedMs));
    const sinceBeganMs = this.#beganAtMs === undefined ? 0 : this.#now() - this.#beganAtMs;
    // A namespace that is older than the trace had its first packets before it.
    if (untracedMs < LEAST_MS || untracedMs > sinceBeganMs) return undefined;
    const { namespace, name } = { namespace: target?.namespace ?? '', name: target?.name ?? '' };
    return { node, namespace, name, uid: pod?.uid ?? '', untracedMs, isWhole };
  }

  #forget(uid: string): void {
    this.#untraced.delete(uid);
    this.#left.delete(uid);
  }
}

/** `its first 0.8 s were not seen` */
export function unseenText({ untracedMs, isWhole }: UnseenPod): string {
  return isWhole
    ? `ended before it could be traced: none of its ${seconds(untracedMs)} were seen`
    : `its first ${seconds(untracedMs)} were not seen`;
}

/** A line for the summary; none when every pod was seen from its beginning on. */
export function unseenLines(
  pods: readonly UnseenPod[],
  homeNamespace: string | undefined,
): string[] {
  if (pods.length === 0) return [];
  const named = pods.slice(0, MAX_NAMED).map(({ namespace, name, untracedMs, isWhole }) => {
    const pod = `${namespace === homeNamespace ? '' : `${namespace}/`}pod/${name}`;
    return `${pod} ${isWhole ? 'all of its' : 'first'} ${seconds(untracedMs)}`;
  });
  const others = pods.length - named.length;
  const more = others > 0 ? `, ${counted(others, 'more pod')}` : '';
  return [`Not seen: ${named.join(', ')}${more}`];
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 95 ? 2 : 1)} s`;
}
