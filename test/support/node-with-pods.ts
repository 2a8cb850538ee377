import { randomBytes } from 'node:crypto';
import { NetworkNamespace } from '../../agent/src/kernel/netns.ts';
import type {
  NodePod,
  PodPlace,
  PodReference,
  PodSource,
} from '../../agent/src/trace/pod-source.ts';
import type { TestMachine } from './machine.ts';

/** Subnet of the pods: documentation addresses (RFC 5737, RFC 3849). The node's bridge has .1 and ::1. */
const podSubnet = { 4: '192.0.2.', 6: '2001:db8::' } as const;

/** A pod that is nothing but a network namespace on the node's bridge. */
export interface BarePod {
  readonly pod: PodReference;
  readonly netns: string;
  readonly address: string;
  readonly address6: string;
}

/**
 * A node's network as a bridge CNI plugin makes it: the node's namespace with a bridge, pods' namespaces joined to it
 * by veth pairs. It is also the source of what is known of its pods, so that sessions can be tested without Kubernetes;
 * the agent's own source is tested in the cluster suite.
 */
export class NodeWithPods implements PodSource, AsyncDisposable {
  readonly netns: string;
  readonly nodeNamespace: NetworkNamespace;
  readonly #machine: TestMachine;
  readonly #id: string;
  readonly #listeners = new Set<() => void>();
  readonly #pods = new Map<string, NodePod>();
  #lastHost = 1;

  private constructor(machine: TestMachine, id: string) {
    this.#machine = machine;
    this.#id = id;
    this.netns = `pwru-n-${id}`;
    this.nodeNamespace = NetworkNamespace.named(this.netns);
  }

  static async create(machine: TestMachine): Promise<NodeWithPods> {
    const id = randomBytes(3).toString('hex');
    const node = `pwru-n-${id}`;
    await machine.mustRun(`set -e
      ip netns add ${node}
      ip -n ${node} link set lo up
      ip -n ${node} link add br0 type bridge
      ip -n ${node} addr add ${podSubnet[4]}1/24 dev br0
      ip -n ${node} addr add ${podSubnet[6]}1/64 dev br0 nodad
      ip -n ${node} link set br0 up`);
    return new NodeWithPods(machine, id);
  }

  pods(): readonly NodePod[] {
    return [...this.#pods.values()];
  }

  subscribe(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  /** Makes the namespace and its veth pair; nobody is told of it yet. */
  async add(name: string): Promise<BarePod> {
    const host = ++this.#lastHost;
    const netns = `pwru-p-${this.#id}-${host}`;
    const [address, address6] = [`${podSubnet[4]}${host}`, `${podSubnet[6]}${host}`];
    await this.#machine.mustRun(`set -e
      ip netns add ${netns}
      ip -n ${this.netns} link add veth${host} type veth peer name eth0 netns ${netns}
      ip -n ${this.netns} link set veth${host} master br0 up
      ip -n ${netns} addr add ${address}/24 dev eth0
      ip -n ${netns} addr add ${address6}/64 dev eth0 nodad
      ip -n ${netns} link set lo up
      ip -n ${netns} link set eth0 up
      ip -n ${netns} route add default via ${podSubnet[4]}1`);
    return { pod: { namespace: 'demo', name, uid: `${name}-${host}` }, netns, address, address6 };
  }

  /** Tells that the pod runs. */
  async show({ pod, netns, address, address6 }: BarePod): Promise<void> {
    const host = address.slice(podSubnet[4].length);
    const index = await this.#machine.mustRun(
      `ip -n ${this.netns} -o link show veth${host} | cut -d: -f1`,
    );
    this.set(pod, {
      kind: 'sandbox',
      sandbox: {
        netns: NetworkNamespace.named(netns),
        addresses: [bytesOf(address), bytesOf(address6)],
        hostInterfaces: [{ netnsInode: this.nodeNamespace.inode, index: Number(index) }],
        method: 'cri',
      },
    });
  }

  set(pod: PodReference, place: PodPlace): void {
    const before = this.#pods.get(pod.uid)?.place;
    this.#pods.set(pod.uid, { pod, place });
    this.#tell(before);
  }

  /** Tells that the pod has ended, and deletes its namespace. */
  async remove({ pod, netns }: BarePod): Promise<void> {
    const before = this.#pods.get(pod.uid)?.place;
    this.#pods.delete(pod.uid);
    this.#tell(before);
    await this.#machine.run(`ip netns del ${netns}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { place } of this.#pods.values()) close(place);
    this.nodeNamespace[Symbol.dispose]();
    await this.#machine.run(
      `for n in $(ip netns list | grep -o '^pwru-[np]-${this.#id}[-0-9]*'); do ip netns del $n; done`,
    );
  }

  #tell(before: PodPlace | undefined): void {
    for (const listener of this.#listeners) listener();
    close(before);
  }
}

function close(place: PodPlace | undefined): void {
  if (place?.kind === 'sandbox') place.sandbox.netns[Symbol.dispose]();
}

/** Network byte order; of IPv6 only the form that this file writes. */
function bytesOf(address: string): Uint8Array {
  if (!address.includes(':')) return Uint8Array.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').map((group) => Number.parseInt(group, 16));
  const bytes = Buffer.alloc(16);
  for (const [index, group] of groups.entries()) bytes.writeUInt16BE(group, 2 * index);
  bytes.writeUInt16BE(Number.parseInt(tail, 16), 14);
  return bytes;
}
