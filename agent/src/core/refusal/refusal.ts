/**
 * What keeps a backend, or a part of it, from working: one code for each thing that a user could change. The public form is
 * `pwru.v1.RefusalCause`.
 */
export const refusalCauses = [
  /** The kernel was built without it, or is too old. */
  'kernel',
  /** A capability is missing. */
  'capability',
  /** The process is in a user namespace: its capabilities do not count for the kernel as a whole. */
  'user-namespace',
  /** A seccomp profile forbids a system call. */
  'seccomp',
  /** Lockdown: kernel_lockdown(7). */
  'lockdown',
  /** A security module (SELinux or its like), as far as can be told. */
  'security-module',
  /** kernel.perf_event_paranoid above 2, which kernels of Debian and Ubuntu know. */
  'perf-event-paranoid',
  /** kernel.kptr_restrict of 2. */
  'kptr-restrict',
  /** kernel.ftrace_enabled of 0. */
  'ftrace-disabled',
  /** 0 in /sys/kernel/debug/kprobes/enabled. */
  'kprobes-disabled',
  /** tracefs is not mounted. */
  'tracefs',
  /** The limit of locked memory, against which maps count before Linux 5.11. */
  'locked-memory',
  /** Memory or file descriptors are used up. */
  'resources',
  /** The verifier does not take the programs. */
  'verifier',
  /** A probe was attached, was not hit, and nothing is known that explains it. */
  'no-hit',
  /** A shared library or a file of this program is missing. */
  'library',
] as const;

export type RefusalCause = (typeof refusalCauses)[number];

/** Why something does not work. */
export interface Refusal {
  readonly cause: RefusalCause;
  /** The end of a sentence that begins with what does not work: `bpf(2): EPERM (CAP_BPF is missing)`. */
  readonly text: string;
  /** It is so for as long as this kernel runs. */
  readonly isLasting?: boolean;
}
