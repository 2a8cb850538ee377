import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FunctionCatalogue } from '../../agent/src/kernel/function-catalogue.ts';
import { KernelFiles } from '../../agent/src/kernel/kernel-files.ts';

/** A directory with the files of a kernel, and what the agent knows by them. */
export interface KernelRoot extends AsyncDisposable {
  readonly path: string;
  readonly catalogue: FunctionCatalogue;
  /** @param path from the root: `proc/modules` */
  write(path: string, content: string | Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
}

/** @param files by path from the root */
export async function makeKernelRoot(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<KernelRoot> {
  const root = await mkdtemp(join(tmpdir(), 'pwru-kernel-'));
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  for (const [path, content] of Object.entries(files)) await write(path, content);
  return {
    path: root,
    catalogue: new FunctionCatalogue(new KernelFiles(root)),
    write,
    remove: (path) => rm(join(root, path)),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
  };
}
