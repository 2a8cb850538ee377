import { join } from 'node:path';
import type { GuestProcess } from '../vm/lab/guest-process.ts';
import type { TestMachine } from './machine.ts';

export const dist = join(import.meta.dirname, '..', '..', 'dist');
export const pwru = join(dist, 'kubectl-pwru');

/** One line of `-o json`, as far as tests look at it. */
export interface TracedEvent {
  readonly skb: string;
  readonly packetId: string;
  readonly bootTimeNs: string;
  readonly cpu: number;
  readonly function: {
    readonly name: string;
    readonly module: string;
    readonly tracepoint: boolean;
  };
  readonly netns: { readonly inode: number; readonly name: string } | null;
  readonly interface: { readonly name: string; readonly index: number } | null;
  readonly mark: number;
  readonly lengthBytes: number;
  readonly vlan: { readonly id: number } | null;
  readonly tuple: {
    readonly ipVersion: number;
    readonly sourceAddress: string;
    readonly sourcePort: number;
    readonly destinationAddress: string;
    readonly destinationPort: number;
    readonly protocol: string;
    readonly tcpFlags: readonly string[];
    readonly icmpType: number;
    readonly icmpCode: number;
  } | null;
  readonly drop: {
    readonly reason: string;
    readonly location: { readonly symbol: string; readonly offsetBytes: number } | null;
  } | null;
  readonly stack: ReadonlyArray<{ readonly symbol: string }>;
}

export interface FinishedTrace {
  readonly exitCode: number;
  readonly events: readonly TracedEvent[];
  readonly stderr: string;
}

/** A running `kubectl-pwru -o json`. */
export class Trace implements AsyncDisposable {
  readonly process: GuestProcess;

  private constructor(process: GuestProcess) {
    this.process = process;
  }

  /** Starts it and waits until packets are traced. `args` go to bash as they are. */
  static async start(machine: TestMachine, args: string): Promise<Trace> {
    const process = await machine.start(`exec ${pwru} ${agentFlag(machine)} -o json ${args}`);
    try {
      await process.waitForOutput(/^Tracing .*$/m, { timeoutMs: 120_000 });
    } catch (failure) {
      await process[Symbol.asyncDispose]();
      throw failure;
    }
    return new Trace(process);
  }

  /** Ctrl-C, then what it came to. */
  async stop(): Promise<FinishedTrace> {
    this.process.signal('SIGINT');
    return this.end();
  }

  /** Waits until it ends by itself. */
  async end(): Promise<FinishedTrace> {
    const { exitCode, stdout, stderr } = await this.process.wait({ timeoutMs: 120_000 });
    return { exitCode, stderr, events: parseEvents(stdout) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.process[Symbol.asyncDispose]();
  }
}

/** How kubectl-pwru is told whom to ask. */
export function agentFlag({ agentAddress }: TestMachine): string {
  return agentAddress === undefined ? '--local' : `--agent ${agentAddress}`;
}

export function parseEvents(text: string): TracedEvent[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TracedEvent);
}
