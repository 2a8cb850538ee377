import { Btf } from '../core/btf/btf.ts';
import {
  findSkbFunctions,
  findSkbTracepoints,
  type SkbFunction,
  type SkbTracepoint,
} from '../core/btf/skb-functions.ts';
import { SkbTypes } from '../core/btf/skb-types.ts';

/** What the BTF of vmlinux or of a module says about skbs, computed when first asked for. */
export class ModuleTypes {
  /** Empty for vmlinux. */
  readonly module: string;
  readonly btf: Btf;
  readonly #vmlinux: ModuleTypes | undefined;
  /** Of vmlinux alone: every module's are found from them. */
  #skbTypes: SkbTypes | undefined;
  #functions: readonly SkbFunction[] | undefined;
  #tracepoints: readonly SkbTracepoint[] | undefined;

  private constructor(module: string, btf: Btf, vmlinux: ModuleTypes | undefined) {
    this.module = module;
    this.btf = btf;
    this.#vmlinux = vmlinux;
  }

  /** @throws PwruError KERNEL_FEATURE_MISSING when the bytes are no BTF. */
  static ofVmlinux(bytes: Uint8Array): ModuleTypes {
    return new ModuleTypes('', new Btf('vmlinux', bytes), undefined);
  }

  /** @throws PwruError KERNEL_FEATURE_MISSING when the bytes are no BTF. */
  static ofModule(module: string, bytes: Uint8Array, vmlinux: ModuleTypes): ModuleTypes {
    return new ModuleTypes(module, new Btf(module, bytes, vmlinux.btf), vmlinux);
  }

  get functions(): readonly SkbFunction[] {
    if (this.#functions === undefined) this.#search('functions');
    return this.#functions ?? [];
  }

  get tracepoints(): readonly SkbTracepoint[] {
    if (this.#tracepoints === undefined) this.#search('tracepoints');
    return this.#tracepoints ?? [];
  }

  /**
   * In a module for both at once: what its types are to an skb takes a byte for each type of vmlinux, too, and is not kept. In
   * vmlinux, where each takes its time, for what is asked.
   */
  #search(what: 'functions' | 'tracepoints'): void {
    const vmlinux = this.#vmlinux;
    const types =
      vmlinux === undefined
        ? this.#vmlinuxTypes()
        : new SkbTypes(this.btf, vmlinux.#vmlinuxTypes());
    const isModule = vmlinux !== undefined;
    if (isModule || what === 'functions') this.#functions = findSkbFunctions(this.btf, types);
    if (isModule || what === 'tracepoints') this.#tracepoints = findSkbTracepoints(this.btf, types);
  }

  #vmlinuxTypes(): SkbTypes {
    this.#skbTypes ??= new SkbTypes(this.btf);
    return this.#skbTypes;
  }
}
