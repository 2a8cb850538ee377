import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type ListOptions,
  type ResourceKind,
  type Watched,
  type WatchListener,
} from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
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

/** More nodes than that are followed by one watch of all agents. */
const MAX_NODE_WATCHES = 50;

/** The agents of nodes as they are at any time: a new pod after one that died, a DaemonSet that was installed again. */
export interface WatchedAgents extends Disposable {
  /** What is known of those on the nodes that are followed, and of pods that have no node yet. */
  readonly agents: NodeAgents;
  /** Resolves when the node's agent is known. @throws KubeError when that fails */
  follow(node: string): Promise<void>;
}

/** Asks for nothing that is about no node to be followed: a cluster may have 5,000 agents. @throws KubeError */
export async function watchAgents(
  api: KubeApi,
  { agentNamespace: namespace }: AgentSearch,
  listener: WatchListener,
): Promise<WatchedAgents> {
  const watching = new AgentWatches(api, namespace, listener);
  try {
    await watching.open();
    return watching;
  } catch (thrown) {
    watching[Symbol.dispose]();
    throw thrown;
  }
}

class AgentWatches implements WatchedAgents {
  readonly #api: KubeApi;
  readonly #namespace: string;
  readonly #listener: WatchListener;
  #daemonSets: Watched<KubeObject> | undefined;
  readonly #pods: Array<Watched<AgentPod>> = [];
  /** By node; `undefined` is all of them. */
  readonly #following = new Map<string | undefined, Promise<void>>();
  #isComplete = false;
  #isDisposed = false;

  constructor(api: KubeApi, namespace: string, listener: WatchListener) {
    this.#api = api;
    this.#namespace = namespace;
    this.#listener = {
      onChange: () => {
        if (this.#isComplete) listener.onChange();
      },
      onTrouble: (error) => listener.onTrouble(error),
    };
  }

  async open(): Promise<void> {
    const fieldSelector = `metadata.name=${AGENT_DAEMON_SET}`;
    this.#daemonSets = await this.#watch(kinds.daemonSet, { fieldSelector });
    // Those that the scheduler has no place for, on whichever node they are meant to be.
    await this.#watchPods('spec.nodeName=');
    this.#isComplete = true;
  }

  get agents(): NodeAgents {
    const [daemonSet] = this.#daemonSets?.objects.values() ?? [];
    const pods = new Map(this.#pods.flatMap(({ objects }) => [...objects]));
    return new NodeAgents(this.#namespace, daemonSet, pods.values());
  }

  follow(node: string): Promise<void> {
    const isKnown = this.#following.has(node) || this.#following.size < MAX_NODE_WATCHES;
    const key = isKnown ? node : undefined;
    const before = this.#following.get(key);
    if (before !== undefined) return before;
    const selector = key === undefined ? undefined : `spec.nodeName=${key}`;
    const following = this.#watchPods(selector);
    this.#following.set(key, following);
    // Whoever asks again tries again.
    following.catch(() => this.#following.delete(key));
    return following;
  }

  async #watchPods(fieldSelector: string | undefined): Promise<void> {
    const fromCache = fieldSelector !== undefined;
    this.#pods.push(await this.#watch<AgentPod>(kinds.pod, { fieldSelector, fromCache }));
    this.#listener.onChange();
  }

  async #watch<T extends KubeObject>(
    kind: ResourceKind,
    options: ListOptions,
  ): Promise<Watched<T>> {
    const namespace = this.#namespace;
    const watched = await this.#api.watch<T>(kind, { ...options, namespace }, this.#listener);
    if (this.#isDisposed) watched[Symbol.dispose]();
    return watched;
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#daemonSets?.[Symbol.dispose]();
    for (const watched of this.#pods) watched[Symbol.dispose]();
  }
}
