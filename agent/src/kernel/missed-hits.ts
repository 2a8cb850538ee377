import { objectInfo } from '../native/libbpf.ts';

/** struct bpf_prog_info (include/uapi/linux/bpf.h, since 5.12): recursion_misses. */
const programInfo = { sizeBytes: 232, recursionMisses: 208 } as const;

/** struct bpf_link_info (include/uapi/linux/bpf.h): kprobe_multi.missed and perf_event.kprobe.missed, since 6.7. */
const linkInfo = { sizeBytes: 64, type: 0, multiMissed: 32, perfMissed: 48 } as const;
const linkTypes = { perfEvent: 7, kprobeMulti: 8 } as const;

/**
 * Hits that the kernel skipped: a BPF program was already running on the CPU (counted by program), or the function was
 * entered from within ftrace or a kprobe (counted by link). Kernels before 5.12 and 6.7 count less.
 */
export function missedHits(programFds: Iterable<number>, linkFds: Iterable<number>): number {
  let missed = 0n;
  for (const fd of programFds) {
    missed +=
      objectInfo(fd, programInfo.sizeBytes)?.readBigUInt64LE(programInfo.recursionMisses) ?? 0n;
  }
  for (const fd of linkFds) {
    const info = objectInfo(fd, linkInfo.sizeBytes);
    if (info === undefined) continue;
    const type = info.readUInt32LE(linkInfo.type);
    if (type === linkTypes.kprobeMulti) missed += info.readBigUInt64LE(linkInfo.multiMissed);
    if (type === linkTypes.perfEvent) missed += info.readBigUInt64LE(linkInfo.perfMissed);
  }
  return Number(missed);
}
