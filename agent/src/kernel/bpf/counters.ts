import { COUNTERS } from '../../core/record/layout.ts';
import { objectInfo } from '../../native/libbpf.ts';
import { type MappedMemory, mapShared, unmap } from '../../native/libc.ts';

export type CounterName = Exclude<keyof typeof COUNTERS, 'SIZE' | 'preempt_count' | 'pad'>;

const pageBytes = 4096;

/** The programs' counters (struct pwru_counters), one set per CPU, read from shared memory. */
export class CounterTable implements Disposable {
  readonly cpus: number;
  readonly #memory: MappedMemory;
  readonly #words: BigUint64Array;
  #closed = false;

  /** @param mapFd mmapable array of struct pwru_counters with `cpus` entries; stays the caller's. */
  constructor(mapFd: number, cpus: number) {
    this.cpus = cpus;
    this.#memory = mapShared({
      fd: mapFd,
      lengthBytes: Math.ceil((cpus * COUNTERS.SIZE) / pageBytes) * pageBytes,
      offsetBytes: 0,
      writable: false,
    });
    this.#words = new BigUint64Array(this.#memory.buffer);
  }

  /** Exact up to 2^53. */
  read(name: CounterName, cpu: number): number {
    const index = (cpu * COUNTERS.SIZE + COUNTERS[name].offset) / 8;
    return Number(Atomics.load(this.#words, index));
  }

  /** Sum over all CPUs. */
  total(name: CounterName): number {
    let sum = 0;
    for (let cpu = 0; cpu < this.cpus; cpu += 1) sum += this.read(name, cpu);
    return sum;
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    unmap(this.#memory);
  }
}

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
  return Number(missed) + missedByLinks(linkFds);
}

/** Of those, what was counted by link. */
export function missedByLinks(linkFds: Iterable<number>): number {
  let missed = 0n;
  for (const fd of linkFds) {
    const info = objectInfo(fd, linkInfo.sizeBytes);
    if (info === undefined) continue;
    const type = info.readUInt32LE(linkInfo.type);
    if (type === linkTypes.kprobeMulti) missed += info.readBigUInt64LE(linkInfo.multiMissed);
    if (type === linkTypes.perfEvent) missed += info.readBigUInt64LE(linkInfo.perfMissed);
  }
  return Number(missed);
}
