import { pwru } from '../../../proto/gen/pwru.js';
import type { SessionsOptions } from '../cli/parse-command.ts';
import { count, grouped, lossTotals } from '../events/accounting.ts';
import type { ExitCode } from '../exit-code.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { ageText, printableJson } from '../terminal/text.ts';
import { printTable } from '../terminal/text-table.ts';
import { agentsPlace, askAgents, tellFailures, withAgents } from './ask-agents.ts';
import type { AskableAgent } from './askable-agent.ts';

/** A session, and where it is. */
interface SessionOnNode {
  readonly node: string;
  readonly session: pwru.v1.Session.$Properties;
}

export function runSessions(options: SessionsOptions, output: CommandOutput): Promise<ExitCode> {
  if (agentsPlace(options) === 'local') output.tell(LOCAL_NOTE);
  return withAgents(options, output, (agents) => printSessions(agents, options, output));
}

const LOCAL_NOTE = 'A trace with --local is known only to the command that runs it';

/** Prints all sessions of the agents. */
export async function printSessions(
  agents: readonly AskableAgent[],
  options: SessionsOptions,
  output: CommandOutput,
): Promise<ExitCode> {
  const answers = await askAgents(agents, async (agent) => (await agent.listSessions()).sessions);
  const sessions = answers.flatMap((answer) =>
    answer.kind === 'answered'
      ? answer.value.map((session) => ({ node: answer.from.node, session }))
      : [],
  );
  if (options.output === 'json') output.print(...sessions.map(jsonOf));
  else if (sessions.length > 0) printTable(output, { columns, rows: sessions, ...options });
  if (sessions.length === 0 && answers.some(({ kind }) => kind === 'answered'))
    output.tell('No sessions found.');
  return tellFailures(answers, output);
}

const columns = [
  { header: 'NODE', text: ({ node }: SessionOnNode) => node },
  { header: 'ID', text: ({ session }: SessionOnNode) => session.id ?? '' },
  { header: 'AGE', text: ({ session }: SessionOnNode) => ageText(Number(count(session.ageMs))) },
  { header: 'STATE', dropRank: 3, text: ({ session }: SessionOnNode) => stateText(session.state) },
  { header: 'BACKEND', dropRank: 2, text: ({ session }: SessionOnNode) => session.backend ?? '' },
  {
    header: 'FUNCTIONS',
    dropRank: 1,
    text: ({ session }: SessionOnNode) => grouped(session.functionsAttached ?? 0),
  },
  { header: 'EVENTS', dropRank: 4, text: ({ session }: SessionOnNode) => grouped(events(session)) },
  { header: 'LOST', dropRank: 5, text: ({ session }: SessionOnNode) => grouped(lost(session)) },
  {
    header: 'CLIENT',
    canBeCut: true,
    text: ({ session }: SessionOnNode) => session.request?.clientName ?? '',
  },
  {
    header: 'TARGETS',
    canBeCut: true,
    text: ({ session }: SessionOnNode) => shortened(targetTexts(session)),
  },
  {
    header: 'FILTER',
    canBeCut: true,
    text: ({ session }: SessionOnNode) => filterText(session),
  },
];

const { SessionState } = pwru.v1;
const stateNames: Readonly<Record<number, string>> = {
  [SessionState.SESSION_STATE_PREPARING]: 'preparing',
  [SessionState.SESSION_STATE_ATTACHING]: 'attaching',
  [SessionState.SESSION_STATE_TRACING]: 'tracing',
  [SessionState.SESSION_STATE_DETACHING]: 'detaching',
  [SessionState.SESSION_STATE_ENDED]: 'ended',
};

function stateText(state: pwru.v1.SessionState | null | undefined): string {
  return stateNames[state ?? 0] ?? 'unknown';
}

function events({ accounting }: pwru.v1.Session.$Properties): bigint {
  return count(accounting?.deliveredEvents);
}

function lost({ accounting }: pwru.v1.Session.$Properties): bigint {
  return lossTotals(accounting?.losses ?? []).totalEvents;
}

/** An agent that is reached over the network does not tell what others look for. */
function filterText({ request, filterHidden }: pwru.v1.Session.$Properties): string {
  return filterHidden === true ? '(hidden)' : (request?.filter ?? '');
}

/** More are counted; `-o json` has them all. */
const MAX_TARGETS = 2;

function shortened(texts: readonly string[]): string {
  // One more takes less room than to say so.
  if (texts.length <= MAX_TARGETS + 1) return texts.join(',');
  return `${texts.slice(0, MAX_TARGETS).join(',')} +${texts.length - MAX_TARGETS} more`;
}

/** Of the request, with the pods that it has now. */
function targetTexts({ request }: pwru.v1.Session.$Properties): string[] {
  const targets = (request?.targets ?? []).map(targetText);
  if (targets.length > 0) return targets;
  return [request?.podsOnly === true ? 'pods' : 'host'];
}

function targetText({ pod, netnsName, pid }: pwru.v1.Target.$Properties): string {
  if (pod != null) return `${pod.namespace ?? ''}/${pod.name ?? ''}`;
  return netnsName == null ? `pid/${pid ?? 0}` : `netns/${netnsName}`;
}

function jsonOf({ node, session }: SessionOnNode): string {
  const { request } = session;
  return printableJson({
    node,
    id: session.id ?? '',
    ageMs: Number(count(session.ageMs)),
    state: stateText(session.state),
    backend: session.backend ?? '',
    functionsAttached: session.functionsAttached ?? 0,
    eventsDelivered: `${events(session)}`,
    eventsLost: `${lost(session)}`,
    leaseRemainingMs: Number(count(session.leaseRemainingMs)),
    client: request?.clientName ?? '',
    targets: targetTexts(session),
    filter: request?.filter ?? '',
    filterHidden: session.filterHidden ?? false,
    functionRegex: request?.functionRegex ?? '',
  });
}
