import type { VersionOptions } from '../cli/parse-command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { listed, printable, printableJson } from '../terminal/text.ts';
import { version } from '../version.ts';
import { agentsPlace, tellFailures, withAgents } from './ask-agents.ts';
import { askAlike } from './ask-alike.ts';
import type { AskableAgent } from './askable-agent.ts';

/** Agents that say the same of themselves. */
interface AgentVersion {
  readonly version: string;
  readonly apiRevision: number;
  /** At least one, by name. */
  readonly nodes: string[];
}

export async function runVersion(
  options: VersionOptions,
  output: CommandOutput,
): Promise<ExitCode> {
  // An agent inside this program is this program.
  if (options.clientOnly || agentsPlace(options) === 'local') {
    output.print(options.output === 'json' ? jsonOf([]) : ownLine);
    return exitCodes.OK;
  }
  if (options.output === 'table') output.print(ownLine);
  return withAgents(options, output, (agents) => printVersions(agents, options, output));
}

const ownLine = `kubectl-pwru ${version}`;

/** Prints the versions of the agents, each once. Of agents of one image one is asked. */
export async function printVersions(
  agents: readonly AskableAgent[],
  options: Pick<VersionOptions, 'output'>,
  output: CommandOutput,
): Promise<ExitCode> {
  const shared = await askAlike(
    agents,
    ({ image }) => image,
    (agent) => agent.getInfo(),
  );
  const answers = shared.flatMap((each) => each.answers);
  const versions = new Map<string, AgentVersion>();
  for (const {
    answers: [answer],
    alike,
  } of shared) {
    if (answer?.kind !== 'answered') continue;
    const { version: agentVersion, apiRevision } = answer.value;
    const key = `${agentVersion} ${apiRevision}`;
    const known = versions.get(key) ?? { version: agentVersion, apiRevision, nodes: [] };
    known.nodes.push(answer.from.node, ...alike.map(({ node }) => node));
    versions.set(key, known);
  }
  const found = [...versions.values()].map((each) => ({ ...each, nodes: each.nodes.sort() }));
  if (options.output === 'json') output.print(jsonOf(found));
  else output.print(...found.map(agentLine));
  return tellFailures(answers, output);
}

function agentLine({ version: agentVersion, apiRevision, nodes }: AgentVersion): string {
  return printable(
    `pwru-agent ${agentVersion} (API revision ${apiRevision}) on ${nodes.length === 1 ? '' : `${nodes.length} nodes: `}${listed(nodes)}`,
  );
}

function jsonOf(agents: readonly AgentVersion[]): string {
  return printableJson({ client: { version }, agents });
}
