import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { completionScripts } from '../src/completion/completion-scripts.ts';

/** A folder for $PATH with kubectl-pwru, bundled as it is shipped, and kubectl_complete-pwru. */
export interface ProgramFolder extends AsyncDisposable {
  readonly path: string;
  /** Path of the bundle that kubectl-pwru runs with this Node.js. */
  readonly bundle: string;
  /** The executable as it is shipped: the launcher before the bundle. */
  readonly launcher: string;
  /** Begins the bundle, for a user without a kubeconfig. */
  start(...args: string[]): StartedProgram;
  /** The same, until it has ended. */
  run(...args: string[]): Promise<{ exitCode: unknown; stdout: string; stderr: string }>;
  /**
   * The same with standard output through a pipe of the shell.
   * @param reader the command at its end @returns what the reader wrote, and the program's own exit code
   */
  runInPipe(reader: string, ...args: string[]): Promise<{ exitCode: number; stdout: string }>;
}

export interface StartedProgram {
  readonly child: ChildProcessWithoutNullStreams;
  /** Its exit code, or the signal that ended it. */
  readonly exit: Promise<unknown>;
}

export async function makeProgramFolder(): Promise<ProgramFolder> {
  const path = await mkdtemp(join(tmpdir(), 'pwru-programs-'));
  const bundle = join(path, 'program.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, '..', 'src', 'main.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    external: ['koffi'],
    define: { 'import.meta.dirname': '__dirname' },
    logLevel: 'error',
  });
  const programs = {
    'kubectl-pwru': `#!/bin/sh\nexec ${process.execPath} ${bundle} "$@"\n`,
    'kubectl_complete-pwru': completionScripts.kubectl,
  };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(path, name), text);
    await chmod(join(path, name), 0o755);
  }
  const launcher = join(path, 'shipped');
  await mkdir(join(path, 'lib'));
  await copyFile(bundle, join(path, 'lib', 'shipped.cjs'));
  await copyFile(join(import.meta.dirname, '../../tools/launcher.cjs'), launcher);
  await chmod(launcher, 0o755);
  const environment = { HOME: path, KUBECONFIG: '', KUBERNETES_SERVICE_HOST: '' };
  const env = { ...process.env, ...environment };
  const start: ProgramFolder['start'] = (...args) => {
    const child = spawn(process.execPath, [bundle, ...args], { env });
    const exit = once(child, 'exit').then(([code, signal]: unknown[]) => code ?? signal);
    return { child, exit };
  };
  return {
    ...{ path, bundle, launcher, start },
    run: async (...args) => {
      const { child, exit } = start(...args);
      const outputs = [text(child.stdout), text(child.stderr)] as const;
      const [exitCode, stdout, stderr] = await Promise.all([exit, ...outputs]);
      return { exitCode, stdout, stderr };
    },
    runInPipe: async (reader, ...args) => {
      const script = `{ "$@"; echo $? >&3; } | ${reader}`;
      const words = ['-c', script, 'sh', process.execPath, bundle, ...args];
      const child = spawn('/bin/sh', words, { env, stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
      const [, stdout, , status] = child.stdio;
      const texts = [stdout, status].map((stream) => text(stream as Readable));
      const [written = '', exitCode = ''] = await Promise.all(texts);
      return { exitCode: Number(exitCode), stdout: written };
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}
