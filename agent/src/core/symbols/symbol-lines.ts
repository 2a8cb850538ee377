import { ownCopy } from './own-copy.ts';

/** A symbol of a kernel file. */
export interface CodeEntry {
  readonly name: string;
  /** 0n in a file without addresses. */
  readonly address: bigint;
  /** Empty for vmlinux. */
  readonly module: string;
}

/** What stands before the name on a line of a kernel file. */
export interface LineFormat {
  /** All of it, as the source of an expression. */
  readonly before: string;
  /** Its end: enough to know a name by that is looked for itself. */
  readonly justBefore: string;
}

/** `ffffffffc1682010 T nf_nat_init\t[nf_nat]`, lines with code only: t and T (local and global), w and W (weak). */
export const kallsymsLine: LineFormat = {
  before: '^[0-9a-f]+ [tTwW] ',
  justBefore: ' [tTwW] ',
};

/** `ffffffffc1682014 nf_nat_init [nf_nat]` */
export const addressedLine: LineFormat = { before: '^[0-9a-f]+ ', justBefore: '^[0-9a-f]+ ' };

/** `nf_nat_init [nf_nat]` */
export const plainLine: LineFormat = { before: '^', justBefore: '^' };

/**
 * Up to so many names are looked for by an expression that holds them all; of more, each line's name is looked up in the
 * set. Instructions in a guest, 7 MB of kallsyms: 49 M for an expression of 93 names, 571 M for one of 1,707, 276 M by the
 * set.
 */
const FEW_NAMES = 200;

/**
 * The symbols of these names and their clones, found in one pass over one text after the other: do not call it for each.
 *
 * Nothing is kept of the others: a kernel lists 100,000 functions, of which a trace needs 1,700. And nothing loops over
 * bytes in JavaScript: the regular expression engine is native code, where a loop of our own is first interpreted, then
 * compiled, then gone with the process.
 */
export function findSymbols(
  texts: readonly string[],
  format: LineFormat,
  names: Iterable<string>,
): FoundSymbols {
  const byStem = new Map<string, CodeEntry[]>();
  const stems = new Set(Array.from(names, stemOf));
  const line = lineExpression(format, stems);
  if (line === undefined) return new FoundSymbols(byStem);
  for (const text of texts) {
    for (let match = line.exec(text); match !== null; match = line.exec(text)) {
      const [, stem = ''] = match;
      if (!stems.has(stem)) continue;
      const newline = text.indexOf('\n', line.lastIndex);
      const end = newline === -1 ? text.length : newline;
      const entry = parseLine(ownCopy(text.slice(text.lastIndexOf('\n', match.index) + 1, end)));
      // A line has one symbol, whatever else stands in it.
      line.lastIndex = end;
      const known = byStem.get(stem);
      if (known === undefined) byStem.set(stem, [entry]);
      else known.push(entry);
    }
  }
  return new FoundSymbols(byStem);
}

/** The symbols of the names that were looked for. */
export class FoundSymbols {
  readonly #byStem: ReadonlyMap<string, readonly CodeEntry[]>;

  constructor(byStem: ReadonlyMap<string, readonly CodeEntry[]>) {
    this.#byStem = byStem;
  }

  /**
   * Symbols of this name, in the order of the lines, also those that clang's link-time optimisation has renamed; several
   * when static functions share it.
   */
  of(name: string): CodeEntry[] {
    return this.#related(name).filter((entry) => plainName(entry.name) === name);
  }

  /**
   * Copies of a function that the compiler specialised: `name.isra.0`, `name.constprop.0`, `name.part.0`. Not `name.cold`,
   * which is a piece of a function and not an entry.
   */
  clonesOf(name: string): CodeEntry[] {
    return this.#related(name).filter(
      (entry) => plainName(entry.name).startsWith(`${name}.`) && !coldPart.test(entry.name),
    );
  }

  #related(name: string): readonly CodeEntry[] {
    return this.#byStem.get(stemOf(name)) ?? [];
  }
}

const coldPart = /\.cold(\.\d+)?(\.llvm\.[0-9a-f]+)?$/;

/**
 * A symbol's name as the source has it. A static function that ThinLTO makes visible to other objects gets the suffix
 * `.llvm.HASH` and nothing else: its arguments stay where they are, and BTF has it under the plain name (cleanup_symbol_name,
 * kernel/kallsyms.c of 5.15).
 */
export function plainName(name: string): string {
  return name.includes('.llvm.') ? name.replace(/\.llvm\.[0-9a-f]+/i, '') : name;
}

/** What clones of a function have in common: the name up to the first dot in it (labels of assembly begin with one). */
function stemOf(name: string): string {
  const dot = name.indexOf('.', 1);
  return dot === -1 ? name : name.slice(0, dot);
}

/** Finds lines and captures the stem of the name; undefined when there is none to look for. */
function lineExpression(
  { before, justBefore }: LineFormat,
  stems: ReadonlySet<string>,
): RegExp | undefined {
  if (stems.size > FEW_NAMES) return new RegExp(`${before}(\\S[^.\\s]*)`, 'gm');
  const symbols = [...stems].filter((stem) => /^\w+$/.test(stem));
  if (symbols.length === 0) return undefined;
  return new RegExp(`${justBefore}(${symbols.join('|')})(?![^.\\s])`, 'gm');
}

/** `[address ][type ]name[ or tab][[module]]`; what follows is ignored: the formats of these files grow. */
function parseLine(line: string): CodeEntry {
  const [, address = '0', name = '', module = ''] =
    /^(?:([0-9a-f]+) )?(?:[tTwW] )?(\S+)(?:\s\[([^\]]*)\])?/.exec(line) ?? [];
  return { name, address: BigInt(`0x${address}`), module };
}
