import { describe, expect, test } from 'vitest';
import {
  explainErrno,
  explainHiddenAddresses,
  explainNoHit,
  explainUnreadable,
  explainVerifierLog,
  type Restrictions,
} from './explain-refusal.ts';

/** The five capabilities of an agent: include/uapi/linux/capability.h. */
const agentCapabilities = [39, 38, 34, 19, 2];
const SYS_ADMIN = 21;

/** Root on a kernel that restricts nothing. */
function restrictions(changed: Partial<Restrictions> = {}): Restrictions {
  return {
    capabilities: (1n << 41n) - 1n,
    isInUserNamespace: false,
    seccompMode: 0,
    lockdown: 'none',
    lockedMemoryBytes: Number.POSITIVE_INFINITY,
    kernelRelease: '6.12.1-amd64',
    ...{ perfEventParanoid: 2, kptrRestrict: 0, ftraceEnabled: 1, kprobesEnabled: 1 },
    ...changed,
  };
}

function capabilities(...bits: number[]): bigint {
  return bits.reduce((set, bit) => set | (1n << BigInt(bit)), 0n);
}

const agent = { capabilities: capabilities(...agentCapabilities) };

describe('a refused system call is blamed on', () => {
  test.for([
    ['the capabilities that are missing', { capabilities: 0n }, 'bpf', 'EPERM', 'capability'],
    ['one that is missing', { capabilities: capabilities(39) }, 'bpf', 'EPERM', 'capability'],
    ['a user namespace', { isInUserNamespace: true }, 'bpf', 'EPERM', 'user-namespace'],
    ['seccomp', { ...agent, seccompMode: 2 }, 'bpf', 'EPERM', 'seccomp'],
    ['seccomp, of root too', { seccompMode: 2 }, 'bpf', 'EPERM', 'seccomp'],
    ['seccomp that says ENOSYS', { seccompMode: 2 }, 'perf_event_open', 'ENOSYS', 'seccomp'],
    [
      'seccomp, not on a sysctl that would answer EACCES',
      { ...agent, seccompMode: 2, perfEventParanoid: 3 },
      'perf_event_open',
      'EPERM',
      'seccomp',
    ],
    [
      'lockdown',
      { seccompMode: 2, lockdown: 'confidentiality' },
      'perf_event_open',
      'EPERM',
      'lockdown',
    ],
    [
      'not on lockdown that forbids no reading',
      { lockdown: 'integrity' },
      'bpf',
      'EPERM',
      'security-module',
    ],
    [
      'the sysctl',
      { ...agent, seccompMode: 2, perfEventParanoid: 3 },
      'perf_event_open',
      'EACCES',
      'perf-event-paranoid',
    ],
    [
      'not on a sysctl of 2',
      { ...agent, perfEventParanoid: 2 },
      'perf_event_open',
      'EACCES',
      'security-module',
    ],
    [
      'not on the sysctl, for CAP_SYS_ADMIN',
      { perfEventParanoid: 3 },
      'perf_event_open',
      'EACCES',
      'security-module',
    ],
    [
      'locked memory before Linux 5.11',
      { ...agent, kernelRelease: '5.10.0-28-amd64', lockedMemoryBytes: 65_536 },
      'bpf',
      'EPERM',
      'locked-memory',
    ],
    [
      'not on locked memory since',
      { ...agent, kernelRelease: '5.15.0', lockedMemoryBytes: 65_536 },
      'bpf',
      'EPERM',
      'security-module',
    ],
    ['a kernel without it', {}, 'perf_event_open', 'ENOSYS', 'kernel'],
    ['files that are used up', {}, 'bpf', 'EMFILE', 'resources'],
  ] as const)('%s', ([, changed, call, errno, cause]) => {
    expect(explainErrno(call, errno, restrictions(changed))?.cause).toBe(cause);
  });

  test('nothing that is known', () => {
    expect(explainErrno('bpf', 'EINVAL', restrictions({ seccompMode: 2 }))).toBeUndefined();
  });

  test('what can be changed, by name', () => {
    const told = (changed: Partial<Restrictions>, call: 'bpf' | 'perf_event_open', errno: string) =>
      explainErrno(call, errno, restrictions(changed))?.text;
    expect(told({ capabilities: 0n }, 'bpf', 'EPERM')).toBe('CAP_BPF and CAP_PERFMON are missing');
    expect(told({ capabilities: capabilities(38) }, 'bpf', 'EPERM')).toBe('CAP_BPF is missing');
    expect(told({ ...agent, perfEventParanoid: 3 }, 'perf_event_open', 'EACCES')).toBe(
      'kernel.perf_event_paranoid is 3, and CAP_SYS_ADMIN is missing',
    );
    expect(told({ ...agent, seccompMode: 2 }, 'bpf', 'EPERM')).toBe(
      'a seccomp profile refuses bpf(2): the capabilities are there, and /proc/self/status says Seccomp: 2',
    );
  });

  test('not on capabilities that CAP_SYS_ADMIN stands for', () => {
    const admin = { capabilities: capabilities(SYS_ADMIN), seccompMode: 2 };
    expect(explainErrno('bpf', 'EPERM', restrictions(admin))?.cause).toBe('seccomp');
  });
});

describe('addresses are hidden by', () => {
  test.each([
    ['kptr_restrict 2, from everyone', { kptrRestrict: 2 }, 'kptr-restrict'],
    [
      'kptr_restrict 1, from who lacks CAP_SYSLOG',
      { kptrRestrict: 1, capabilities: 0n },
      'capability',
    ],
  ] as const)('%s', (_, changed, cause) => {
    expect(explainHiddenAddresses(restrictions(changed)).cause).toBe(cause);
  });
});

describe('a probe that is not hit is blamed on', () => {
  test.each([
    ['ftrace', { ftraceEnabled: 0 }, false, 'ftrace-disabled'],
    ['kprobes', { kprobesEnabled: 0 }, true, 'kprobes-disabled'],
    ['not on kprobes, where none is used', { kprobesEnabled: 0 }, false, 'no-hit'],
    ['nothing that is known', {}, true, 'no-hit'],
    [
      'nothing that can be read',
      { ftraceEnabled: undefined, kprobesEnabled: undefined },
      true,
      'no-hit',
    ],
  ] as const)('%s', (_, changed, usesKprobes, cause) => {
    expect(explainNoHit(restrictions(changed), usesKprobes).cause).toBe(cause);
  });
});

describe("the verifier's refusal of a helper that reads the kernel is blamed on lockdown", () => {
  const log = '12: (85) call bpf_probe_read_kernel#113 | unknown func bpf_probe_read_kernel#113';
  const older = 'program of this type cannot use helper bpf_probe_read#4';
  test.each([
    ['where the kernel says so', log, 'confidentiality', 'lockdown'],
    ['where libbpf took the older helper', older, 'confidentiality', 'lockdown'],
    ['where the file cannot be read, as in a container', log, undefined, 'lockdown'],
    ['not where the kernel says otherwise', log, 'integrity', undefined],
    ['not for another reason', 'R1 is not a scalar', 'confidentiality', undefined],
  ] as const)('%s', (_, text, lockdown, cause) => {
    expect(explainVerifierLog(text, restrictions({ lockdown }))?.cause).toBe(cause);
  });
});

describe('a file that cannot be opened is blamed on', () => {
  test.each([
    ['a capability', 'EACCES', { capabilities: 0n }, 'capability'],
    ['lockdown', 'EPERM', { lockdown: 'confidentiality' }, 'lockdown'],
    ['nothing that is known', 'EPERM', {}, undefined],
  ] as const)('%s', (_, errno, changed, cause) => {
    expect(explainUnreadable(errno, restrictions(changed))?.cause).toBe(cause);
  });
});
