import { AgentError } from '../agents/agent-client.ts';
import type { SessionName, StopOptions } from '../cli/parse-command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { printable } from '../terminal/text.ts';
import { type Answer, agentsPlace, askAgents, tellFailures, withAgents } from './ask-agents.ts';
import { type AskableAgent, SESSION_NOT_FOUND } from './askable-agent.ts';

/** More sessions that an id may mean are counted. */
const MAX_NAMED = 5;

export function runStop(options: StopOptions, output: CommandOutput): Promise<ExitCode> {
  const { sessions } = options;
  const named = sessions.flatMap(({ node }) => node ?? []);
  // Where each session is said to be on a node, no others are looked for.
  const isNarrow = agentsPlace(options) === 'cluster' && named.length === sessions.length;
  const nodes = isNarrow && options.nodes.length === 0 ? [...new Set(named)] : options.nodes;
  return withAgents({ ...options, nodes }, output, (agents) =>
    stopSessions(agents, sessions, output),
  );
}

/** Ends sessions, on the nodes that are named or on whichever they are. */
export async function stopSessions(
  agents: readonly AskableAgent[],
  names: readonly SessionName[],
  output: CommandOutput,
): Promise<ExitCode> {
  const { missing, answers } = await stopWhole(agents, names, output);
  const exitCode = missing.size === 0 ? exitCodes.OK : tellFailures(answers, output);
  if (missing.size === 0 || (answers.length > 0 && !hasAnswer(answers))) return exitCode;
  const isCertain = exitCode === exitCodes.OK;
  const sessions = await listSessions(agentsOf(agents, [...missing]));
  const meant = new Map<SessionName, SessionPlace>();
  for (const name of missing) {
    const places = sessions.filter((place) => isMeant(name, place));
    const [first] = places;
    if (first !== undefined && places.length === 1 && isCertain) meant.set(name, first);
    else {
      const isAsked = agentsOf(agents, [name]).length > 0;
      const cause = isAsked
        ? refusal(name, places, isCertain)
        : `${name.node} is not among the nodes that are asked`;
      output.tell(`error: Cannot stop session "${textOf(name)}": ${cause}`);
    }
  }
  const { missing: ended } = await stopWhole(agents, [...meant.values()], output);
  for (const name of ended)
    output.tell(`error: Cannot stop session "${textOf(name)}": it has just ended`);
  const isDone = meant.size === missing.size && ended.size === 0;
  return isCertain && !isDone ? exitCodes.FAILURE : exitCode;
}

/** A session that there is. */
interface SessionPlace extends SessionName {
  readonly node: string;
}

function textOf({ node, id }: SessionName): string {
  return node === undefined ? id : `${node}/${id}`;
}

function isMeant({ node = '', id }: SessionName, place: SessionPlace): boolean {
  return place.id.startsWith(id) && (node === '' || node === place.node);
}

function hasAnswer(answers: ReadonlyArray<Answer<void>>): boolean {
  return answers.some(({ kind }) => kind === 'answered');
}

/** Those that may have one of these sessions. */
function agentsOf(
  agents: readonly AskableAgent[],
  names: readonly SessionName[],
): readonly AskableAgent[] {
  const nodes = new Set(names.map(({ node }) => node));
  return nodes.has(undefined) ? agents : agents.filter(({ node }) => nodes.has(node));
}

async function stopWhole(
  agents: readonly AskableAgent[],
  names: readonly SessionName[],
  output: CommandOutput,
): Promise<{ missing: ReadonlySet<SessionName>; answers: ReadonlyArray<Answer<void>> }> {
  const missing = new Set(names);
  const answers = await askAgents(agentsOf(agents, names), async (agent, { node }) => {
    for (const name of names) {
      if (name.node !== undefined && name.node !== node) continue;
      const { id } = name;
      try {
        await agent.stopSession(id);
      } catch (thrown) {
        if (thrown instanceof AgentError && thrown.details.reason === SESSION_NOT_FOUND) continue;
        throw thrown;
      }
      missing.delete(name);
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
function refusal(
  { node }: SessionName,
  places: readonly SessionPlace[],
  isCertain: boolean,
): string {
  const nobody =
    node !== undefined
      ? `the agent on ${node} has none that begins so`
      : isCertain
        ? 'no agent has it'
        : 'no agent that answers has it';
  if (places.length === 0) return nobody;
  const named = places.slice(0, MAX_NAMED).map(textOf);
  const others = places.length - named.length;
  const text = `${named.join(others > 0 ? ', ' : ' or ')}${others > 0 ? ` or one of ${others} more` : ''}`;
  return places.length > 1
    ? `it may be ${text}`
    : `${nobody}, and ${text} may not be the only one that begins so`;
}
