import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Restrictions } from '../core/refusal/explain-refusal.ts';

/** Sysctls and files by which a running kernel is made to refuse probes, or to take them back. */
const switches = {
  perfEventParanoid: 'proc/sys/kernel/perf_event_paranoid',
  kptrRestrict: 'proc/sys/kernel/kptr_restrict',
  ftraceEnabled: 'proc/sys/kernel/ftrace_enabled',
  kprobesEnabled: 'sys/kernel/debug/kprobes/enabled',
} as const;

const lockdownFile = 'sys/kernel/security/lockdown';

/**
 * What limits this process and this kernel now. What cannot be read counts as not known.
 * @param root directory that holds proc and sys.
 */
export function readRestrictions(root = '/'): Restrictions {
  const read = (path: string) => readText(join(root, path));
  const status = read('proc/self/status') ?? '';
  const field = (name: string) => new RegExp(`^${name}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1];
  const value = (path: string) => numberOf(read(path));
  return {
    capabilities: BigInt(`0x${field('CapEff') ?? '0'}`),
    isInUserNamespace: isMapped(read('proc/self/uid_map')),
    seccompMode: Number(field('Seccomp') ?? 0),
    lockdown: lockdownOf(read(lockdownFile)),
    lockedMemoryBytes: lockedMemoryOf(read('proc/self/limits')),
    kernelRelease: release(),
    perfEventParanoid: value(switches.perfEventParanoid),
    kptrRestrict: value(switches.kptrRestrict),
    ftraceEnabled: value(switches.ftraceEnabled),
    kprobesEnabled: value(switches.kprobesEnabled),
  };
}

/** The same text means that nothing was switched over: what worked will work. */
export function switchPositions(root = '/'): string {
  return [...Object.values(switches), lockdownFile]
    .map((path) => readText(join(root, path))?.trim() ?? '-')
    .join(' ');
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function numberOf(text: string | undefined): number | undefined {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? undefined : value;
}

/** The initial user namespace maps every id to itself: user_namespaces(7). */
function isMapped(uidMap: string | undefined): boolean {
  return uidMap !== undefined && !/^\s*0\s+0\s+4294967295\s*$/.test(uidMap);
}

/** `none [integrity] confidentiality` */
function lockdownOf(text: string | undefined): Restrictions['lockdown'] {
  const [, level] = /\[(none|integrity|confidentiality)\]/.exec(text ?? '') ?? [];
  return level as Restrictions['lockdown'];
}

/** `Max locked memory         8388608              8388608              bytes`: the first is what counts. */
function lockedMemoryOf(limits: string | undefined): number {
  const [, bytes] = /^Max locked memory\s+(\d+)\s/m.exec(limits ?? '') ?? [];
  return bytes === undefined ? Number.POSITIVE_INFINITY : Number(bytes);
}
