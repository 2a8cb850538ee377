import { homedir, hostname } from 'node:os';
import type { AgentOptions } from '../args/command-options.ts';
import type { KubeApi } from '../kubernetes/kube-api.ts';
import { findCluster } from '../open-agent.ts';
import {
  type AskableAgent,
  agentAtAddress,
  agentInside,
  agentsOfCluster,
} from './askable-agent.ts';
import type { CommandOutput } from './command-output.ts';
import { withKubeApi } from './with-kube-api.ts';

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
