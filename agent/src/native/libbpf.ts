import { constants } from 'node:os';
import koffi from 'koffi';
import { errnoName, systemError } from './errno.ts';
import { addressOf, bpfCall, lockedMemoryHint } from './libc.ts';
import { openLibrary } from './library.ts';

/** struct bpf_object *, bpf_program *, bpf_map *: owned by the object, which `closeObject` frees with all of them. */
export type ObjectHandle = bigint & { readonly brand: 'bpf_object' };
export type ProgramHandle = bigint & { readonly brand: 'bpf_program' };
export type MapHandle = bigint & { readonly brand: 'bpf_map' };

type AsyncCall<Args extends unknown[]> = {
  (...args: Args): number;
  async(...call: [...Args, (failure: unknown, result: number) => void]): void;
};

/** Prototypes of libbpf 1.1.2 (bpf/libbpf.h, bpf/bpf.h). */
interface Libbpf {
  setPrint(print: null): bigint;
  openMem(elf: Uint8Array, lengthBytes: number, options: Uint8Array): bigint | null;
  load: AsyncCall<[bigint]>;
  close(object: bigint): void;
  nextProgram(object: bigint, previous: bigint | null): bigint | null;
  programName(program: bigint): string;
  setAutoload(program: bigint, autoload: boolean): number;
  programFd(program: bigint): number;
  findMap(object: bigint, name: string): bigint | null;
  nextMap(object: bigint, previous: bigint | null): bigint | null;
  mapName(map: bigint): string;
  mapFd(map: bigint): number;
  setMaxEntries(map: bigint, entries: number): number;
  reuseFd(map: bigint, fd: number): number;
  initialValue(map: bigint, sizeOut: Uint8Array): bigint | null;
  mapCreate: AsyncCall<
    [
      type: number,
      name: string,
      keyBytes: number,
      valueBytes: number,
      entries: number,
      options: null,
    ]
  >;
  mapUpdate(fd: number, key: Uint8Array, value: Uint8Array, flags: number): number;
  mapDelete(fd: number, key: Uint8Array): number;
  mapLookup(fd: number, key: Uint8Array, value: Uint8Array): number;
  mapLookupBatch(
    fd: number,
    cursor: Uint8Array | null,
    next: Uint8Array,
    keys: Uint8Array,
    values: Uint8Array,
    count: Uint8Array,
    options: null,
  ): number;
  linkCreate: AsyncCall<[number, number, number, Uint8Array]>;
  rawTracepointOpen: AsyncCall<[string, number]>;
  infoByFd(fd: number, info: Uint8Array, lengthInOut: Uint8Array): number;
  nextProgramId(after: number, next: Uint8Array): number;
  programFdById(id: number): number;
  testRun(fd: number, options: Uint8Array): number;
}

let loaded: Libbpf | undefined;

function libbpf(): Libbpf {
  if (loaded === undefined) {
    const library = openLibrary('libbpf.so.1');
    const bindings = {
      setPrint: library.func('void *libbpf_set_print(void *)'),
      openMem: library.func('void *bpf_object__open_mem(void *, size_t, void *)'),
      load: library.func('int bpf_object__load(void *)'),
      close: library.func('void bpf_object__close(void *)'),
      nextProgram: library.func('void *bpf_object__next_program(void *, void *)'),
      programName: library.func('const char *bpf_program__name(void *)'),
      setAutoload: library.func('int bpf_program__set_autoload(void *, bool)'),
      programFd: library.func('int bpf_program__fd(void *)'),
      findMap: library.func('void *bpf_object__find_map_by_name(void *, const char *)'),
      nextMap: library.func('void *bpf_object__next_map(void *, void *)'),
      mapName: library.func('const char *bpf_map__name(void *)'),
      mapFd: library.func('int bpf_map__fd(void *)'),
      setMaxEntries: library.func('int bpf_map__set_max_entries(void *, uint32_t)'),
      reuseFd: library.func('int bpf_map__reuse_fd(void *, int)'),
      initialValue: library.func('void *bpf_map__initial_value(void *, void *)'),
      mapCreate: library.func(
        'int bpf_map_create(int, const char *, uint32_t, uint32_t, uint32_t, void *)',
      ),
      mapDelete: library.func('int bpf_map_delete_elem(int, void *)'),
      mapLookup: library.func('int bpf_map_lookup_elem(int, void *, void *)'),
      mapUpdate: library.func('int bpf_map_update_elem(int, void *, void *, uint64_t)'),
      mapLookupBatch: library.func(
        'int bpf_map_lookup_batch(int, void *, void *, void *, void *, void *, void *)',
      ),
      linkCreate: library.func('int bpf_link_create(int, int, int, void *)'),
      rawTracepointOpen: library.func('int bpf_raw_tracepoint_open(const char *, int)'),
      infoByFd: library.func('int bpf_obj_get_info_by_fd(int, void *, void *)'),
      nextProgramId: library.func('int bpf_prog_get_next_id(uint32_t, void *)'),
      programFdById: library.func('int bpf_prog_get_fd_by_id(uint32_t)'),
      testRun: library.func('int bpf_prog_test_run_opts(int, void *)'),
    } as unknown as Libbpf;
    // libbpf's own messages go to stderr otherwise; what matters of them comes back as errno and verifier log.
    bindings.setPrint(null);
    loaded = bindings;
  }
  return loaded;
}

function onThread<Args extends unknown[]>(call: AsyncCall<Args>, ...args: Args): Promise<number> {
  return new Promise((resolve, reject) =>
    call.async(...args, (failure: unknown, result: number) =>
      failure ? reject(failure) : resolve(result),
    ),
  );
}

/** struct bpf_object_open_opts of libbpf 1.1: offsets of the members that are set here. */
const openOptions = { sizeBytes: 80, objectName: 8, logBuffer: 56, logBytes: 64 } as const;

/** Where the verifier's log of a failed load ends up; owned by the caller, and must outlive the object. */
export interface OpenRequest {
  readonly elf: Uint8Array;
  readonly name: string;
  readonly verifierLog: Uint8Array;
}

/**
 * bpf_object__open_mem: parses the ELF. Nothing is in the kernel yet.
 * @throws PwruError when libbpf cannot read the object.
 */
export function openObject(request: OpenRequest): ObjectHandle {
  const name = Buffer.from(`${request.name}\0`);
  const options = Buffer.alloc(openOptions.sizeBytes);
  options.writeBigUInt64LE(BigInt(openOptions.sizeBytes), 0);
  options.writeBigUInt64LE(addressOf(name), openOptions.objectName);
  options.writeBigUInt64LE(addressOf(request.verifierLog), openOptions.logBuffer);
  options.writeBigUInt64LE(BigInt(request.verifierLog.length), openOptions.logBytes);
  const object = libbpf().openMem(request.elf, request.elf.length, options);
  if (object === null)
    throw systemError(`Cannot open the BPF object ${request.name}`, koffi.errno());
  return object as ObjectHandle;
}

/** bpf_object__load on a thread: CO-RE relocation, maps, verifier. @returns 0 or a negative errno. */
export function loadObject(object: ObjectHandle): Promise<number> {
  return onThread(libbpf().load, object);
}

/** bpf_object__close: closes every map and program fd of the object and frees it. */
export function closeObject(object: ObjectHandle): void {
  libbpf().close(object);
}

/** The programs of an object by function name. */
export function programsOf(object: ObjectHandle): Map<string, ProgramHandle> {
  const programs = new Map<string, ProgramHandle>();
  let program = libbpf().nextProgram(object, null);
  while (program !== null) {
    programs.set(libbpf().programName(program), program as ProgramHandle);
    program = libbpf().nextProgram(object, program);
  }
  return programs;
}

/** Only before loading. */
export function setAutoload(program: ProgramHandle, autoload: boolean): void {
  libbpf().setAutoload(program, autoload);
}

/** The fd stays the object's. */
export function programFd(program: ProgramHandle): number {
  return libbpf().programFd(program);
}

export function findMap(object: ObjectHandle, name: string): MapHandle | undefined {
  return (libbpf().findMap(object, name) ?? undefined) as MapHandle | undefined;
}

/** The maps of an object by name; those of sections by the section's. */
export function mapsOf(object: ObjectHandle): Map<string, MapHandle> {
  const maps = new Map<string, MapHandle>();
  let map = libbpf().nextMap(object, null);
  while (map !== null) {
    maps.set(libbpf().mapName(map), map as MapHandle);
    map = libbpf().nextMap(object, map);
  }
  return maps;
}

/** The fd stays the object's. */
export function mapFd(map: MapHandle): number {
  return libbpf().mapFd(map);
}

/** Only before loading. @returns 0 or a negative errno. */
export function setMaxEntries(map: MapHandle, entries: number): number {
  return libbpf().setMaxEntries(map, entries);
}

/**
 * bpf_map__reuse_fd: the map becomes the one that `fd` is of, its size included. Only before loading.
 * @param fd stays the caller's; the object has one of its own from then on
 * @returns 0 or a negative errno.
 */
export function reuseMap(map: MapHandle, fd: number): number {
  return libbpf().reuseFd(map, fd);
}

/**
 * Memory of a .rodata or .data map, for writing before the object is loaded; owned by the object.
 * @returns undefined when the map has none.
 */
export function initialValue(map: MapHandle): Uint8Array | undefined {
  const size = Buffer.alloc(8);
  const address = libbpf().initialValue(map, size);
  if (address === null) return undefined;
  return new Uint8Array(koffi.view(address, Number(size.readBigUInt64LE(0))));
}

/**
 * bpf(BPF_MAP_CREATE) on a thread: the kernel clears a ring's memory at once. The caller owns the fd.
 * @throws PwruError SYSTEM or PRIVILEGE_MISSING.
 */
export async function createMap(request: {
  readonly type: number;
  readonly name: string;
  readonly keyBytes: number;
  readonly valueBytes: number;
  readonly maxEntries: number;
}): Promise<number> {
  const { type, name, keyBytes, valueBytes, maxEntries } = request;
  const fd = await onThread(
    libbpf().mapCreate,
    ...([type, name, keyBytes, valueBytes, maxEntries, null] as const),
  );
  if (fd < 0) {
    const hint = lockedMemoryHint(errnoName(-fd));
    throw systemError(`Cannot create the BPF map ${name} of ${maxEntries} entries${hint}`, -fd);
  }
  return fd;
}

/** bpf(BPF_MAP_UPDATE_ELEM). @returns 0 or a negative errno. */
export function updateMap(fd: number, key: Uint8Array, value: Uint8Array): number {
  return libbpf().mapUpdate(fd, key, value, 0);
}

/**
 * bpf(BPF_MAP_LOOKUP_ELEM).
 * @param value takes what is there; of the size that the map was made with.
 * @returns 0 or a negative errno.
 */
export function lookUpMap(fd: number, key: Uint8Array, value: Uint8Array): number {
  return libbpf().mapLookup(fd, key, value);
}

/** bpf(BPF_MAP_DELETE_ELEM). @returns 0 or a negative errno. */
export function deleteFromMap(fd: number, key: Uint8Array): number {
  return libbpf().mapDelete(fd, key);
}

/**
 * Number of entries of a hash map, counted by BPF_MAP_LOOKUP_BATCH (kernel 5.6): exact while nothing changes the map.
 * @returns undefined when the kernel cannot tell.
 */
export function countEntries(fd: number, keyBytes: number, valueBytes: number): number | undefined {
  const batch = 4096;
  const keys = Buffer.alloc(batch * keyBytes);
  const values = Buffer.alloc(batch * valueBytes);
  const count = Buffer.alloc(4);
  let cursor: Buffer | null = null;
  let total = 0;
  for (;;) {
    const next: Buffer = Buffer.alloc(Math.max(8, keyBytes));
    count.writeUInt32LE(batch, 0);
    const result = libbpf().mapLookupBatch(fd, cursor, next, keys, values, count, null);
    if (result !== 0 && result !== -constants.errno.ENOENT) return undefined;
    total += count.readUInt32LE(0);
    if (result !== 0) return total;
    cursor = next;
  }
}

/** enum bpf_attach_type (include/uapi/linux/bpf.h). */
const attachTypes = { perfEvent: 41, kprobeMulti: 42 } as const;

/** struct bpf_link_create_opts of libbpf 1.1: offsets. */
const linkOptions = {
  sizeBytes: 64,
  perfCookie: 32,
  multiCount: 36,
  multiAddresses: 48,
  multiCookies: 56,
} as const;

/**
 * bpf(BPF_LINK_CREATE) of one kprobe.multi link by addresses (kernel 5.18), on a thread.
 * @param addresses and `cookies`: one entry per function, same length.
 * @returns the link's fd, which the caller owns, or a negative errno: nothing is attached then.
 */
export async function attachKprobeMulti(
  programFileDescriptor: number,
  addresses: BigUint64Array,
  cookies: BigUint64Array,
): Promise<number> {
  const options = Buffer.alloc(linkOptions.sizeBytes);
  options.writeBigUInt64LE(BigInt(linkOptions.sizeBytes), 0);
  options.writeUInt32LE(addresses.length, linkOptions.multiCount);
  const addressBytes = new Uint8Array(addresses.buffer, addresses.byteOffset, addresses.byteLength);
  const cookieBytes = new Uint8Array(cookies.buffer, cookies.byteOffset, cookies.byteLength);
  options.writeBigUInt64LE(addressOf(addressBytes), linkOptions.multiAddresses);
  options.writeBigUInt64LE(addressOf(cookieBytes), linkOptions.multiCookies);
  const fd = await onThread(
    libbpf().linkCreate,
    programFileDescriptor,
    0,
    attachTypes.kprobeMulti,
    options,
  );
  // Keeps the buffers alive until the kernel has read them.
  addressBytes.at(0);
  cookieBytes.at(0);
  return fd;
}

/**
 * bpf(BPF_LINK_CREATE) of a perf event with a cookie (kernel 5.15), on a thread.
 * @returns the link's fd, which the caller owns, or a negative errno. The link holds the perf event.
 */
export function attachPerfEvent(
  programFileDescriptor: number,
  perfFd: number,
  cookie: bigint,
): Promise<number> {
  const options = Buffer.alloc(linkOptions.sizeBytes);
  options.writeBigUInt64LE(BigInt(linkOptions.sizeBytes), 0);
  options.writeBigUInt64LE(cookie, linkOptions.perfCookie);
  return onThread(
    libbpf().linkCreate,
    programFileDescriptor,
    perfFd,
    attachTypes.perfEvent,
    options,
  );
}

/** bpf(BPF_RAW_TRACEPOINT_OPEN). @returns the link's fd, which the caller owns, or a negative errno. */
export function attachRawTracepoint(programFileDescriptor: number, name: string): Promise<number> {
  return onThread(libbpf().rawTracepointOpen, name, programFileDescriptor);
}

/** include/uapi/linux/bpf.h: the command, and the members of union bpf_attr that it reads. */
const rawTracepointOpen = {
  command: 17,
  sizeBytes: 24,
  name: 0,
  programFd: 8,
  cookie: 16,
} as const;

/** The same with a cookie for bpf_get_attach_cookie() (Linux 6.10; libbpf 1.4). */
export async function attachRawTracepointWithCookie(
  programFileDescriptor: number,
  name: string,
  cookie: bigint,
): Promise<number> {
  const nameBytes = Buffer.from(`${name}\0`);
  const attr = Buffer.alloc(rawTracepointOpen.sizeBytes);
  attr.writeBigUInt64LE(addressOf(nameBytes), rawTracepointOpen.name);
  attr.writeInt32LE(programFileDescriptor, rawTracepointOpen.programFd);
  attr.writeBigUInt64LE(cookie, rawTracepointOpen.cookie);
  const fd = await bpfCall(rawTracepointOpen.command, attr);
  // Keeps the name alive until the kernel has read it.
  nameBytes.at(0);
  return fd;
}

/**
 * bpf(BPF_OBJ_GET_INFO_BY_FD): the first `lengthBytes` of the info struct (zero where the kernel knows less).
 * @param info what the struct holds before: room for lists of the object
 * @returns undefined when the kernel refuses.
 */
export function objectInfo(
  fd: number,
  lengthBytes: number,
  info = Buffer.alloc(lengthBytes),
): Buffer | undefined {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(lengthBytes, 0);
  return libbpf().infoByFd(fd, info, length) === 0 ? info : undefined;
}

/**
 * bpf(BPF_PROG_GET_NEXT_ID), which takes CAP_SYS_ADMIN.
 * @param after 0 for the first one
 * @returns the id of a loaded program, or a negative errno: ENOENT after the last one.
 */
export function nextProgramId(after: number): number {
  const next = Buffer.alloc(4);
  const result = libbpf().nextProgramId(after, next);
  return result < 0 ? result : next.readUInt32LE(0);
}

/** bpf(BPF_PROG_GET_FD_BY_ID), which takes CAP_SYS_ADMIN. @returns an fd, which the caller owns, or a negative errno. */
export function programFdById(id: number): number {
  return libbpf().programFdById(id);
}

/** struct bpf_test_run_opts of libbpf 1.1: offsets. */
const testRunOptions = { sizeBytes: 80, contextIn: 32, contextInBytes: 48, retval: 56 } as const;

/**
 * bpf(BPF_PROG_TEST_RUN) of a raw tracepoint program (kernel 5.10): runs it once, as if the tracepoint had been hit with
 * these arguments.
 * @returns the program's return value.
 * @throws PwruError SYSTEM or PRIVILEGE_MISSING.
 */
export function runRawTracepointProgram(
  programFileDescriptor: number,
  tracepointArguments: BigUint64Array,
): number {
  const { buffer, byteOffset, byteLength } = tracepointArguments;
  return runSyscallProgram(programFileDescriptor, new Uint8Array(buffer, byteOffset, byteLength));
}

/**
 * bpf(BPF_PROG_TEST_RUN) of a SEC("syscall") program: runs it once with `context`, which it may write to.
 * @returns the program's return value.
 * @throws PwruError SYSTEM or PRIVILEGE_MISSING.
 */
export function runSyscallProgram(programFileDescriptor: number, context: Uint8Array): number {
  const options = Buffer.alloc(testRunOptions.sizeBytes);
  options.writeBigUInt64LE(BigInt(testRunOptions.sizeBytes), 0);
  options.writeBigUInt64LE(addressOf(context), testRunOptions.contextIn);
  options.writeUInt32LE(context.length, testRunOptions.contextInBytes);
  const result = libbpf().testRun(programFileDescriptor, options);
  if (result < 0) throw systemError('Cannot run the BPF program', -result);
  return options.readUInt32LE(testRunOptions.retval);
}
