import type { CodeRange, CodeSymbol } from './code-symbol.ts';
import { digitsOf, KallsymsLines, PAGE_BYTES } from './kallsyms-lines.ts';
import type { LoadedModule } from './loaded-modules.ts';

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
const BPF = 'bpf';
const BPF_PROGRAM = 'bpf_prog_';
const BUILTIN = '__builtin__';

/**
 * What code that comes and goes lies at an address: of modules, BPF programs and trampolines, looked up in their part of
 * /proc/kallsyms itself. It has no order: the lines of code are sorted when first needed.
 *
 * An address is in the function of the nearest symbol below it only where code is known to be: in a module within the place and
 * the size that /proc/modules gives, in a BPF program as far as it is long. Anywhere else something lies that these texts do not
 * know.
 */
export class ModuleCode {
  readonly #lines: KallsymsLines;
  readonly #modules: ReadonlyMap<string, LoadedModule>;
  /** By their first address. */
  readonly #programs: ReadonlyMap<bigint, CodeRange> | undefined;
  #sorted: SortedLines | undefined;

  /** @param text the lines behind vmlinux's. */
  constructor(text: string, { modules = [], programs }: LoadedCode = {}) {
    this.#lines = new KallsymsLines(text);
    this.#modules = new Map(modules.map((module) => [module.name, module]));
    this.#programs = programs && new Map(programs.map((range) => [range.begin, range]));
  }

  /**
   * The function at an address; of several symbols at one place the first that the kernel lists, as its own look-up does.
   * Undefined where no code is known to be.
   */
  nearest(address: bigint): CodeSymbol | undefined {
    const found = this.#lines.symbolAt(this.#lineOf(address), address);
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
    if (address >= this.#codeEnd(module)) return false;
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

  /** The end of the page on which a module's last symbol lies. */
  #codeEnd(module: string): bigint {
    return this.#lines.endOfPage(this.#sortedLines().last.get(module) ?? -1);
  }

  #lineOf(address: bigint): number {
    const digits = digitsOf(address);
    const { starts } = this.#sortedLines();
    const digitsAt = (index: number) => this.#lines.digitsAt(starts[index] ?? 0);
    let begin = 0;
    let end = starts.length;
    while (begin < end) {
      const middle = (begin + end) >>> 1;
      if (digitsAt(middle) <= digits) begin = middle + 1;
      else end = middle;
    }
    let index = begin - 1;
    const found = digitsAt(index);
    while (index > 0 && digitsAt(index - 1) === found) index--;
    return starts[index] ?? -1;
  }

  #sortedLines(): SortedLines {
    this.#sorted ??= sortLines(this.#lines);
    return this.#sorted;
  }
}

interface SortedLines {
  /** Where the lines of code begin, by address, then as listed. */
  readonly starts: Uint32Array;
  /** The last of these lines of each module. */
  readonly last: ReadonlyMap<string, number>;
}

function sortLines(lines: KallsymsLines): SortedLines {
  const code = /^[0-9a-f]{16} [tTwW] [^\t\n]*\t\[([^\]\n]*)\]/gm;
  const found: { readonly start: number; readonly digits: string; readonly module: string }[] = [];
  for (let match = code.exec(lines.text); match !== null; match = code.exec(lines.text)) {
    const [, module = ''] = match;
    found.push({ start: match.index, digits: lines.digitsAt(match.index), module });
  }
  // A stable sort: aliases stay as listed.
  found.sort((a, b) => (a.digits < b.digits ? -1 : Number(a.digits > b.digits)));
  return {
    starts: Uint32Array.from(found, ({ start }) => start),
    last: new Map(found.map(({ module, start }) => [module, start])),
  };
}
