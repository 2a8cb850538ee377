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

/**
 * Addresses that refuse kprobes, from kprobes/blacklist in debugfs. Lines:
 * `0xffffffff81001234-0xffffffff81001300\tdo_int3`, not sorted, the end not included.
 */
export class KprobeBlacklist {
  readonly #ranges: ReadonlyArray<readonly [start: bigint, end: bigint]>;

  constructor(text: string) {
    const ranges: Array<readonly [bigint, bigint]> = [];
    for (const [, start = '', end = ''] of text.matchAll(/^(0x[\da-f]+)-(0x[\da-f]+)\t/gm)) {
      // One of an alias is empty (kprobe_add_area_blacklist, kernel/kprobes.c), and may stand before the function's own.
      if (start !== end) ranges.push([BigInt(start), BigInt(end)]);
    }
    this.#ranges = ranges.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  get size(): number {
    return this.#ranges.length;
  }

  /** True when a range holds the address. Ranges do not overlap. */
  has(address: bigint): boolean {
    let begin = 0;
    let end = this.#ranges.length;
    while (begin < end) {
      const middle = (begin + end) >>> 1;
      if ((this.#ranges[middle]?.[0] ?? 0n) <= address) begin = middle + 1;
      else end = middle;
    }
    const range = this.#ranges[begin - 1];
    return range !== undefined && address < range[1];
  }
}

/** A loaded module, from /proc/modules. */
export interface LoadedModule {
  readonly name: string;
  /** Name, state, address and size: differs when a module went and came back, and when it has finished loading. */
  readonly fingerprint: string;
  /** Its code may be called: neither being loaded nor being removed. */
  readonly isLive: boolean;
  /** Where its code begins; 0n where the kernel hides addresses. */
  readonly address: bigint;
  /** Of code and data together. Before Linux 6.4 both lie at `address`, since then the code alone. */
  readonly sizeBytes: number;
}

/** Lines: `nf_nat 57344 2 xt_MASQUERADE,nft_chain_nat, Live 0xffffffffc1680000 (E)`. */
export function parseLoadedModules(text: string): LoadedModule[] {
  const modules: LoadedModule[] = [];
  for (const line of text.split('\n')) {
    const [name = '', size = '', , , state = '', address = ''] = line.split(' ');
    if (name === '') continue;
    modules.push({
      name,
      fingerprint: `${name} ${state} ${address} ${size}`,
      isLive: state === 'Live',
      address: /^0x[0-9a-f]+$/.test(address) ? BigInt(address) : 0n,
      // The kernel's number has 32 bits.
      sizeBytes: /^\d{1,10}$/.test(size) ? Number(size) : 0,
    });
  }
  return modules;
}
