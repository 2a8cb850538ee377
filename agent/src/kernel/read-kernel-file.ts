import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Longest that the event loop waits for a read. */
const SLICE_MS = 10;
/** More than /proc/kallsyms of most kernels: memory that nothing is read into stays untouched. */
const FIRST_BUFFER_BYTES = 8 << 20;

/**
 * Reads a whole file of procfs, sysfs or tracefs.
 *
 * These hand out at most 4 KiB per read(2), so that a file of 6 MB takes 1,500 reads. Through libuv's thread pool that
 * costs 85 ms here and 3.8 s in an emulated guest (Linux 6.12), with plain reads 6 and 154 ms: they are done in slices
 * of 10 ms. fs.readFile would not do for another reason as well: it takes a short read of a file whose size is known
 * (the BTF of a module) for its end.
 * @throws the error of openSync or readSync.
 */
export async function readKernelFile(path: string): Promise<Uint8Array> {
  const fd = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(FIRST_BUFFER_BYTES);
    let length = 0;
    let sliceEndMs = performance.now() + SLICE_MS;
    for (;;) {
      const bytesRead = readSync(fd, buffer, length, buffer.length - length, null);
      if (bytesRead === 0) return Uint8Array.prototype.slice.call(buffer, 0, length);
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
