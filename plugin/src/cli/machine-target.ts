import { UsageError } from './values.ts';

/** Something on the machine that is traced, without Kubernetes. */
export type MachineTarget =
  | { readonly kind: 'netns'; readonly name: string }
  | { readonly kind: 'pid'; readonly pid: number };

/** PID_MAX_LIMIT on 64-bit kernels, include/linux/threads.h. */
const MAX_PID = 4 * 1024 * 1024;

/**
 * Parses `netns/NAME` or `pid/N`; undefined for any other word.
 * @throws UsageError for a name or a number that there cannot be
 */
export function parseMachineTarget(word: string): MachineTarget | undefined {
  const slash = word.indexOf('/');
  const kind = slash < 0 ? '' : word.slice(0, slash);
  const name = word.slice(slash + 1);
  if (kind === 'netns') {
    if (
      name === '' ||
      name === '.' ||
      name === '..' ||
      name.includes('/') ||
      Buffer.byteLength(name) > 255
    ) {
      throw new UsageError(`Cannot trace ${word}: after "netns/" stands a name under /run/netns`);
    }
    return { kind, name };
  }
  if (kind === 'pid') {
    const pid = Number(name);
    if (!/^\d+$/.test(name) || pid < 1 || pid > MAX_PID) {
      throw new UsageError(
        `Cannot trace ${word}: after "pid/" stands a process id, 1 to ${MAX_PID}`,
      );
    }
    return { kind, pid };
  }
  return undefined;
}

export function machineTargetText(target: MachineTarget): string {
  return target.kind === 'netns' ? `netns/${target.name}` : `pid/${target.pid}`;
}
