import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** More than any file has that is read so: a routing table of 8,000 lines. */
const maxBytes = 1024 * 1024;

/**
 * Reads a file on a path that leads through somebody else's mounts: there may be a FIFO or a device, which could block this
 * process for ever, or a file without an end.
 * @returns its beginning, if it is longer than 1 MiB
 * @throws when it cannot be opened or is no regular file
 */
export function readForeignFile(path: string): string {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    if (!fstatSync(fd).isFile()) throw new Error(`${path} is no regular file`);
    const chunks: Buffer[] = [];
    for (let length = 0; length < maxBytes; ) {
      const chunk = Buffer.alloc(64 * 1024);
      const bytesRead = readSync(fd, chunk, 0, Math.min(chunk.length, maxBytes - length), null);
      if (bytesRead === 0) break;
      chunks.push(chunk.subarray(0, bytesRead));
      length += bytesRead;
    }
    return Buffer.concat(chunks).toString('latin1');
  } finally {
    closeSync(fd);
  }
}
