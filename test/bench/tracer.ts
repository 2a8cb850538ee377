import type { GuestProcess } from '../vm/lab/guest-process.ts';
import type { BenchLab } from './bench-lab.ts';

/** One of the programs that are compared, as it is started in the guest. */
export interface TracerCommand {
  readonly name: string;
  readonly command: string;
  /** What it says on standard error when it traces. */
  readonly ready: RegExp;
  /** How a line of an event begins. */
  readonly event: RegExp;
  /** Functions with a probe, in what it says. */
  readonly functions: RegExp;
}

/** @param args go to bash as they are */
export function ours(lab: BenchLab, args: string): TracerCommand {
  return {
    name: 'ours',
    command: `${lab.path('kubectl-pwru')} ${args}`,
    ready: /^Tracing /m,
    event: /^(\{"|0x|f{4})/m,
    functions: /^Tracing ([\d,]+) functions/m,
  };
}

/** The original, showing what ours shows by default. */
export function peer(lab: BenchLab, args: string): TracerCommand {
  return {
    name: 'pwru',
    command: `${lab.path('pwru')} --backend kprobe-multi --output-meta --output-tuple ${args}`,
    ready: /Listening for events/,
    event: /^0x[0-9a-f]{16}/m,
    functions: / \/ (\d{3,}) \[/,
  };
}

const startTimeoutMs = 600_000;

/** A tracer that traces, with what it prints going to a file. */
export class RunningTracer implements AsyncDisposable {
  readonly output: string;
  readonly #lab: BenchLab;
  readonly #process: GuestProcess;

  private constructor(lab: BenchLab, process: GuestProcess, output: string) {
    this.#lab = lab;
    this.#process = process;
    this.output = output;
  }

  static async start(lab: BenchLab, tracer: TracerCommand): Promise<RunningTracer> {
    const output = lab.path('events');
    const process = await lab.guest.start(`> ${output}; exec ${tracer.command} >> ${output}`);
    await process.waitForOutput(tracer.ready, { timeoutMs: startTimeoutMs });
    return new RunningTracer(lab, process, output);
  }

  pause(): void {
    this.#process.signal('SIGSTOP');
  }

  resume(): void {
    this.#process.signal('SIGCONT');
  }

  /** Largest resident memory so far. */
  async peakMib(): Promise<number> {
    return peakMib(this.#lab, this.#process.pid);
  }

  /** Ctrl-C; returns what it said on standard error when it has ended and no probe is left. */
  async stop(): Promise<string> {
    this.#process.signal('SIGINT');
    const { stderr } = await this.#process.wait({ timeoutMs: startTimeoutMs });
    await this.#lab.untilNoProbes();
    return stderr;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#process[Symbol.asyncDispose]();
  }
}

export async function peakMib(lab: BenchLab, pid: number): Promise<number> {
  const status = await lab.guest.mustRun(`cat /proc/${pid}/status`);
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
