import {
  addressedLine,
  type CodeEntry,
  type FoundSymbols,
  findSymbols,
  plainLine,
} from './symbol-lines.ts';

/** How far behind a function's symbol ftrace patches: after endbr64 (4), after bti c and one nop (8). */
const LARGEST_PATCH_OFFSET_BYTES = 16n;

/** The functions that ftrace, and so kprobe.multi and fentry, can be attached to: the kernel's text, kept and searched. */
export class TraceableFunctions {
  readonly #text: string;
  /** Whether the kernel gives addresses: namesakes can be told apart by nothing else. */
  readonly #hasAddresses: boolean;

  /**
   * @param text available_filter_functions (`nf_nat_init [nf_nat]`), or with `addresses`
   * available_filter_functions_addrs (`ffffffffc1682014 nf_nat_init [nf_nat]`; Linux 6.5 and newer).
   */
  constructor(text: string, { addresses }: { readonly addresses: boolean }) {
    this.#text = text;
    this.#hasAddresses = addresses;
  }

  /** Looks all names up in one pass: do not call it for each. */
  find(names: Iterable<string>): FoundTraceable {
    const format = this.#hasAddresses ? addressedLine : plainLine;
    return new FoundTraceable(findSymbols([this.#text], format, names), this.#hasAddresses);
  }
}

/** Of the names that were looked for, those that are traceable. */
export class FoundTraceable {
  readonly #found: FoundSymbols;
  readonly #hasAddresses: boolean;

  constructor(found: FoundSymbols, hasAddresses: boolean) {
    this.#found = found;
    this.#hasAddresses = hasAddresses;
  }

  has(name: string, module: string): boolean {
    return this.#copies(name, module).length > 0;
  }

  /** Where ftrace patches the one function of this name; undefined when there is none, more than one, or no address. */
  patchedAddress(name: string, module: string): bigint | undefined {
    const [copy, ...others] = this.#copies(name, module);
    return this.#hasAddresses && others.length === 0 ? copy?.address : undefined;
  }

  /** Those of the symbols that are traceable; undefined when the file has no addresses to tell by. */
  among(symbols: readonly CodeEntry[]): CodeEntry[] | undefined {
    if (!this.#hasAddresses) return undefined;
    return symbols.filter(({ name, module, address }) =>
      this.#copies(name, module).some((copy) => isPatchedAt(copy.address, address)),
    );
  }

  #copies(name: string, module: string): readonly CodeEntry[] {
    return this.#found.of(name).filter((copy) => copy.module === module);
  }
}

/** Whether ftrace would patch a function that begins at `symbol` here. */
export function isPatchedAt(patched: bigint, symbol: bigint): boolean {
  return patched >= symbol && patched < symbol + LARGEST_PATCH_OFFSET_BYTES;
}
