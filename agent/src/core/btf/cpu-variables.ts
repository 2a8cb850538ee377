import { type Btf, btfKinds, TYPE_WORDS } from './btf.ts';
import { hasMember, memberBytes } from './btf-features.ts';

/** Where a CPU of x86-64 has what belongs to it: bytes from its run queue on, before it below 0. */
export interface CpuVariables {
  readonly preemptCountAt: number;
  readonly currentTaskAt: number;
}

const section = '.data..percpu';
const runQueue = 'runqueues';

/** A per-CPU variable, or a member of one. */
type Place = readonly [variable: string, member?: string];

/** arch/x86/include/asm: percpu.h up to Linux 6.1 and again from 6.15 on, current.h in between. */
const layouts: ReadonlyArray<{ readonly preemptCount: Place; readonly currentTask: Place }> = [
  { preemptCount: ['__preempt_count'], currentTask: ['current_task'] },
  { preemptCount: ['pcpu_hot', 'preempt_count'], currentTask: ['pcpu_hot', 'current_task'] },
];

/**
 * Finds the variables that tell programs whether the current task was interrupted; undefined where the kernel's BTF does not
 * have them, and on arm64, where the count is the task's.
 */
export function findCpuVariables(vmlinux: Btf): CpuVariables | undefined {
  const offsets = variableOffsets(vmlinux);
  const queue = offsets.get(runQueue);
  const leadsToQueue =
    hasMember(vmlinux, 'sched_entity', 'cfs_rq') && hasMember(vmlinux, 'cfs_rq', 'rq');
  if (queue === undefined || !leadsToQueue) return undefined;
  const offsetOf = ([variable, member]: Place): number | undefined => {
    const start = offsets.get(variable);
    const inside = member === undefined ? 0 : memberBytes(vmlinux, variable, member);
    return start === undefined || inside === undefined ? undefined : start + inside;
  };
  for (const { preemptCount, currentTask } of layouts) {
    const preemptCountAt = (offsetOf(preemptCount) ?? Number.NaN) - queue;
    const currentTaskAt = (offsetOf(currentTask) ?? Number.NaN) - queue;
    if (isInt32(preemptCountAt) && isInt32(currentTaskAt)) return { preemptCountAt, currentTaskAt };
  }
  return undefined;
}

function isInt32(bytes: number): boolean {
  return (bytes | 0) === bytes;
}

/** Whether programs may ask for this variable by its name: BTF has no others than those that each CPU has. */
export function hasCpuVariable(vmlinux: Btf, name: string): boolean {
  for (const id of vmlinux.idsOf(btfKinds.VAR)) if (vmlinux.hasName(id, name)) return true;
  return false;
}

/** Offsets in the per-CPU section. */
function variableOffsets(vmlinux: Btf): Map<string, number> {
  const places = layouts.flatMap((layout) => [layout.preemptCount, layout.currentTask]);
  const wanted = new Set([runQueue, ...places.map(([variable]) => variable)]);
  const offsets = new Map<string, number>();
  for (const id of vmlinux.idsOf(btfKinds.DATASEC)) {
    if (!vmlinux.hasName(id, section)) continue;
    for (let i = 0; i < vmlinux.memberCountOf(id); i++) {
      // struct btf_var_secinfo: type, offset, size
      const name = vmlinux.nameOf(vmlinux.word(id, TYPE_WORDS + i * 3));
      if (wanted.has(name)) offsets.set(name, vmlinux.word(id, TYPE_WORDS + i * 3 + 1));
    }
  }
  return offsets;
}
