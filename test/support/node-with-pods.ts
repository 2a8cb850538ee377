import type {
  NewNamespace,
  NodePod,
  PodPlace,
  PodReference,
  PodSource,
} from '../../agent/src/core/pods.ts';
import { BootClock } from '../../agent/src/kernel/boot-clock.ts';
import { NetworkNamespace } from '../../agent/src/kernel/netns.ts';
import { hostMachine } from './host-machine.ts';
import { type BarePod, NodeNetwork, nodeAddress } from './node-network.ts';

/** A pod with its network. */
export interface ShownPod extends BarePod {
  readonly pod: PodReference;
}

/**
 * A node network of this machine that is also the source of what is known of its pods, so that sessions can be tested
 * without Kubernetes. The agent's own source is tested in the cluster suite.
 */
export class NodeWithPods implements PodSource, AsyncDisposable {
  readonly nodeNamespace: NetworkNamespace;
  readonly #clock = new BootClock();
  readonly #network: NodeNetwork;
  readonly #listeners = new Set<() => void>();
  readonly #pods = new Map<string, NodePod>();
  /** By name under /run/netns. */
  readonly #newNamespaces = new Map<
    string,
    { readonly netns: NetworkNamespace; readonly sinceNs: number }
  >();
  /** Of its sandboxes, by inode number. */
  readonly #held = new Map<number, NetworkNamespace>();

  private constructor(network: NodeNetwork) {
    this.#network = network;
    this.nodeNamespace = NetworkNamespace.named(network.netns);
  }

  static async create(): Promise<NodeWithPods> {
    return new NodeWithPods(await NodeNetwork.create(hostMachine));
  }

  get netns(): string {
    return this.#network.netns;
  }

  pods(): readonly NodePod[] {
    return [...this.#pods.values()];
  }

  subscribe(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  nodeAddresses(): readonly Uint8Array[] {
    return [bytesOf(nodeAddress[4])];
  }

  newNamespaces(): readonly NewNamespace[] {
    return [...this.#newNamespaces.values()];
  }

  /** Tells that a namespace has come whose pod is not known. */
  notice({ netns }: BarePod): void {
    const sinceNs = this.#clock.nowNs();
    this.#newNamespaces.set(netns, { netns: NetworkNamespace.named(netns), sinceNs });
    this.#tell(undefined);
  }

  /** Tells that a namespace is nobody's. */
  forget({ netns }: BarePod): void {
    const fresh = this.#newNamespaces.get(netns);
    this.#newNamespaces.delete(netns);
    this.#tell(undefined);
    fresh?.netns[Symbol.dispose]();
  }

  /** Makes the network of a pod; nobody is told of it yet. */
  async add(name: string): Promise<ShownPod> {
    const bare = await this.#network.add(name);
    return { ...bare, pod: { namespace: 'demo', name, uid: bare.netns } };
  }

  /** Tells that the pod runs. */
  async show({ pod, netns, address, address6, hostInterface }: ShownPod): Promise<void> {
    const index = await hostMachine.mustRun(
      `ip -n ${this.netns} -o link show ${hostInterface} | cut -d: -f1`,
    );
    const fresh = this.#newNamespaces.get(netns);
    this.#newNamespaces.delete(netns);
    const held = fresh?.netns ?? NetworkNamespace.named(netns);
    this.#held.set(held.inode, held);
    this.set(pod, {
      kind: 'sandbox',
      sandbox: {
        netns: held,
        sinceNs: fresh?.sinceNs,
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
  async remove(shown: ShownPod): Promise<void> {
    const before = this.#pods.get(shown.pod.uid)?.place;
    this.#pods.delete(shown.pod.uid);
    this.#tell(before);
    await this.#network.remove(shown);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const netns of this.#held.values()) netns[Symbol.dispose]();
    for (const { netns } of this.#newNamespaces.values()) netns[Symbol.dispose]();
    this.nodeNamespace[Symbol.dispose]();
    await this.#network[Symbol.asyncDispose]();
  }

  #tell(before: PodPlace | undefined): void {
    for (const listener of this.#listeners) listener();
    if (before?.kind === 'sandbox') this.#release(before.sandbox.netns.inode);
  }

  #release(inode: number): void {
    this.#held.get(inode)?.[Symbol.dispose]();
    this.#held.delete(inode);
  }
}

/** Network byte order; of IPv6 only the form that this file writes. */
export function bytesOf(address: string): Uint8Array {
  if (!address.includes(':')) return Uint8Array.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').map((group) => Number.parseInt(group, 16));
  const bytes = Buffer.alloc(16);
  for (const [index, group] of groups.entries()) bytes.writeUInt16BE(group, 2 * index);
  bytes.writeUInt16BE(Number.parseInt(tail, 16), 14);
  return bytes;
}
