import Long from 'long';
import { pwru } from '../../proto/gen/pwru.js';
import { pass, settle } from '../../test/support/played-time.ts';
import { AgentError } from '../src/agents/agent-client.ts';
import { MemoryCluster } from './memory-cluster.ts';
import { accounting, summary } from './recorded-session.ts';

/*
 * A trace of a cluster, played under vitest's fake timers.
 */

type Event = pwru.v1.Event.$Properties;
type Response = pwru.v1.TraceResponse.$Properties;

const BOOT_TIME_NS = 300_000_000_000;

/** What an agent says each second. */
export const tracing: Response = {
  status: { state: pwru.v1.SessionState.SESSION_STATE_TRACING, accounting },
};

export function lost(text = 'Lost the agent at n2: Connection dropped'): AgentError {
  return new AgentError('lost', text);
}

/** An event at this time, on the scale of all events here. */
export function at(ms: number, more: Event = {}): Event {
  return { bootTimeNs: Long.fromNumber(BOOT_TIME_NS + ms * 1e6, true), functionId: 1, ...more };
}

export function batch(...events: Event[]): Response {
  return { events: { events } };
}

export function watermark(ms: number): Response {
  return { watermark: { bootTimeNs: Long.fromNumber(BOOT_TIME_NS + ms * 1e6, true) } };
}

/** Lets time pass while the agents of these nodes are alive. */
export async function live(cluster: MemoryCluster, ms: number, ...nodes: string[]): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 1_000) {
    for (const node of nodes) cluster.send(node, tracing);
    await pass(Math.min(1_000, ms - passedMs));
  }
}

/** A trace of these targets whose probes are all on. */
export async function begun(targets: readonly string[], line?: string): Promise<MemoryCluster> {
  const cluster = new MemoryCluster(targets, line === undefined ? {} : { line });
  await settle();
  cluster.start(...cluster.follower.state.nodes.keys());
  await settle();
  return cluster;
}

/** Ctrl-C, which these nodes confirm. @returns the exit code */
export function stopped(cluster: MemoryCluster, ...nodes: string[]): Promise<number> {
  return stoppedWith(cluster, nodes, {});
}

/** The same; what all agents say in their summaries, too. */
export function stoppedWith(
  cluster: MemoryCluster,
  nodes: readonly string[],
  more: pwru.v1.Summary.$Properties,
): Promise<number> {
  cluster.run.stop('interrupt');
  for (const node of nodes) {
    cluster.send(node, { summary: { ...summary, ...more } });
    cluster.agents.stream(node).end();
  }
  return cluster.exit;
}
