import type { pwru } from '../../../../proto/gen/pwru.js';
import type { Btf } from '../../core/btf/btf.ts';
import {
  findEnums,
  hasEnumValue,
  hasFunction,
  hasMember,
  tracepointArguments,
} from '../../core/btf/btf-features.ts';
import { findCpuVariables, hasCpuVariable } from '../../core/btf/cpu-variables.ts';
import { messageOf, PwruError } from '../../core/errors.ts';
import type { RefusalCause } from '../../core/refusal/refusal.ts';
import type { FunctionCatalogue } from '../../kernel/function-catalogue.ts';
import type { ProgramObjects } from './program-objects.ts';
import { encodeCause } from './refusal-causes.ts';

const castFeature = 'bpf_rdonly_cast';

/** Features that a trace uses when the kernel has them: name, test, and why it is missing. */
const typeFeatures: ReadonlyArray<[string, (vmlinux: Btf) => boolean, string]> = [
  [
    'drop reasons',
    (vmlinux) => findEnums(vmlinux, (name) => name === 'skb_drop_reason').length > 0,
    'the kernel does not say why it drops packets (Linux 5.17)',
  ],
  ['bpf_get_func_ip', hasFunctionAddress, 'the kernel does not have it (Linux 5.15)'],
  [
    'cookies of tracepoints',
    hasTracepointCookies,
    'the kernel does not have them (Linux 6.10): a trace by tracepoints begins later',
  ],
  [castFeature, hasReadOnlyCast, 'the kernel does not have it (Linux 6.2): a hit costs more'],
  [
    'preempt count',
    hasPreemptCount,
    "the kernel's BTF has no per-CPU variables (pahole 1.22): whether a process was only interrupted is not known",
  ],
  [
    'guard of programs',
    tellsRunningPrograms,
    "the kernel's BTF has no per-CPU variables (pahole 1.22): followed packets are compared at each hit with what they were",
  ],
];

export function hasFunctionAddress(vmlinux: Btf): boolean {
  return hasEnumValue(vmlinux, 'bpf_func_id', 'BPF_FUNC_get_func_ip');
}

export function hasReadOnlyCast(vmlinux: Btf): boolean {
  return hasFunction(vmlinux, 'bpf_rdonly_cast');
}

/** Whether programs can tell an interrupted task from one that runs: of x86-64 by the CPU, of arm64 by the task. */
function hasPreemptCount(vmlinux: Btf): boolean {
  return (
    findCpuVariables(vmlinux) !== undefined || hasMember(vmlinux, 'thread_info', 'preempt_count')
  );
}

/** Whether programs can tell when the kernel runs no program on a function (bpf/softirqs.bpf.c). */
export function tellsRunningPrograms(vmlinux: Btf): boolean {
  return hasCpuVariable(vmlinux, 'bpf_prog_active');
}

/** Whether skb:kfree_skb has a fourth argument, the socket that the packet was for (include/trace/events/skb.h, Linux 6.11). */
export function dropNamesSocket(vmlinux: Btf): boolean {
  return tracepointArguments(vmlinux, 'kfree_skb') >= 4;
}

/** Whether a raw tracepoint can be given a cookie (BPF_RAW_TRACEPOINT_OPEN, Linux 6.10). */
export function hasTracepointCookies(vmlinux: Btf): boolean {
  return hasMember(vmlinux, 'bpf_raw_tp_link', 'cookie');
}

/** What this kernel has of what traces use; what cannot be found out is missing, with the reason. */
export async function kernelFeatures(
  catalogue: FunctionCatalogue,
  { castRefusal }: Pick<ProgramObjects, 'castRefusal'>,
): Promise<pwru.v1.Feature.$Properties[]> {
  let vmlinux: Btf;
  try {
    vmlinux = await catalogue.vmlinux();
  } catch (thrown) {
    const cause = thrown instanceof PwruError ? thrown.details.refusal?.cause : undefined;
    return [missing('BTF', messageOf(thrown), cause)];
  }
  const features = typeFeatures.map(([name, isThere, reason]) => {
    if (!isThere(vmlinux)) return missing(name, reason, 'kernel');
    if (name !== castFeature || castRefusal === undefined) return present(name);
    const refused = `the kernel has it and refuses it: a hit costs more (${castRefusal})`;
    return missing(name, refused, 'verifier');
  });
  return [present('BTF'), ...features];
}

/** Whether the kernel says which functions can be traced: of use where functions can be probed. */
export async function functionListFeature(
  catalogue: FunctionCatalogue,
): Promise<pwru.v1.Feature.$Properties> {
  const name = 'list of traceable functions';
  const failure = await catalogue.whyFunctionsAreUnlisted();
  if (failure === undefined) return present(name);
  const reason = `${failure.details.refusal?.text ?? failure.message}: which functions can be traced shows when they are attached`;
  return missing(name, reason, failure.details.refusal?.cause);
}

function present(name: string): pwru.v1.Feature.$Properties {
  return { name, available: true, reason: '', cause: encodeCause(undefined) };
}

function missing(
  name: string,
  reason: string,
  cause: RefusalCause | undefined,
): pwru.v1.Feature.$Properties {
  return { name, available: false, reason, cause: encodeCause(cause) };
}
