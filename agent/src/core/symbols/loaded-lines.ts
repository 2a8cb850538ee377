import type { CodeSymbol } from './code-symbol.ts';
import { digitsOf, KallsymsLines } from './kallsyms-lines.ts';

/**
 * Symbols of code that comes and goes, in a part of /proc/kallsyms behind vmlinux's. They have no order: the lines of code are sorted
 * when first needed.
 */
export class LoadedLines {
  readonly #lines: KallsymsLines;
  #sorted: SortedLines | undefined;

  constructor(text: string) {
    this.#lines = new KallsymsLines(text);
  }

  get text(): string {
    return this.#lines.text;
  }

  /** The nearest symbol at an address or below it; of several at one place the first that is listed. */
  nearest(address: bigint): CodeSymbol | undefined {
    return this.#lines.symbolAt(this.#lineOf(address), address);
  }

  /** The end of the page on which a module's last symbol lies; 0n where it has none here. */
  codeEnd(module: string): bigint {
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
