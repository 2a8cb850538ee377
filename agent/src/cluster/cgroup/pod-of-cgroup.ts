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
