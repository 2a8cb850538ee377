import type { CodeRange, CodeSymbol } from './code-symbol.ts';
import { digitsOf, KallsymsLines } from './kallsyms-lines.ts';

/**
 * What code of vmlinux lies at an address, looked up in its part of /proc/kallsyms itself. That part never changes while the
 * kernel runs: it is read once and kept.
 *
 * It is in the order of the addresses (the kernel's own look-up halves the same list: get_symbol_pos, kernel/kallsyms.c); some
 * symbols of per-CPU data at its beginning stand out of order, all below any code.
 *
 * An address is in the function of the nearest symbol below it only between _stext and _etext: what comes after is __init code,
 * whose memory has been given back.
 */
export class VmlinuxCode {
  readonly #lines: KallsymsLines;
  #code: CodeRange | undefined;

  /** @param text the lines before the first that names a module. */
  constructor(text: string) {
    this.#lines = new KallsymsLines(text);
  }

  get text(): string {
    return this.#lines.text;
  }

  /** Whether the address lies in vmlinux's code, which never changes its place. */
  has(address: bigint): boolean {
    this.#code ??= this.#findCode();
    const { begin, end } = this.#code;
    return address >= begin && address < end;
  }

  /** The function at an address; of several symbols at one place the first that the kernel lists, as its own look-up does. */
  nearest(address: bigint): CodeSymbol | undefined {
    return this.has(address) ? this.#lines.symbolAt(this.#lineOf(address), address) : undefined;
  }

  #findCode(): CodeRange {
    const lines = this.#lines;
    const begin = lines.addressOf('T _stext') ?? this.#firstCodeAddress();
    const end =
      lines.addressOf('T _etext') ?? lines.endOfPage(this.#firstOfItsAddress(lines.text.length));
    return { begin, end };
  }

  #firstCodeAddress(): bigint {
    const line = /^[0-9a-f]{16} [tTwW] /m.exec(this.text)?.index;
    return line === undefined ? 0n : (this.#lines.addressAt(line) ?? 0n);
  }

  /** The line that names an address; -1 when there is none. */
  #lineOf(address: bigint): number {
    const lines = this.#lines;
    const digits = digitsOf(address);
    let begin = 0;
    let end = lines.text.length;
    // Lines that start before `begin` are at or below the address, those that start at `end` or later above it.
    while (begin < end) {
      const middle = lines.at((begin + end) >>> 1);
      if (lines.digitsAt(middle) <= digits) begin = lines.next(middle);
      else end = middle;
    }
    return this.#firstOfItsAddress(begin);
  }

  /** The first line of code with the address of the last one before `end`; -1 when there is none. */
  #firstOfItsAddress(end: number): number {
    const lines = this.#lines;
    let first = -1;
    for (let line = lines.before(end); line >= 0; line = lines.before(line)) {
      if (first !== -1 && lines.digitsAt(line) !== lines.digitsAt(first)) break;
      if (lines.isCode(line)) first = line;
    }
    return first;
  }
}
