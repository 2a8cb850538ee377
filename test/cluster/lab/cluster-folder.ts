import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

const undertaker = join(import.meta.dirname, 'undertaker.sh');
/** The exit code of flock when another process has the lock. */
const lockedExitCode = 75;

/**
 * A cluster's folder, which gives the cluster its name. A process beside this one, the undertaker, removes it and the control
 * groups of that name when this is disposed, or when this process is gone, killed or not. Its processes must have ended.
 */
export class ClusterFolder implements AsyncDisposable {
  readonly path: string;
  readonly #undertaker: ChildProcess;
  /** Settles with what the undertaker complained of when it has ended: nothing, as a rule. */
  readonly #complaint: Promise<string>;

  private constructor(path: string) {
    this.path = path;
    this.#undertaker = spawn('flock', [join(path, 'lock'), 'sh', undertaker, path], {
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: true,
    });
    this.#complaint = complaintOf(this.#undertaker);
  }

  /** Makes a folder, after removing those whose undertaker was killed as well. */
  static async make(): Promise<ClusterFolder> {
    await removeAbandoned();
    return new ClusterFolder(await mkdtemp(join(tmpdir(), `pwru-cluster-${process.pid}-`)));
  }

  /** What the cluster is known by: no other has it. */
  get name(): string {
    return basename(this.path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#undertaker.stdin?.end();
    const complaint = await this.#complaint;
    if (complaint !== '') throw new Error(`Cannot remove the cluster ${this.name}: ${complaint}`);
  }
}

async function complaintOf(undertaker: ChildProcess): Promise<string> {
  const [complaint, [exitCode, signal]] = await Promise.all([
    text(undertaker.stderr as NodeJS.ReadableStream),
    once(undertaker, 'close') as Promise<[number | null, string | null]>,
  ]);
  if (complaint !== '' || exitCode === 0) return complaint;
  return `its undertaker ended with ${signal ?? `exit code ${exitCode}`}`;
}

async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^pwru-cluster-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    const folder = join(tmpdir(), name);
    const lock = ['-n', '-E', `${lockedExitCode}`, join(folder, 'lock')];
    const removal = promisify(execFile)('flock', [...lock, 'sh', undertaker, folder]);
    // Its undertaker is at it, and it has no input to wait for.
    removal.child.stdin?.end();
    await removal.catch((failure: { code?: number }) => {
      if (failure.code !== lockedExitCode) throw failure;
    });
  }
}
