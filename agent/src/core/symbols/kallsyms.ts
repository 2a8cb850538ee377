import { PwruError } from '../errors.ts';
import { parseSymbolLines } from './symbol-lines.ts';
import type { CodeSymbol, SymbolEntry, SymbolTable } from './symbol-table.ts';

/** Letters of code: t and T (local and global), w and W (weak). */
const TEXT_TYPES = 'tTwW';

const coldPart = /\.cold(\.\d+)?$/;

/**
 * The kernel's code symbols, from /proc/kallsyms. Lines: `ffffffffc1682010 T nf_nat_init\t[nf_nat]`, vmlinux's
 * without the module.
 */
export class Kallsyms {
  readonly #table: SymbolTable;
  /** Indices of the clones by the original's name. */
  #clones: ReadonlyMap<string, readonly number[]> | undefined;

  /**
   * @throws PwruError PRIVILEGE_MISSING when the kernel hides the addresses (kernel.kptr_restrict);
   * KERNEL_FEATURE_MISSING when there are no code symbols.
   */
  constructor(text: Uint8Array) {
    this.#table = parseSymbolLines(text, { address: true, types: TEXT_TYPES });
    const { size } = this.#table;
    if (size === 0) {
      throw new PwruError(
        'KERNEL_FEATURE_MISSING',
        'Cannot find functions in /proc/kallsyms: it lists no code (kernel built without CONFIG_KALLSYMS)',
        { subject: 'CONFIG_KALLSYMS' },
      );
    }
    if (this.#table.at(size - 1).address === 0n) {
      throw new PwruError(
        'PRIVILEGE_MISSING',
        'Cannot read addresses in /proc/kallsyms: all are zero (CAP_SYSLOG is missing, or kernel.kptr_restrict is 2)',
        { subject: 'CAP_SYSLOG' },
      );
    }
  }

  get size(): number {
    return this.#table.size;
  }

  /** Symbols of exactly this name; several when static functions share it. */
  find(name: string): SymbolEntry[] {
    return this.#table.find(name);
  }

  nearest(address: bigint): CodeSymbol | undefined {
    return this.#table.nearest(address);
  }

  /**
   * Copies of a function that the compiler specialised: `name.isra.0`, `name.constprop.0`, `name.part.0`,
   * `name.llvm.123`. Not `name.cold`, which is a piece of a function and not an entry.
   */
  clonesOf(name: string): SymbolEntry[] {
    this.#clones ??= this.#findClones();
    return (this.#clones.get(name) ?? []).map((index) => this.#table.at(index));
  }

  #findClones(): ReadonlyMap<string, readonly number[]> {
    const clones = new Map<string, number[]>();
    for (const index of this.#table.dotted) {
      const name = this.#table.nameAt(index);
      if (coldPart.test(name)) continue;
      const original = name.slice(0, name.indexOf('.'));
      const known = clones.get(original);
      if (known === undefined) clones.set(original, [index]);
      else known.push(index);
    }
    return clones;
  }
}
