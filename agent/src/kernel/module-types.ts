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
    this.#functions ??= findSkbFunctions(this.btf, this.#types);
    return this.#functions;
  }

  get tracepoints(): readonly SkbTracepoint[] {
    this.#tracepoints ??= findSkbTracepoints(this.btf, this.#types);
    return this.#tracepoints;
  }

  get #types(): SkbTypes {
    const vmlinux = this.#vmlinux;
    this.#skbTypes ??= new SkbTypes(this.btf, vmlinux === undefined ? undefined : vmlinux.#types);
    return this.#skbTypes;
  }
}
