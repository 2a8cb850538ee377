import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PwruError } from '../core/errors.ts';

/** Beside the bundle; when the sources run, in the build's output. */
const folders = [
  join(import.meta.dirname, 'bpf'),
  join(import.meta.dirname, '..', '..', '..', 'dist', 'bpf'),
];

/**
 * The compiled BPF object for this machine's architecture.
 * @param name without suffixes, for instance `pwru`.
 * @throws PwruError LIBRARY_MISSING naming the file.
 */
export function readProgramFile(name: string): Uint8Array {
  const file = `${name}.${process.arch}.bpf.o`;
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, file));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
    }
  }
  throw new PwruError(
    'LIBRARY_MISSING',
    `Cannot find the BPF object ${file} beside the executable (machine ${process.arch}; build it with: npm run build)`,
    { subject: file },
  );
}
