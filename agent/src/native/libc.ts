import { readFileSync } from 'node:fs';
import { constants, release } from 'node:os';
import koffi from 'koffi';
import { systemError } from './errno.ts';
import { openLibrary } from './library.ts';

/** Memory that `unmap` gives back; the views die with it. */
export interface MappedMemory {
  readonly address: bigint;
  readonly buffer: ArrayBuffer;
}

/** include/uapi/asm-generic/mman-common.h */
const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;
const MAP_FAILED = 0xffffffffffffffffn;

/** malloc.h of glibc. */
const M_TRIM_THRESHOLD = -1;
const M_MMAP_THRESHOLD = -3;
const M_ARENA_MAX = -8;

/** include/linux/socket.h, include/linux/net.h */
const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;

/** include/uapi/linux/perf_event.h */
const PERF_FLAG_FD_CLOEXEC = 8n;

/** __NR_perf_event_open: asm/unistd_64.h on x86-64, asm-generic/unistd.h on arm64. */
const perfEventOpenNumber: Partial<Record<NodeJS.Architecture, bigint>> = {
  x64: 298n,
  arm64: 241n,
};

/** __NR_bpf, the same. */
const bpfNumber: Partial<Record<NodeJS.Architecture, bigint>> = { x64: 321n, arm64: 280n };

type MmapArguments = [
  address: null,
  length: number,
  prot: number,
  flags: number,
  fd: number,
  offset: number,
];

interface Libc {
  mmap: {
    (...args: MmapArguments): bigint;
    async(...call: [...MmapArguments, (failure: unknown, result: bigint) => void]): void;
  };
  munmap(address: bigint, length: number): number;
  mallopt(parameter: number, value: number): number;
  socketpair(domain: number, type: number, protocol: number, fdsOut: Uint8Array): number;
  close: { async(fd: number, done: (failure: unknown, result: number) => void): void };
  /** Every syscall here takes at most six arguments of register size. */
  syscall: {
    async(...call: [...bigint[], (failure: unknown, result: number | bigint) => void]): void;
  };
}

let loaded: Libc | undefined;

function libc(): Libc {
  if (loaded === undefined) {
    const library = openLibrary('libc.so.6');
    const long6 = Array.from({ length: 6 }, () => 'long');
    loaded = {
      mmap: library.func('void *mmap(void *, size_t, int, int, int, int64_t)'),
      munmap: library.func('int munmap(void *, size_t)'),
      mallopt: library.func('int mallopt(int, int)'),
      socketpair: library.func('int socketpair(int, int, int, void *)'),
      close: library.func('int close(int)'),
      syscall: library.func('syscall', 'long', ['long', ...long6]),
    } as unknown as Libc;
  }
  return loaded;
}

export interface MapRequest {
  readonly fd: number;
  readonly lengthBytes: number;
  readonly offsetBytes: number;
  readonly writable: boolean;
}

/**
 * mmap(2) with MAP_SHARED. The caller owns the mapping and gives it back with `unmap`.
 * @throws PwruError SYSTEM or PRIVILEGE_MISSING.
 */
export function mapShared(request: MapRequest): MappedMemory {
  return mappedAt(libc().mmap(...mmapArguments(request)), request);
}

/** The same on a thread: the kernel fills in the page table of a ring at once, 256 MiB in 25 ms. */
export function mapSharedOnThread(request: MapRequest): Promise<MappedMemory> {
  return new Promise((resolve, reject) =>
    libc().mmap.async(...mmapArguments(request), (failure, address) => {
      if (failure) return reject(failure);
      try {
        resolve(mappedAt(address, request));
      } catch (thrown) {
        reject(thrown);
      }
    }),
  );
}

function mmapArguments({ fd, lengthBytes, offsetBytes, writable }: MapRequest): MmapArguments {
  const prot = writable ? PROT_READ | PROT_WRITE : PROT_READ;
  return [null, lengthBytes, prot, MAP_SHARED, fd, offsetBytes];
}

function mappedAt(address: bigint, { fd, lengthBytes }: MapRequest): MappedMemory {
  if (BigInt.asUintN(64, BigInt(address)) === MAP_FAILED) {
    throw systemError(`Cannot map ${lengthBytes} bytes of fd ${fd}`, koffi.errno());
  }
  return { address, buffer: koffi.view(address, lengthBytes) };
}

/** munmap(2). No view of the memory may be touched afterwards. */
export function unmap(memory: MappedMemory): void {
  libc().munmap(memory.address, memory.buffer.byteLength);
}

/**
 * mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD: what is larger has a mapping of its own, and goes back to the system when it
 * is freed. Without these, the first large thing that is freed moves both up to its own size, 32 MiB at most.
 */
export function giveBackFrom(lengthBytes: number): void {
  libc().mallopt(M_MMAP_THRESHOLD, lengthBytes);
  libc().mallopt(M_TRIM_THRESHOLD, lengthBytes);
}

/**
 * mallopt(3), M_ARENA_MAX: threads share so many arenas; those that there are stay. Without a limit each thread's own keeps what
 * was freed in it. The variable MALLOC_ARENA_MAX is not heard where the executable has capabilities (ld.so(8), AT_SECURE).
 */
export function limitMallocArenas(count: number): void {
  libc().mallopt(M_ARENA_MAX, count);
}

/**
 * socketpair(2): two unix datagram sockets, each the other's peer. The caller owns both fds.
 * @throws PwruError SYSTEM or PRIVILEGE_MISSING.
 */
export function unixDatagramPair(): readonly [number, number] {
  const fds = Buffer.alloc(8);
  if (libc().socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, fds) !== 0)
    throw systemError('Cannot make a pair of unix sockets', koffi.errno());
  return [fds.readInt32LE(0), fds.readInt32LE(4)];
}

/**
 * close(2) on a thread: closing a kprobe.multi link or a perf event waits for RCU grace periods (100 ms and more), and
 * several are to wait at the same time. Errors are ignored: Linux releases the fd whatever close returns (close(2)).
 */
export function closeFd(fd: number): Promise<void> {
  return new Promise((resolve) => libc().close.async(fd, () => resolve()));
}

function syscall(number: bigint, ...args: bigint[]): Promise<number> {
  const six = Array.from({ length: 6 }, (_, index) => args[index] ?? 0n);
  return new Promise((resolve, reject) =>
    libc().syscall.async(number, ...six, (failure: unknown, result: number | bigint) => {
      if (failure) reject(failure);
      else resolve(Number(result) < 0 ? -koffi.errno() : Number(result));
    }),
  );
}

/**
 * perf_event_open(2) with pid -1 and cpu 0, on a thread: the kernel takes 30-70 ms for a kprobe. A kprobe's BPF program
 * runs on every CPU all the same (kernel/trace/trace_kprobe.c, kprobe_perf_func).
 *
 * @param attrAddress of a struct perf_event_attr that stays alive until the promise settles.
 * @returns the fd, which the caller owns, or a negative errno.
 */
export function perfEventOpen(attrAddress: bigint): Promise<number> {
  const number = perfEventOpenNumber[process.arch];
  if (number === undefined) return Promise.resolve(-constants.errno.ENOSYS);
  return syscall(number, attrAddress, -1n, 0n, -1n, PERF_FLAG_FD_CLOEXEC);
}

/**
 * bpf(2) on a thread, for what libbpf 1.1 has no function for.
 * @param attr a union bpf_attr, as far as the command reads it
 * @returns an fd, which the caller owns, or a negative errno.
 */
export async function bpfCall(command: number, attr: Uint8Array): Promise<number> {
  const number = bpfNumber[process.arch];
  if (number === undefined) return -constants.errno.ENOSYS;
  const result = await syscall(number, BigInt(command), addressOf(attr), BigInt(attr.length));
  // Keeps the buffer alive until the kernel has read it.
  attr.at(0);
  return result;
}

/** Address of a buffer's first byte; valid while the buffer is alive (its memory does not move). */
export function addressOf(bytes: Uint8Array): bigint {
  return koffi.address(bytes);
}

/**
 * Why the kernel refuses a BPF map or program with EPERM although every privilege is there: before Linux 5.11 ("bpf:
 * Eliminate rlimit-based memory accounting for bpf progs" and its siblings for maps) its memory counts as locked memory. libbpf raises the limit by itself where the process has CAP_SYS_RESOURCE.
 * @param limits text of /proc/self/limits
 * @param kernel as `uname -r` says it
 * @returns undefined where nothing is limited
 */
export function lockedMemoryLimit(limits: string, kernel: string): string | undefined {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  if (major > 5 || (major === 5 && minor >= 11)) return undefined;
  const bytes = /^Max locked memory +(\d+) /m.exec(limits)?.[1];
  return bytes === undefined
    ? undefined
    : `before Linux 5.11 BPF memory is locked memory, of which RLIMIT_MEMLOCK allows ${bytes} bytes here: raise it, or add CAP_SYS_RESOURCE`;
}

/** For the end of a message about an errno of bpf(2): the limit in brackets where it may be the cause, else empty. */
export function lockedMemoryHint(errnoName: string): string {
  if (errnoName !== 'EPERM') return '';
  const limit = lockedMemoryLimit(readFileSync('/proc/self/limits', 'latin1'), release());
  return limit === undefined ? '' : ` (${limit})`;
}
