import type { Btf } from '../core/btf/btf.ts';
import { PwruError } from '../core/errors.ts';
import { hasReadOnlyCast } from './kernel-features.ts';

/** The compiled BPF object of a session's programs, in its two forms. */
export class ProgramObjects {
  readonly #plain: Uint8Array;
  readonly #withCast: Uint8Array;
  #castRefusal: string | undefined;
  /** Settles when nothing is being loaded. */
  #idle: Promise<unknown> = Promise.resolve();

  /** @param withCast for kernels with the kfunc bpf_rdonly_cast */
  constructor({ plain, withCast }: { plain: Uint8Array; withCast: Uint8Array }) {
    this.#plain = plain;
    this.#withCast = withCast;
  }

  /** Why this kernel does not take programs with bpf_rdonly_cast, though it has it; undefined when it does. */
  get castRefusal(): string | undefined {
    return this.#castRefusal;
  }

  /**
   * Loads the form that is for this kernel. Where the kernel has the kfunc and the verifier refuses what uses it, the plain form
   * is taken, from then on at once.
   *
   * One after the other: while it loads, an object takes 20 MB for itself and the kernel's BTF, and the verifier a CPU.
   * @param load may be called twice
   * @throws what `load` threw last
   */
  load<T>(vmlinux: Btf, load: (elf: Uint8Array) => Promise<T>): Promise<T> {
    const loading = this.#idle.then(() => this.#load(vmlinux, load));
    this.#idle = loading.catch(() => {});
    return loading;
  }

  async #load<T>(vmlinux: Btf, load: (elf: Uint8Array) => Promise<T>): Promise<T> {
    if (this.#castRefusal !== undefined || !hasReadOnlyCast(vmlinux)) return load(this.#plain);
    try {
      return await load(this.#withCast);
    } catch (thrown) {
      if (!(thrown instanceof PwruError) || thrown.details.refusal?.cause !== 'verifier')
        throw thrown;
      const loaded = await load(this.#plain);
      this.#castRefusal = thrown.details.refusal.text;
      return loaded;
    }
  }
}
