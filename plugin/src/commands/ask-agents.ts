import { AgentError, type QueryableAgent } from '../agent-client.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { Limiter } from '../kubernetes/limiter.ts';
import type { AskableAgent } from './askable-agent.ts';
import { commandFailure } from './command-failure.ts';
import type { CommandOutput } from './command-output.ts';
import { listed } from './listed.ts';

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
