import { parseSymbolLines } from './symbol-lines.ts';
import type { SymbolEntry, SymbolTable } from './symbol-table.ts';

/** How far behind a function's symbol ftrace patches: after endbr64 (4), after bti c and one nop (8). */
const LARGEST_PATCH_OFFSET_BYTES = 16n;

/** The functions that ftrace, and so kprobe.multi and fentry, can be attached to. */
export class TraceableFunctions {
  readonly #table: SymbolTable;
  readonly #hasAddresses: boolean;

  /**
   * @param text available_filter_functions (`nf_nat_init [nf_nat]`), or with `addresses`
   * available_filter_functions_addrs (`ffffffffc1682014 nf_nat_init [nf_nat]`; Linux 6.5 and newer).
   */
  constructor(text: Uint8Array, { addresses }: { readonly addresses: boolean }) {
    this.#table = parseSymbolLines(text, { address: addresses, types: undefined });
    this.#hasAddresses = addresses;
  }

  get size(): number {
    return this.#table.size;
  }

  has(name: string, module: string): boolean {
    return this.#table.has(name, module);
  }

  /** Those of the symbols that are traceable; undefined when the file has no addresses to tell by. */
  among(symbols: readonly SymbolEntry[]): SymbolEntry[] | undefined {
    if (!this.#hasAddresses) return undefined;
    return symbols.filter((symbol) =>
      this.#table
        .find(symbol.name)
        .some(
          ({ address, module }) =>
            module === symbol.module &&
            address >= symbol.address &&
            address < symbol.address + LARGEST_PATCH_OFFSET_BYTES,
        ),
    );
  }
}
