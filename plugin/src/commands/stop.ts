import { AgentError } from '../agent-client.ts';
import type { StopOptions } from '../args/command-options.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { printable } from '../printable.ts';
import { askAgents, tellFailures } from './ask-agents.ts';
import { type AskableAgent, SESSION_NOT_FOUND } from './askable-agent.ts';
import type { CommandOutput } from './command-output.ts';
import { withAgents } from './with-agents.ts';

export function runStop(options: StopOptions, output: CommandOutput): Promise<ExitCode> {
  return withAgents(options, output, (agents) => stopSessions(agents, options.sessionIds, output));
}

/** Ends sessions, on whichever nodes they are. */
export async function stopSessions(
  agents: readonly AskableAgent[],
  ids: readonly string[],
  output: CommandOutput,
): Promise<ExitCode> {
  const missing = new Set(ids);
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
  const exitCode = missing.size === 0 ? exitCodes.OK : tellFailures(answers, output);
  if (!answers.some(({ kind }) => kind === 'answered')) return exitCode;
  const where = exitCode === exitCodes.OK ? 'no agent has it' : 'no agent that answers has it';
  for (const id of missing) output.tell(`error: Cannot stop session "${id}": ${where}`);
  return exitCode === exitCodes.OK && missing.size > 0 ? exitCodes.FAILURE : exitCode;
}
