import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { findCluster } from '../agents/open-agent.ts';
import type { ClusterKind } from '../cli/cluster-target.ts';
import { readCommandLine } from '../cli/command-line.ts';
import { clusterOptions } from '../cli/connection.ts';
import { flagSpec } from '../cli/flag-table.ts';
import type { ConnectionFlags } from '../kubernetes/connection-settings.ts';
import type { KubeApi, KubeObject, ResourceKind } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import type { CompletionSources, TypedWords } from './complete.ts';

/** More names than a person would read. */
const MAX_NAMES = 500;

const kindsByName: Readonly<Record<ClusterKind | 'namespace', ResourceKind>> = {
  pod: kinds.pod,
  deployment: kinds.deployment,
  statefulset: kinds.statefulSet,
  daemonset: kinds.daemonSet,
  replicaset: kinds.replicaSet,
  replicationcontroller: kinds.replicationController,
  job: kinds.job,
  cronjob: kinds.cronJob,
  service: kinds.service,
  node: kinds.node,
  namespace: kinds.namespace,
};

/** Asks an agent for what only it knows; nothing while there is no way to. */
export type AgentSources = Pick<CompletionSources, 'functions' | 'sessions'>;

/** What this machine and the cluster of the typed flags have. */
export function clusterSources(typed: TypedWords, agent: AgentSources): CompletionSources {
  return {
    ...agent,
    objects: (kind, namespace) => objectNames(typed, kind, namespace),
    configured: async (what) => {
      const { loadKubeconfig } = await import('../kubernetes/kubeconfig.ts');
      const { contexts, clusters, users } = loadKubeconfig({
        explicitPath: connectionOf(typed).kubeconfig,
        environment: process.env,
        homeDirectory: homedir(),
      });
      return [...{ context: contexts, cluster: clusters, user: users }[what].keys()];
    },
    networkNamespaces: () => readdir('/run/netns'),
  };
}

async function objectNames(
  typed: TypedWords,
  kindName: ClusterKind | 'namespace',
  namespace: string | undefined,
): Promise<readonly string[]> {
  const connection = connectionOf(typed);
  if (typed.flags.has('local') || typed.flags.has('agent')) return [];
  const isNamed = Object.values(connection).some(
    (value) => value !== undefined && `${value}` !== '',
  );
  if (!isNamed && findCluster(process.env, homedir()) === undefined) return [];
  const { openKubeApi } = await import('../kubernetes/open-kube-api.ts');
  const api = await openKubeApi(connection);
  try {
    const kind = await servedKind(api, kindName);
    return await firstNames(api, kind, namespace ?? api.namespace);
  } finally {
    await api.close();
  }
}

async function servedKind(api: KubeApi, name: ClusterKind | 'namespace'): Promise<ResourceKind> {
  if (name === 'cronjob' && !(await api.serves(kinds.cronJob))) return kinds.cronJobBeta;
  return kindsByName[name];
}

/** One page of the list. */
async function firstNames(
  api: KubeApi,
  kind: ResourceKind,
  namespace: string,
): Promise<readonly string[]> {
  const { group, version, plural, namespaced } = kind;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const within = namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const { items } = await api.request<{ items?: readonly KubeObject[] | null }>({
    method: 'GET',
    path: `${root}${within}/${plural}`,
    query: { limit: `${MAX_NAMES}` },
  });
  return (items ?? []).flatMap(({ metadata }) => metadata?.name ?? []);
}

/** Of the flags that are typed already. @throws UsageError */
function connectionOf({ flags }: TypedWords): ConnectionFlags {
  const args = [...flags]
    .filter(([flag]) => flagSpec(flag).section === 'connection' || flag === 'namespace')
    .flatMap(([flag, values]) =>
      flagSpec(flag).type === 'boolean'
        ? [`--${flag}`]
        : // The one at the cursor has none yet.
          values.map((value) => `--${flag}=${value}`),
    );
  return clusterOptions(readCommandLine(args)).connection;
}
