import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../../agent/src/core/errors.ts';
import { chooseAccelerator } from './accelerator.ts';
import { readFrames, writeClock, writeRun, writeSignal } from './control.ts';
import { GuestProcess, type GuestResult } from './guest-process.ts';
import { getKernel } from './kernel.ts';
import { Machine, type MachineNetwork, type MachineSpec } from './machine.ts';

export interface BootOptions {
  /** A Debian cloud kernel series (`6.12`, `6.1`, `5.10`), or `newest`. */
  readonly kernel: string;
  readonly cpus?: number;
  readonly memoryMib?: number;
  /** Virtual time is the count of guest instructions, 1 ns each, on one CPU: costs repeat whatever else the machine does. */
  readonly icount?: boolean;
  /** Where commands start; the current directory unless given. */
  readonly workingDirectory?: string;
  /** A network card, whose driver is left for the caller to load. */
  readonly network?: MachineNetwork;
  /** How far the guest's clock is to be ahead of this machine's. */
  readonly clockAheadMs?: number;
}

/** Under emulation a boot takes 5 s on a quiet machine and several times that on a busy one. */
const bootTimeoutMs = 180_000;
/** Where KVM works it takes 1-2 s. */
const kvmBootTimeoutMs = 20_000;

/**
 * Boots a guest that sees this machine's root file system as it is now (its changes stay in its memory) and takes many commands.
 * A boot that fails is tried once more: about one in fifty panics early under emulation.
 */
export async function bootGuest(options: BootOptions): Promise<Guest> {
  const kernel = await getKernel(options.kernel);
  const emulated: MachineSpec = {
    kernel,
    accelerator: options.icount === true ? 'icount' : 'tcg',
    cpus: options.icount === true ? 1 : (options.cpus ?? 2),
    memoryMib: options.memoryMib ?? 2048,
    workingDirectory: options.workingDirectory ?? process.cwd(),
    ...(options.network === undefined ? {} : { network: options.network }),
  };
  const { clockAheadMs = 0 } = options;
  if (options.icount === true) return bootTwice(emulated, clockAheadMs);
  const virtualised: MachineSpec = { ...emulated, accelerator: 'kvm' };
  const accelerator = await chooseAccelerator(kernel.cache, async () => {
    await using _guest = await Guest.boot(virtualised, { timeoutMs: kvmBootTimeoutMs });
  });
  return bootTwice(accelerator === 'kvm' ? virtualised : emulated, clockAheadMs);
}

async function bootTwice(spec: MachineSpec, clockAheadMs: number): Promise<Guest> {
  const settings = { timeoutMs: bootTimeoutMs, clockAheadMs };
  try {
    return await Guest.boot(spec, settings);
  } catch (failure) {
    process.stderr.write(`lab: booting again after: ${messageOf(failure)}\n`);
    return Guest.boot(spec, settings);
  }
}

/** A running guest. Disposing it ends the machine at once, with everything in it. */
export class Guest implements AsyncDisposable {
  /** As `uname -r` says it. */
  readonly release: string;
  /** Folder for files both ways, at this path on both sides. Write big outputs to /tmp in the guest, then copy. */
  readonly share: string;
  readonly #machine: Machine;
  readonly #processes = new Map<number, GuestProcess>();
  #lastId = 0;
  #lost: Error | undefined;

  private constructor(machine: Machine, release: string) {
    this.#machine = machine;
    this.share = machine.share;
    this.release = release;
  }

  /** @throws Error with the end of the console when the guest does not come up. */
  static async boot(
    spec: MachineSpec,
    { timeoutMs, clockAheadMs = 0 }: { timeoutMs: number; clockAheadMs?: number },
  ): Promise<Guest> {
    const machine = await Machine.start(spec);
    try {
      const guest = new Guest(machine, spec.kernel.release);
      await guest.#listen(timeoutMs);
      writeClock(machine.control, clockAheadMs);
      return guest;
    } catch (failure) {
      await machine[Symbol.asyncDispose]();
      throw failure;
    }
  }

  /** Runs a bash script to its end. On time-out it is killed. */
  async run(script: string, options: { timeoutMs?: number } = {}): Promise<GuestResult> {
    const process = await this.start(script);
    return process.wait(options);
  }

  /**
   * Runs a bash script and returns what it wrote.
   * @throws Error with the output when its exit code is not 0.
   */
  async mustRun(script: string, options: { timeoutMs?: number } = {}): Promise<string> {
    const { exitCode, output } = await this.run(script, options);
    if (exitCode !== 0)
      throw new Error(`Guest command ended with exit code ${exitCode}: ${script}\n${output}`);
    return output;
  }

  /** Starts a bash script and returns when it runs. */
  async start(script: string): Promise<GuestProcess> {
    if (this.#lost !== undefined) throw this.#lost;
    this.#lastId += 1;
    const id = this.#lastId;
    const process = new GuestProcess(script, (signal) =>
      writeSignal(this.#machine.control, id, signal),
    );
    this.#processes.set(id, process);
    writeRun(this.#machine.control, id, script);
    await process.untilStarted();
    return process;
  }

  /** Resolves when the guest is ready; frames go on being read after that. */
  async #listen(timeoutMs: number): Promise<void> {
    const timeout = new AbortController();
    await Promise.race([
      new Promise<void>((resolve, reject) => {
        this.#dispatchFrames(resolve).then(
          () => this.#lose('ended').then(reject),
          (failure: unknown) =>
            this.#lose(`broke its connection (${messageOf(failure)})`).then(reject),
        );
      }),
      delay(timeoutMs, undefined, { signal: timeout.signal }).then(async () => {
        throw await this.#lose(`was not ready after ${timeoutMs} ms`);
      }),
    ]).finally(() => timeout.abort());
  }

  async #dispatchFrames(ready: () => void): Promise<void> {
    for await (const frame of readFrames(this.#machine.control)) {
      if (frame.verb === 'ready') {
        ready();
        continue;
      }
      // A command's children may write after its end; nobody waits for that.
      const process = this.#processes.get(frame.id);
      if (process === undefined) continue;
      switch (frame.verb) {
        case 'pid':
          process.started(frame.pid);
          break;
        case 'out':
        case 'err':
          process.wrote(frame.verb, frame.bytes);
          break;
        case 'exit':
          process.exited(frame.exitCode);
          this.#processes.delete(frame.id);
          break;
      }
    }
  }

  async #lose(what: string): Promise<Error> {
    this.#lost ??= new Error(
      `The guest (Linux ${this.release}) ${what}; its console:\n${await this.#machine.consoleTail()}`,
    );
    for (const process of this.#processes.values()) process.lost(this.#lost);
    this.#processes.clear();
    return this.#lost;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#machine[Symbol.asyncDispose]();
  }
}
