import { join } from 'node:path';
import { ResourceStack } from '../../../agent/src/core/resource.ts';
import { ClusterFolder } from './cluster-folder.ts';
import { ControlPlane } from './control-plane.ts';
import { makeCredentials } from './credentials.ts';
import { type ClusterFacts, LabCluster, lifecyclePath, writeFacts } from './lab-cluster.ts';
import type { Lifecycle, PartName } from './lifecycle.ts';
import { serveLifecycle } from './lifecycle-socket.ts';
import { ClusterNetwork } from './network.ts';
import type { NodeGround } from './node-files.ts';
import { getPodImage } from './pod-image.ts';
import { getSoftware } from './software.ts';
import { unpackKubernetes } from './unpack-kubernetes.ts';
import { VirtualNode } from './virtual-node.ts';
import { waitUntil } from './wait-until.ts';

export interface NodeOptions {
  /** IPv4 addresses for its pods; `10.244.N.0/24` for node N unless given. The first is the bridge's: a /29 has room for 5 pods. */
  readonly podSubnet?: string;
}

export interface ClusterOptions {
  /** How many, or one set of options for each. */
  readonly nodes: number | readonly NodeOptions[];
}

/** A cluster that this process owns. Disposing it ends and removes all of it; so does the end of this process, even by SIGKILL. */
export class OwnedCluster extends LabCluster implements AsyncDisposable {
  /** For nodes that join it. */
  readonly ground: NodeGround;
  readonly #resources: ResourceStack;

  constructor(
    facts: ClusterFacts,
    lifecycle: Lifecycle,
    parts: { readonly ground: NodeGround; readonly resources: ResourceStack },
  ) {
    super(facts, lifecycle);
    this.ground = parts.ground;
    this.#resources = parts.resources;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]();
  }
}

/**
 * Starts a Kubernetes cluster on this machine's kernel, as root: a control plane and `node-1`, `node-2` and so on, in namespaces of
 * their own. Of the machine it changes one network interface, some control groups and a folder in the temporary folder, for
 * as long as it lives. Resolves when pods can be scheduled on all nodes.
 * @throws Error with the ends of logs when it does not come up
 */
export async function startCluster({ nodes }: ClusterOptions): Promise<OwnedCluster> {
  const software = await getSoftware();
  const image = await getPodImage(software);
  await using stack = new ResourceStack();
  const home = stack.use(await ClusterFolder.make());
  const folder = home.path;
  const kubernetes = await unpackKubernetes(software, folder);
  const network = stack.use(await ClusterNetwork.make(folder));
  await makeCredentials(folder, network.apiAddress);
  const ground = {
    clusterFolder: folder,
    clusterName: home.name,
    kubernetes,
    programs: software.programs,
    images: [image],
    network,
  };
  const options = typeof nodes === 'number' ? Array<NodeOptions>(nodes).fill({}) : nodes;
  const virtualNodes = options.map(({ podSubnet }, index) =>
    stack.use(
      new VirtualNode({
        number: index + 1,
        name: `node-${index + 1}`,
        podSubnet: podSubnet ?? podSubnetOf(index + 1),
        ...ground,
      }),
    ),
  );
  const etcd = join(software.programs, 'usr/bin/etcd');
  const controlPlane = stack.use(await ControlPlane.make({ folder, kubernetes, etcd, network }));
  await allOf([controlPlane.startApiServer(), ...virtualNodes.map((node) => node.boot())]);
  await allOf(virtualNodes.map((node) => node.startKubelet()));
  await waitUntil(() => areUsable(controlPlane, virtualNodes), {
    goal: 'ready to run pods',
    timeoutMs: 120_000,
    intervalMs: 100,
    processes: [controlPlane, ...virtualNodes].flatMap(({ processes }) => processes),
  });
  const facts = {
    folder,
    server: `https://${network.apiAddress}`,
    nodes: virtualNodes.map((node) => node.facts),
    kubectl: software.kubectl,
  };
  const lifecycle = new OwnedLifecycle(controlPlane, virtualNodes);
  stack.use(await serveLifecycle(lifecycle, lifecyclePath(folder)));
  await writeFacts(facts);
  return new OwnedCluster(facts, lifecycle, { ground, resources: stack.move() });
}

/** Addresses for the pods of node number `number`, from 1. */
export function podSubnetOf(number: number): string {
  return `10.244.${number}.0/24`;
}

/** Waits for all of them, even when one fails: what goes on must not be disposed of under way. */
async function allOf(steps: ReadonlyArray<Promise<void>>): Promise<void> {
  const failed = (await Promise.allSettled(steps)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function startNode(node: VirtualNode): Promise<void> {
  await node.boot();
  await node.startKubelet();
}

/** The parts of a Node and of a ServiceAccount that are read here. */
interface NodeList {
  readonly items: ReadonlyArray<{
    readonly spec: { readonly taints?: readonly unknown[] };
    readonly status: { readonly conditions?: ReadonlyArray<{ type: string; status: string }> };
  }>;
}

/** Whether all nodes are ready and free of the taints that a node has before, and pods can have their service account. */
async function areUsable(
  { api }: ControlPlane,
  virtualNodes: readonly VirtualNode[],
): Promise<boolean> {
  const list = (await api.get('/api/v1/nodes')) as NodeList | undefined;
  const usable = list?.items.filter(
    ({ spec, status }) =>
      spec.taints === undefined &&
      status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
  );
  if (usable?.length !== virtualNodes.length) return false;
  const account = await api.get('/api/v1/namespaces/default/serviceaccounts/default');
  return (account as { secrets?: unknown[] } | undefined)?.secrets !== undefined;
}

/** The life of the parts, for who has the processes. */
class OwnedLifecycle implements Lifecycle {
  readonly #controlPlane: ControlPlane;
  readonly #nodes: readonly VirtualNode[];

  constructor(controlPlane: ControlPlane, nodes: readonly VirtualNode[]) {
    this.#controlPlane = controlPlane;
    this.#nodes = nodes;
  }

  async kill(part: PartName): Promise<void> {
    if (part === 'api-server') return this.#controlPlane.killApiServer();
    const node = this.#nodeOf(part);
    return isKubelet(part) ? node.killKubelet() : node.kill();
  }

  async start(part: PartName): Promise<void> {
    if (part === 'api-server') return this.#controlPlane.startApiServer();
    const node = this.#nodeOf(part);
    return isKubelet(part) ? node.startKubelet() : startNode(node);
  }

  #nodeOf(part: PartName): VirtualNode {
    const name = part.split('/')[0];
    const node = this.#nodes.find(({ facts }) => facts.name === name);
    if (node === undefined) throw new Error(`The cluster has no ${part}`);
    return node;
  }
}

function isKubelet(part: PartName): boolean {
  return part.endsWith('/kubelet');
}
