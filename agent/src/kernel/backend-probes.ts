import { closeSync } from 'node:fs';
import { PwruError } from '../core/errors.ts';
import { errnoName } from '../native/errno.ts';
import {
  attachKprobeMulti,
  attachRawTracepoint,
  attachTypes,
  loadEmptyProgram,
  programTypes,
} from '../native/libbpf.ts';
import { closeFd } from '../native/libc.ts';
import { kprobePmuType } from './perf-kprobe.ts';

/**
 * Outcome of trying a backend: undefined when it works, else why it does not, naming what the kernel lacks. The probes
 * throw PwruError when a privilege or a library is missing.
 */
export type ProbeOutcome = string | undefined;

/** A tracepoint that every kernel with networking has (include/trace/events/skb.h). */
const trialTracepoint = 'kfree_skb';

/**
 * Attaches an empty program to one function by kprobe.multi and takes it away.
 * @param traceableAddress entry of a function that ftrace can trace.
 */
export async function tryKprobeMulti(traceableAddress: bigint): Promise<ProbeOutcome> {
  const program = loadEmptyProgram(programTypes.kprobe, attachTypes.kprobeMulti);
  if (program < 0) return refusal('kprobe programs', -program);
  try {
    const link = await attachKprobeMulti(
      program,
      BigUint64Array.of(traceableAddress),
      BigUint64Array.of(0n),
    );
    if (link < 0) return refusal('attaching', -link);
    await closeFd(link);
    return undefined;
  } finally {
    closeSync(program);
  }
}

/** Looks for the kprobe PMU and loads an empty program. Attaching one would take 100 ms and more. */
export function tryPerfKprobe(): ProbeOutcome {
  if (kprobePmuType() === undefined) return 'kernel built without CONFIG_KPROBE_EVENTS';
  return tryLoad(programTypes.kprobe, 'kprobe');
}

/** Attaches an empty program to a tracepoint and takes it away. */
export async function tryRawTracepoint(): Promise<ProbeOutcome> {
  const program = loadEmptyProgram(programTypes.rawTracepoint, 0);
  if (program < 0) return refusal('raw tracepoint programs', -program);
  try {
    const link = await attachRawTracepoint(program, trialTracepoint);
    if (link < 0) return refusal(`attaching to ${trialTracepoint}`, -link);
    await closeFd(link);
    return undefined;
  } finally {
    closeSync(program);
  }
}

function tryLoad(type: number, kind: string): ProbeOutcome {
  const program = loadEmptyProgram(type, 0);
  if (program < 0) return refusal(`${kind} programs`, -program);
  closeSync(program);
  return undefined;
}

/** @throws PwruError PRIVILEGE_MISSING when that is what is missing. */
function refusal(what: string, errno: number): string {
  const name = errnoName(errno);
  if (name === 'EPERM' || name === 'EACCES') {
    throw new PwruError(
      'PRIVILEGE_MISSING',
      `the kernel refuses ${what}: ${name} (needs root, or CAP_BPF with CAP_PERFMON, and no lockdown)`,
      { subject: name },
    );
  }
  const meaning = name === 'EOPNOTSUPP' ? ' (kernel built without CONFIG_FPROBE)' : '';
  return `the kernel refuses ${what}: ${name}${meaning}`;
}
