import type { TargetOption } from './trace-options.ts';
import { UsageError } from './usage-error.ts';

/** PID_MAX_LIMIT on 64-bit kernels, include/linux/threads.h. */
const MAX_PID = 4 * 1024 * 1024;
/** kubectl's own words for what a later version traces. */
const clusterKinds =
  /^(pods?|po|deployments?|deploy|services?|svc|nodes?|no|daemonsets?|ds|statefulsets?|sts)$/;

/**
 * Parses a word before `--`: `netns/NAME` or `pid/N`.
 * @throws UsageError saying what is accepted
 */
export function parseTarget(word: string): TargetOption {
  const slash = word.indexOf('/');
  const kind = slash < 0 ? word : word.slice(0, slash);
  const name = slash < 0 ? '' : word.slice(slash + 1);
  if (slash >= 0 && kind === 'netns') {
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
  if (slash >= 0 && kind === 'pid') {
    const pid = Number(name);
    if (!/^\d+$/.test(name) || pid < 1 || pid > MAX_PID) {
      throw new UsageError(
        `Cannot trace ${word}: after "pid/" stands a process id, 1 to ${MAX_PID}`,
      );
    }
    return { kind, pid };
  }
  if (slash >= 0 && clusterKinds.test(kind)) {
    throw new UsageError(
      `Cannot trace ${word}: targets of that kind need a cluster and are not in this version; use netns/NAME or pid/N`,
    );
  }
  throw new UsageError(
    `Cannot trace "${word}": a target is netns/NAME or pid/N; a filter stands after "--"`,
  );
}
