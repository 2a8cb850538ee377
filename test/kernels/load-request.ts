import type { BackendName } from '../../agent/src/trace/request/trace-spec.ts';

/** What program-loads.ts is asked for, as JSON in its first argument. */
export interface LoadRequest {
  readonly programs: ReadonlyArray<{
    readonly object: `${'functions' | 'tracepoints'}${'' | '-cast'}` | 'slots';
    readonly backend: BackendName;
  }>;
  readonly hasFunctionAddress: boolean;
  /** Blind softirqs can be counted. */
  readonly countsSoftirqs: boolean;
}

/** What became of one object with one setting; it writes an array of these. */
export interface LoadOutcome {
  readonly load: string;
  /** Why the kernel refused; empty when it did not. */
  readonly failure: string;
}
