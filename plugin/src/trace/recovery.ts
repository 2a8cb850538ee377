import { pwru } from '../../../proto/gen/pwru.js';
import type { AgentError } from '../agent-client.ts';
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
