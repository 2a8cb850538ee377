import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import type { Socket } from 'node:net';
import type { ApiAccess } from '../../../agent/src/cluster/api/request.ts';
import { DirectoryCounters } from '../../../agent/src/cluster/directory-counters.ts';
import { PodWatch } from '../../../agent/src/cluster/pod-watch.ts';
import { silentLog } from '../../../agent/testing/silent-log.ts';
import { agentNamespace } from '../../cluster/agents.ts';
import { credentialsIn } from '../../cluster/lab/credentials.ts';
import type { LabCluster } from '../../cluster/lab/lab-cluster.ts';
import { waitUntil } from '../../cluster/lab/wait-until.ts';
import { nodeName } from './population.ts';

/** Counts what goes through the connections that it makes; each is used for one request, as the agents' are. */
class CountingAgent extends Agent {
  #endedBytes = 0;
  readonly #open = new Set<Socket>();

  /** With TLS and HTTP's own. */
  get bytesRead(): number {
    let sum = this.#endedBytes;
    for (const socket of this.#open) sum += socket.bytesRead;
    return sum;
  }

  override createConnection(...args: Parameters<Agent['createConnection']>) {
    const socket = super.createConnection(...args) as Socket;
    this.#open.add(socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#endedBytes += socket.bytesRead;
    });
    return socket;
  }
}

/** The watches of many nodes' agents, as each agent has one, in this process. */
export class WatchingAgents implements AsyncDisposable {
  readonly counters = new DirectoryCounters();
  readonly #connections = new CountingAgent({ keepAlive: false, maxCachedSessions: 0 });
  readonly #access: ApiAccess;
  readonly #watches: PodWatch[] = [];
  /** Pods that all of them know. */
  readonly #pods = new Set<string>();

  private constructor(
    access: Omit<Awaited<ReturnType<ApiAccess['endpoint']>>, 'options'>,
    ca: Buffer,
  ) {
    const endpoint = { ...access, options: { ca, agent: this.#connections } };
    this.#access = { endpoint: async () => endpoint };
  }

  /** None yet. They ask with the rights of deploy/, whose service account must be there. */
  static async make(cluster: LabCluster): Promise<WatchingAgents> {
    const token = await cluster.signToken({
      ...{ namespace: agentNamespace, serviceAccount: 'pwru-agent', lifetimeMs: 3_600_000 },
    });
    const ca = await readFile(credentialsIn(cluster.folder).authority.certificate);
    const headers = { authorization: `Bearer ${token}` };
    return new WatchingAgents({ server: new URL(cluster.server), headers }, ca);
  }

  get bytesRead(): number {
    return this.#connections.bytesRead;
  }

  get podCount(): number {
    return this.#pods.size;
  }

  get connected(): number {
    return this.#watches.filter(({ status }) => status.connected).length;
  }

  /** Starts those of nodes 0 to `count` - 1, all at once, and waits until all follow their pods. @returns how long, in ms */
  async start(count: number): Promise<number> {
    for (let index = this.#watches.length; index < count; index++) {
      this.#watches.push(
        new PodWatch({
          ...{ access: this.#access, node: nodeName(index), counters: this.counters },
          log: silentLog,
          listener: {
            replace: (pods) => {
              for (const { pod } of pods) this.#pods.add(pod.uid);
            },
            put: ({ pod }) => this.#pods.add(pod.uid),
            remove: (uid) => this.#pods.delete(uid),
          },
        }),
      );
    }
    return this.untilConnected();
  }

  /** @returns how long it took, in ms */
  async untilConnected(): Promise<number> {
    const startMs = performance.now();
    await waitUntil(() => this.connected === this.#watches.length, {
      ...{ goal: 'watched by all agents', timeoutMs: 600_000, intervalMs: 100 },
    });
    return performance.now() - startMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch[Symbol.asyncDispose]()));
    this.#connections.destroy();
  }
}
