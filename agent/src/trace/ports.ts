import type { pwru } from '../../../proto/gen/pwru.js';
import type { RefusedProbe } from '../kernel/bpf/probe-links.ts';
import type { FunctionSelection } from './request/parse-selection.ts';
import type { PodSelection, TraceSpec } from './request/trace-spec.ts';

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

/** What the server needs of the machine that it runs on. */
export interface TracingHost {
  readonly startSession: StartSession;
  /** What this kernel has. What cannot be found out is told in its place. */
  describe(): Promise<HostDescription>;
  /** Whether a trace could be had: tries the backends, best first. @throws PwruError when none works */
  testBackends(): Promise<void>;
  /** CLOCK_REALTIME, nanoseconds since 1970. */
  wallTimeNs(): bigint;
  /** What a trace with this selection would probe. @throws PwruError */
  listFunctions(selection: FunctionSelection): Promise<pwru.v1.ListFunctionsResponse.$Properties>;
  /** Releases what sessions share. Called once no session is left. Idempotent. */
  close(): Promise<void>;
}

/** The part of GetInfoResponse that the machine decides. */
export type HostDescription = Pick<
  pwru.v1.GetInfoResponse.$Properties,
  'kernelRelease' | 'architecture' | 'bootId' | 'backends' | 'features'
>;

/** A session as an observer sees it. */
export interface ObservedSession {
  /** What can be told now. After the end it does not change any more. */
  snapshot(): SessionSnapshot;
}

/** How a session ended. */
export interface SessionEnd {
  /** Why it was told to end; UNSPECIFIED when it ended by an error. */
  readonly reason: pwru.v1.EndReason;
  /** The client was gone, or had not read for long, when there was a Summary to send. */
  readonly isClientGone: boolean;
  /** What it failed with: a PwruError, or a defect of the agent; undefined when it did not fail. */
  readonly failure: unknown;
}

/** Observer of an agent's sessions. Its methods must not throw. */
export interface SessionObserver {
  /** A session has a place on this agent, and nothing has happened in it yet. */
  onBegin(session: ObservedSession): void;
  /** Everything of the session is released. */
  onEnd(session: ObservedSession, end: SessionEnd): void;
  /** No place was given, since all were taken. */
  onLimit(): void;
}
