import { join } from 'node:path';

/** Numbers of x86-64 (asm/unistd_64.h). */
const numbers = { bpf: 321, perf_event_open: 298 } as const;

/** The words of a shell before a command for which these system calls fail, as under a seccomp profile without them. */
export function denying(...calls: ReadonlyArray<keyof typeof numbers>): string {
  const denied = calls.map((call) => numbers[call]).join(' ');
  return `python3 ${join(import.meta.dirname, 'deny-calls.py')} ${denied} --`;
}
