import type { LoadedModule } from './function-lists.ts';
import { plainName } from './symbol-lines.ts';

/** A code address in words: the function that it lies in. */
export interface CodeSymbol {
  readonly symbol: string;
  readonly offsetBytes: number;
  /** Empty for vmlinux. */
  readonly module: string;
}

/** Code in the kernel, from `begin` up to and without `end`. */
export interface CodeRange {
  readonly begin: bigint;
  readonly end: bigint;
}

/** What was loaded when kallsyms was read. */
export interface LoadedCode {
  /** From just before it was read; a module that is missing here ends with the page of its last symbol. */
  readonly modules?: readonly LoadedModule[];
  /** BPF programs and their functions, from just after it was read; undefined where that is not known. */
  readonly programs?: readonly CodeRange[] | undefined;
}

/** A module's code begins and ends with a page, on each architecture at least this long. */
const PAGE_BYTES = 0x1000n;

/** Farther behind its symbol than this, an address is in no BPF program where it is not known how long it is. */
const LONGEST_BPF_PROGRAM_BYTES = 0x1_0000n;

/** What kallsyms says of a BPF program or trampoline, and of the pages that the kernel makes for ftrace and for kprobes. */
const BPF = 'bpf';
const BPF_PROGRAM = 'bpf_prog_';
const BUILTIN = '__builtin__';

const ADDRESS_DIGITS = 16;
/** Before the name: the address, a blank, the letter, a blank. */
const PREFIX_LENGTH = ADDRESS_DIGITS + 3;

/** Letters of code: t and T (local and global), w and W (weak). */
const textTypes = new Set('tTwW');

/**
 * What code lies at an address, looked up in the text of /proc/kallsyms itself: addresses have 16 digits, so that they
 * order as text does.
 *
 * vmlinux comes first, in the order of the addresses (the kernel's own look-up halves the same list: get_symbol_pos,
 * kernel/kallsyms.c); some symbols of per-CPU data at its beginning stand out of order, all below any code. Modules follow
 * in no order: their lines are sorted when first needed.
 *
 * An address is in the function of the nearest symbol below it only where code is known to be: in vmlinux between _stext
 * and _etext (what comes after is __init code, whose memory has been given back), in a module within the place and the size
 * that /proc/modules gives, in a BPF program as far as it is long. Anywhere else something lies that these texts do not know.
 */
export class CodeAddresses {
  readonly #text: string;
  readonly #modules: ReadonlyMap<string, LoadedModule>;
  /** By their first address. */
  readonly #programs: ReadonlyMap<bigint, CodeRange> | undefined;
  /** Where vmlinux's part ends in the text. */
  readonly #vmlinuxEnd: number;
  #vmlinuxCode: CodeRange | undefined;
  #moduleCode: ModuleCode | undefined;

  constructor(kallsyms: string, { modules = [], programs }: LoadedCode = {}) {
    this.#text = kallsyms;
    this.#modules = new Map(modules.map((module) => [module.name, module]));
    this.#programs = programs && new Map(programs.map((range) => [range.begin, range]));
    const bracket = kallsyms.indexOf('\t[');
    this.#vmlinuxEnd = bracket === -1 ? kallsyms.length : this.#lineStart(bracket);
  }

  /**
   * The function at an address; of several symbols at one place the first that the kernel lists, as its own look-up does.
   * Undefined where no code is known to be.
   */
  nearest(address: bigint): CodeSymbol | undefined {
    if (this.isVmlinux(address)) return this.#symbolAt(this.#vmlinuxLine(address), address);
    const found = this.#symbolAt(this.#moduleLine(address), address);
    return found !== undefined && this.#isWithin(found, address) ? found : undefined;
  }

  /** Whether the address lies in vmlinux's code, which never changes its place. */
  isVmlinux(address: bigint): boolean {
    this.#vmlinuxCode ??= this.#findVmlinuxCode();
    const { begin, end } = this.#vmlinuxCode;
    return address >= begin && address < end;
  }

  /**
   * Whether nothing but this module's code can lie at an address for as long as the module is loaded: between two of its
   * symbols or on the page of its last one.
   */
  isInsideModule(address: bigint): boolean {
    const found = this.#symbolAt(this.#moduleLine(address), address);
    if (found === undefined || !this.#isWithin(found, address)) return false;
    // While a module is being loaded, symbols of its __init code are listed, too.
    return this.#modules.get(found.module)?.isLive === true;
  }

  #findVmlinuxCode(): CodeRange {
    const begin = this.#addressOf('_stext') ?? this.#firstCodeAddress();
    const end =
      this.#addressOf('_etext') ?? this.#endOfPage(this.#firstOfItsAddress(this.#vmlinuxEnd));
    return { begin, end };
  }

  #addressOf(mark: string): bigint | undefined {
    const at = this.#text.indexOf(` T ${mark}\n`);
    return at < ADDRESS_DIGITS ? undefined : this.#addressAt(at - ADDRESS_DIGITS);
  }

  #firstCodeAddress(): bigint {
    const at = /^[0-9a-f]{16} [tTwW] /m.exec(this.#text)?.index;
    return at === undefined || at >= this.#vmlinuxEnd ? 0n : (this.#addressAt(at) ?? 0n);
  }

  #endOfPage(line: number): bigint {
    const address = line < 0 ? undefined : this.#addressAt(line);
    return address === undefined ? 0n : (address / PAGE_BYTES + 1n) * PAGE_BYTES;
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
    return this.#endOfPage(this.#sortedModules().lastLines.get(module) ?? -1);
  }

  /** Start of the line of vmlinux that names an address; -1 when there is none. */
  #vmlinuxLine(address: bigint): number {
    const digits = digitsOf(address);
    let begin = 0;
    let end = this.#vmlinuxEnd;
    // Lines that start before `begin` are at or below the address, those that start at `end` or later above it.
    while (begin < end) {
      const middle = this.#lineStart((begin + end) >>> 1);
      if (this.#digitsAt(middle) <= digits) begin = this.#nextLine(middle);
      else end = middle;
    }
    return this.#firstOfItsAddress(begin);
  }

  /** The first line of code with the address of the last one before `end`; -1 when there is none. */
  #firstOfItsAddress(end: number): number {
    let first = -1;
    for (let line = this.#lineBefore(end); line >= 0; line = this.#lineBefore(line)) {
      if (first !== -1 && this.#digitsAt(line) !== this.#digitsAt(first)) break;
      if (this.#isCode(line)) first = line;
    }
    return first;
  }

  #moduleLine(address: bigint): number {
    const digits = digitsOf(address);
    const { lines } = this.#sortedModules();
    let begin = 0;
    let end = lines.length;
    while (begin < end) {
      const middle = (begin + end) >>> 1;
      if (this.#digitsAt(lines[middle] ?? 0) <= digits) begin = middle + 1;
      else end = middle;
    }
    let index = begin - 1;
    const found = this.#digitsAt(lines[index] ?? 0);
    while (index > 0 && this.#digitsAt(lines[index - 1] ?? 0) === found) index--;
    return lines[index] ?? -1;
  }

  #sortedModules(): ModuleCode {
    this.#moduleCode ??= this.#sortModuleLines();
    return this.#moduleCode;
  }

  #sortModuleLines(): ModuleCode {
    const code = /^[0-9a-f]{16} [tTwW] [^\t\n]*\t\[([^\]\n]*)\]/gm;
    code.lastIndex = this.#vmlinuxEnd;
    const found: { readonly start: number; readonly digits: string; readonly module: string }[] =
      [];
    for (let match = code.exec(this.#text); match !== null; match = code.exec(this.#text)) {
      const [, module = ''] = match;
      found.push({ start: match.index, digits: this.#digitsAt(match.index), module });
    }
    // A stable sort: aliases stay as listed.
    found.sort((a, b) => (a.digits < b.digits ? -1 : Number(a.digits > b.digits)));
    return {
      lines: Uint32Array.from(found, ({ start }) => start),
      lastLines: new Map(found.map(({ module, start }) => [module, start])),
    };
  }

  #symbolAt(line: number, address: bigint): CodeSymbol | undefined {
    const begin = line < 0 ? undefined : this.#addressAt(line);
    // Only lines that are not in their order lead to one that is above.
    if (begin === undefined || begin > address) return undefined;
    const offset = address - begin;
    const rest = this.#text.slice(line + PREFIX_LENGTH, this.#nextLine(line));
    const [, symbol = '', module = ''] = /^(\S+)(?:\s\[([^\]]*)\])?/.exec(rest) ?? [];
    return { symbol: plainName(symbol), offsetBytes: Number(offset), module };
  }

  /** Undefined where the line does not begin with one: it is no line of the kernel's. */
  #addressAt(line: number): bigint | undefined {
    const digits = this.#digitsAt(line);
    return /^[0-9a-f]+$/.test(digits) ? BigInt(`0x${digits}`) : undefined;
  }

  #digitsAt(line: number): string {
    return this.#text.slice(line, line + ADDRESS_DIGITS);
  }

  #isCode(line: number): boolean {
    return textTypes.has(this.#text[line + ADDRESS_DIGITS + 1] ?? '');
  }

  /** Start of the line that holds this position. */
  #lineStart(position: number): number {
    return position === 0 ? 0 : this.#text.lastIndexOf('\n', position - 1) + 1;
  }

  /** Start of the line that ends before this line; -1 for the first. */
  #lineBefore(line: number): number {
    return line === 0 ? -1 : this.#lineStart(line - 1);
  }

  /** Start of the next line; the text's length after the last. */
  #nextLine(line: number): number {
    const newline = this.#text.indexOf('\n', line);
    return newline === -1 ? this.#text.length : newline + 1;
  }
}

interface ModuleCode {
  /** Where the lines of the modules' code begin, by address, then as listed. */
  readonly lines: Uint32Array;
  /** The last of these lines of each module. */
  readonly lastLines: ReadonlyMap<string, number>;
}

function digitsOf(address: bigint): string {
  return address.toString(16).padStart(ADDRESS_DIGITS, '0');
}
