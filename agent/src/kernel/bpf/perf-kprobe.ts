import { readFileSync } from 'node:fs';
import type { PwruError } from '../../core/errors.ts';
import { errnoName } from '../../native/errno.ts';
import { attachPerfEvent } from '../../native/libbpf.ts';
import { addressOf, closeFd, perfEventOpen } from '../../native/libc.ts';
import { bpfError, perfEventError, refusalError } from '../refusal-error.ts';
import {
  type AttachContext,
  type ProbeGroup,
  type ProbeTarget,
  type RefusedProbe,
  reportedCount,
} from './probe-links.ts';

const pmuTypeFile = '/sys/bus/event_source/devices/kprobe/type';

/** Kprobes being attached at the same time: the kernel serialises most of it, the waiting overlaps. */
const attachersAtOnce = 8;

/** Errors that every other function would meet too. */
const hopeless = new Set(['EPERM', 'EACCES', 'EMFILE', 'ENFILE', 'ENOSYS']);

/** Which call of an attachment failed, and the name of its errno. */
interface FailedAttachment {
  readonly call: 'bpf' | 'perf_event_open';
  readonly errno: string;
}

/** struct perf_event_attr up to sample_max_stack (PERF_ATTR_SIZE_VER5, include/uapi/linux/perf_event.h). */
const attr = { sizeBytes: 112, type: 0, size: 4, address: 64 } as const;

/**
 * Type number of the kernel's kprobe PMU.
 * @throws PwruError KERNEL_FEATURE_MISSING when there is none.
 */
export function requireKprobePmu(): number {
  const type = kprobePmuType();
  if (type !== undefined) return type;
  throw refusalError('Cannot attach kprobes', {
    cause: 'kernel',
    text: `kernel built without CONFIG_KPROBE_EVENTS (no ${pmuTypeFile})`,
    isLasting: true,
  });
}

export function hasKprobePmu(): boolean {
  return kprobePmuType() !== undefined;
}

function kprobePmuType(): number | undefined {
  try {
    const type = Number.parseInt(readFileSync(pmuTypeFile, 'utf8'), 10);
    return Number.isInteger(type) ? type : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Attaches one perf kprobe per function by address, several at the same time. What the kernel refuses is returned with
 * its errno.
 * @throws PwruError KERNEL_FEATURE_MISSING, PRIVILEGE_MISSING or SYSTEM when no function could be attached.
 */
export async function attachPerfKprobes(
  groups: readonly ProbeGroup[],
  context: AttachContext,
): Promise<RefusedProbe[]> {
  const pmuType = requireKprobePmu();
  const queue = groups.flatMap(({ programFd, targets }) =>
    targets.map((target) => ({ programFd, target })),
  );
  const refused: RefusedProbe[] = [];
  let done = 0;
  const attachers = Array.from({ length: attachersAtOnce }, async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (context.signal.aborted) return;
      const { programFd, target } = next;
      const link = await openPerfKprobe(pmuType, { programFd, ...target });
      if ('fd' in link) {
        context.links.add(link.fd, reportedCount([target]));
      } else {
        if (hopeless.has(link.errno)) throw perfKprobeError(link);
        const { name, module, silent } = target;
        if (!silent) refused.push({ name, module, reason: link.errno });
      }
      done += reportedCount([target]);
      context.onProgress(done);
    }
  });
  const outcomes = await Promise.allSettled(attachers);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return refused;
}

/** @returns the fd of a link, which holds the kprobe and is the caller's, or what failed. */
export async function openPerfKprobe(
  pmuType: number,
  {
    programFd,
    address,
    cookie,
  }: { readonly programFd: number } & Pick<ProbeTarget, 'address' | 'cookie'>,
): Promise<{ readonly fd: number } | FailedAttachment> {
  const attributes = Buffer.alloc(attr.sizeBytes);
  attributes.writeUInt32LE(pmuType, attr.type);
  attributes.writeUInt32LE(attr.sizeBytes, attr.size);
  attributes.writeBigUInt64LE(address, attr.address);
  const perfFd = await perfEventOpen(addressOf(attributes));
  // Keeps the buffer alive until the kernel has read it.
  attributes.at(0);
  if (perfFd < 0) return { call: 'perf_event_open', errno: errnoName(-perfFd) };
  const fd = await attachPerfEvent(programFd, perfFd, cookie);
  await closeFd(perfFd);
  return fd < 0 ? { call: 'bpf', errno: errnoName(-fd) } : { fd };
}

/** The error for an attachment that failed for a reason that is not the function's. */
export function perfKprobeError({ call, errno }: FailedAttachment): PwruError {
  const action = 'Cannot attach kprobes';
  return call === 'bpf' ? bpfError(action, errno) : perfEventError(action, errno);
}
