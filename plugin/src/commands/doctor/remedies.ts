import { pwru } from '../../../../proto/gen/pwru.js';

const { RefusalCause } = pwru.v1;

/** What helps against each cause that an agent names; undefined for one of which nothing is known. */
const remedies: Readonly<Record<pwru.v1.RefusalCause, string | undefined>> = {
  [RefusalCause.REFUSAL_CAUSE_UNSPECIFIED]: undefined,
  // Which kernel depends on what it lacks.
  [RefusalCause.REFUSAL_CAUSE_KERNEL]: undefined,
  [RefusalCause.REFUSAL_CAUSE_CAPABILITY]:
    'the capabilities that deploy/daemon-set.yaml gives an agent, or root',
  [RefusalCause.REFUSAL_CAUSE_USER_NAMESPACE]:
    'an agent outside of the user namespace (not in a rootless container)',
  [RefusalCause.REFUSAL_CAUSE_SECCOMP]:
    'seccompProfile Unconfined or one that allows the call, or a container runtime whose default profile allows it with CAP_BPF and CAP_PERFMON (containerd 1.6.9, Docker 23, containers-common 0.60)',
  [RefusalCause.REFUSAL_CAUSE_LOCKDOWN]:
    'a kernel that is not locked down to confidentiality (lockdown=integrity or none when it boots)',
  [RefusalCause.REFUSAL_CAUSE_SECURITY_MODULE]:
    'a policy that allows it (SELinux: type spc_t; AppArmor: unconfined)',
  [RefusalCause.REFUSAL_CAUSE_PERF_EVENT_PARANOID]:
    '"sysctl -w kernel.perf_event_paranoid=2" on the node, or CAP_SYS_ADMIN',
  [RefusalCause.REFUSAL_CAUSE_KPTR_RESTRICT]:
    '"sysctl -w kernel.kptr_restrict=1" on the node (no privilege does)',
  [RefusalCause.REFUSAL_CAUSE_FTRACE_DISABLED]: '"sysctl -w kernel.ftrace_enabled=1" on the node',
  [RefusalCause.REFUSAL_CAUSE_KPROBES_DISABLED]:
    '"echo 1 > /sys/kernel/debug/kprobes/enabled" on the node',
  [RefusalCause.REFUSAL_CAUSE_TRACEFS]:
    '"mount -t tracefs tracefs /sys/kernel/tracing" on the node',
  [RefusalCause.REFUSAL_CAUSE_LOCKED_MEMORY]:
    'CAP_SYS_RESOURCE, no limit of locked memory ("ulimit -l unlimited"), or Linux 5.11',
  [RefusalCause.REFUSAL_CAUSE_RESOURCES]: 'fewer sessions at a time, or more memory for the agent',
  [RefusalCause.REFUSAL_CAUSE_VERIFIER]: 'a newer agent, or another kernel',
  [RefusalCause.REFUSAL_CAUSE_NO_HIT]: undefined,
  [RefusalCause.REFUSAL_CAUSE_LIBRARY]: 'the package that the line names, or its like',
};

/** What helps; undefined when it is not known. @param cause as the agent sent it: an agent may know more of them */
export function remedyFor(cause: pwru.v1.RefusalCause | null | undefined): string | undefined {
  return remedies[cause ?? RefusalCause.REFUSAL_CAUSE_UNSPECIFIED];
}
