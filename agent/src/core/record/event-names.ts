/** A probed function (pwru.v1.Function). */
export interface FunctionName {
  readonly name: string;
  /** Empty for vmlinux. */
  readonly module: string;
  readonly tracepoint: boolean;
}

/** A code address, resolved (pwru.v1.CodeLocation). */
export interface CodeLocationName {
  /** Function that it lies in; where none is known, the address itself in hexadecimal: `0xffffffffc025f4ff`. */
  readonly symbol: string;
  readonly offsetBytes: number;
  /** Empty for vmlinux. */
  readonly module: string;
}

/** What is new in a batch and whose name may have changed lately: code comes and goes, and drop reasons with it. */
export interface UnsettledNames {
  readonly addresses: readonly bigint[];
  readonly dropReasons: readonly number[];
}

/** What the numbers in a record are called. Asked once for each new number, while a batch is being encoded. */
export interface EventNames {
  /** @param address of the function's entry; below PWRU_SLOT_LIMIT a tracepoint slot. */
  functionAt(address: bigint): FunctionName;
  /** @param isSettled whether what `settle` gave for this address has settled with true, or was undefined */
  codeLocationAt(address: bigint, isSettled: boolean): CodeLocationName;
  /** @param value enum skb_drop_reason, or a subsystem's. */
  dropReasonName(value: number): string;
  networkNamespaceOf(inode: number): NetworkNamespaceName;
  /**
   * Undefined when these can be named at once. Else settles when their names are right for all that was recorded before the
   * call; with false, when that cannot be. Never rejects; may take seconds.
   */
  settle?(names: UnsettledNames): Promise<boolean> | undefined;
  /** Grows when code locations or drop reasons may have other names than before. */
  readonly revision?: number;
  /** Whether code runs at this address only because a tracepoint is traced: the first frames of a stack. */
  isTracingCode?(address: bigint): boolean;
}

/** What is known of a network namespace (pwru.v1.NetworkNamespace). */
export interface NetworkNamespaceName {
  /** Empty when it has none. */
  readonly name: string;
  readonly pod?: { readonly namespace: string; readonly name: string; readonly uid: string };
  /** It is the node's own. */
  readonly isNode?: boolean;
}
