import type { pwru } from '../../../proto/gen/pwru.js';
import type { ClockOffset } from '../events/clocks.ts';

/**
 * An agent, wherever it runs: behind gRPC (grpc-client.ts), or inside this process (local.ts).
 * Every error that comes out of it is an AgentError.
 */
export interface AgentClient {
  /** Opens one session with this request; what goes wrong shows in `responses`. */
  trace(start: pwru.v1.StartTrace.$Properties): TraceStream;
  /** Ends what is still open. Idempotent. */
  close(): void | Promise<void>;
}

/** An agent that can be asked, beside being traced with. All calls fail with an AgentError. */
export interface QueryableAgent extends AgentClient {
  getInfo(): Promise<pwru.v1.GetInfoResponse>;
  listFunctions(
    request: pwru.v1.ListFunctionsRequest.$Properties,
  ): Promise<pwru.v1.ListFunctionsResponse>;
  listSessions(): Promise<pwru.v1.ListSessionsResponse>;
  /** Ends a session of this id; refused with NOT_FOUND when there is none. */
  stopSession(id: string): Promise<void>;
}

/** One session as the client sees it. */
export interface TraceStream {
  /**
   * One encoded `pwru.v1.TraceResponse` each, to be read once and by one reader. Reading is the backpressure: while the
   * next one is not asked for, the stream stops after a bounded number of responses, and the agent counts what is lost.
   * Ends after the Summary, or after `cancel`; throws an AgentError. Leaving the loop early cancels.
   */
  readonly responses: AsyncIterable<Uint8Array>;
  /**
   * Sends a heartbeat, pod targets or a stop. Never throws; nothing happens once the stream has ended. While the way takes no
   * more, heartbeats are dropped, and the latest targets and a stop wait.
   */
  send(request: pwru.v1.TraceRequest.$Properties): void;
  /** Ends the stream at once, without a Summary. Idempotent. */
  cancel(): void;
}

/** How an agent failed, in the words of pwru.v1's error details; absent where it did not say. */
export interface AgentErrorDetails {
  /** gRPC status code; undefined for an agent in this process. */
  readonly grpcStatus?: number;
  /** ErrorInfo.reason: one of the agent's error codes, for instance `FILTER_SYNTAX`. */
  readonly reason?: string;
  /** Path of the request field that is wrong, for instance `start.filter`. */
  readonly field?: string;
  /** Zero-based position in that field's text. */
  readonly position?: number;
  /** The kernel feature, library or privilege that is missing. */
  readonly subject?: string;
}

/**
 * Why an agent gave no answer, or a bad one.
 * `unreachable`: nothing that speaks pwru.v1 could be reached. `forbidden`: reaching it is not allowed.
 * `refused`: it answered with an error. `lost`: the connection broke.
 */
export type AgentErrorKind = 'unreachable' | 'forbidden' | 'refused' | 'lost';

export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly kind: AgentErrorKind;
  readonly details: AgentErrorDetails;

  constructor(
    kind: AgentErrorKind,
    message: string,
    details: AgentErrorDetails & { cause?: unknown } = {},
  ) {
    const { cause, ...rest } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.details = rest;
  }
}

/** Where the agents of nodes come from. */
export interface AgentSource {
  /** Opens the agent of a node; it is the caller's to close. @throws AgentError */
  open(node: string, signal: AbortSignal): Promise<OpenAgent>;
  /** Resolves when something else is known of the node's agent than now, or when the signal aborts. */
  changed(node: string, signal: AbortSignal): Promise<void>;
}

export interface OpenAgent {
  readonly client: AgentClient;
  /** The node's clock against this machine's; undefined where that was not measured. */
  readonly clock: ClockOffset | undefined;
  /** Undefined where it was not asked. */
  readonly version: string | undefined;
}

/** The cluster has no agent on this node that could be asked. */
export class NoAgentError extends AgentError {
  /** What is there instead, without the node's name. */
  readonly reason: string;

  constructor(node: string, reason: string) {
    super('unreachable', `There is no agent on ${node}: ${reason}`);
    this.reason = reason;
  }
}
