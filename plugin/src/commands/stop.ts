import { AgentError } from '../agent-client.ts';
import type { StopOptions } from '../args/command-options.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { printable } from '../printable.ts';
import { type Answer, askAgents, tellFailures } from './ask-agents.ts';
import { type AskableAgent, SESSION_NOT_FOUND } from './askable-agent.ts';
import type { CommandOutput } from './command-output.ts';
import { withAgents } from './with-agents.ts';

/** More sessions that an id may mean are counted. */
const MAX_NAMED = 5;

export function runStop(options: StopOptions, output: CommandOutput): Promise<ExitCode> {
  return withAgents(options, output, (agents) => stopSessions(agents, options.sessionIds, output));
}

/** Ends sessions, on whichever nodes they are. @param ids whole ones, or beginnings that only one session has */
export async function stopSessions(
  agents: readonly AskableAgent[],
  ids: readonly string[],
  output: CommandOutput,
): Promise<ExitCode> {
  const { missing, answers } = await stopWhole(agents, ids, output);
  const exitCode = missing.size === 0 ? exitCodes.OK : tellFailures(answers, output);
  if (missing.size === 0 || !answers.some(({ kind }) => kind === 'answered')) return exitCode;
  const isCertain = exitCode === exitCodes.OK;
  const sessions = await listSessions(agents);
  const meant = new Map<string, SessionPlace>();
  for (const id of missing) {
    const places = sessions.filter((place) => place.id.startsWith(id));
    const [first] = places;
    if (first !== undefined && places.length === 1 && isCertain) meant.set(id, first);
    else output.tell(`error: Cannot stop session "${id}": ${refusal(places, isCertain)}`);
  }
  const { missing: ended } = await stopWhole(
    agents,
    [...meant.values()].map(({ id }) => id),
    output,
  );
  for (const id of ended) output.tell(`error: Cannot stop session "${id}": it has just ended`);
  const isDone = meant.size === missing.size && ended.size === 0;
  return isCertain && !isDone ? exitCodes.FAILURE : exitCode;
}

interface SessionPlace {
  readonly id: string;
  readonly node: string;
}

async function stopWhole(
  agents: readonly AskableAgent[],
  ids: readonly string[],
  output: CommandOutput,
): Promise<{ missing: ReadonlySet<string>; answers: ReadonlyArray<Answer<void>> }> {
  const missing = new Set(ids);
  if (ids.length === 0) return { missing, answers: [] };
  const answers = await askAgents(agents, async (agent, { node }) => {
    for (const id of ids) {
      try {
        await agent.stopSession(id);
      } catch (thrown) {
        if (thrown instanceof AgentError && thrown.details.reason === SESSION_NOT_FOUND) continue;
        throw thrown;
      }
      missing.delete(id);
      output.print(`session ${printable(id)} on ${printable(node)} stopped`);
    }
  });
  return { missing, answers };
}

/** Of the agents that answer. */
async function listSessions(agents: readonly AskableAgent[]): Promise<SessionPlace[]> {
  const answers = await askAgents(agents, async (agent) => (await agent.listSessions()).sessions);
  return answers.flatMap((answer) =>
    answer.kind === 'answered'
      ? answer.value.map(({ id }) => ({ id: id ?? '', node: answer.from.node }))
      : [],
  );
}

/** Why an id, which no session has as a whole, stops none. */
function refusal(places: readonly SessionPlace[], isCertain: boolean): string {
  const nobody = isCertain ? 'no agent has it' : 'no agent that answers has it';
  if (places.length === 0) return nobody;
  const named = places.slice(0, MAX_NAMED).map(({ id, node }) => `${id} on ${node}`);
  const others = places.length - named.length;
  const text = `${named.join(others > 0 ? ', ' : ' or ')}${others > 0 ? ` or one of ${others} more` : ''}`;
  return places.length > 1
    ? `it may be ${text}`
    : `${nobody}, and ${text} may not be the only one that begins so`;
}
