import type { Btf } from '../../core/btf/btf.ts';
import { PwruError } from '../../core/errors.ts';
import { hasReadOnlyCast } from './features.ts';
import { isSlotProgram, isTracepointProgram } from './tracepoints.ts';

/** An object in bpf/ without and with the kfunc bpf_rdonly_cast; slots, for older kernels, has no form with it. */
type CastObject = 'functions' | 'tracepoints';
type ObjectName = CastObject | `${CastObject}-cast` | 'slots' | 'session_maps' | 'softirqs';

/** The compiled BPF objects of sessions' programs. */
export class ProgramObjects {
  readonly #read: (name: ObjectName) => Uint8Array;
  readonly #known = new Map<ObjectName, Uint8Array>();
  #castRefusal: string | undefined;
  /** Settles when nothing is being loaded. */
  #idle: Promise<unknown> = Promise.resolve();

  /** @param read gives an object's file; called once for each that is needed */
  constructor(read: (name: ObjectName) => Uint8Array) {
    this.#read = read;
  }

  /** The object of a session's maps. */
  get maps(): Uint8Array {
    return this.#object('session_maps');
  }

  /** Why this kernel does not take programs with bpf_rdonly_cast, though it has it; undefined when it does. */
  get castRefusal(): string | undefined {
    return this.#castRefusal;
  }

  /**
   * Loads the object that has these programs, in the form that is for this kernel. Where the kernel has the kfunc and the
   * verifier refuses what uses it, the plain form is taken, from then on at once.
   *
   * One after the other: while it loads, an object takes 20 MB for itself and the kernel's BTF, and the verifier a CPU.
   * @param load may be called twice
   * @throws what `load` threw last
   */
  load<T>(
    vmlinux: Btf,
    programs: readonly string[],
    load: (elf: Uint8Array) => Promise<T>,
  ): Promise<T> {
    return this.#inTurn(() => {
      if (programs.some(isSlotProgram)) return load(this.#object('slots'));
      const name = programs.some(isTracepointProgram) ? 'tracepoints' : 'functions';
      return this.#load(name, vmlinux, load);
    });
  }

  /** The same of the object that counts blind softirqs. */
  loadSoftirqs<T>(load: (elf: Uint8Array) => Promise<T>): Promise<T> {
    return this.#inTurn(() => load(this.#object('softirqs')));
  }

  #inTurn<T>(load: () => Promise<T>): Promise<T> {
    const loading = this.#idle.then(load);
    this.#idle = loading.catch(() => {});
    return loading;
  }

  async #load<T>(
    name: CastObject,
    vmlinux: Btf,
    load: (elf: Uint8Array) => Promise<T>,
  ): Promise<T> {
    if (this.#castRefusal !== undefined || !hasReadOnlyCast(vmlinux))
      return load(this.#object(name));
    try {
      return await load(this.#object(`${name}-cast`));
    } catch (thrown) {
      if (!(thrown instanceof PwruError) || thrown.details.refusal?.cause !== 'verifier')
        throw thrown;
      const loaded = await load(this.#object(name));
      this.#castRefusal = thrown.details.refusal.text;
      return loaded;
    }
  }

  #object(name: ObjectName): Uint8Array {
    const elf = this.#known.get(name) ?? this.#read(name);
    this.#known.set(name, elf);
    return elf;
  }
}
