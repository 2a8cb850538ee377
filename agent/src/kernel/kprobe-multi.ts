import { PwruError } from '../core/errors.ts';
import { errnoName } from '../native/errno.ts';
import { attachKprobeMulti } from '../native/libbpf.ts';
import {
  type AttachContext,
  type ProbeGroup,
  type ProbeTarget,
  type RefusedProbe,
  reportedCount,
} from './probe-attachment.ts';

/** Errors that no smaller set of functions would mend, and what they mean. */
const hopeless: Readonly<Record<string, string>> = {
  EOPNOTSUPP: 'kernel built without CONFIG_FPROBE',
  EPERM: 'CAP_SYS_ADMIN, or CAP_BPF with CAP_PERFMON, is missing, or lockdown forbids it',
  EACCES: 'the process may not attach kprobes',
  ENOMEM: 'the kernel has no memory for the probes',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
};

/** So many refusals without one success mean that the functions are not the reason. */
const refusalsWithoutSuccess = 32;

/**
 * Attaches each group by address with one kprobe.multi link, all groups at the same time. A set that the kernel refuses
 * is halved until the functions at fault are alone: they are left out and returned with their errno.
 * @throws PwruError KERNEL_FEATURE_MISSING, PRIVILEGE_MISSING or SYSTEM when the functions are not at fault.
 */
export async function attachKprobeMultiGroups(
  groups: readonly ProbeGroup[],
  context: AttachContext,
): Promise<RefusedProbe[]> {
  const attachment = new MultiAttachment(context);
  const outcomes = await Promise.allSettled(
    groups.map((group) => attachment.attach(group.programFd, group.targets)),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return attachment.refused;
}

class MultiAttachment {
  readonly refused: RefusedProbe[] = [];
  readonly #context: AttachContext;
  #attached = 0;

  constructor(context: AttachContext) {
    this.#context = context;
  }

  async attach(programFd: number, targets: readonly ProbeTarget[]): Promise<void> {
    if (targets.length === 0 || this.#context.signal.aborted) return;
    const fd = await attachKprobeMulti(
      programFd,
      BigUint64Array.from(targets, (target) => target.address),
      BigUint64Array.from(targets, (target) => target.cookie),
    );
    if (fd >= 0) {
      this.#context.links.add(fd, reportedCount(targets));
      this.#attached += reportedCount(targets);
    } else if (targets.length > 1 && !this.#isHopeless(-fd)) {
      const middle = targets.length >> 1;
      await this.attach(programFd, targets.slice(0, middle));
      await this.attach(programFd, targets.slice(middle));
      return;
    } else {
      this.#refuse(targets, -fd);
    }
    this.#context.onProgress(this.#attached + this.refused.length);
  }

  #isHopeless(errno: number): boolean {
    return (
      errnoName(errno) in hopeless ||
      (this.#attached === 0 && this.refused.length >= refusalsWithoutSuccess)
    );
  }

  #refuse(targets: readonly ProbeTarget[], errno: number): void {
    if (this.#isHopeless(errno)) {
      const name = errnoName(errno);
      const cause = hopeless[name] === undefined ? name : `${name} (${hopeless[name]})`;
      const missing = name === 'EPERM' || name === 'EACCES' ? 'PRIVILEGE_MISSING' : 'SYSTEM';
      throw new PwruError(
        name === 'EOPNOTSUPP' ? 'KERNEL_FEATURE_MISSING' : missing,
        `Cannot attach kprobe.multi to ${targets.length} functions: ${cause}`,
        { subject: name === 'EOPNOTSUPP' ? 'CONFIG_FPROBE' : name },
      );
    }
    for (const { name, module, silent } of targets) {
      if (!silent) this.refused.push({ name, module, reason: errnoName(errno) });
    }
  }
}
