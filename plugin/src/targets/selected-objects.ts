import { delay } from '../delay.ts';
import {
  KubeError,
  type KubeObject,
  type ResourceKind,
  type Watched,
} from '../kubernetes/kube-api.ts';
import type { SourceContext } from './pod-source.ts';

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
