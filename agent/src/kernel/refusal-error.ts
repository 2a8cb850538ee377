import { type ErrorCode, PwruError } from '../core/errors.ts';
import { explainErrno, type RefusedCall } from '../core/refusal/explain-refusal.ts';
import type { Refusal, RefusalCause } from '../core/refusal/refusal.ts';
import { readRestrictions } from './restrictions.ts';

/** The code of an error with this cause. */
const codes: Readonly<Record<RefusalCause, ErrorCode>> = {
  kernel: 'KERNEL_FEATURE_MISSING',
  capability: 'PRIVILEGE_MISSING',
  'user-namespace': 'PRIVILEGE_MISSING',
  seccomp: 'PRIVILEGE_MISSING',
  lockdown: 'PRIVILEGE_MISSING',
  'security-module': 'PRIVILEGE_MISSING',
  'perf-event-paranoid': 'PRIVILEGE_MISSING',
  'kptr-restrict': 'PRIVILEGE_MISSING',
  'ftrace-disabled': 'KERNEL_FEATURE_MISSING',
  'kprobes-disabled': 'KERNEL_FEATURE_MISSING',
  tracefs: 'KERNEL_FEATURE_MISSING',
  'locked-memory': 'PRIVILEGE_MISSING',
  resources: 'SYSTEM',
  verifier: 'KERNEL_FEATURE_MISSING',
  'no-hit': 'KERNEL_FEATURE_MISSING',
  library: 'LIBRARY_MISSING',
};

/** @param action starts with "Cannot"; the refusal's text is appended. */
export function refusalError(action: string, refusal: Refusal): PwruError {
  const { cause, text } = refusal;
  return new PwruError(codes[cause], `${action}: ${text}`, { subject: cause, refusal });
}

/** The error for a bpf(2) that the kernel answered with this errno (its name). */
export function bpfError(action: string, errno: string): PwruError {
  return callError(action, 'bpf', errno);
}

/** The error for a perf_event_open(2), likewise. */
export function perfEventError(action: string, errno: string): PwruError {
  return callError(action, 'perf_event_open', errno);
}

function callError(action: string, call: RefusedCall, errno: string): PwruError {
  const refusal = explainErrno(call, errno, readRestrictions());
  const told = `${call}(2): ${errno}`;
  if (refusal === undefined)
    return new PwruError('SYSTEM', `${action}: ${told}`, { subject: errno });
  const { cause, text } = refusal;
  return new PwruError(codes[cause], `${action}: ${told} (${text})`, {
    subject: errno,
    refusal: { cause, text: `${told} (${text})` },
  });
}
