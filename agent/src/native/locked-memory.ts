import { readFileSync } from 'node:fs';
import { release } from 'node:os';

/**
 * Why the kernel refuses a BPF map or program with EPERM although every privilege is there: before Linux 5.11 ("bpf:
 * Eliminate rlimit-based memory accounting for bpf progs" and its siblings for maps) its memory counts as locked memory. libbpf raises the limit by itself where the process has CAP_SYS_RESOURCE.
 * @param limits text of /proc/self/limits
 * @param kernel as `uname -r` says it
 * @returns undefined where nothing is limited
 */
export function lockedMemoryLimit(limits: string, kernel: string): string | undefined {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  if (major > 5 || (major === 5 && minor >= 11)) return undefined;
  const bytes = /^Max locked memory +(\d+) /m.exec(limits)?.[1];
  return bytes === undefined
    ? undefined
    : `before Linux 5.11 BPF memory is locked memory, of which RLIMIT_MEMLOCK allows ${bytes} bytes here: raise it, or add CAP_SYS_RESOURCE`;
}

/** For the end of a message about an errno of bpf(2): the limit in brackets where it may be the cause, else empty. */
export function lockedMemoryHint(errnoName: string): string {
  if (errnoName !== 'EPERM') return '';
  const limit = lockedMemoryLimit(readFileSync('/proc/self/limits', 'latin1'), release());
  return limit === undefined ? '' : ` (${limit})`;
}
