import type { KubeApi, ResourceKind } from '../kubernetes/kube-api.ts';

/** At most this part of the time is spent on running. */
const MAX_SHARE = 0.05;

export interface Pace {
  /** From one run's end to the next one's beginning, at least. */
  readonly leastMs: number;
  readonly now: () => number;
}

/**
 * Runs something after requests, soon but not for each: what comes while a run is due is covered by it. The longer runs take,
 * the rarer they are.
 */
export class PacedRuns implements Disposable {
  readonly #run: () => void;
  readonly #pace: Pace;
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(run: () => void, pace: Pace) {
    this.#run = run;
    this.#pace = pace;
  }

  request(): void {
    if (this.#closed || this.#timer !== undefined) return;
    const delayMs = Math.max(0, this.#notBeforeMs - this.#pace.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.runNow();
    }, delayMs);
  }

  /** Covers what was requested. */
  runNow(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const beganMs = this.#pace.now();
    this.#run();
    const endedMs = this.#pace.now();
    this.#notBeforeMs = endedMs + Math.max(this.#pace.leastMs, (endedMs - beganMs) / MAX_SHARE);
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}

interface Page {
  readonly items?: readonly unknown[] | null;
  readonly metadata?: { readonly remainingItemCount?: number };
}

/**
 * How many objects of a kind there are, in one namespace or in all, for the price of one: the server counts the others
 * (metadata.remainingItemCount, Kubernetes 1.15).
 * @throws KubeError
 */
export async function countObjects(
  api: KubeApi,
  { group, version, plural }: ResourceKind,
  namespace: string | undefined,
): Promise<number> {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const { items, metadata } = await api.request<Page>({
    method: 'GET',
    path: `${root}${within}/${plural}`,
    query: { limit: '1' },
  });
  return (items?.length ?? 0) + (metadata?.remainingItemCount ?? 0);
}
