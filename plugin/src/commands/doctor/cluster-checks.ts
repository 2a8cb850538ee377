import { homedir } from 'node:os';
import { AGENT_DAEMON_SET } from '../../agents/node-agents.ts';
import type { DoctorOptions } from '../../cli/parse-command.ts';
import { type ConnectionFlags, resolveSettings } from '../../kubernetes/connection-settings.ts';
import { type KubeApi, KubeError, type KubeObject } from '../../kubernetes/kube-api.ts';
import { loadKubeconfig } from '../../kubernetes/kubeconfig.ts';
import { kinds } from '../../kubernetes/resources.ts';
import { oneLine } from '../command-error.ts';
import { findObject } from '../deploy/apply-manifests.ts';
import { type DaemonSet, progressOf } from '../deploy/rollout.ts';
import { type Finding, failure, ok, warning } from './finding.ts';

/** The answer of /version. */
interface ServerVersion {
  readonly gitVersion: string;
  /** `20`, with some providers `20+`. */
  readonly minor: string;
}

/** @throws KubeError when the configuration cannot be used */
export function checkKubeconfig(flags: ConnectionFlags): Finding {
  const kubeconfig = loadKubeconfig({
    explicitPath: flags.kubeconfig,
    environment: process.env,
    homeDirectory: homedir(),
  });
  const { server, namespace } = resolveSettings({ flags, kubeconfig, environment: process.env });
  return ok(
    'kubeconfig',
    `${server.origin}${server.pathname.replace(/\/$/, '')}, namespace ${namespace}`,
  );
}

/** @returns the server's minor version as well, which is undefined when it does not answer */
export async function checkApiServer(
  api: KubeApi,
): Promise<{ readonly finding: Finding; readonly minor: number | undefined }> {
  try {
    const { gitVersion, minor } = await api.request<ServerVersion>({
      method: 'GET',
      path: '/version',
    });
    return { finding: ok('API server', gitVersion), minor: Number.parseInt(minor, 10) };
  } catch (thrown) {
    return { finding: failed('API server', thrown, 'kubectl version'), minor: undefined };
  }
}

/** The namespace of the agents, and their DaemonSet. */
export async function checkInstallation(
  api: KubeApi,
  { agentNamespace }: Pick<DoctorOptions, 'agentNamespace'>,
): Promise<Finding[]> {
  const namespace = await checkNamespace(api, agentNamespace);
  return [namespace, await checkDaemonSet(api, agentNamespace)];
}

const DEPLOY = '"kubectl pwru deploy"';
const ENFORCE = 'pod-security.kubernetes.io/enforce';

async function checkNamespace(api: KubeApi, name: string): Promise<Finding> {
  const check = 'agent namespace';
  let namespace: KubeObject | undefined;
  try {
    namespace = await findObject(api, kinds.namespace, name);
  } catch (thrown) {
    if (!(thrown instanceof KubeError) || thrown.status !== 403)
      return failed(check, thrown, 'kubectl get namespaces');
    // Nobody needs to see it in order to trace.
    return ok(check, `${name}, which you may not look at`);
  }
  if (namespace === undefined)
    return failure(check, `there is no namespace ${name}`, { remedy: DEPLOY });
  const enforced = namespace.metadata?.labels?.[ENFORCE];
  if (enforced === 'privileged') return ok(check, name);
  const detail = `${name} does not say that it admits privileged pods (label ${ENFORCE}${enforced === undefined ? '' : `=${enforced}`})`;
  return enforced === undefined
    ? warning(check, detail, { remedy: DEPLOY })
    : failure(check, detail, { remedy: DEPLOY });
}

async function checkDaemonSet(api: KubeApi, namespace: string): Promise<Finding> {
  const check = 'DaemonSet';
  const shown = `${AGENT_DAEMON_SET} in namespace ${namespace}`;
  let daemonSet: DaemonSet | undefined;
  try {
    daemonSet = await findObject<DaemonSet>(api, kinds.daemonSet, AGENT_DAEMON_SET, namespace);
  } catch (thrown) {
    return failed(check, thrown, 'the permissions that are missing above');
  }
  if (daemonSet === undefined) return failure(check, `there is no ${shown}`, { remedy: DEPLOY });
  const progress = progressOf(daemonSet);
  if (progress === undefined) {
    return failure(check, `${shown} has changed, and the cluster has not taken notice yet`, {
      remedy: 'some patience, or a look at kube-controller-manager',
    });
  }
  const { desired, ready, isDone } = progress;
  if (desired === 0)
    return failure(check, `${shown} matches no node`, {
      remedy: `${DEPLOY} without --node-selector`,
    });
  const detail = `${shown}: ${ready} of ${desired} nodes ready`;
  if (isDone) return ok(check, detail);
  return failure(check, detail, { remedy: 'what the nodes below say' });
}

/** @throws what is no KubeError: a mistake in this program */
function failed(check: string, thrown: unknown, remedy: string): Finding {
  if (!(thrown instanceof KubeError)) throw thrown;
  return failure(check, oneLine(thrown.message), { remedy });
}
