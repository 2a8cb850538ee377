import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Longest that the event loop waits for a read. */
const SLICE_MS = 10;

/**
 * Reads a whole file of procfs, sysfs or tracefs.
 *
 * These hand out at most 4 KiB per read(2), so that a file of 6 MB takes 1,500 reads. Through libuv's thread pool that
 * costs 85 ms here and 3.8 s in an emulated guest (Linux 6.12), with plain reads 6 and 154 ms: they are done in slices
 * of 10 ms. fs.readFile would not do for another reason as well: it takes a short read of a file whose size is known
 * (the BTF of a module) for its end.
 * @param usualBytes room that is made at first for a file that does not tell its size, as BTF does and procfs does not: what
 * such a file usually has; a longer one is read all the same.
 * @returns the file's bytes, in memory of their own.
 * @throws the error of openSync or readSync.
 */
export async function readKernelFile(path: string, usualBytes: number): Promise<Buffer> {
  const fd = openSync(path, 'r');
  try {
    // Not of the pool: what is read may be kept. Memory that nothing is read into stays untouched.
    const { size } = fstatSync(fd);
    // A byte more than there is: the read that finds the end needs room, too.
    let buffer = Buffer.allocUnsafeSlow(size > 0 ? size + 1 : usualBytes);
    let length = 0;
    let sliceEndMs = performance.now() + SLICE_MS;
    for (;;) {
      const bytesRead = readSync(fd, buffer, length, buffer.length - length, null);
      if (bytesRead === 0) return buffer.subarray(0, length);
      length += bytesRead;
      if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
      if (performance.now() < sliceEndMs) continue;
      await setImmediate();
      sliceEndMs = performance.now() + SLICE_MS;
    }
  } finally {
    closeSync(fd);
  }
}
