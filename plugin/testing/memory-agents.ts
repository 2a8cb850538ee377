import {
  AgentError,
  type AgentSource,
  NoAgentError,
  type OpenAgent,
} from '../src/agents/agent-client.ts';
import type { ClockOffset } from '../src/events/clocks.ts';
import { MemoryAgent, type MemoryStream } from './memory-agent.ts';

/** Agents of nodes, whose responses a test pushes one by one; a new one each time that one is opened. */
export class MemoryAgents implements AgentSource {
  readonly #opened = new Map<string, MemoryAgent[]>();
  readonly #errors = new Map<string, AgentError>();
  readonly #waiting = new Map<string, () => void>();
  /** Of each node's clock; undefined: not measured. */
  readonly clocks = new Map<string, ClockOffset>();
  version: string | undefined;

  async open(node: string, signal: AbortSignal): Promise<OpenAgent> {
    const error = this.#errors.get(node);
    if (error !== undefined) throw error;
    if (signal.aborted) throw new AgentError('lost', 'The trace was stopped');
    const client = new MemoryAgent();
    this.#opened.set(node, [...(this.#opened.get(node) ?? []), client]);
    return { client, clock: this.clocks.get(node), version: this.version };
  }

  changed(node: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(node, resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** The node's agent cannot be opened from now on, or can again. */
  refuse(node: string, error: AgentError | undefined): void {
    if (error === undefined) this.#errors.delete(node);
    else this.#errors.set(node, error);
  }

  /** The node has no agent any more. */
  remove(node: string, reason: string): void {
    this.refuse(node, new NoAgentError(node, reason));
  }

  /** It has one again, and whoever waits hears of it. */
  restore(node: string): void {
    this.refuse(node, undefined);
    this.#waiting.get(node)?.();
  }

  /** All that were opened on the node. */
  of(node: string): readonly MemoryAgent[] {
    return this.#opened.get(node) ?? [];
  }

  /** The last one that was opened on the node. */
  latest(node: string): MemoryAgent {
    const agent = this.of(node).at(-1);
    if (agent === undefined) throw new Error(`No agent was opened on ${node}`);
    return agent;
  }

  stream(node: string): MemoryStream {
    return this.latest(node).stream;
  }
}
