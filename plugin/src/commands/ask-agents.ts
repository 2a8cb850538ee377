import { homedir, hostname } from 'node:os';
import { AgentError, type QueryableAgent } from '../agents/agent-client.ts';
import { findCluster } from '../agents/open-agent.ts';
import type { AgentOptions } from '../cli/parse-command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { KubeApi } from '../kubernetes/kube-api.ts';
import { Limiter } from '../kubernetes/pacing.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { listed } from '../terminal/text.ts';
import {
  type AskableAgent,
  agentAtAddress,
  agentInside,
  agentsOfCluster,
} from './askable-agent.ts';
import { commandFailure } from './command-error.ts';
import { withKubeApi } from './with-kube-api.ts';

/** What came of asking one agent. */
export type Answer<T> =
  | { readonly kind: 'answered'; readonly from: AskableAgent; readonly value: T }
  | { readonly kind: 'failed'; readonly from: AskableAgent; readonly error: AgentError };

/** How many agents are open at a time. */
export const MAX_OPEN = 20;

/** Opens every agent, asks it and closes it. Answers come in the order of the agents. */
export async function askAgents<T>(
  agents: readonly AskableAgent[],
  question: (agent: QueryableAgent, from: AskableAgent) => Promise<T>,
): Promise<Array<Answer<T>>> {
  const limiter = new Limiter(MAX_OPEN);
  return Promise.all(agents.map((from) => limiter.run(() => ask(from, question))));
}

async function ask<T>(
  from: AskableAgent,
  question: (agent: QueryableAgent, from: AskableAgent) => Promise<T>,
): Promise<Answer<T>> {
  try {
    const agent = await from.open();
    try {
      return { kind: 'answered', from, value: await question(agent, from) };
    } finally {
      await agent.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof AgentError)) throw thrown;
    return { kind: 'failed', from, error: betterTold(thrown, from) };
  }
}

/** That a pod is not ready says more than what came of trying it all the same. */
function betterTold(error: AgentError, { node, pod, notReady }: AskableAgent): AgentError {
  if (notReady === undefined || pod === undefined || error.kind !== 'unreachable') return error;
  const message = `The agent on ${node} (pod ${pod.name}) is not ready: ${notReady}`;
  return new AgentError(error.kind, message, { ...error.details, cause: error });
}

/**
 * Tells of the agents that did not answer, a line for each cause.
 * @param functionRegex of the request
 * @returns the exit code: 0 when all answered, 3 when some did, else that of the failures
 */
export function tellFailures(
  answers: ReadonlyArray<Answer<unknown>>,
  output: CommandOutput,
  functionRegex?: string,
): ExitCode {
  const groups = new Map<string, Failed[]>();
  for (const answer of answers) {
    if (answer.kind !== 'failed') continue;
    const cause = withoutNames(answer);
    groups.set(cause, [...(groups.get(cause) ?? []), answer]);
  }
  const codes = [...groups.values()].map((group) => tellGroup(group, output, functionRegex));
  if (codes.length === 0) return exitCodes.OK;
  if (answers.some(({ kind }) => kind === 'answered')) return exitCodes.PARTIAL;
  const [first = exitCodes.NO_AGENT] = codes;
  return codes.every((code) => code === first) ? first : exitCodes.NO_AGENT;
}

type Failed = Extract<Answer<unknown>, { readonly kind: 'failed' }>;

function tellGroup(
  group: readonly Failed[],
  output: CommandOutput,
  functionRegex: string | undefined,
): ExitCode {
  const [first, ...others] = group;
  if (first === undefined) return exitCodes.OK;
  const failure = commandFailure(first.error, functionRegex);
  const [head = '', ...details] = failure?.lines ?? [];
  const also =
    others.length === 0 ? '' : ` (the same on ${listed(others.map(({ from }) => from.node))})`;
  output.tell(`${head}${also}`, ...details);
  return failure?.exitCode ?? exitCodes.FAILURE;
}

/** The message as it would be of any node: what is the same there is told once. */
function withoutNames({ from, error }: Failed): string {
  const { node, pod } = from;
  const nodeless = error.message.replaceAll(node, '?');
  return pod === undefined ? nodeless : nodeless.replaceAll(pod.name, '?');
}

/** Where a command looks for agents. */
export type AgentsPlace = 'local' | 'address' | 'cluster';

/** What the command line says, else the cluster that kubectl would ask, else this machine. */
export function agentsPlace({ agent }: Pick<AgentOptions, 'agent'>): AgentsPlace {
  if (agent.kind !== 'default') return agent.kind;
  return findCluster(process.env, homedir()) === undefined ? 'local' : 'cluster';
}

/**
 * Uses the agents that the command line means, at least one, and the API server of their cluster.
 * @throws KubeError, CommandError when they cannot be found
 */
export async function withAgents<T>(
  options: AgentOptions,
  output: CommandOutput,
  use: (agents: readonly AskableAgent[], api?: KubeApi) => Promise<T>,
): Promise<T> {
  if (options.agent.kind === 'address') return use([agentAtAddress(options.agent.address)]);
  if (agentsPlace(options) === 'local') return use([localAgent(options, output)]);
  return withKubeApi(options.connection, output, async (api) =>
    use(await agentsOfCluster(api, options), api),
  );
}

/** An agent inside this process; that it is about this machine is told where nobody said so. */
export function localAgent(
  { agent }: Pick<AgentOptions, 'agent'>,
  output: CommandOutput,
): AskableAgent {
  if (agent.kind === 'default') output.tell('There is no kubeconfig: this is about this machine');
  return agentInside(hostname(), (text) => output.tell(text));
}
