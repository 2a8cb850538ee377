import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = '/sys/fs/cgroup';

/** Where groups of the memory controller are made, and which file has a group's peak: of version 1 or 2. */
function hierarchy(): { readonly folder: string; readonly peakFile: string } {
  const first = join(root, 'memory');
  if (existsSync(join(first, 'memory.max_usage_in_bytes'))) {
    return { folder: first, peakFile: 'memory.max_usage_in_bytes' };
  }
  writeFileSync(join(root, 'cgroup.subtree_control'), '+memory');
  return { folder: root, peakFile: 'memory.peak' };
}

/** A control group to which the memory of processes is charged, the kernel's for them included (Linux >= 5.11: BPF maps too). */
export class MemoryGroup implements Disposable {
  readonly #folder: string;
  readonly #peakFile: string;

  constructor() {
    const { folder, peakFile } = hierarchy();
    this.#peakFile = peakFile;
    this.#folder = join(folder, `pwru-test-${randomBytes(3).toString('hex')}`);
    mkdirSync(this.#folder);
  }

  /** Shell commands that bring their process here. */
  get enter(): string {
    return `echo $$ > ${join(this.#folder, 'cgroup.procs')}`;
  }

  /** The most that was charged so far. */
  get peakMib(): number {
    return Number(readFileSync(join(this.#folder, this.#peakFile), 'latin1')) / 2 ** 20;
  }

  /** The processes must have ended. */
  [Symbol.dispose](): void {
    rmdirSync(this.#folder);
  }
}
