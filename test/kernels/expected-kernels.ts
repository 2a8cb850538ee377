import type { BackendName } from '../../agent/src/trace/request/trace-spec.ts';

/** Functions, or tracepoints, that a trace attaches to at least; or why the kernel does not carry the backend. */
export type ExpectedBackend =
  | { readonly functionsAtLeast: number; readonly missing?: never }
  | { readonly missing: string; readonly functionsAtLeast?: never };

/**
 * What a kernel of the lab can carry, and what it lacks. A kernel that carries less than is written here fails the tests, and so does one that
 * carries more.
 */
export interface ExpectedKernel {
  /** What `uname -r` begins with. */
  readonly release: string;
  readonly backends: Readonly<Record<BackendName, ExpectedBackend>>;
  /** Features that traces use where the kernel has them: empty when it does, else what is said of it. */
  readonly features: Readonly<
    Record<
      | 'BTF'
      | 'drop reasons'
      | 'bpf_get_func_ip'
      | 'cookies of tracepoints'
      | 'bpf_rdonly_cast'
      | 'preempt count'
      | 'guard of programs',
      string
    > &
      // Where functions can be probed.
      Partial<Record<'list of traceable functions', string>>
  >;
}

const noReasons = 'the kernel does not say why it drops packets (Linux 5.17)';
const noFunctionAddress = 'the kernel does not have it (Linux 5.15)';
const noCookies = 'the kernel does not have them (Linux 6.10): a trace by tracepoints begins later';
const noVariables =
  "the kernel's BTF has no per-CPU variables (pahole 1.22): whether a process was only interrupted is not known";
const noGuard =
  "the kernel's BTF has no per-CPU variables (pahole 1.22): followed packets are compared at each hit with what they were";
const noCast = 'the kernel does not have it (Linux 6.2): a hit costs more';

const sinceReasons = { BTF: '', 'drop reasons': '', bpf_get_func_ip: '' };
const sinceCookies = { ...sinceReasons, 'cookies of tracepoints': '' };
const newest = { bpf_rdonly_cast: '', 'preempt count': '', 'guard of programs': '' };
const listed = { 'list of traceable functions': '' };

/** By the name that the lab gives a kernel. */
export const expectedKernels = {
  '5.10': {
    release: '5.10.',
    backends: {
      'kprobe.multi': { missing: 'the kernel has no kprobe.multi (Linux 5.18)' },
      kprobe: { missing: 'the kernel has no cookies for kprobes (Linux 5.15)' },
      tracepoint: { functionsAtLeast: 15 },
    },
    features: {
      ...{ BTF: '', 'drop reasons': noReasons },
      ...{ bpf_get_func_ip: noFunctionAddress, 'cookies of tracepoints': noCookies },
      ...{ bpf_rdonly_cast: noCast, 'preempt count': noVariables, 'guard of programs': noGuard },
    },
  },
  '6.1': {
    release: '6.1.',
    backends: {
      'kprobe.multi': { missing: 'kernel built without CONFIG_FPROBE' },
      kprobe: { functionsAtLeast: 1_300 },
      tracepoint: { functionsAtLeast: 15 },
    },
    features: {
      ...{ ...sinceReasons, 'cookies of tracepoints': noCookies, bpf_rdonly_cast: noCast },
      ...{ 'preempt count': '', 'guard of programs': '', ...listed },
    },
  },
  '6.12': {
    release: '6.12.',
    backends: {
      'kprobe.multi': { functionsAtLeast: 1_500 },
      kprobe: { functionsAtLeast: 1_500 },
      tracepoint: { functionsAtLeast: 28 },
    },
    features: { ...sinceCookies, ...newest, ...listed },
  },
  newest: {
    release: '7.',
    backends: {
      'kprobe.multi': { functionsAtLeast: 1_500 },
      kprobe: { functionsAtLeast: 1_500 },
      tracepoint: { functionsAtLeast: 28 },
    },
    features: { ...sinceCookies, ...newest, ...listed },
  },
} as const satisfies Record<string, ExpectedKernel>;

export type KernelName = keyof typeof expectedKernels;
