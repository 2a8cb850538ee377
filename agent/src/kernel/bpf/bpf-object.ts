import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PwruError } from '../../core/errors.ts';
import { explainVerifierLog } from '../../core/refusal/explain-refusal.ts';
import { errnoName } from '../../native/errno.ts';
import {
  closeObject,
  findMap,
  initialValue,
  loadObject,
  type MapHandle,
  mapFd,
  mapsOf,
  type ObjectHandle,
  openObject,
  type ProgramHandle,
  programFd,
  programsOf,
  reuseMap,
  setAutoload,
  setMaxEntries,
} from '../../native/libbpf.ts';
import { bpfError, refusalError } from '../refusal-error.ts';
import { readRestrictions } from '../restrictions.ts';

const verifierLogBytes = 1 << 20;

/** How an object is prepared between opening and loading. */
export interface ObjectSpec {
  readonly elf: Uint8Array;
  readonly name: string;
  /** Programs to load, by function name; all others are left out. */
  readonly programs: readonly string[];
  /** Bytes to write at the start of read-only or data maps, by map name (".rodata.config"). */
  readonly initialValues?: Readonly<Record<string, Uint8Array>>;
  /** Sizes of maps that depend on the machine or the session, by map name. */
  readonly maxEntries?: Readonly<Record<string, number>>;
  /** Maps of another object, by name: the object has these in place of its own. The fds stay their owner's. */
  readonly shared?: ReadonlyMap<string, number>;
}

/**
 * A loaded BPF object: owner of its programs and maps, whose fds die with it. A map that it shares lives as long as one that
 * has it. Nothing is pinned.
 */
export class BpfObject implements Disposable {
  readonly #object: ObjectHandle;
  /** libbpf keeps the buffer's address while the object lives. */
  readonly #verifierLog: Uint8Array;
  readonly #programs: ReadonlyMap<string, ProgramHandle>;
  #closed = false;

  private constructor(object: ObjectHandle, verifierLog: Uint8Array) {
    this.#object = object;
    this.#verifierLog = verifierLog;
    this.#programs = programsOf(object);
  }

  /**
   * Opens, prepares and loads an object; the verifier runs on a thread.
   * @throws PwruError PRIVILEGE_MISSING when the kernel forbids BPF, KERNEL_FEATURE_MISSING with the verifier's last
   *   lines when it rejects a program, SYSTEM otherwise.
   */
  static async load(spec: ObjectSpec): Promise<BpfObject> {
    const verifierLog = new Uint8Array(verifierLogBytes);
    const object = new BpfObject(
      openObject({ elf: spec.elf, name: spec.name, verifierLog }),
      verifierLog,
    );
    try {
      object.#prepare(spec);
      const result = await loadObject(object.#object);
      if (result < 0) throw object.#loadError(spec, -result);
      return object;
    } catch (failure) {
      object[Symbol.dispose]();
      throw failure;
    }
  }

  /** Fd of a loaded program; stays this object's. */
  programFd(name: string): number {
    return programFd(this.#program(name));
  }

  /** Fd of a map; stays this object's. */
  mapFd(name: string): number {
    return mapFd(this.#map(name));
  }

  /** All maps by name; the fds stay this object's. */
  mapFds(): Map<string, number> {
    return new Map([...mapsOf(this.#object)].map(([name, map]) => [name, mapFd(map)]));
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    closeObject(this.#object);
  }

  #prepare(spec: ObjectSpec): void {
    const wanted = new Set(spec.programs);
    for (const [name, program] of this.#programs) setAutoload(program, wanted.has(name));
    for (const [name, entries] of Object.entries(spec.maxEntries ?? {})) {
      setMaxEntries(this.#map(name), entries);
    }
    for (const [name, fd] of spec.shared ?? []) {
      const result = reuseMap(this.#map(name), fd);
      if (result < 0) throw bpfError(`Cannot share the BPF map ${name}`, errnoName(-result));
    }
    for (const [name, bytes] of Object.entries(spec.initialValues ?? {})) {
      const memory = initialValue(this.#map(name));
      if (memory === undefined || memory.length < bytes.length) {
        throw new PwruError(
          'SYSTEM',
          `Cannot set ${bytes.length} bytes of map ${name}: it has ${memory?.length ?? 0}`,
        );
      }
      memory.set(bytes);
    }
  }

  #program(name: string): ProgramHandle {
    const program = this.#programs.get(name);
    if (program === undefined) throw new PwruError('SYSTEM', `Cannot find BPF program ${name}`);
    return program;
  }

  #map(name: string): MapHandle {
    const map = findMap(this.#object, name);
    if (map === undefined) throw new PwruError('SYSTEM', `Cannot find BPF map ${name}`);
    return map;
  }

  #loadError(spec: ObjectSpec, errno: number): PwruError {
    const name = errnoName(errno);
    const action = `Cannot load the BPF object ${spec.name}`;
    const log = lastLogLines(this.#verifierLog);
    if (log === '') return bpfError(action, name);
    const restriction = explainVerifierLog(log, readRestrictions());
    if (restriction !== undefined) return refusalError(action, restriction);
    return refusalError(action, { cause: 'verifier', text: `${name}, the verifier says: ${log}` });
  }
}

/**
 * The verifier's reason: the last lines before its statistics, on one line. Linux 7.3 puts a report of many lines behind them,
 * which begins with "Verification failed".
 */
function lastLogLines(log: Uint8Array): string {
  const end = log.indexOf(0);
  const text = Buffer.from(log.buffer, log.byteOffset, end < 0 ? log.length : end).toString();
  const [reason = ''] = text.split(/^Verification failed: /m);
  const lines = reason
    .split('\n')
    .filter(
      (line) => line !== '' && !/^(processed \d+ insns|verification time|stack depth)/.test(line),
    );
  return lines.slice(-3).join(' | ');
}

/** Beside the bundle; when the sources run, in the build's output. */
const folders = [
  join(import.meta.dirname, 'bpf'),
  join(import.meta.dirname, '..', '..', '..', '..', 'dist', 'bpf'),
];

/**
 * The compiled BPF object for this machine's architecture.
 * @param name without suffixes, for instance `pwru`.
 * @throws PwruError LIBRARY_MISSING naming the file.
 */
export function readProgramFile(name: string): Uint8Array {
  const file = `${name}.${process.arch}.bpf.o`;
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, file));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
    }
  }
  throw new PwruError(
    'LIBRARY_MISSING',
    `Cannot find the BPF object ${file} beside the executable (machine ${process.arch}; build it with: npm run build)`,
    { subject: file },
  );
}
