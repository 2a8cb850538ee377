import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

const outputFolder = join(import.meta.dirname, '../../dist/bench');

/** Path of one of this folder's programs once it is built. */
export function pathOf(program: string): string {
  return join(outputFolder, `${program}.cjs`);
}

/** Bundles programs of this folder, so that starting them takes no time that counts. */
export async function buildPrograms(programs: readonly string[]): Promise<void> {
  await build({
    entryPoints: programs.map((program) => join(import.meta.dirname, `${program}.ts`)),
    outdir: outputFolder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['koffi'],
    logLevel: 'error',
  });
}

/** A program of this folder that runs: started on a CPU, spoken to in lines. */
export class PipelineProcess {
  readonly #child: ChildProcess;
  readonly #waiting: Array<{ readonly start: string; readonly resolve: (line: string) => void }> =
    [];
  readonly #lines: string[] = [];

  constructor(cpu: number, program: string, args: readonly string[]) {
    this.#child = spawn('taskset', ['-c', `${cpu}`, process.execPath, pathOf(program), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (this.#child.stdout === null) throw new Error('There is no pipe');
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#lines.push(line);
      this.#serve();
    });
  }

  send(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** The next line that begins with this word, as its other words. */
  async next(start: string): Promise<string[]> {
    const line = await new Promise<string>((resolve) => {
      this.#waiting.push({ start, resolve });
      this.#serve();
    });
    return line.split(' ').slice(1);
  }

  /** Forgets what was said so far. */
  forget(): void {
    this.#lines.length = 0;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    this.#child.stdin?.end();
    await ended;
  }

  #serve(): void {
    for (const [index, { start, resolve }] of this.#waiting.entries()) {
      const found = this.#lines.findIndex((line) => line.startsWith(start));
      if (found < 0) continue;
      const [line] = this.#lines.splice(found, 1);
      this.#waiting.splice(index, 1);
      resolve(line ?? '');
      return;
    }
  }
}
