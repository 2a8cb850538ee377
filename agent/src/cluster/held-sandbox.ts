import { existsSync } from 'node:fs';
import type { NetworkNamespace } from '../kernel/netns.ts';
import type { PodSandbox } from '../trace/pod-source.ts';
import type { PairRequest } from './interfaces/host-interfaces.ts';

export interface SandboxFacts {
  /** The runtime's id; undefined when the runtime was not asked. */
  readonly id: string | undefined;
  readonly netns: NetworkNamespace;
  /** CLOCK_BOOTTIME in nanoseconds since when the namespace has been there; undefined: not known. */
  readonly sinceNs: number | undefined;
  /** Path by which the namespace was found. */
  readonly path: string;
  /** Folder of the sandbox's process in the node's procfs; undefined when it was not there to be seen. */
  readonly processFolder: string | undefined;
  /** As the runtime tells them; undefined when it does not, and the pod's status has to do. */
  readonly addresses: readonly Uint8Array[] | undefined;
  readonly pairs: Omit<PairRequest, 'netns'>;
  readonly method: PodSandbox['method'];
}

/** A sandbox whose namespace is held open. Whoever has it disposes of it. */
export class HeldSandbox implements Disposable {
  readonly facts: SandboxFacts;

  constructor(facts: SandboxFacts) {
    this.facts = facts;
  }

  /**
   * Whether its namespace is still where it was found, and its process still there: two system calls. Runtimes unmount and
   * remove the namespace when they end a sandbox; the process is gone at once when the sandbox crashes.
   */
  isAlive(): boolean {
    const { netns, path, processFolder } = this.facts;
    return netns.isAt(path) && (processFolder === undefined || existsSync(processFolder));
  }

  [Symbol.dispose](): void {
    this.facts.netns[Symbol.dispose]();
  }
}
