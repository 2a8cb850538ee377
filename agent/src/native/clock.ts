import koffi from 'koffi';
import { systemError } from './errno.ts';
import { openLibrary } from './library.ts';

/** include/uapi/linux/time.h */
const clocks = { CLOCK_REALTIME: 0, CLOCK_BOOTTIME: 7 } as const;

interface Clock {
  clockGettime(clock: number, timespecOut: Uint8Array): number;
  getpagesize(): number;
}

let loaded: Clock | undefined;

function clock(): Clock {
  if (loaded === undefined) {
    const library = openLibrary('libc.so.6');
    loaded = {
      clockGettime: library.func('int clock_gettime(int, void *)'),
      getpagesize: library.func('int getpagesize()'),
    } as unknown as Clock;
  }
  return loaded;
}

/**
 * clock_gettime(2) in nanoseconds; takes about 1 us. CLOCK_BOOTTIME is what bpf_ktime_get_boot_ns returns.
 * @throws PwruError SYSTEM.
 */
export function readClockNs(name: keyof typeof clocks): bigint {
  const timespec = Buffer.alloc(16);
  if (clock().clockGettime(clocks[name], timespec) !== 0) {
    throw systemError(`Cannot read ${name}`, koffi.errno());
  }
  return timespec.readBigInt64LE(0) * 1_000_000_000n + timespec.readBigInt64LE(8);
}

/** getpagesize(2): 4,096 on x86-64; 4,096, 16,384 or 65,536 on arm64. */
export function pageSizeBytes(): number {
  return clock().getpagesize();
}
