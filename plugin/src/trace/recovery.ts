import { pwru } from '../../../proto/gen/pwru.js';
import type { AgentError } from '../agents/agent-client.ts';
import { NotUnderstoodError } from './agent-session.ts';

/** How a session ended. */
export type SessionEnd =
  /** In good order; why, the summary says. */
  | { readonly kind: 'summary'; readonly summary: pwru.v1.Summary }
  /** The stream was over before a summary. */
  | { readonly kind: 'no-summary' }
  | { readonly kind: 'failure'; readonly error: AgentError };

const { EndReason } = pwru.v1;

/** Ends that the user did not ask for. */
const reasons: Readonly<Record<number, string>> = {
  [EndReason.END_REASON_MAX_DURATION]: 'it was as long as this agent allows',
  [EndReason.END_REASON_LEASE_EXPIRED]: 'the agent heard nothing of this client for too long',
  [EndReason.END_REASON_STOPPED_BY_OPERATOR]: 'somebody stopped it at the agent',
  [EndReason.END_REASON_AGENT_SHUTDOWN]: 'the agent is shutting down',
};

/** Why it ended, in the user's words, when nobody here asked for it. */
export function endReason(end: SessionEnd): string {
  switch (end.kind) {
    case 'summary':
      return reasons[end.summary.reason] ?? 'the agent stopped it without being asked';
    case 'no-summary':
      return 'the agent ended the stream without a summary';
    case 'failure':
      return end.error.message;
  }
}

/**
 * Whether another session on the node may do better.
 * @param wasTraced some session there has traced before: then even a refusal may pass, of a place that our own last session
 * still has, or of credentials that have expired
 */
export function mayRecover(end: SessionEnd, wasTraced: boolean): boolean {
  switch (end.kind) {
    case 'summary':
      return (
        end.summary.reason === EndReason.END_REASON_AGENT_SHUTDOWN ||
        end.summary.reason === EndReason.END_REASON_LEASE_EXPIRED
      );
    case 'no-summary':
      return true;
    case 'failure':
      return mayPass(end.error, wasTraced);
  }
}

function mayPass(error: AgentError, wasTraced: boolean): boolean {
  if (error instanceof NotUnderstoodError) return false;
  switch (error.kind) {
    case 'unreachable':
    case 'lost':
      return true;
    case 'forbidden':
      return wasTraced;
    case 'refused':
      return wasTraced && error.details.field === undefined;
  }
}

/** How it stands with the trace on one node. */
export type NodeState =
  /** The agent is being reached for the first time; `reason`: why it could not be so far. */
  | { readonly kind: 'connecting'; readonly reason: string }
  | { readonly kind: 'preparing' }
  /** So many of the functions are on. */
  | { readonly kind: 'attaching'; readonly done: number; readonly total: number }
  | { readonly kind: 'tracing' }
  /** It is traced, but for what `reason` says. */
  | { readonly kind: 'degraded'; readonly reason: string }
  /** It was traced, and is to be again. */
  | { readonly kind: 'reconnecting'; readonly reason: string }
  /** It is not traced, and that will not soon be better. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** So many of the functions are still on. */
  | { readonly kind: 'detaching'; readonly done: number; readonly total: number }
  | { readonly kind: 'ended' };

export type NodeStateKind = NodeState['kind'];

/** Packets are being traced there. */
export function isTracing({ kind }: NodeState): boolean {
  return kind === 'tracing' || kind === 'degraded';
}

/** A time in which a node was to be traced and was not. Wall clock of the node, milliseconds since 1970. */
export interface Gap {
  readonly fromMs: number;
  /** Undefined: it lasts. */
  readonly toMs: number | undefined;
  readonly cause: string;
}
