import type { pwru } from '../../../proto/gen/pwru.js';
import type { RefusedProbe } from '../kernel/probe-attachment.ts';
import type { PodSelection, TraceSpec } from './trace-spec.ts';

/** Where a session's responses go: one gRPC stream, or the local client. */
export interface SessionSink {
  /** True once the other side is gone: what is written from then on is not delivered. */
  readonly closed: boolean;
  /**
   * Takes one encoded `pwru.v1.TraceResponse`; the buffer belongs to the sink from now on.
   * Returns undefined when more may be written at once, else a promise that resolves when it may, or when the sink
   * closes. Never throws, never rejects.
   */
  write(response: Uint8Array): Promise<void> | undefined;
}

/** What can be told about a session at any time. */
export interface SessionSnapshot {
  readonly state: pwru.v1.SessionState;
  /** Name of the backend; empty until it is chosen. */
  readonly backend: string;
  readonly functionsAttached: number;
  readonly accounting: pwru.v1.IAccounting;
  /** As CountedEvents has them; absent: 0. */
  readonly overcountedEvents?: number;
  /** How long attaching took, in milliseconds; absent until it is over. */
  readonly attachMs?: number | undefined;
  /** The same of detaching. */
  readonly detachMs?: number | undefined;
  /** What the kernel refused while attaching. */
  readonly refusedProbes?: readonly RefusedProbe[];
}

/** One trace, from the request to the last closed fd. */
export interface TraceSession {
  readonly id: string;
  readonly spec: TraceSpec;
  snapshot(): SessionSnapshot;
  /**
   * Replaces its pods and their addresses, in any state.
   * @throws PwruError INVALID_ARGUMENT when the session did not begin with pods.
   */
  setPods(pods: PodSelection): void;
  /** Asks the session to end, in any state. Idempotent: the first reason counts. */
  stop(reason: pwru.v1.EndReason): void;
  /**
   * Settles when every probe is detached and every fd closed. Resolves after the Summary was written; rejects with a
   * PwruError when the session could not start (nothing is left attached then either).
   */
  readonly ended: Promise<void>;
}

/** Starts a session at once and returns it while it is still preparing. */
export type StartSession = (id: string, spec: TraceSpec, sink: SessionSink) => TraceSession;
