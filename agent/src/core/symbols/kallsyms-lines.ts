import type { CodeSymbol } from './code-symbol.ts';
import { ownCopy } from './own-copy.ts';
import { plainName } from './symbol-lines.ts';

/** A module's code begins and ends with a page, on each architecture at least this long. */
export const PAGE_BYTES = 0x1000n;

const ADDRESS_DIGITS = 16;
/** Before the name: the address, a blank, the letter, a blank. */
const PREFIX_LENGTH = ADDRESS_DIGITS + 3;

/** Letters of code: t and T (local and global), w and W (weak). */
const textTypes = new Set('tTwW');

/**
 * Lines of /proc/kallsyms, each known by where it starts in the text. Addresses have 16 digits, so that they order as text does.
 */
export class KallsymsLines {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** What a line says of an address at or behind its own; undefined where it is above, and for no line (-1). */
  symbolAt(line: number, address: bigint): CodeSymbol | undefined {
    const begin = line < 0 ? undefined : this.addressAt(line);
    // Only lines that are not in their order lead to one that is above.
    if (begin === undefined || begin > address) return undefined;
    const offset = address - begin;
    const rest = ownCopy(this.text.slice(line + PREFIX_LENGTH, this.next(line)));
    const [, symbol = '', module = ''] = /^(\S+)(?:\s\[([^\]]*)\])?/.exec(rest) ?? [];
    return { symbol: plainName(symbol), offsetBytes: Number(offset), module };
  }

  /** The address of the symbol of this letter and name: `T _stext`. */
  addressOf(symbol: string): bigint | undefined {
    const at = this.text.indexOf(` ${symbol}\n`);
    return at < ADDRESS_DIGITS ? undefined : this.addressAt(at - ADDRESS_DIGITS);
  }

  /** Undefined where the line does not begin with one: it is no line of the kernel's. */
  addressAt(line: number): bigint | undefined {
    const digits = this.digitsAt(line);
    return /^[0-9a-f]+$/.test(digits) ? BigInt(`0x${digits}`) : undefined;
  }

  /** The end of the page on which the symbol lies; 0n for no line (-1), and for one that has no address. */
  endOfPage(line: number): bigint {
    const address = line < 0 ? undefined : this.addressAt(line);
    return address === undefined ? 0n : (address / PAGE_BYTES + 1n) * PAGE_BYTES;
  }

  digitsAt(line: number): string {
    return this.text.slice(line, line + ADDRESS_DIGITS);
  }

  isCode(line: number): boolean {
    return textTypes.has(this.text[line + ADDRESS_DIGITS + 1] ?? '');
  }

  /** The line that holds this position. */
  at(position: number): number {
    return position === 0 ? 0 : this.text.lastIndexOf('\n', position - 1) + 1;
  }

  /** The line that ends before this one; -1 for the first. */
  before(line: number): number {
    return line === 0 ? -1 : this.at(line - 1);
  }

  /** The next line; the text's length after the last. */
  next(line: number): number {
    const newline = this.text.indexOf('\n', line);
    return newline === -1 ? this.text.length : newline + 1;
  }
}

/** As they stand at the beginning of a line. */
export function digitsOf(address: bigint): string {
  return address.toString(16).padStart(ADDRESS_DIGITS, '0');
}
