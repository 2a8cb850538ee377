import type { pwru } from '../../../proto/gen/pwru.js';
import type { AgentError } from '../agent-client.ts';
import { type AgentCheck, checkAgent, REQUIRED_API_REVISION } from '../kubernetes/agent-check.ts';
import { askAgents } from './ask-agents.ts';
import type { AskableAgent } from './askable-agent.ts';

/** What is known of a node and its agent. */
export interface NodeReport {
  readonly agent: AskableAgent;
  /** Undefined when the agent did not answer, or when there is none. */
  readonly check: AgentCheck | undefined;
  /** Why it did not answer; undefined when it did, or when there is none that could. */
  readonly error: AgentError | undefined;
}

/** Asks every agent who it is; a node without a pod of an agent is not asked. */
export async function reportNodes(agents: readonly AskableAgent[]): Promise<NodeReport[]> {
  const askable = agents.filter((agent) => !isAbsent(agent));
  const answers = new Map(
    (await askAgents(askable, checkAgent)).map((answer) => [answer.from, answer]),
  );
  return agents.map((agent) => {
    const answer = answers.get(agent);
    return {
      agent,
      check: answer?.kind === 'answered' ? answer.value : undefined,
      error: answer?.kind === 'failed' ? answer.error : undefined,
    };
  });
}

/** The cluster has no pod of an agent there. */
export function isAbsent({ pod, notReady }: AskableAgent): boolean {
  return pod === undefined && notReady !== undefined;
}

/** What is wrong on the node, in a few words; empty when nothing is. */
export function trouble({ agent, check, error }: NodeReport): string {
  if (agent.notReady !== undefined) return agent.notReady;
  if (error !== undefined) return error.message;
  if (check?.compatibility === 'too-old') return tooOld(check);
  return '';
}

export function tooOld({ info }: AgentCheck): string {
  return `its API revision is ${info.apiRevision}, this program needs ${REQUIRED_API_REVISION}`;
}

/** The best backend that works; undefined when none does. */
export function bestBackend(
  info: pwru.v1.GetInfoResponse,
): pwru.v1.BackendInfo.$Properties | undefined {
  return info.backends.find(({ status }) => status?.available === true);
}
