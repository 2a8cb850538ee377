import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = '/sys/fs/cgroup';

/** What a kubelet makes of a CPU request (pkg/kubelet/cm/helpers_linux.go, MilliCPUToShares). */
const sharesPerCpu = 1_024;

/** A control group whose processes have a part of the CPUs for which others wait, too, as a pod with such a request. */
export class CpuGroup implements Disposable {
  readonly #folder: string;

  /** @param cpus of the request, for instance 0.05 */
  constructor(cpus: number) {
    const shares = Math.max(2, Math.round(cpus * sharesPerCpu));
    const first = join(root, 'cpu');
    const isFirst = existsSync(join(first, 'cpu.shares'));
    if (!isFirst) writeFileSync(join(root, 'cgroup.subtree_control'), '+cpu');
    this.#folder = join(isFirst ? first : root, `pwru-test-${randomBytes(3).toString('hex')}`);
    mkdirSync(this.#folder);
    // Version 2 as runc has it (libcontainer, ConvertCPUSharesToCgroupV2Value).
    if (isFirst) this.#write('cpu.shares', shares);
    else this.#write('cpu.weight', 1 + Math.floor(((shares - 2) * 9_999) / 262_142));
  }

  /** Shell commands that bring their process here. */
  get enter(): string {
    return `echo $$ > ${join(this.#folder, 'cgroup.procs')}`;
  }

  /** The processes must have ended. */
  [Symbol.dispose](): void {
    rmdirSync(this.#folder);
  }

  #write(file: string, value: number): void {
    writeFileSync(join(this.#folder, file), String(value));
  }
}
