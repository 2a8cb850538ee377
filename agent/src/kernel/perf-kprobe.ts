import { readFileSync } from 'node:fs';
import { PwruError } from '../core/errors.ts';
import { errnoName } from '../native/errno.ts';
import { attachPerfEvent } from '../native/libbpf.ts';
import { addressOf, closeFd, perfEventOpen } from '../native/libc.ts';
import {
  type AttachContext,
  type ProbeGroup,
  type ProbeTarget,
  type RefusedProbe,
  reportedCount,
} from './probe-attachment.ts';

const pmuTypeFile = '/sys/bus/event_source/devices/kprobe/type';

/** Kprobes being attached at the same time: the kernel serialises most of it, the waiting overlaps. */
const attachersAtOnce = 8;

/** Errors that every other function would meet too. */
const hopeless = new Set(['EPERM', 'EACCES', 'EMFILE', 'ENFILE', 'ENOSYS']);

/** struct perf_event_attr up to sample_max_stack (PERF_ATTR_SIZE_VER5, include/uapi/linux/perf_event.h). */
const attr = { sizeBytes: 112, type: 0, size: 4, address: 64 } as const;

/**
 * Type number of the kernel's kprobe PMU.
 * @returns undefined when there is none: kernel built without CONFIG_KPROBE_EVENTS.
 */
export function kprobePmuType(): number | undefined {
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
  const pmuType = kprobePmuType();
  if (pmuType === undefined) {
    throw new PwruError(
      'KERNEL_FEATURE_MISSING',
      `Cannot attach kprobes: ${pmuTypeFile} does not exist (kernel built without CONFIG_KPROBE_EVENTS)`,
      { subject: 'CONFIG_KPROBE_EVENTS' },
    );
  }
  const queue = groups.flatMap(({ programFd, targets }) =>
    targets.map((target) => ({ programFd, target })),
  );
  const refused: RefusedProbe[] = [];
  let done = 0;
  const attachers = Array.from({ length: attachersAtOnce }, async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (context.signal.aborted) return;
      const fd = await attachOne(pmuType, next.programFd, next.target);
      if (fd >= 0) {
        context.links.add(fd, reportedCount([next.target]));
      } else {
        const reason = errnoName(-fd);
        if (hopeless.has(reason)) throw hopelessError(reason);
        const { name, module, silent } = next.target;
        if (!silent) refused.push({ name, module, reason });
      }
      done += reportedCount([next.target]);
      context.onProgress(done);
    }
  });
  const outcomes = await Promise.allSettled(attachers);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return refused;
}

/** @returns the link's fd, which holds the kprobe, or a negative errno. */
async function attachOne(pmuType: number, programFd: number, target: ProbeTarget): Promise<number> {
  const attributes = Buffer.alloc(attr.sizeBytes);
  attributes.writeUInt32LE(pmuType, attr.type);
  attributes.writeUInt32LE(attr.sizeBytes, attr.size);
  attributes.writeBigUInt64LE(target.address, attr.address);
  const perfFd = await perfEventOpen(addressOf(attributes));
  // Keeps the buffer alive until the kernel has read it.
  attributes.at(0);
  if (perfFd < 0) return perfFd;
  const linkFd = await attachPerfEvent(programFd, perfFd, target.cookie);
  await closeFd(perfFd);
  return linkFd;
}

function hopelessError(reason: string): PwruError {
  const isForbidden = reason === 'EPERM' || reason === 'EACCES';
  // Debian's and Ubuntu's kernels know a level 3, which leaves perf events to CAP_SYS_ADMIN.
  const why = isForbidden
    ? ' (CAP_PERFMON is missing, or kernel.perf_event_paranoid is above 2 without CAP_SYS_ADMIN)'
    : '';
  return new PwruError(
    isForbidden ? 'PRIVILEGE_MISSING' : 'SYSTEM',
    `Cannot attach kprobes: ${reason}${why}`,
    { subject: reason },
  );
}
