import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parseSamples, sample } from '../../support/metrics-text.ts';
import { agentNamespace, agentPorts, type DeployedAgents } from '../agents.ts';
import type { ClusterNode, LabCluster } from '../lab/lab-cluster.ts';
import { waitUntil } from '../lab/wait-until.ts';

/** How many file descriptors a process has, by what they are of: 'socket', 'anon_inode:bpf-map', 'netns', a path. */
export type DescriptorCounts = Readonly<Record<string, number>>;

/** Of an agent's process, when all garbage is collected; bytes. */
export interface AgentMemory {
  /**
   * What it cannot let go of: objects, and buffers outside of V8's heap. A leak shows in this one. At any other time there is
   * also what V8 has not collected yet, which is 5 to 10 MB more or less from one moment to the next.
   */
  readonly liveBytes: number;
  /** Resident pages of its own (RssAnon): what the node has to give, with V8's reserves and compiled code. */
  readonly residentBytes: number;
}

const require = createRequire(import.meta.url);

/** Node's inspector, in the agent's network namespace. */
const inspectorPort = 9229;

/** Of the file system that namespaces are files of. */
const namespaceDevice = statSync('/proc/self/ns/net').dev;

/** The agent of a node, in its pod, as this machine sees its process from outside. */
export class AgentProcess {
  /** Its folder in the procfs of its node. */
  readonly folder: string;
  readonly #cluster: LabCluster;
  readonly #node: ClusterNode;
  readonly #pod: string;

  private constructor(
    cluster: LabCluster,
    node: ClusterNode,
    parts: { pod: string; folder: string },
  ) {
    this.#cluster = cluster;
    this.#node = node;
    this.#pod = parts.pod;
    this.folder = parts.folder;
  }

  static async find(
    cluster: LabCluster,
    agents: DeployedAgents,
    node: ClusterNode,
  ): Promise<AgentProcess> {
    const pod = (await agents.pods()).get(node.name);
    if (pod === undefined) throw new Error(`${node.name} has no agent`);
    const network = await cluster.podNetwork({ namespace: agentNamespace, pod });
    return new AgentProcess(cluster, node, { pod, folder: dirname(dirname(network)) });
  }

  /** Inode numbers of the network namespaces that it holds open. */
  heldNamespaces(): Set<number> {
    const held = new Set<number>();
    for (const { namespace } of this.#descriptors())
      if (namespace !== undefined) held.add(namespace);
    return held;
  }

  countDescriptors(): DescriptorCounts {
    const counts: Record<string, number> = {};
    for (const { link, namespace } of this.#descriptors()) {
      const kind = namespace === undefined ? link.replace(/:\[\d+\]$/, '') : 'netns';
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }

  async memory(): Promise<AgentMemory> {
    await this.#collectGarbage();
    const path = `/api/v1/namespaces/${agentNamespace}/pods/${this.#pod}:${agentPorts.http}/proxy/metrics`;
    const samples = parseSamples(await this.#cluster.kubectl(['get', '--raw', path]));
    const status = readFileSync(`${this.folder}/status`, 'latin1');
    return {
      liveBytes:
        sample(samples, 'nodejs_heap_size_used_bytes') +
        sample(samples, 'nodejs_external_memory_bytes'),
      residentBytes: 1_024 * Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]),
    };
  }

  async #collectGarbage(): Promise<void> {
    // Node opens its inspector at this signal; it stays.
    await this.#node.run('kill', ['-USR1', basename(this.folder)]);
    const script = join(import.meta.dirname, 'collect-garbage.ts');
    const node = [process.execPath, '--import', pathToFileURL(require.resolve('tsx')).href];
    const inside = [`--net=${this.folder}/ns/net`, '--', ...node, script];
    await waitUntil(
      () =>
        promisify(execFile)('nsenter', [...inside, `${inspectorPort}`]).then(
          () => true,
          () => false,
        ),
      { goal: 'free of garbage', intervalMs: 500 },
    );
  }

  #descriptors(): Array<{ link: string; namespace: number | undefined }> {
    const folder = `${this.folder}/fd`;
    return readdirSync(folder).flatMap((fd) => {
      try {
        const { dev, ino } = statSync(`${folder}/${fd}`);
        const link = readlinkSync(`${folder}/${fd}`);
        return [{ link, namespace: dev === namespaceDevice ? ino : undefined }];
      } catch {
        // Closed since the folder was read.
        return [];
      }
    });
  }
}

/** What there is more of, by kind: one less of another kind makes up for nothing. */
export function leakedDescriptors(
  before: DescriptorCounts,
  after: DescriptorCounts,
): DescriptorCounts {
  const more = Object.entries(after).map(
    ([kind, count]) => [kind, count - (before[kind] ?? 0)] as const,
  );
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}
