/** A probed function (pwru.v1.Function). */
export interface FunctionName {
  readonly name: string;
  /** Empty for vmlinux. */
  readonly module: string;
  readonly tracepoint: boolean;
}

/** A code address, resolved (pwru.v1.CodeLocation). */
export interface CodeLocationName {
  /** Nearest symbol at or below the address; empty when unknown. */
  readonly symbol: string;
  readonly offsetBytes: number;
  /** Empty for vmlinux. */
  readonly module: string;
}

/** What the numbers in a record are called. Asked once for each new number, while a batch is being encoded. */
export interface EventNames {
  /** @param address of the function's entry; below PWRU_SLOT_LIMIT a tracepoint slot. */
  functionAt(address: bigint): FunctionName;
  codeLocationAt(address: bigint): CodeLocationName;
  /** @param value enum skb_drop_reason, or a subsystem's. */
  dropReasonName(value: number): string;
  networkNamespaceOf(inode: number): NetworkNamespaceName;
}

/** What is known of a network namespace (pwru.v1.NetworkNamespace). */
export interface NetworkNamespaceName {
  /** Empty when it has none. */
  readonly name: string;
  readonly pod?: { readonly namespace: string; readonly name: string; readonly uid: string };
  /** It is the node's own. */
  readonly isNode?: boolean;
}
