import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { JsonEvent, JsonStatus } from '../../plugin/src/events/json-shapes.ts';
import type { GuestProcess } from '../vm/lab/guest-process.ts';
import type { TestMachine } from './machine.ts';

export const dist = join(import.meta.dirname, '..', '..', 'dist');
export const pwru = join(dist, 'kubectl-pwru');

/** One line of `-o json`. */
export type TracedEvent = JsonEvent;

export interface FinishedTrace {
  readonly exitCode: number;
  readonly events: readonly TracedEvent[];
  /** With --include-status. */
  readonly statuses: readonly JsonStatus[];
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
      // Under emulation beside other work the verifier takes its time.
      await process.waitForOutput(/^Tracing .*$/m, { timeoutMs: 600_000 });
    } catch (failure) {
      await process[Symbol.asyncDispose]();
      throw failure;
    }
    return new Trace(process);
  }

  /** Waits until it has shown such an event; not for ever: what it came to tells that none came. */
  async waitForEvent(isMeant: (event: TracedEvent) => boolean): Promise<void> {
    for (let look = 0; look < 120 && !this.#hasShown(isMeant); look++) await delay(250);
  }

  #hasShown(isMeant: (event: TracedEvent) => boolean): boolean {
    return this.shown.some(isMeant);
  }

  /** What it has shown so far. */
  get shown(): readonly TracedEvent[] {
    const { stdout } = this.process;
    return parseEvents(stdout.slice(0, stdout.lastIndexOf('\n') + 1));
  }

  /** Ctrl-C, then what it came to. */
  async stop(): Promise<FinishedTrace> {
    this.process.signal('SIGINT');
    return this.end();
  }

  /** Waits until it ends by itself. */
  async end(): Promise<FinishedTrace> {
    const { exitCode, stdout, stderr } = await this.process.wait({ timeoutMs: 120_000 });
    const lines = parseLines(stdout);
    return {
      ...{ exitCode, stderr },
      events: lines.filter((line): line is TracedEvent => line.type === 'event'),
      statuses: lines.filter((line): line is JsonStatus => line.type !== 'event'),
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.process[Symbol.asyncDispose]();
  }
}

/** How kubectl-pwru is told whom to ask. */
export function agentFlag({ agentAddress, kubeconfig }: TestMachine): string {
  if (kubeconfig !== undefined) return `--kubeconfig ${kubeconfig}`;
  return agentAddress === undefined ? '--local' : `--agent ${agentAddress}`;
}

/** Of a trace without --include-status. */
export function parseEvents(text: string): TracedEvent[] {
  return parseLines(text) as TracedEvent[];
}

function parseLines(text: string): Array<TracedEvent | JsonStatus> {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TracedEvent | JsonStatus);
}

/** Events of packets themselves, without those of ICMP errors about them. */
export function withoutErrors(events: readonly TracedEvent[]): TracedEvent[] {
  return events.filter(({ tuple }) => tuple?.inner?.kind !== 'icmp-error');
}

/** Where an event was: a pod's name, "node", or the number of another network namespace. */
export function placeOf({ netns }: TracedEvent): string {
  if (netns?.node === true) return 'node';
  return netns?.pod?.name ?? String(netns?.inode);
}

export function placesOf(events: readonly TracedEvent[]): Set<string> {
  return new Set(events.map(placeOf));
}
