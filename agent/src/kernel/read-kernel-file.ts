import { KernelFileReader } from './kernel-file-reader.ts';

/**
 * Reads a whole file of procfs, sysfs or tracefs.
 * @param usualBytes room that is made at first for a file that does not tell its size: what such a file usually has; a longer one
 * is read all the same.
 * @returns the file's bytes, in memory of their own.
 * @throws the error of openSync or readSync.
 */
export async function readKernelFile(path: string, usualBytes: number): Promise<Buffer> {
  using file = new KernelFileReader(path);
  const { sizeBytes } = file;
  // A byte more than there is: the read that finds the end needs room, too.
  return await file.readToEnd(sizeBytes > 0 ? sizeBytes + 1 : usualBytes);
}
