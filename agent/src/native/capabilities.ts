import koffi from 'koffi';
import { systemError } from './errno.ts';
import { openLibrary } from './library.ts';

/** struct __user_cap_header_struct: _LINUX_CAPABILITY_VERSION_3 and the calling thread (include/uapi/linux/capability.h). */
const header = Buffer.alloc(8);
header.writeUInt32LE(0x20080522, 0);

/** struct __user_cap_data_struct twice, for capabilities below 32 and from 32 on: effective, permitted, inheritable. */
const dataBytes = 24;
const words = [0, 12].map((offset) => ({ effective: offset, permitted: offset + 4 }));

/**
 * Makes every capability effective that this process is permitted: capabilities(7). A user other than root has them from its
 * program's file, where they stand without the effective bit: with it the kernel would refuse to run the program at all as
 * soon as one of them is missing.
 *
 * Capabilities belong to threads, and a new thread has those of its parent: call it before libuv starts its pool.
 * @throws PwruError SYSTEM or PRIVILEGE_MISSING
 */
export function raiseCapabilities(): void {
  const library = openLibrary('libc.so.6');
  const data = Buffer.alloc(dataBytes);
  if (library.func('int capget(void *, void *)')(header, data) !== 0) {
    throw systemError('Cannot read the capabilities of this process', koffi.errno());
  }
  const isRaised = words.every(
    ({ effective, permitted }) => data.readUInt32LE(effective) === data.readUInt32LE(permitted),
  );
  if (isRaised) return;
  for (const { effective, permitted } of words) {
    data.writeUInt32LE(data.readUInt32LE(permitted), effective);
  }
  if (library.func('int capset(void *, const void *)')(header, data) !== 0) {
    throw systemError('Cannot raise the capabilities of this process', koffi.errno());
  }
}
