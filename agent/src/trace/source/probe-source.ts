import type { PlannedProbe } from '../../core/probe/probe-plan.ts';
import type { ProbeLinks, RefusedProbe } from '../../kernel/bpf/probe-links.ts';

/** What attaching needs of a loaded session. */
export interface ProbeAttachRequest {
  readonly links: ProbeLinks;
  readonly programFd: (name: string) => number;
  readonly signal: AbortSignal;
  readonly onProgress: (functionsDone: number) => void;
}

/** The probes of one session on its backend: which programs to load, and how to attach them. */
export interface SessionProbes {
  /** Functions or tracepoints that will be attached for the user. */
  readonly total: number;
  /** Programs to load, by name. */
  readonly programs: readonly string[];
  /** Bytes of .rodata.slots, argument position by slot; undefined: no program is a slot's. */
  readonly slotArguments: Uint8Array | undefined;
  /** Release programs are among them. */
  readonly hasReleaseHooks: boolean;
  /** The tracepoint consume_skb keeps identities right and is not reported. */
  readonly isEndSilent: boolean;
  /** Name of the tracepoint in a slot. */
  readonly slotNames: ReadonlyMap<number, string>;
  /** The functions, by the address of the symbol. */
  readonly functionNames: ReadonlyMap<bigint, Pick<PlannedProbe, 'name' | 'module'>>;
  /** Found, but not to be attached on this backend. */
  readonly refused: readonly RefusedProbe[];
  attach(request: ProbeAttachRequest): Promise<RefusedProbe[]>;
}
