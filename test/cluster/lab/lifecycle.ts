/** A part of a cluster that can be taken down and brought back: `node-1` is a whole node, `node-1/kubelet` its kubelet alone. */
export type PartName = 'api-server' | `node-${number}` | `node-${number}/kubelet`;

/** Who owns the processes of a cluster. */
export interface Lifecycle {
  /** Kills the part, if it runs, as by a crash or a power cut. */
  kill(part: PartName): Promise<void>;
  /** Starts the part, unless it runs; resolves when it serves. */
  start(part: PartName): Promise<void>;
}

/** A part of a cluster that can be taken down and brought back. */
export class ClusterPart {
  readonly name: PartName;
  readonly #lifecycle: Lifecycle;

  constructor(name: PartName, lifecycle: Lifecycle) {
    this.name = name;
    this.#lifecycle = lifecycle;
  }

  /** Kills it, as by a crash or a power cut. Disposing what this returns brings it back. */
  async takeDown(): Promise<AsyncDisposable> {
    await this.#lifecycle.kill(this.name);
    return { [Symbol.asyncDispose]: () => this.#lifecycle.start(this.name) };
  }

  /** Kills it and starts it again. */
  async restart(): Promise<void> {
    await this.#lifecycle.kill(this.name);
    await this.#lifecycle.start(this.name);
  }
}
