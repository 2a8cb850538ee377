import { join } from 'node:path';
import type { GuestProcess } from '../vm/lab/guest-process.ts';
import type { TestMachine } from './machine.ts';
import { dist } from './trace.ts';

/** A running pwru-agent on a unix socket of its own. */
export class TestAgent implements AsyncDisposable {
  readonly process: GuestProcess;
  readonly socket: string;
  readonly #machine: TestMachine;

  private constructor(machine: TestMachine, process: GuestProcess, socket: string) {
    this.#machine = machine;
    this.process = process;
    this.socket = socket;
  }

  /**
   * Starts it and waits until it serves.
   * @param before shell commands that the agent's process runs first, such as what it is to find in its environment
   */
  static async start(machine: TestMachine, flags = '', before = ''): Promise<TestAgent> {
    const folder = (await machine.mustRun('mktemp -d')).trim();
    const socket = join(folder, 'agent.sock');
    const process = await machine.start(
      `${before}
       exec ${join(dist, 'pwru-agent')} --socket ${socket} ${flags}`,
    );
    try {
      await process.waitForOutput(/^Ready on /m, { timeoutMs: 120_000 });
    } catch (failure) {
      await process[Symbol.asyncDispose]();
      throw failure;
    }
    return new TestAgent(machine, process, socket);
  }

  get address(): string {
    return `unix:${this.socket}`;
  }

  /** What of BPF the agent holds: programs, maps, links, perf events. */
  async bpfFds(): Promise<string[]> {
    const links = await this.#machine.mustRun(
      `find /proc/${this.process.pid}/fd -printf '%l\\n' | grep -E 'anon_inode:(bpf|btf|\\[perf)' || true`,
    );
    return links.split('\n').filter((line) => line !== '');
  }

  /** Its largest resident memory so far. */
  async peakKib(): Promise<number> {
    return Number(
      await this.#machine.mustRun(`awk '/VmHWM/ {print $2}' /proc/${this.process.pid}/status`),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.process[Symbol.asyncDispose]();
  }
}

/** Kinds of links that carry probes; a machine may have others, systemd's for instance. */
const probeLinkTypes = new Set(['kprobe_multi', 'perf_event', 'raw_tracepoint', 'tracing']);

/** The BPF links that carry probes on the machine, whoever holds them: kind and id. */
export async function bpfLinks(machine: TestMachine): Promise<string[]> {
  const links = JSON.parse(await machine.mustRun('bpftool --json link show')) as Array<{
    id: number;
    type: string;
  }>;
  return links
    .filter(({ type }) => probeLinkTypes.has(type))
    .map(({ id, type }) => `${type} ${id}`);
}

/** Waits until a condition holds. @throws Error naming it when it does not within the time. */
export async function eventually(
  what: string,
  withinMs: number,
  holds: () => Promise<boolean>,
): Promise<number> {
  const startedAtMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAtMs > withinMs) {
      throw new Error(`Not within ${withinMs} ms: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return performance.now() - startedAtMs;
}
