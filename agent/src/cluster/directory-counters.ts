import type { PodSandbox } from '../core/pods.ts';
import { type ApiFailureKind, apiFailureKinds } from './api/request.ts';
import { type CriFailureKind, criFailureKinds } from './cri/cri-methods.ts';

export type ResolveMethod = PodSandbox['method'];
export const resolveMethods = ['cri', 'cgroup'] as const satisfies readonly ResolveMethod[];

/** How looking for a sandbox's namespace can end; 'gone' when the sandbox ended meanwhile. */
export const resolveResults = ['found', 'gone', 'failed'] as const;
export type ResolveResult = (typeof resolveResults)[number];

/** Plain numbers that only grow, from the start of the agent; for Prometheus. */
export class DirectoryCounters {
  readonly watchErrors: Record<ApiFailureKind, number> = zeros(apiFailureKinds);
  /** Complete listings of the node's pods, the first one included. */
  lists = 0;
  /** Changes of single pods that the watch told of. */
  watchEvents = 0;
  readonly criErrors: Record<CriFailureKind, number> = zeros(criFailureKinds);
  readonly resolves: Record<ResolveMethod, Record<ResolveResult, number>> = {
    cri: zeros(resolveResults),
    cgroup: zeros(resolveResults),
  };
  /** Readings of all processes' control groups. */
  cgroupScans = 0;
}

function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}
