import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { containerdSocket } from './node-config.ts';

/** What other processes must know of a node. */
export interface NodeFacts {
  readonly name: string;
  /** IPv4, which this machine reaches. */
  readonly address: string;
  /** IPv4, such as `10.244.1.0/24`: one address is the bridge's, pods have the others. */
  readonly podSubnet: string;
  /** Path of the node's folder, with its logs. */
  readonly folder: string;
  /** Path of the folder with Debian's packages. */
  readonly programs: string;
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
}

const maxOutputBytes = 32 * 1024 * 1024;

/** A node as any process of this machine can use it while it runs. */
export class NodeHandle {
  readonly name: string;
  readonly address: string;
  readonly podSubnet: string;
  readonly folder: string;
  readonly #programs: string;

  constructor(facts: NodeFacts) {
    this.name = facts.name;
    this.address = facts.address;
    this.podSubnet = facts.podSubnet;
    this.folder = facts.folder;
    this.#programs = facts.programs;
  }

  /** The pid, here, of the node's process 1. */
  async pid(): Promise<number> {
    try {
      return Number(await readFile(join(this.folder, 'init.pid'), 'utf8'));
    } catch (cause) {
      throw new Error(`${this.name} does not run`, { cause });
    }
  }

  /** Arguments of nsenter for a program in all of the node's namespaces. */
  async enter(): Promise<string[]> {
    return [`--target=${await this.pid()}`, '--mount', '--uts', '--net', '--pid'];
  }

  /**
   * Runs a program on the node, with this machine's files and the node's processes, network and mounts.
   * @throws Error with stderr when it fails
   */
  async run(program: string, args: readonly string[]): Promise<CommandResult> {
    return promisify(execFile)('nsenter', [...(await this.enter()), '--', program, ...args], {
      maxBuffer: maxOutputBytes,
    });
  }

  /** Gives an image to the node. @param archive path of an OCI archive */
  async importImage(archive: string): Promise<void> {
    await this.#containerd(['images', 'import', archive]);
  }

  /** Names of the images that the node has. */
  async images(): Promise<string[]> {
    const { stdout } = await this.#containerd(['images', 'list', '-q']);
    return stdout.trim().split('\n');
  }

  /** Whether containerd listens. */
  async hasContainerd(): Promise<boolean> {
    return existsSync(`/proc/${await this.pid()}/root${containerdSocket}`);
  }

  /**
   * Path of the network namespace of a container, for `nsenter --net=PATH` on this machine.
   * @param containerId as the pod's status has it, `containerd://ID`
   */
  async networkOf(containerId: string): Promise<string> {
    const { stdout } = await this.#containerd(['tasks', 'list']);
    const id = containerId.replace('containerd://', '');
    // TASK PID STATUS; the pid is the node's own.
    const line = stdout.split('\n').find((task) => task.startsWith(id));
    const pid = line?.split(/\s+/)[1];
    if (pid === undefined) throw new Error(`There is no container ${id} on ${this.name}`);
    return `/proc/${await this.pid()}/root/proc/${pid}/ns/net`;
  }

  #containerd(args: readonly string[]): Promise<CommandResult> {
    return this.run(join(this.#programs, 'usr/bin/ctr'), ['-n', 'k8s.io', ...args]);
  }
}
