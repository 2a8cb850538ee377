import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';

export interface TiedProcessSpec {
  readonly program: string;
  readonly args: readonly string[];
  /** Path of the file that its output is appended to. */
  readonly log: string;
  /** Folders of programs that it looks for by name, before the system's. */
  readonly path?: readonly string[];
  /** Arguments of nsenter that name the namespaces to run it in, such as `--net=PATH`. */
  readonly namespaces?: readonly string[];
  /** Whether these, or those that the program makes, have a pid namespace: then who is to run there is a child. */
  readonly inPidNamespace?: boolean;
}

/** How much of a log an error quotes, in bytes. */
const tailBytes = 4_096;

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Nothing of this process's own: proxies and credentials are not for a cluster. */
const environment = {
  HOME: '/root',
  LANG: 'C.UTF-8',
  // The kubelet looks for credentials of a registry of AWS's: where there is no AWS, for 4 s.
  AWS_EC2_METADATA_DISABLED: 'true',
};

/**
 * A process that is killed when this one dies, by the kernel and even by SIGKILL. Disposing it kills it and waits for its end.
 */
export class TiedProcess implements AsyncDisposable {
  readonly name: string;
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly #inPidNamespace: boolean;

  constructor({ program, args, log, path = [], namespaces, inPidNamespace }: TiedProcessSpec) {
    const enter = namespaces === undefined ? [] : ['nsenter', ...namespaces, '--'];
    const output = openSync(log, 'a');
    this.name = program.slice(program.lastIndexOf('/') + 1);
    this.#log = log;
    this.#inPidNamespace = inPidNamespace ?? false;
    this.#child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...enter, program, ...args], {
      stdio: ['ignore', output, output],
      env: { ...environment, PATH: [...path, systemPath].join(':') },
      // A session of its own, so that Ctrl-C in a terminal reaches who started the cluster and not the cluster.
      detached: true,
    });
    closeSync(output);
    this.ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve()).once('error', () => resolve());
    });
  }

  get hasEnded(): boolean {
    return (
      this.#child.pid === undefined ||
      this.#child.exitCode !== null ||
      this.#child.signalCode !== null
    );
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`${this.name} could not be started`);
    return this.#child.pid;
  }

  /** Kills it, if it runs, and waits for its end. */
  async kill(): Promise<void> {
    if (this.hasEnded) return;
    const inside = this.#inPidNamespace ? childrenOf(this.pid) : [];
    // Who waits for a child ends after it, and a child that is a namespace's process 1 after all in it.
    if (inside.length > 0) for (const child of inside) killIfAlive(child);
    else this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** The last lines of its log. */
  async logTail(): Promise<string> {
    await using file = await open(this.#log);
    const { size } = await file.stat();
    const position = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(tailBytes), position });
    return buffer.toString('utf8', 0, bytesRead);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}

/** Children of `pid`, which has one thread. */
function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return [];
  }
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in between.
  }
}
