/** A code address in words: the function that it lies in. */
export interface CodeSymbol {
  readonly symbol: string;
  readonly offsetBytes: number;
  /** Empty for vmlinux. */
  readonly module: string;
}

/** Code in the kernel, from `begin` up to and without `end`. */
export interface CodeRange {
  readonly begin: bigint;
  readonly end: bigint;
}
