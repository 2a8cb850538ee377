import { execFile } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../../agent/src/core/errors.ts';
import { ResourceStack } from '../../../agent/src/core/resource.ts';
import { NetworkNamespace } from './network-namespace.ts';
import type { NetworkStack } from './network-stack.ts';
import { TiedProcess } from './tied-process.ts';
import { waitUntil } from './wait-until.ts';

/** The API server's address inside the cluster, the first of the service range. */
export const serviceAddress = '10.96.0.1';
export const serviceRange = '10.96.0.0/24';

/** What the network must know of a node. */
export interface NodeAddresses {
  /** The network stack of the node. */
  readonly stack: NetworkStack;
  /** The node's interface, and how it comes to the bridge. */
  readonly wire: Wire;
  /** IPv4, in the cluster's node network. */
  readonly address: string;
  /** IPv4, such as `10.244.1.0/24`. */
  readonly podSubnet: string;
}

/** A veth that is made into the node's network namespace, or the tap device of a machine, in the control plane's. */
type Wire = { readonly namespacePid: number } | { readonly tap: string };

/**
 * The wires of a cluster: a namespace with the control plane and a bridge, to which each node has a veth, and so has this
 * machine's own namespace, as a user's machine would reach an API server. Nothing is forwarded to or from there.
 *
 * The node network is 198.18.N.0/24 of the block for benchmarks (RFC 2544), which no real network has; N is the first that is
 * free here, so clusters can be beside each other.
 */
export class ClusterNetwork implements AsyncDisposable {
  readonly controlPlane: NetworkNamespace;
  readonly #prefix: string;
  readonly #nodes: NodeAddresses[] = [];
  #lastConnected: Promise<void> = Promise.resolve();
  readonly #resources: ResourceStack;

  private constructor(parts: {
    controlPlane: NetworkNamespace;
    index: number;
    resources: ResourceStack;
  }) {
    this.controlPlane = parts.controlPlane;
    this.#prefix = `198.18.${parts.index}`;
    this.#resources = parts.resources;
  }

  /** @param folder where logs go */
  static async make(folder: string): Promise<ClusterNetwork> {
    await using stack = new ResourceStack();
    const holder = stack.use(
      new TiedProcess({
        program: 'unshare',
        args: ['--net', 'sleep', 'infinity'],
        log: join(folder, 'network.log'),
      }),
    );
    await waitUntil(async () => (await namespaceOf(holder.pid)) !== (await namespaceOf('self')), {
      goal: 'in a network namespace of its own',
      processes: [holder],
      intervalMs: 5,
    });
    const controlPlane = new NetworkNamespace(holder.pid);
    const index = await connectHost(holder.pid);
    // Without the holder's namespace the veth would go by itself, a moment later.
    stack.defer(() => runIp(['link', 'del', interfaceName(index)]));
    await controlPlane.ip([
      'link set lo up',
      // An address of its own: else the bridge takes one of its ports', and changes it when a node goes.
      'link add nodes address 02:00:c6:12:00:01 type bridge',
      `addr add 198.18.${index}.1/24 dev nodes`,
      `addr add ${serviceAddress}/32 dev nodes`,
      'link set nodes up',
      'link set host master nodes',
      'link set host up',
    ]);
    await controlPlane.sysctl(['ipv4.ip_forward=1']);
    return new ClusterNetwork({ controlPlane, index, resources: stack.move() });
  }

  /** Where the API server listens. */
  get apiAddress(): string {
    return `${this.#prefix}.1`;
  }

  /** The address of node number `number`, from 1. */
  addressOf(number: number): string {
    return `${this.#prefix}.${10 + number}`;
  }

  /** Connects a node, or one that came back with another namespace: one after the other, since each learns the others' routes. */
  connect(node: NodeAddresses): Promise<void> {
    const connected = this.#lastConnected.then(() => this.#connect(node));
    this.#lastConnected = connected.catch(() => undefined);
    return connected;
  }

  async #connect(node: NodeAddresses): Promise<void> {
    const { stack, wire, address, podSubnet } = node;
    const port = 'tap' in wire ? wire.tap : portOf(address);
    await this.controlPlane.ip([
      ...('tap' in wire
        ? []
        : [`link add ${port} type veth peer name eth0 netns ${wire.namespacePid}`]),
      `link set ${port} master nodes`,
      `link set ${port} up`,
      `route replace ${podSubnet} via ${address}`,
    ]);
    await stack.ip([
      'link set lo up',
      `addr add ${address}/24 dev eth0`,
      'link set eth0 up',
      `route add default via ${this.apiAddress}`,
      ...this.#nodes.map((other) => `route add ${other.podSubnet} via ${other.address}`),
    ]);
    await stack.sysctl(['ipv4.ip_forward=1']);
    for (const other of this.#nodes)
      await other.stack.ip([`route replace ${podSubnet} via ${address}`]);
    this.#nodes.push(node);
  }

  /** Takes the wire of a node away, whose network stack may be gone. */
  async disconnect({ wire, address }: NodeAddresses): Promise<void> {
    const known = this.#nodes.findIndex((node) => node.address === address);
    if (known < 0) return;
    this.#nodes.splice(known, 1);
    // A tap device goes with its machine.
    if ('tap' in wire) return;
    // The kernel does it, too, a moment after the namespace's end.
    await this.controlPlane.ip([`link del ${portOf(address)}`]).catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]();
  }
}

/** The end of a node's veth at the bridge. */
function portOf(address: string): string {
  return `node${address.slice(address.lastIndexOf('.') + 1)}`;
}

function interfaceName(index: number): string {
  return `pwru-k8s${index}`;
}

/**
 * Makes the veth between this machine and the namespace of `pid`, with its address on this side.
 * @returns the index of the node network
 */
async function connectHost(pid: number): Promise<number> {
  const used = Object.values(networkInterfaces())
    .flat()
    .map((entry) => entry?.address ?? '');
  for (let index = 0; index < 256; index++) {
    const network = `198.18.${index}.`;
    if (used.some((address) => address.startsWith(network))) continue;
    const name = interfaceName(index);
    try {
      await runIp(['link', 'add', name, 'type', 'veth', 'peer', 'name', 'host', 'netns', `${pid}`]);
    } catch (failure) {
      if (messageOf(failure).includes('File exists')) continue;
      throw failure;
    }
    await runIp(['addr', 'add', `${network}254/24`, 'dev', name]);
    await runIp(['link', 'set', name, 'up']);
    return index;
  }
  throw new Error('There is no free network left in 198.18.0.0/16: do other clusters still run?');
}

async function runIp(args: readonly string[]): Promise<void> {
  await promisify(execFile)('ip', args);
}

function namespaceOf(pid: number | 'self'): Promise<string> {
  return readlink(`/proc/${pid}/ns/net`);
}
