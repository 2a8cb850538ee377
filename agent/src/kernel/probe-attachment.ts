import type { ProbeLinks } from './probe-links.ts';

/** A function to attach, and the cookie that its program reads. */
export interface ProbeTarget {
  readonly name: string;
  /** Empty for vmlinux. */
  readonly module: string;
  readonly address: bigint;
  readonly cookie: bigint;
  /** Not asked for by the user, needed all the same: neither counted nor reported when refused. */
  readonly silent: boolean;
}

/** How many of these the user asked for. */
export function reportedCount(targets: readonly ProbeTarget[]): number {
  return targets.filter((target) => !target.silent).length;
}

/** Functions that share one BPF program. */
export interface ProbeGroup {
  readonly programFd: number;
  readonly targets: readonly ProbeTarget[];
}

export interface RefusedProbe {
  readonly name: string;
  readonly module: string;
  readonly reason: string;
}

/** What an attachment needs beside its groups. */
export interface AttachContext {
  readonly links: ProbeLinks;
  /** Aborting ends the attachment at the next function; what is attached stays with `links`. */
  readonly signal: AbortSignal;
  /** Called after each step with the number of functions that are done, refused ones included. */
  readonly onProgress: (functionsDone: number) => void;
}
