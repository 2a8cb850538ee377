/** How it stands with the trace on one node. */
export type NodeState =
  /** The agent is being reached for the first time; `reason`: why it could not be so far. */
  | { readonly kind: 'connecting'; readonly reason: string }
  | { readonly kind: 'preparing' }
  /** So many of the functions are on. */
  | { readonly kind: 'attaching'; readonly done: number; readonly total: number }
  | { readonly kind: 'tracing' }
  /** It is traced, but for what `reason` says. */
  | { readonly kind: 'degraded'; readonly reason: string }
  /** It was traced, and is to be again. */
  | { readonly kind: 'reconnecting'; readonly reason: string }
  /** It is not traced, and that will not soon be better. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** So many of the functions are still on. */
  | { readonly kind: 'detaching'; readonly done: number; readonly total: number }
  | { readonly kind: 'ended' };

export type NodeStateKind = NodeState['kind'];

/** Packets are being traced there. */
export function isTracing({ kind }: NodeState): boolean {
  return kind === 'tracing' || kind === 'degraded';
}

/** A time in which a node was to be traced and was not. Wall clock of the node, milliseconds since 1970. */
export interface Gap {
  readonly fromMs: number;
  /** Undefined: it lasts. */
  readonly toMs: number | undefined;
  readonly cause: string;
}
