import { type KubeApi, KubeError } from '../kubernetes/kube-api.ts';
import { WatchTroubles } from '../kubernetes/watch.ts';
import { type AgentCheck, checkAgent } from './agent-check.ts';
import {
  AgentError,
  type AgentSource,
  NoAgentError,
  type OpenAgent,
  type QueryableAgent,
} from './agent-client.ts';
import { type WatchedAgents, watchAgents } from './find-agents.ts';
import type { NodeAgent, NodeAgents } from './node-agents.ts';
import { openAgentOnNode } from './open-agent-on-node.ts';

export interface ClusterAgentsOptions {
  readonly agentNamespace: string;
  /** Takes a sentence when the agents cannot be watched, and when they can again. */
  readonly note: (text: string) => void;
}

/** The agents of a cluster's nodes, whichever pods they are at the moment. */
export class ClusterAgents implements AgentSource, Disposable {
  readonly #api: KubeApi;
  readonly #watched: WatchedAgents;
  /** Undefined: it has to be made anew. */
  #agents: NodeAgents | undefined;
  /** Called at each change. */
  readonly #waiting: Set<() => void>;

  private constructor(api: KubeApi, watched: WatchedAgents, waiting: Set<() => void>) {
    this.#api = api;
    this.#watched = watched;
    this.#waiting = waiting;
    waiting.add(() => {
      this.#agents = undefined;
    });
  }

  /** Of no node yet: it is found out about one when its agent is opened. @throws KubeError */
  static async open(
    api: KubeApi,
    { agentNamespace, note }: ClusterAgentsOptions,
  ): Promise<ClusterAgents> {
    const waiting = new Set<() => void>();
    // Of the DaemonSet and of its pods.
    const troubles = new WatchTroubles((error) => note(troubleText(error)));
    const watched = await watchAgents(
      api,
      { agentNamespace },
      {
        onChange: () => {
          for (const tell of [...waiting]) tell();
        },
        onTrouble: (error) => troubles.report(troubles, error),
      },
    );
    return new ClusterAgents(api, watched, waiting);
  }

  /** What is known of the agent of a node that was asked for. */
  #on(node: string): NodeAgent {
    this.#agents ??= this.#watched.agents;
    return this.#agents.on(node);
  }

  async open(node: string, signal: AbortSignal): Promise<OpenAgent> {
    const { client, check } = await this.ask(node, signal);
    return { client, clock: check.clock, version: check.info.version };
  }

  /** The same, for other questions than a trace; it is the caller's to close. @throws AgentError */
  async ask(
    node: string,
    signal: AbortSignal,
  ): Promise<{ readonly client: QueryableAgent; readonly check: AgentCheck }> {
    await beforeAbort(this.#follow(node), { signal });
    const agent = this.#on(node);
    if (agent.kind === 'none') throw new NoAgentError(node, agent.reason);
    if (agent.kind === 'not-ready') {
      const { namespace, name } = agent.place.pod;
      throw new NoAgentError(node, `pod ${namespace}/${name} is not ready: ${agent.reason}`);
    }
    const client = await beforeAbort(openAgentOnNode(this.#api, agent.place), {
      signal,
      onLate: (late) => void late.close(),
    });
    try {
      const check = await beforeAbort(checkAgent(client), { signal });
      if (check.compatibility === 'too-old') {
        throw new NoAgentError(node, `the agent (version ${check.info.version}) is too old`);
      }
      return { client, check };
    } catch (thrown) {
      await client.close();
      throw thrown;
    }
  }

  async #follow(node: string): Promise<void> {
    try {
      await this.#watched.follow(node);
    } catch (thrown) {
      if (!(thrown instanceof KubeError)) throw thrown;
      const kind = [401, 403].includes(thrown.status) ? 'forbidden' : 'unreachable';
      throw new AgentError(kind, `Cannot find the agent on ${node}: ${thrown.message}`, {
        cause: thrown,
      });
    }
  }

  async changed(node: string, signal: AbortSignal): Promise<void> {
    const before = identity(this.#on(node));
    // Without an answer the next attempt says what is wrong.
    await beforeAbort(this.#follow(node), { signal }).catch(() => {});
    return new Promise((resolve) => {
      const settle = () => {
        this.#waiting.delete(look);
        signal.removeEventListener('abort', settle);
        resolve();
      };
      const look = () => {
        if (identity(this.#on(node)) !== before) settle();
      };
      this.#waiting.add(look);
      signal.addEventListener('abort', settle, { once: true });
      if (signal.aborted) settle();
      else look();
    });
  }

  [Symbol.dispose](): void {
    this.#watched[Symbol.dispose]();
  }
}

function troubleText(error: KubeError | undefined): string {
  return error === undefined
    ? 'The agents are watched again'
    : `The agents cannot be watched for now: ${error.message}`;
}

/** The same while it makes no sense to try again for its sake. */
function identity(agent: NodeAgent): string {
  return agent.kind === 'none' ? 'none' : `${agent.kind} ${agent.place.pod.name}`;
}

/** @throws AgentError when the abort comes first; what comes after it is given to `onLate` */
async function beforeAbort<T>(
  promise: Promise<T>,
  { signal, onLate }: { signal: AbortSignal; onLate?: (late: T) => void },
): Promise<T> {
  const { promise: aborted, reject } = withReject();
  const onAbort = () => reject(new AgentError('lost', 'The trace was stopped'));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([promise, aborted]);
  } catch (thrown) {
    if (signal.aborted) promise.then(onLate, () => {});
    throw thrown;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function withReject(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, rejectIt) => {
    reject = rejectIt;
  });
  return { promise, reject };
}
