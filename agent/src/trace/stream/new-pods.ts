import type { PodSource } from '../../core/pods.ts';
import type { UndecidedEvents } from './undecided-events.ts';

/** A pod that is known here may be named by a client that expects pods so much later: it learns of it by another way. */
const namedWithinMs = 3_000;

/** A namespace whose events are held. */
interface Held {
  /** CLOCK_BOOTTIME in nanoseconds since when. */
  readonly sinceNs: number;
  /** performance.now() when its pod was known; undefined before. */
  podKnownAtMs: number | undefined;
}

export interface NewPodsOptions {
  readonly source: PodSource;
  readonly undecided: UndecidedEvents;
  /** The client may name pods later. */
  readonly expectsPods: boolean;
  /** CLOCK_BOOTTIME in nanoseconds. */
  readonly nowNs: () => number;
  /** It is time for `update`. */
  readonly onDue: () => void;
}

/**
 * Namespaces that may turn out to be a target's: their packets are traced from the first moment on, and held in the agent
 * until their pod is known.
 */
export class NewPods implements Disposable {
  readonly #options: NewPodsOptions;
  readonly #held = new Map<number, Held>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: NewPodsOptions) {
    this.#options = options;
  }

  /** CLOCK_BOOTTIME in nanoseconds since when a namespace's events are held; undefined when they are not. */
  heldSinceNs(inode: number): number | undefined {
    return this.#held.get(inode)?.sinceNs;
  }

  /**
   * @param namespaces inode numbers: `whole` of targets, `addressed` of those of which is shown what has to do with addresses
   * @param isWaiting some target has no namespace
   * @returns inode numbers of namespaces to admit beside them, and a function to be called when the programs do that
   */
  update(
    { whole, addressed }: Readonly<Record<'whole' | 'addressed', ReadonlySet<number>>>,
    isWaiting: boolean,
  ): { readonly namespaces: readonly number[]; readonly settle: () => void } {
    const { source, undecided, expectsPods, nowNs } = this.#options;
    const fresh = new Set(source.newNamespaces().map(({ netns }) => netns.inode));
    if (expectsPods || isWaiting) {
      for (const inode of fresh) {
        if (this.#held.has(inode) || whole.has(inode) || addressed.has(inode)) continue;
        undecided.begin(inode);
        this.#held.set(inode, { sinceNs: nowNs(), podKnownAtMs: undefined });
      }
    }
    const ofPods = new Set(
      source
        .pods()
        .flatMap(({ place }) => (place.kind === 'sandbox' ? [place.sandbox.netns.inode] : [])),
    );
    const verdicts = new Map<number, boolean>();
    for (const [inode, held] of this.#held) {
      if (whole.has(inode)) verdicts.set(inode, true);
      else if (addressed.has(inode)) verdicts.set(inode, false);
      else if (ofPods.has(inode)) {
        held.podKnownAtMs ??= performance.now();
        const isLate = performance.now() - held.podKnownAtMs >= namedWithinMs;
        if (!expectsPods || isLate) verdicts.set(inode, false);
        else this.#wait();
      } else if (!fresh.has(inode)) verdicts.set(inode, false);
    }
    return {
      namespaces: [...this.#held.keys()].filter((inode) => verdicts.get(inode) !== false),
      settle: () => {
        for (const [inode, isTarget] of verdicts) {
          this.#held.delete(inode);
          undecided.decide(inode, isTarget, nowNs());
        }
      },
    };
  }

  #wait(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#options.onDue();
    }, namedWithinMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
