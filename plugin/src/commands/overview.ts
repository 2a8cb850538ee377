import { homedir } from 'node:os';
import { AGENT_DAEMON_SET } from '../agents/node-agents.ts';
import { findCluster } from '../agents/open-agent.ts';
import type { ClusterOptions } from '../cli/connection.ts';
import { shortHelp } from '../cli/help.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { type KubeApi, KubeError } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { printable } from '../terminal/text.ts';
import { oneLine } from './command-error.ts';
import { findObject } from './deploy/apply-manifests.ts';
import { type DaemonSet, progressOf } from './deploy/rollout.ts';
import { checkKubeconfig } from './doctor/cluster-checks.ts';
import { withKubeApi } from './with-kube-api.ts';

/** Nobody waits longer for a help text. */
const MOST_MS = 5_000;

/** How it stands, and what to type next. */
export interface Standing {
  readonly state: string;
  readonly next: string;
}

/** What `kubectl pwru` alone prints: a short help, how it stands with the agents, and what comes next. Nothing is traced. */
export async function runOverview(
  options: ClusterOptions,
  output: CommandOutput,
): Promise<ExitCode> {
  output.print(shortHelp, '');
  const { state, next } = await standing(options, output);
  output.print(printable(state), `Next: ${next}`);
  return exitCodes.OK;
}

async function standing(options: ClusterOptions, output: CommandOutput): Promise<Standing> {
  if (findCluster(process.env, homedir()) === undefined) {
    return {
      state: 'There is no kubeconfig, so there is no cluster.',
      next: 'kubectl pwru --local --drops   (this machine), or --kubeconfig FILE',
    };
  }
  const connection = { ...options.connection, requestTimeoutMs: MOST_MS };
  try {
    const { detail } = checkKubeconfig(connection);
    return await withKubeApi(connection, output, (api) => standingOfCluster(api, options, detail));
  } catch (thrown) {
    if (!(thrown instanceof KubeError)) throw thrown;
    return { state: `The cluster: ${oneLine(thrown.message)}`, next: 'kubectl pwru doctor' };
  }
}

/** @param cluster how it is called @throws KubeError */
export async function standingOfCluster(
  api: KubeApi,
  { agentNamespace }: Pick<ClusterOptions, 'agentNamespace'>,
  cluster: string,
): Promise<Standing> {
  const where = `${cluster}: agents in namespace ${agentNamespace}`;
  const daemonSet = await findObject<DaemonSet>(
    api,
    kinds.daemonSet,
    AGENT_DAEMON_SET,
    agentNamespace,
  );
  if (daemonSet === undefined)
    return { state: `${where}: none yet`, next: 'kubectl pwru deploy --image IMAGE' };
  const { ready = 0, desired = 0, isDone = false } = progressOf(daemonSet) ?? {};
  return {
    state: `${where}: ${ready} of ${desired} nodes ready`,
    next: isDone && desired > 0 ? 'kubectl pwru pod/NAME --dst-port 80' : 'kubectl pwru doctor',
  };
}
