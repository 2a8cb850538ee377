import { type AgentClient, AgentError } from '../agent-client.ts';
import type { ClockOffset } from '../kubernetes/clock-offset.ts';

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
