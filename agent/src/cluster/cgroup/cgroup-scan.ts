import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { type HostPaths, processPath } from '../host-paths.ts';
import { podOfCgroup } from './pod-of-cgroup.ts';

/** Longest that the event loop waits for a scan. */
const sliceMs = 10;

export interface CgroupScan {
  readonly paths: HostPaths;
  /** Of the pods to look for. */
  readonly uids: ReadonlySet<string>;
  /** Whether a process of the pod may stand for it. Not so one in the node's namespace: CRI-O puts its conmon into the group. */
  readonly isMember: (pid: number) => boolean;
}

/**
 * Reads the control groups of all processes of the node: 10 to 20 us each. Needs no privileges.
 * @returns the oldest member of each pod that has one: the sandbox's own process, which holds the pod's namespaces, or (where
 * there is none) the first container's. A later one may have left for another network namespace.
 * @throws the error of readdirSync when there is no procfs
 */
export async function scanCgroups(scan: CgroupScan): Promise<Map<string, number>> {
  const { paths, uids, isMember } = scan;
  const oldest = new Map<string, { pid: number; startTime: number }>();
  let sliceEndMs = performance.now() + sliceMs;
  for (const name of readdirSync(paths.proc)) {
    if (!/^\d+$/.test(name)) continue;
    const pid = Number(name);
    const uid = podOfProcess(paths, pid);
    if (uid !== undefined && uids.has(uid) && isMember(pid)) {
      const startTime = startTimeOf(paths, pid);
      if (startTime !== undefined && startTime < (oldest.get(uid)?.startTime ?? Infinity)) {
        oldest.set(uid, { pid, startTime });
      }
    }
    if (performance.now() < sliceEndMs) continue;
    await setImmediate();
    sliceEndMs = performance.now() + sliceMs;
  }
  return new Map([...oldest].map(([uid, { pid }]) => [uid, pid]));
}

/** Uid of the pod that a process belongs to; undefined when to none, or when it has ended. */
export function podOfProcess(paths: HostPaths, pid: number): string | undefined {
  const text = readProcess(paths, pid, 'cgroup');
  return text === undefined ? undefined : podOfCgroup(text);
}

/** Clock ticks since boot: field 22 of /proc/PID/stat (man 5 proc), behind the name, which may hold anything. */
function startTimeOf(paths: HostPaths, pid: number): number | undefined {
  const text = readProcess(paths, pid, 'stat');
  if (text === undefined) return undefined;
  const startTime = Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[22 - 3]);
  return Number.isFinite(startTime) ? startTime : undefined;
}

function readProcess(paths: HostPaths, pid: number, name: string): string | undefined {
  try {
    return readFileSync(processPath(paths, pid, name), 'latin1');
  } catch {
    return undefined;
  }
}
