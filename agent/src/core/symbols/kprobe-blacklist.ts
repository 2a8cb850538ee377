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
