import type { KubeError } from '../kubernetes/kube-api.ts';

/** Which of several watches do not work at the moment: told when the first one breaks, and when none is broken any more. */
export class WatchTroubles {
  readonly #tell: (error: KubeError | undefined) => void;
  readonly #broken = new Set<object>();

  constructor(tell: (error: KubeError | undefined) => void) {
    this.#tell = tell;
  }

  /** @param watch any object that stands for the watch @param error undefined: it works, or is no longer wanted */
  report(watch: object, error: KubeError | undefined): void {
    const before = this.#broken.size;
    if (error === undefined) this.#broken.delete(watch);
    else this.#broken.add(watch);
    const after = this.#broken.size;
    if (before === 0 && after > 0) this.#tell(error);
    if (before > 0 && after === 0) this.#tell(undefined);
  }
}
