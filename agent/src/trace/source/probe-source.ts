import type { FunctionName } from '../../core/record/event-names.ts';
import type { ProbeLinks, RefusedProbe } from '../../kernel/bpf/probe-links.ts';

/** What attaching needs of a loaded session. */
export interface ProbeAttachRequest {
  readonly links: ProbeLinks;
  readonly programFd: (name: string) => number;
  /** Aborting ends it at the next probe; what is attached stays with `links`. */
  readonly signal: AbortSignal;
  /** Called after each step with how many probes are done, refused ones included. */
  readonly onProgress: (probesDone: number) => void;
}

/** One reason for a session to have probes: which programs it needs, and where they go. Nothing is attached yet. */
export interface ProbeSource {
  /** Functions or tracepoints that will be attached for the user. */
  readonly total: number;
  /** BPF programs that have to be loaded, by name. */
  readonly programs: readonly string[];
  /** Where its records come from, by their `place`. */
  readonly places: ReadonlyMap<bigint, FunctionName>;
  /** Found, but not to be attached. */
  readonly refused: readonly RefusedProbe[];
  /**
   * @returns what the kernel refused, each with its errno.
   * @throws PwruError when the source as a whole does not work.
   */
  attach(request: ProbeAttachRequest): Promise<readonly RefusedProbe[]>;
}

/** What the programs must know of a session's probes when they are loaded. */
export interface ProbeShape {
  /** Programs to load, by name. */
  readonly programs: readonly string[];
  /** Bytes of .rodata.slots, argument position by slot; undefined: no program is a slot's. */
  readonly slotArguments: Uint8Array | undefined;
  /** Release programs are among them, on `endHooks`. */
  readonly hasReleaseHooks: boolean;
  /** The tracepoint consume_skb keeps identities right and is not reported. */
  readonly isEndSilent: boolean;
}
