import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Longest that the event loop waits for a read. */
const SLICE_MS = 10;

/**
 * Reads a file of procfs, sysfs or tracefs from its beginning on.
 *
 * These hand out at most 4 KiB per read(2), so that a file of 6 MB takes 1,500 reads. Through libuv's thread pool that
 * costs 85 ms here and 3.8 s in an emulated guest (Linux 6.12), with plain reads 6 and 154 ms: they are done in slices
 * of 10 ms. fs.readFile would not do for another reason as well: it takes a short read of a file whose size is known
 * (the BTF of a module) for its end.
 */
export class KernelFileReader {
  readonly #fd: number;
  #sliceEndMs = performance.now() + SLICE_MS;

  /** @throws the error of openSync. */
  constructor(path: string) {
    this.#fd = openSync(path, 'r');
  }

  /** 0 for a file that does not tell its size: BTF does, procfs does not. */
  get sizeBytes(): number {
    return fstatSync(this.#fd).size;
  }

  /**
   * Fills the memory with what comes next.
   * @returns how many bytes that were: fewer than there is room for at the end of the file only.
   * @throws the error of readSync.
   */
  async fill(memory: Uint8Array): Promise<number> {
    let length = 0;
    while (length < memory.length) {
      const bytesRead = readSync(this.#fd, memory, length, memory.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
      if (performance.now() < this.#sliceEndMs) continue;
      await setImmediate();
      this.#sliceEndMs = performance.now() + SLICE_MS;
    }
    return length;
  }

  /**
   * @param roomBytes that are made at first; when more comes there is room for twice as much, and so on.
   * @returns all that comes until the end, in memory of its own.
   * @throws the error of readSync.
   */
  async readToEnd(roomBytes: number): Promise<Buffer> {
    // Not of the pool: what is read may be kept. Memory that nothing is read into stays untouched.
    let memory = Buffer.allocUnsafeSlow(roomBytes);
    let length = 0;
    for (;;) {
      length += await this.fill(memory.subarray(length));
      if (length < memory.length) return memory.subarray(0, length);
      memory = Buffer.concat([memory], memory.length * 2);
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}
