import { randomBytes } from 'node:crypto';
import type { TestMachine } from './machine.ts';
import { newNetns } from './new-netns.ts';

/** Subnet of the pods: documentation addresses (RFC 5737, RFC 3849). The node's bridge has .1 and ::1. */
export const nodeAddress = { 4: '192.0.2.1', 6: '2001:db8::1' } as const;
const podSubnet = { 4: '192.0.2.', 6: '2001:db8::' } as const;

/** A pod that is nothing but a network namespace on the node's bridge. */
export interface BarePod {
  readonly name: string;
  readonly netns: string;
  readonly address: string;
  readonly address6: string;
  /** The node's end of its veth pair. */
  readonly hostInterface: string;
}

/**
 * A node's network as a bridge CNI plugin makes it: the node's namespace with a bridge, pods' namespaces joined to it
 * by veth pairs. Disposing it deletes them all.
 */
export class NodeNetwork implements AsyncDisposable {
  readonly netns: string;
  readonly #machine: TestMachine;
  readonly #id: string;
  #lastHost = 1;

  private constructor(machine: TestMachine, id: string) {
    this.#machine = machine;
    this.#id = id;
    this.netns = `pwru-n-${id}`;
  }

  static async create(machine: TestMachine): Promise<NodeNetwork> {
    const id = randomBytes(3).toString('hex');
    const node = `pwru-n-${id}`;
    await machine.mustRun(`set -e
      ${newNetns(node)}
      ip -n ${node} link add br0 type bridge
      ip -n ${node} addr add ${podSubnet[4]}1/24 dev br0
      ip -n ${node} addr add ${podSubnet[6]}1/64 dev br0 nodad
      ip -n ${node} link set br0 up`);
    return new NodeNetwork(machine, id);
  }

  async add(name: string): Promise<BarePod> {
    const host = ++this.#lastHost;
    const netns = `pwru-p-${this.#id}-${host}`;
    const hostInterface = `veth${host}`;
    const [address, address6] = [`${podSubnet[4]}${host}`, `${podSubnet[6]}${host}`];
    await this.#machine.mustRun(`set -e
      ${newNetns(netns)}
      ip -n ${this.netns} link add ${hostInterface} type veth peer name eth0 netns ${netns}
      ip -n ${this.netns} link set ${hostInterface} master br0 up
      ip -n ${netns} addr add ${address}/24 dev eth0
      ip -n ${netns} addr add ${address6}/64 dev eth0 nodad
      ip -n ${netns} link set eth0 up
      ip -n ${netns} route add default via ${podSubnet[4]}1`);
    return { name, netns, address, address6, hostInterface };
  }

  async remove({ netns }: BarePod): Promise<void> {
    await this.#machine.run(`ip netns del ${netns}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#machine.run(
      `for n in $(ip netns list | grep -o '^pwru-[np]-${this.#id}[-0-9]*'); do ip netns del $n; done`,
    );
  }
}
