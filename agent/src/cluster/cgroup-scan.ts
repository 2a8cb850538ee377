import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { type HostPaths, processPath } from './host-paths.ts';

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

/**
 * A kubelet's name for the control group of a pod, with its uid:
 *   cgroupfs driver:  /kubepods/burstable/pod01234567-89ab-cdef-0123-456789abcdef/<container id>
 *   systemd driver:   /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod01234567_89ab_....slice/<scope>
 * below whatever --cgroup-root says, and below "/../.." when the reader has a cgroup namespace of its own.
 */
const podGroup =
  /^(?:.*-)?pod(?<uid>[0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})(?:\.slice)?$/;

/**
 * The pod that a process belongs to.
 * @param text of /proc/PID/cgroup: a line "N:CONTROLLERS:PATH" per hierarchy (cgroup v1), or one "0::PATH" (v2)
 * @returns the pod's uid; undefined for a process of no pod, and for static pods, whose groups have a hash instead
 */
export function podOfCgroup(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const path = line.slice(line.indexOf(':', line.indexOf(':') + 1) + 1);
    // The outermost group counts: below its own, a pod may make groups and name them as it likes.
    for (const name of path.split('/')) {
      const uid = podGroup.exec(name)?.groups?.['uid'];
      if (uid !== undefined) return uid.replaceAll('_', '-');
    }
  }
  return undefined;
}
