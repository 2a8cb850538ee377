import type { RE2JS } from 're2js';

/** A validated, frozen StartTrace: every field is usable as it is, syntax of filter and names checked. */
export interface TraceSpec {
  /** Network namespaces. With no `pods` either, empty means the whole host. */
  readonly targets: readonly TargetSpec[];
  /** Pods, which may be replaced by others later; undefined: the session has nothing to do with pods. */
  readonly pods: PodSelection | undefined;
  /** pcap-filter(7) expression, trimmed; empty admits everything. Not compiled yet. */
  readonly filter: string;
  /** Whole-name match in linear time; undefined selects all functions. */
  readonly functionRegex: RE2JS | undefined;
  /** Backend asked for by name; undefined lets the agent choose. */
  readonly backend: BackendName | undefined;
  readonly modules: 'all' | readonly string[];
  readonly mark: { readonly value: number; readonly mask: number } | undefined;
  /** 1 to 15 bytes; undefined: any. */
  readonly interfaceName: string | undefined;
  readonly track: boolean;
  readonly stack: boolean;
  readonly dropsOnly: boolean;
  /** With `dropsOnly`: drops of every class, not only lost packets. */
  readonly allDrops: boolean;
  /** The client is told of every end of a packet's sk_buffs, also where no selected function is. */
  readonly tellsEnds: boolean;
  /** At least 1, at most the agent's maximum. */
  readonly maxDurationMs: number;
  readonly ringBudgetBytes: number;
  /** The client named no size of rings: a smaller one will do. */
  readonly mayShrinkRings: boolean;
  /** Of the usual memory for records that are held back: 0 to 1. */
  readonly heldShare: number;
  /** undefined: the client wants no Watermark. */
  readonly watermarkIntervalMs: number | undefined;
  /** Events leave out what the one before them has too. */
  readonly shortRepeats: boolean;
  /** The client will name pods that are made during the session. */
  readonly expectsPods: boolean;
  readonly clientName: string;
}

export type TargetSpec =
  | { readonly kind: 'netns'; readonly name: string }
  | { readonly kind: 'pid'; readonly pid: number };

/** What a session of pods traces. */
export interface PodSelection {
  readonly targets: readonly PodTargetSpec[];
  /** Addresses that count in the node's own namespace beside the pods': network byte order, 4 or 16 bytes each. */
  readonly addresses: readonly Uint8Array[];
  /** The same with a port each. */
  readonly ports: readonly PortSpec[];
}

export interface PortSpec {
  /** Network byte order, 4 or 16 bytes; undefined: every address of the node. */
  readonly address: Uint8Array | undefined;
  readonly port: number;
  /** IP protocol number. */
  readonly protocol: number;
}

export interface PodTargetSpec {
  readonly namespace: string;
  readonly name: string;
  /** Empty: every pod of this name, one after the other. */
  readonly uid: string;
  /** Trace the node's namespace when the pod has it, which is more than the pod. */
  readonly tracesNode: boolean;
  /** Only what has to do with the addresses and ports of the session. */
  readonly addressesOnly: boolean;
}

/** Best first. */
export const backendNames = ['kprobe.multi', 'kprobe', 'tracepoint'] as const;

export type BackendName = (typeof backendNames)[number];
