import { flagSpec, flagsOf, looksForPods } from '../cli/flag-table.ts';
import { type AgentOptions, parseCommand } from '../cli/parse-command.ts';
import type { AgentSources } from '../completion/cluster-sources.ts';
import { understandTyped } from '../completion/complete.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { askAgents, withAgents } from './ask-agents.ts';
import type { AskableAgent } from './askable-agent.ts';

/** Nothing is written while a command line is being typed. */
const noOutput: CommandOutput = {
  print: () => {},
  tell: () => {},
  width: undefined,
  style: { header: (text) => text, drop: (text) => text },
  silence: () => {},
};

/** What the agents that the typed flags mean know. @param words as `__complete` gets them */
export function agentCompletion(words: readonly string[]): AgentSources {
  return {
    functions: (prefix) => withTypedAgents(words, (agents) => functionNames(agents, prefix)),
    sessions: () => withTypedAgents(words, sessionNames),
  };
}

/** Of the first agent that is ready: kernels of one cluster are much alike. */
async function functionNames(
  agents: readonly AskableAgent[],
  prefix: string,
): Promise<readonly string[]> {
  const first = agents.find(({ notReady }) => notReady === undefined);
  // What is an expression already is not completed.
  if (first === undefined || !/^\w*$/.test(prefix)) return [];
  const answers = await askAgents([first], (agent) =>
    agent.listFunctions({ functionRegex: `${prefix}.*` }),
  );
  const names = answers.flatMap((answer) =>
    answer.kind === 'answered' ? answer.value.functions.map(({ name }) => name ?? '') : [],
  );
  return [...new Set(names)].sort();
}

/** As `stop` takes them: `NODE/ID`, or the id alone where there is one agent. */
async function sessionNames(agents: readonly AskableAgent[]): Promise<readonly string[]> {
  const answers = await askAgents(agents, (agent) => agent.listSessions());
  return answers.flatMap((answer) =>
    answer.kind === 'answered'
      ? answer.value.sessions.map(({ id }) =>
          agents.length === 1 ? (id ?? '') : `${answer.from.node}/${id ?? ''}`,
        )
      : [],
  );
}

/** @throws UsageError, KubeError, CommandError: then there is nothing to offer */
async function withTypedAgents<T>(
  words: readonly string[],
  use: (agents: readonly AskableAgent[]) => Promise<T>,
): Promise<T> {
  return withAgents(typedAgents(words), noOutput, use);
}

/** Which agents the typed flags mean. @throws UsageError */
export function typedAgents(words: readonly string[]): AgentOptions {
  const { command: typedCommand, flags } = understandTyped(words);
  const known = new Set(flagsOf('sessions'));
  // Of pods, not of agents.
  if (looksForPods(typedCommand)) known.delete('namespace');
  const args = [...flags]
    .filter(([flag]) => known.has(flag) && flag !== 'help')
    .flatMap(([flag, values]) =>
      flagSpec(flag).type === 'boolean'
        ? [`--${flag}`]
        : values.map((value) => `--${flag}=${value}`),
    );
  const command = parseCommand(['sessions', ...args]);
  if (command.kind !== 'sessions') throw new Error('These are the flags of sessions');
  return command.options;
}
