import type { CodeRange, CodeSymbol } from './code-symbol.ts';
import type { LoadedModule } from './function-lists.ts';
import { PAGE_BYTES } from './kallsyms-lines.ts';
import type { LoadedLines } from './loaded-lines.ts';

/** What was loaded when kallsyms was read. */
export interface LoadedCode {
  /** From just before it was read; a module that is missing here ends with the page of its last symbol. */
  readonly modules?: readonly LoadedModule[];
  /** BPF programs and their functions, from just after it was read; undefined where that is not known. */
  readonly programs?: readonly CodeRange[] | undefined;
}

/** Farther behind its symbol than this, an address is in no BPF program where it is not known how long it is. */
const LONGEST_BPF_PROGRAM_BYTES = 0x1_0000n;

/** What kallsyms says of a BPF program or trampoline, and of the pages that the kernel makes for ftrace and for kprobes. */
export const BPF = 'bpf';
const BPF_PROGRAM = 'bpf_prog_';
export const BUILTIN = '__builtin__';

/**
 * What code that comes and goes lies at an address: of modules, BPF programs and trampolines.
 *
 * An address is in the function of the nearest symbol below it only where code is known to be: in a module within the place and
 * the size that /proc/modules gives, in a BPF program as far as it is long. Anywhere else something lies that these texts do not
 * know.
 */
export class ModuleCode {
  readonly #parts: readonly LoadedLines[];
  readonly #modules: ReadonlyMap<string, LoadedModule>;
  /** By their first address. */
  readonly #programs: ReadonlyMap<bigint, CodeRange> | undefined;

  /** @param parts of /proc/kallsyms behind vmlinux's, in their order. */
  constructor(parts: readonly LoadedLines[], { modules = [], programs }: LoadedCode = {}) {
    this.#parts = parts;
    this.#modules = new Map(modules.map((module) => [module.name, module]));
    this.#programs = programs && new Map(programs.map((range) => [range.begin, range]));
  }

  /**
   * The function at an address; of several symbols at one place the first that the kernel lists, as its own look-up does.
   * Undefined where no code is known to be.
   */
  nearest(address: bigint): CodeSymbol | undefined {
    const found = nearestOf(this.#parts.map((part) => part.nearest(address)));
    return found !== undefined && this.#isWithin(found, address) ? found : undefined;
  }

  /**
   * Whether nothing but this module's code can lie at an address for as long as the module is loaded: between two of its
   * symbols or on the page of its last one.
   */
  isInsideModule(address: bigint): boolean {
    const found = this.nearest(address);
    // While a module is being loaded, symbols of its __init code are listed, too.
    return found !== undefined && this.#modules.get(found.module)?.isLive === true;
  }

  /** Whether a symbol's module, or what else it is of, reaches to the address. */
  #isWithin({ symbol, module, offsetBytes }: CodeSymbol, address: bigint): boolean {
    const symbolAddress = address - BigInt(offsetBytes);
    if (module === BPF) return address < this.#bpfCodeEnd(symbol, symbolAddress);
    if (module.startsWith(BUILTIN)) return address / PAGE_BYTES === symbolAddress / PAGE_BYTES;
    const loaded = this.#modules.get(module);
    // The size counts data, too, which has not lain behind the code since Linux 6.4: another module's code may.
    if (this.#parts.every((part) => address >= part.codeEnd(module))) return false;
    if (loaded === undefined || loaded.address === 0n) return true;
    const end = loaded.address + BigInt(loaded.sizeBytes);
    return symbolAddress >= loaded.address && address < end;
  }

  #bpfCodeEnd(symbol: string, begin: bigint): bigint {
    // Trampolines and dispatchers have a page at most (arch_prepare_bpf_trampoline).
    if (!symbol.startsWith(BPF_PROGRAM)) return begin + PAGE_BYTES;
    if (this.#programs === undefined) return begin + LONGEST_BPF_PROGRAM_BYTES;
    return this.#programs.get(begin)?.end ?? begin;
  }
}

/** The nearest symbol of several parts; of two at one place the first. */
function nearestOf(symbols: ReadonlyArray<CodeSymbol | undefined>): CodeSymbol | undefined {
  let nearest: CodeSymbol | undefined;
  for (const found of symbols) {
    if (found !== undefined && (nearest === undefined || found.offsetBytes < nearest.offsetBytes))
      nearest = found;
  }
  return nearest;
}
