import type { DoctorOptions } from '../cli/parse-command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { type KubeApi, KubeError } from '../kubernetes/kube-api.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { agentsPlace, localAgent, withAgents } from './ask-agents.ts';
import type { AskableAgent } from './askable-agent.ts';
import { CommandError, oneLine } from './command-error.ts';
import { adaptManifests, type Manifest, parseManifests } from './deploy/manifests.ts';
import { checkApiServer, checkInstallation, checkKubeconfig } from './doctor/cluster-checks.ts';
import { type Finding, failure, printFindings } from './doctor/finding.ts';
import { checkMachine } from './doctor/machine-checks.ts';
import { checkNodes } from './doctor/node-checks.ts';
import { checkPermissions } from './doctor/permission-checks.ts';
import { agentsOfNodes, isAbsent, reportNodes } from './status.ts';
import { withKubeApi } from './with-kube-api.ts';

export async function runDoctor(options: DoctorOptions, output: CommandOutput): Promise<ExitCode> {
  const findings = await lookAround(options, output);
  printFindings(findings, { format: options.output, headers: options.headers }, output);
  return findings.some(({ status }) => status === 'failure') ? exitCodes.FAILURE : exitCodes.OK;
}

async function lookAround(options: DoctorOptions, output: CommandOutput): Promise<Finding[]> {
  switch (agentsPlace(options)) {
    case 'local':
      return checkMachine(localAgent(options, output));
    case 'address':
      return withAgents(options, output, async (agents) => checkNodes(await reportNodes(agents)));
    case 'cluster':
      return checkWholeCluster(options, output);
  }
}

async function checkWholeCluster(
  options: DoctorOptions,
  output: CommandOutput,
): Promise<Finding[]> {
  let kubeconfig: Finding;
  try {
    kubeconfig = checkKubeconfig(options.connection);
  } catch (thrown) {
    if (!(thrown instanceof KubeError)) throw thrown;
    const remedy = 'kubectl config view';
    return [failure('kubeconfig', oneLine(thrown.message), { remedy })];
  }
  const { manifestTexts } = await import('./deploy/manifest-texts.ts');
  const { agentNamespace } = options;
  const manifests = adaptManifests(parseManifests(manifestTexts), {
    ...{ agentNamespace, image: undefined, nodeSelector: {}, runtimeSocket: true },
  });
  const others = await withKubeApi(options.connection, output, (api) =>
    checkCluster(api, manifests, { options, output }),
  );
  return [kubeconfig, ...others];
}

/** What an API server and the agents behind it say. */
export async function checkCluster(
  api: KubeApi,
  manifests: readonly Manifest[],
  { options, output }: { readonly options: DoctorOptions; readonly output: CommandOutput },
): Promise<Finding[]> {
  const { finding: server, minor: serverMinor } = await checkApiServer(api);
  // Where nobody answers, every other check would say the same once more.
  if (serverMinor === undefined) return [server];
  const { agentNamespace } = options;
  const scope = { agentNamespace, namespace: api.namespace, serverMinor };
  const [permissions, installation, agents] = await Promise.all([
    checkPermissions(api, manifests, scope).catch((thrown) => [asFinding('permissions', thrown)]),
    checkInstallation(api, options),
    agentsOfNodes(api, options, output).catch((thrown) => asFinding('agents', thrown)),
  ]);
  const nodes = isFinding(agents) ? [agents] : await checkAgents(agents);
  return [server, ...permissions, ...installation, ...nodes];
}

/** That no node has an agent is told of the DaemonSet already. */
async function checkAgents(agents: readonly AskableAgent[]): Promise<Finding[]> {
  return agents.every(isAbsent) ? [] : checkNodes(await reportNodes(agents));
}

function isFinding(value: Finding | readonly AskableAgent[]): value is Finding {
  return 'status' in value;
}

/** @throws what is a mistake in this program */
function asFinding(check: string, thrown: unknown): Finding {
  if (thrown instanceof KubeError || thrown instanceof CommandError)
    return failure(check, oneLine(thrown.message), { remedy: 'the lines above' });
  throw thrown;
}
