import type { PwruError } from '../../core/errors.ts';
import { errnoName } from '../../native/errno.ts';
import { attachKprobeMulti } from '../../native/libbpf.ts';
import { bpfError, refusalError } from '../refusal-error.ts';
import {
  type AttachContext,
  type ProbeGroup,
  type ProbeTarget,
  type RefusedProbe,
  reportedCount,
} from './probe-links.ts';

/** Errors that no smaller set of functions would mend. */
const hopeless = new Set(['EOPNOTSUPP', 'EPERM', 'EACCES', 'ENOSYS', 'ENOMEM', 'EMFILE', 'ENFILE']);

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

/** The error for a link that failed for a reason that is not the functions'. @param errno its name */
export function kprobeMultiError(functions: number, errno: string): PwruError {
  const action = `Cannot attach kprobe.multi to ${functions} functions`;
  if (errno !== 'EOPNOTSUPP') return bpfError(action, errno);
  const text = 'kernel built without CONFIG_FPROBE';
  return refusalError(action, { cause: 'kernel', text, isLasting: true });
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
      hopeless.has(errnoName(errno)) ||
      (this.#attached === 0 && this.refused.length >= refusalsWithoutSuccess)
    );
  }

  #refuse(targets: readonly ProbeTarget[], errno: number): void {
    if (this.#isHopeless(errno)) throw kprobeMultiError(targets.length, errnoName(errno));
    for (const { name, module, silent } of targets) {
      if (!silent) this.refused.push({ name, module, reason: errnoName(errno) });
    }
  }
}
