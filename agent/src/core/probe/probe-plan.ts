import type { SkbArgumentKind } from '../btf/skb-functions.ts';
import type { ProbeRole } from './skb-release.ts';

/** A function that a probe can be attached to. */
export interface PlannedProbe {
  readonly name: string;
  /** Empty for vmlinux. */
  readonly module: string;
  /** Of the function's symbol: what kprobe.multi takes and, on x86-64 and arm64, what bpf_get_func_ip reports. */
  readonly address: bigint;
  /** Position of the skb among the arguments, 1 to 5. */
  readonly argument: number;
  readonly kind: SkbArgumentKind;
  readonly role: ProbeRole;
}

/** A function with an skb that is left out. */
export interface RefusedFunction {
  readonly name: string;
  readonly module: string;
  readonly reason: string;
}

/** Every function with an skb that the request selects is in exactly one of the two lists. Frozen. */
export interface ProbePlan {
  readonly attach: readonly PlannedProbe[];
  readonly refused: readonly RefusedFunction[];
}

/** A raw tracepoint that a probe can be attached to. */
export interface PlannedTracepoint {
  readonly name: string;
  /** Empty for vmlinux. */
  readonly module: string;
  /** Position of the skb among the tracepoint's own arguments, from 1. */
  readonly argument: number;
  readonly kind: 'pointer' | 'const-pointer';
}

/** Every raw tracepoint with an skb that the request selects is in exactly one of the two lists. */
export interface TracepointPlan {
  readonly attach: readonly PlannedTracepoint[];
  readonly refused: readonly RefusedFunction[];
}

/** Something that matches a whole name, for instance an RE2JS. */
export interface NamePattern {
  testExact(name: string): boolean;
}

/**
 * Several plans as one, with the functions of these names.
 * @param names undefined selects all. What they do not select is in neither list.
 */
export function narrowPlans(
  plans: readonly ProbePlan[],
  names: ReadonlySet<string> | undefined,
): ProbePlan {
  const selected = <T extends { readonly name: string }>(functions: readonly T[]) =>
    names === undefined ? functions : functions.filter(({ name }) => names.has(name));
  return Object.freeze({
    attach: Object.freeze(plans.flatMap(({ attach }) => selected(attach))),
    refused: Object.freeze(plans.flatMap(({ refused }) => selected(refused))),
  });
}
