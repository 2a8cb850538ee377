import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/** A kernel in the cache; the shape that `tools/setup/kernels.mjs` prints. */
export interface Kernel {
  /** As asked for: `6.12`, `newest`. */
  readonly name: string;
  /** As `uname -r` says it. */
  readonly release: string;
  /** Path of the uncompressed ELF image. */
  readonly vmlinux: string;
  /** Path of the folder that belongs at /lib/modules/RELEASE. */
  readonly modules: string;
  /** Path of the build configuration. */
  readonly config: string;
  /** Path of the cache's folder. */
  readonly cache: string;
}

/**
 * Finds kernel `name` (`6.12`, `6.1`, `5.10`, `newest`) in the cache, fetched from Debian when it is not there yet.
 * @throws Error with what the set-up said when no suite has it.
 */
export async function getKernel(name: string): Promise<Kernel> {
  const program = resolve(import.meta.dirname, '../../../tools/setup/kernels.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program, name]);
  return JSON.parse(stdout) as Kernel;
}
