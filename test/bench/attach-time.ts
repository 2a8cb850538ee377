import type { BenchLab } from './bench-lab.ts';

/** From bpf(2), include/uapi/linux/bpf.h. */
const BPF_LINK_CREATE = 28;
const trace = '/sys/kernel/tracing';

/** Has the kernel note when links are made: the same for every tracer, and without a debugger in its way. */
export async function watchLinks(lab: BenchLab): Promise<void> {
  await lab.guest.mustRun(`cd ${trace}; echo > trace
    echo 'cmd == ${BPF_LINK_CREATE}' > events/syscalls/sys_enter_bpf/filter
    echo 'ret != 0 && ret != -2' > events/syscalls/sys_exit_bpf/filter # the peer asks for events without a pause
    echo 1 > events/syscalls/sys_enter_bpf/enable; echo 1 > events/syscalls/sys_exit_bpf/enable`);
}

/** Milliseconds in which at least one link was being made, since `watchLinks`. */
export async function attachMs(lab: BenchLab): Promise<number> {
  const log = await lab.guest.mustRun(`cd ${trace}
    echo 0 > events/syscalls/sys_enter_bpf/enable; echo 0 > events/syscalls/sys_exit_bpf/enable
    grep bpf trace`);
  return unionMs(linkCalls(log));
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Lines such as ` node-77  [000] .....  12.345678: sys_bpf(cmd: 1c, uattr: ...)` and `... sys_bpf -> 0x15`. */
function linkCalls(log: string): Span[] {
  const asked = new Map<string, number>();
  const calls: Span[] = [];
  for (const [, thread = '', seconds, isResult] of log.matchAll(
    /-(\d+)\s+\[\d+\][^:]*\s(\d+\.\d+): sys_bpf(?:\(|( -> ))/g,
  )) {
    const atMs = Number(seconds) * 1_000;
    if (isResult === undefined) asked.set(thread, atMs);
    const fromMs = asked.get(thread);
    if (isResult === undefined || fromMs === undefined) continue;
    calls.push({ fromMs, toMs: atMs });
    asked.delete(thread);
  }
  return calls;
}

/** Links are made in parallel, too. */
function unionMs(spans: readonly Span[]): number {
  let total = 0;
  let coveredToMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of [...spans].sort((one, other) => one.fromMs - other.fromMs)) {
    total += Math.max(0, toMs - Math.max(fromMs, coveredToMs));
    coveredToMs = Math.max(coveredToMs, toMs);
  }
  return total;
}
