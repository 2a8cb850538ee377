import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { NetworkStack } from './network-stack.ts';

/**
 * A network namespace known by a process in it, with whose end it goes: nothing is mounted for it under /run/netns.
 * `ip netns exec` would not do: it mounts another /sys, without control groups.
 */
export class NetworkNamespace implements NetworkStack {
  /** Pid of the process. */
  readonly pid: number;

  constructor(pid: number) {
    this.pid = pid;
  }

  /** For nsenter, to run a program in it. */
  get enter(): string {
    return `--net=/proc/${this.pid}/ns/net`;
  }

  async ip(commands: readonly string[]): Promise<void> {
    const batch = promisify(execFile)('nsenter', [this.enter, 'ip', '-batch', '-']);
    batch.child.stdin?.end(`${commands.join('\n')}\n`);
    await batch;
  }

  async sysctl(settings: readonly string[]): Promise<void> {
    const args = settings.map((setting) => `net.${setting}`);
    await promisify(execFile)('nsenter', [this.enter, 'sysctl', '-q', '-w', ...args]);
  }
}
