/** A code address in words: the nearest symbol at or below it. */
export interface CodeSymbol {
  readonly symbol: string;
  readonly offsetBytes: number;
  /** Empty for vmlinux. */
  readonly module: string;
}

/** Farther from a symbol than this, an address belongs to none: no function of the kernel is that long. */
const LONGEST_FUNCTION_BYTES = 0x10_0000n;

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
 */
export class CodeAddresses {
  readonly #text: string;
  /** Where vmlinux's part ends in the text. */
  readonly #vmlinuxEnd: number;
  /** Where the lines of the modules' code begin, by address, then as listed. */
  #moduleLines: Uint32Array | undefined;

  constructor(kallsyms: string) {
    this.#text = kallsyms;
    const bracket = kallsyms.indexOf('\t[');
    this.#vmlinuxEnd = bracket === -1 ? kallsyms.length : this.#lineStart(bracket);
  }

  /**
   * The symbol at or nearest below an address; of several at one address the first that the kernel lists, as its own
   * lookup does. Undefined below all symbols and more than 1 MiB above the nearest.
   */
  nearest(address: bigint): CodeSymbol | undefined {
    const digits = digitsOf(address);
    const lowest = digitsOf(
      address > LONGEST_FUNCTION_BYTES ? address - LONGEST_FUNCTION_BYTES : 0n,
    );
    return (
      this.#symbolAt(this.#vmlinuxLine(digits, lowest), address) ??
      this.#symbolAt(this.#moduleLine(digits), address)
    );
  }

  /** Start of the line of vmlinux that names an address; -1 when there is none from `lowest` on. */
  #vmlinuxLine(digits: string, lowest: string): number {
    let begin = 0;
    let end = this.#vmlinuxEnd;
    // Lines that start before `begin` are at or below the address, those that start at `end` or later above it.
    while (begin < end) {
      const middle = this.#lineStart((begin + end) >>> 1);
      if (this.#digitsAt(middle) <= digits) begin = this.#nextLine(middle);
      else end = middle;
    }
    return this.#firstOfItsAddress(begin, lowest);
  }

  /** The first line of code with the address of the last one before `end`; -1 when that is none, or below `lowest`. */
  #firstOfItsAddress(end: number, lowest: string): number {
    let first = -1;
    for (let line = this.#lineBefore(end); line >= 0; line = this.#lineBefore(line)) {
      const digits = this.#digitsAt(line);
      if (digits < lowest || (first !== -1 && digits !== this.#digitsAt(first))) break;
      if (this.#isCode(line)) first = line;
    }
    return first;
  }

  #moduleLine(digits: string): number {
    this.#moduleLines ??= this.#sortModuleLines();
    const lines = this.#moduleLines;
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

  #sortModuleLines(): Uint32Array {
    const code = /^[0-9a-f]{16} [tTwW] /gm;
    code.lastIndex = this.#vmlinuxEnd;
    const lines: { readonly start: number; readonly digits: string }[] = [];
    for (let match = code.exec(this.#text); match !== null; match = code.exec(this.#text)) {
      lines.push({ start: match.index, digits: this.#digitsAt(match.index) });
    }
    // A stable sort: aliases stay as listed.
    lines.sort((a, b) => (a.digits < b.digits ? -1 : Number(a.digits > b.digits)));
    return Uint32Array.from(lines, ({ start }) => start);
  }

  #symbolAt(line: number, address: bigint): CodeSymbol | undefined {
    if (line < 0) return undefined;
    const offset = address - BigInt(`0x${this.#digitsAt(line)}`);
    if (offset > LONGEST_FUNCTION_BYTES) return undefined;
    const rest = this.#text.slice(line + PREFIX_LENGTH, this.#nextLine(line));
    const [, symbol = '', module = ''] = /^(\S+)(?:\s\[([^\]]*)\])?/.exec(rest) ?? [];
    return { symbol, offsetBytes: Number(offset), module };
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

function digitsOf(address: bigint): string {
  return address.toString(16).padStart(ADDRESS_DIGITS, '0');
}
