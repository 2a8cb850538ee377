import type { Refusal } from './refusal.ts';

/** What limits this process and this kernel, as far as it can be read. */
export interface Restrictions {
  /** CapEff of /proc/self/status: bits of capabilities(7). */
  readonly capabilities: bigint;
  readonly isInUserNamespace: boolean;
  /** Seccomp of /proc/self/status: 2 is a filter, seccomp(2). */
  readonly seccompMode: number;
  /** undefined: /sys/kernel/security/lockdown cannot be read, for instance in a container. */
  readonly lockdown: 'none' | 'integrity' | 'confidentiality' | undefined;
  /** Bytes, of /proc/self/limits; Infinity: no limit. */
  readonly lockedMemoryBytes: number;
  /** `5.10.0-28-amd64` */
  readonly kernelRelease: string;
  /** Values of sysctls, undefined where the kernel has none. */
  readonly perfEventParanoid: number | undefined;
  readonly kptrRestrict: number | undefined;
  readonly ftraceEnabled: number | undefined;
  /** /sys/kernel/debug/kprobes/enabled; undefined: cannot be read. */
  readonly kprobesEnabled: number | undefined;
}

export type RefusedCall = 'bpf' | 'perf_event_open';

/** include/uapi/linux/capability.h */
const bits = {
  ...{ BPF: 39, PERFMON: 38, SYSLOG: 34, SYS_RESOURCE: 24, SYS_ADMIN: 21 },
  ...{ DAC_READ_SEARCH: 2, DAC_OVERRIDE: 1 },
} as const;

type Capability = keyof typeof bits;

const neededBy = {
  bpf: ['BPF', 'PERFMON'],
  perf_event_open: ['PERFMON'],
} as const satisfies Record<RefusedCall, readonly Capability[]>;

/** Errors that do not depend on who asks. */
const plainErrors: Readonly<Record<string, Refusal>> = {
  ENOMEM: { cause: 'resources', text: 'the kernel has no memory for it' },
  EMFILE: { cause: 'resources', text: 'this process has too many open files' },
  ENFILE: { cause: 'resources', text: 'the machine has too many open files' },
};

/**
 * Why the kernel refused a system call with this error. Causes are tried in the order in which the kernel would: what is
 * surely so first, and what is only left over last.
 * @param errno its name, `EPERM`.
 * @returns undefined when the error says nothing about rights or the kernel.
 */
export function explainErrno(
  call: RefusedCall,
  errno: string,
  restrictions: Restrictions,
): Refusal | undefined {
  const plain = plainErrors[errno];
  if (plain !== undefined) return plain;
  if (errno === 'ENOSYS') return explainNoCall(call, restrictions);
  if (errno !== 'EPERM' && errno !== 'EACCES') return undefined;
  return (
    explainCapabilities(neededBy[call], restrictions) ??
    explainParanoia(call, errno, restrictions) ??
    explainLockedMemory(call, restrictions) ??
    explainLockdown(restrictions) ??
    explainSeccomp(call, restrictions) ?? {
      cause: 'security-module',
      text: `a security module (SELinux or its like) refuses ${call}(2): the capabilities are there, and there is no seccomp profile`,
    }
  );
}

/**
 * Why a file of the kernel cannot be opened.
 * @returns undefined when neither a capability nor lockdown explains it.
 */
export function explainUnreadable(errno: string, restrictions: Restrictions): Refusal | undefined {
  const mayRead = has('DAC_READ_SEARCH', restrictions) || has('DAC_OVERRIDE', restrictions);
  if (errno === 'EACCES' && !mayRead)
    return { cause: 'capability', text: 'CAP_DAC_READ_SEARCH is missing' };
  // LOCKDOWN_TRACEFS: fs/tracefs/inode.c.
  return errno === 'EPERM' ? explainLockdown(restrictions) : undefined;
}

/** Why /proc/kallsyms has no address: kallsyms_show_value() of kernel/ksyms_common.c. */
export function explainHiddenAddresses(restrictions: Restrictions): Refusal {
  const hidden = 'the kernel hides the addresses of its functions';
  if ((restrictions.kptrRestrict ?? 0) >= 2)
    return { cause: 'kptr-restrict', text: `kernel.kptr_restrict is 2: ${hidden} from everyone` };
  const missing = explainCapabilities(['SYSLOG'], restrictions);
  return missing === undefined
    ? { cause: 'kptr-restrict', text: hidden }
    : { ...missing, text: `${missing.text}: ${hidden}` };
}

/** Why a probe that is attached is not hit. */
export function explainNoHit(
  { ftraceEnabled, kprobesEnabled }: Restrictions,
  usesKprobes: boolean,
): Refusal {
  const attached = 'a probe was attached and is never hit';
  if (usesKprobes && kprobesEnabled === 0)
    return {
      cause: 'kprobes-disabled',
      text: `${attached}: /sys/kernel/debug/kprobes/enabled is 0`,
    };
  if (ftraceEnabled === 0)
    return { cause: 'ftrace-disabled', text: `${attached}: kernel.ftrace_enabled is 0` };
  return { cause: 'no-hit', text: attached };
}

/**
 * Why the verifier refused a program, by its log.
 * @returns undefined when no restriction explains it.
 */
export function explainVerifierLog(log: string, { lockdown }: Restrictions): Refusal | undefined {
  // bpf_tracing_func_proto() of kernel/trace/bpf_trace.c gives this helper to nobody under LOCKDOWN_BPF_READ_KERNEL; libbpf
  // takes its older form for it then. Every kernel whose BTF the programs could be fitted to has one of them.
  const isUnread = /\bbpf_probe_read(_kernel)?#\d+/.test(log);
  if (!isUnread || (lockdown !== undefined && lockdown !== 'confidentiality')) return undefined;
  return {
    cause: 'lockdown',
    text: 'the kernel is locked down (confidentiality): no program may read its memory',
  };
}

function has(name: Capability, { capabilities }: Restrictions): boolean {
  return ((capabilities >> BigInt(bits[name])) & 1n) === 1n;
}

function explainCapabilities(
  needed: readonly Capability[],
  restrictions: Restrictions,
): Refusal | undefined {
  // CAP_SYS_ADMIN stands for all of them: capabilities(7).
  const isAdmin = has('SYS_ADMIN', restrictions);
  const missing = isAdmin ? [] : needed.filter((name) => !has(name, restrictions));
  if (missing.length > 0) {
    const names = missing.map((name) => `CAP_${name}`).join(' and ');
    return { cause: 'capability', text: `${names} ${missing.length === 1 ? 'is' : 'are'} missing` };
  }
  if (!restrictions.isInUserNamespace) return undefined;
  return {
    cause: 'user-namespace',
    text: 'this process is in a user namespace, whose capabilities do not count here',
  };
}

/** Debian's and Ubuntu's perf_event_open(2) is for CAP_SYS_ADMIN alone when the sysctl is above 2, and answers EACCES. */
function explainParanoia(
  call: RefusedCall,
  errno: string,
  restrictions: Restrictions,
): Refusal | undefined {
  const { perfEventParanoid } = restrictions;
  if (call !== 'perf_event_open' || errno !== 'EACCES' || has('SYS_ADMIN', restrictions))
    return undefined;
  if (perfEventParanoid === undefined || perfEventParanoid <= 2) return undefined;
  return {
    cause: 'perf-event-paranoid',
    text: `kernel.perf_event_paranoid is ${perfEventParanoid}, and CAP_SYS_ADMIN is missing`,
  };
}

function explainLockedMemory(call: RefusedCall, restrictions: Restrictions): Refusal | undefined {
  const { lockedMemoryBytes, kernelRelease } = restrictions;
  const [major = 0, minor = 0] = kernelRelease.split('.').map((part) => Number.parseInt(part, 10));
  const countsMaps = major < 5 || (major === 5 && minor < 11);
  const isLimited =
    lockedMemoryBytes !== Number.POSITIVE_INFINITY && !has('SYS_RESOURCE', restrictions);
  if (call !== 'bpf' || !countsMaps || !isLimited) return undefined;
  return {
    cause: 'locked-memory',
    text: `before Linux 5.11 BPF memory is locked memory, of which RLIMIT_MEMLOCK allows ${lockedMemoryBytes} bytes here, and CAP_SYS_RESOURCE is missing`,
  };
}

function explainLockdown({ lockdown }: Restrictions): Refusal | undefined {
  if (lockdown !== 'confidentiality') return undefined;
  return { cause: 'lockdown', text: 'the kernel is locked down (confidentiality)' };
}

function explainSeccomp(call: RefusedCall, { seccompMode }: Restrictions): Refusal | undefined {
  if (seccompMode !== 2) return undefined;
  return {
    cause: 'seccomp',
    text: `a seccomp profile refuses ${call}(2): the capabilities are there, and /proc/self/status says Seccomp: 2`,
  };
}

function explainNoCall(call: RefusedCall, restrictions: Restrictions): Refusal {
  const option = call === 'bpf' ? 'CONFIG_BPF_SYSCALL' : 'CONFIG_PERF_EVENTS';
  return (
    explainSeccomp(call, restrictions) ?? {
      cause: 'kernel',
      text: `kernel built without ${option}`,
    }
  );
}
