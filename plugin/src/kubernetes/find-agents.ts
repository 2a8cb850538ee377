import { kinds } from './kinds.ts';
import { type KubeApi, KubeError, type KubeObject, type WatchListener } from './kube-api.ts';
import { AGENT_DAEMON_SET, type AgentPod, NodeAgents } from './node-agents.ts';

export interface AgentSearch {
  /** The one namespace in which agents are looked for: --agent-namespace. */
  readonly agentNamespace: string;
}

/** The agents as they are now: one object and one list. @throws KubeError */
export async function findAgents(api: KubeApi, search: AgentSearch): Promise<NodeAgents> {
  const { agentNamespace: namespace } = search;
  const listing = api.list<AgentPod>(kinds.pod, { namespace });
  // Of two refusals the first is told, whichever comes first.
  listing.catch(() => {});
  const daemonSet = await api
    .get(kinds.daemonSet, AGENT_DAEMON_SET, namespace)
    .catch(undefinedIfNotFound);
  const pods = await listing;
  return new NodeAgents(namespace, daemonSet, pods);
}

function undefinedIfNotFound(thrown: unknown): undefined {
  if (thrown instanceof KubeError && thrown.status === 404) return undefined;
  throw thrown;
}

/** The agents as they are at any time: a new pod after one that died, a DaemonSet that was installed again. */
export interface WatchedAgents extends Disposable {
  readonly agents: NodeAgents;
}

/** Resolves when all are known. @throws KubeError when that fails */
export async function watchAgents(
  api: KubeApi,
  search: AgentSearch,
  listener: WatchListener,
): Promise<WatchedAgents> {
  const { agentNamespace: namespace } = search;
  let isComplete = false;
  const whenComplete: WatchListener = {
    onChange: () => {
      if (isComplete) listener.onChange();
    },
    onTrouble: (error) => listener.onTrouble(error),
  };
  const daemonSets = await api.watch<KubeObject>(
    kinds.daemonSet,
    { namespace, fieldSelector: `metadata.name=${AGENT_DAEMON_SET}` },
    whenComplete,
  );
  try {
    const pods = await api.watch<AgentPod>(kinds.pod, { namespace }, whenComplete);
    isComplete = true;
    listener.onChange();
    return {
      get agents() {
        const [daemonSet] = daemonSets.objects.values();
        return new NodeAgents(namespace, daemonSet, pods.objects.values());
      },
      [Symbol.dispose]: () => {
        daemonSets[Symbol.dispose]();
        pods[Symbol.dispose]();
      },
    };
  } catch (thrown) {
    daemonSets[Symbol.dispose]();
    throw thrown;
  }
}
