import { pwru } from '../../../../proto/gen/pwru.js';
import type { RefusalCause } from '../../core/refusal/refusal.ts';
import type { BackendStatus } from './backends.ts';

const { RefusalCause: Causes } = pwru.v1;

const codes: Readonly<Record<RefusalCause, pwru.v1.RefusalCause>> = {
  kernel: Causes.REFUSAL_CAUSE_KERNEL,
  capability: Causes.REFUSAL_CAUSE_CAPABILITY,
  'user-namespace': Causes.REFUSAL_CAUSE_USER_NAMESPACE,
  seccomp: Causes.REFUSAL_CAUSE_SECCOMP,
  lockdown: Causes.REFUSAL_CAUSE_LOCKDOWN,
  'security-module': Causes.REFUSAL_CAUSE_SECURITY_MODULE,
  'perf-event-paranoid': Causes.REFUSAL_CAUSE_PERF_EVENT_PARANOID,
  'kptr-restrict': Causes.REFUSAL_CAUSE_KPTR_RESTRICT,
  'ftrace-disabled': Causes.REFUSAL_CAUSE_FTRACE_DISABLED,
  'kprobes-disabled': Causes.REFUSAL_CAUSE_KPROBES_DISABLED,
  tracefs: Causes.REFUSAL_CAUSE_TRACEFS,
  'locked-memory': Causes.REFUSAL_CAUSE_LOCKED_MEMORY,
  resources: Causes.REFUSAL_CAUSE_RESOURCES,
  verifier: Causes.REFUSAL_CAUSE_VERIFIER,
  'no-hit': Causes.REFUSAL_CAUSE_NO_HIT,
  library: Causes.REFUSAL_CAUSE_LIBRARY,
};

/** @param cause undefined: not known, or nothing is in the way. */
export function encodeCause(cause: RefusalCause | undefined): pwru.v1.RefusalCause {
  return cause === undefined ? Causes.REFUSAL_CAUSE_UNSPECIFIED : codes[cause];
}

export function encodeBackendStatus(status: BackendStatus): pwru.v1.BackendStatus.$Properties {
  const { name, available, reason, cause } = status;
  return { name, available, reason, cause: encodeCause(cause) };
}
