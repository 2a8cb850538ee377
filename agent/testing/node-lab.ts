import { execFile, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  openPodDirectory,
  type PodDirectory,
  type PodDirectoryOptions,
} from '../src/cluster/pod-directory.ts';
import { ResourceStack } from '../src/core/resource.ts';
import answers from './containerd-answers.json' with { type: 'json' };
import { CriServer } from './cri-server.ts';
import { type ApiPod, PodApi } from './pod-api.ts';
import { silentLog } from './silent-log.ts';

const run = promisify(execFile);

/** Runs ip(8). */
export async function ip(...args: string[]): Promise<string> {
  return (await run('ip', args)).stdout;
}

export interface SandboxOptions {
  readonly namespace?: string;
  readonly uid?: string;
  readonly attempt?: number;
  /** Whether its process is in a control group of the pod, as a kubelet names them; it is unless told otherwise. */
  readonly inGroup?: boolean;
}

/** A pod's sandbox as a runtime makes it: a network namespace under /run/netns, a veth pair to a bridge, a process that holds it. */
export class LabSandbox {
  readonly id = randomBytes(32).toString('hex');
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly attempt: number;
  /** Name under /run/netns. */
  readonly netns: string;
  /** The node's end of the pair. */
  readonly interface = `pv${randomBytes(4).toString('hex')}`;
  readonly address = `10.0.${randomBytes(1)[0]}.${randomBytes(1)[0]}`;
  pid = 0;
  readonly #inGroup: boolean;
  readonly #groups: string[] = [];

  /** Name of the bridge that the node's end is a port of. */
  readonly bridge: string;

  constructor(name: string, bridge: string, options: SandboxOptions) {
    this.name = name;
    this.bridge = bridge;
    this.#inGroup = options.inGroup ?? true;
    this.namespace = options.namespace ?? 'demo';
    this.uid = options.uid ?? randomUUID();
    this.attempt = options.attempt ?? 0;
    this.netns = `cni-${randomUUID()}`;
  }

  /** Inode number of the namespace. */
  get inode(): number {
    return statSync(`/run/netns/${this.netns}`).ino;
  }

  get interfaceIndex(): number {
    return Number(readFileSync(`/sys/class/net/${this.interface}/ifindex`, 'utf8'));
  }

  async make(): Promise<void> {
    await ip('netns', 'add', this.netns);
    await ip(
      'link',
      'add',
      this.interface,
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      this.netns,
    );
    await ip('link', 'set', this.interface, 'master', this.bridge, 'up');
    await this.#startProcess();
    if (this.#inGroup) this.joinGroup(`pids/kubepods/burstable/pod${this.uid}/${this.id}`);
  }

  /** `ip netns exec` gives the process a sysfs of the namespace, as runc does. */
  async #startProcess(): Promise<void> {
    const child = spawn('ip', ['netns', 'exec', this.netns, 'sleep', 'infinity'], {
      stdio: 'ignore',
    });
    await once(child, 'spawn');
    this.pid = child.pid ?? 0;
    // Until it is in the namespace: unshared, /sys mounted, sleep executed.
    for (let tries = 0; tries < 3_000; tries += 1) {
      if (readFileSync(`/proc/${this.pid}/comm`, 'utf8') === 'sleep\n') return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('The process of the sandbox does not start');
  }

  /** The crash of a sandbox: its process ends, the namespace's file stays. */
  async crash(): Promise<void> {
    if (this.pid === 0) return;
    process.kill(this.pid, 'SIGKILL');
    for (let tries = 0; tries < 3_000 && isRunning(this.pid); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.pid = 0;
  }

  /** What a runtime does when CNI has torn the network down. */
  async removeNamespace(): Promise<void> {
    await ip('netns', 'del', this.netns);
  }

  /** Moves the process into a control group. @param path below /sys/fs/cgroup, hierarchy first */
  joinGroup(path: string, pid = this.pid): void {
    const folder = join('/sys/fs/cgroup', path);
    mkdirSync(folder, { recursive: true });
    if (!this.#groups.includes(folder)) this.#groups.push(folder);
    writeFileSync(join(folder, 'cgroup.procs'), String(pid));
  }

  async destroy(): Promise<void> {
    await this.crash();
    if (readdirSync('/run/netns').includes(this.netns)) await this.removeNamespace();
    for (const group of this.#groups) removeGroups(group);
  }

  /** What containerd would say, with this machine's facts in it. */
  served(info: Record<string, unknown> = {}) {
    return {
      id: this.id,
      uid: this.uid,
      name: this.name,
      namespace: this.namespace,
      attempt: this.attempt,
      isReady: true,
      addresses: [this.address],
      info: JSON.stringify({ ...this.info(), ...info }),
    };
  }

  info() {
    const path = `/var/run/netns/${this.netns}`;
    const { info } = answers.pod;
    return {
      ...info,
      pid: this.pid,
      runtimeSpec: {
        ...info.runtimeSpec,
        linux: { ...info.runtimeSpec.linux, namespaces: [{ type: 'network', path }] },
      },
      cniResult: {
        Interfaces: {
          [this.bridge]: { IPConfigs: null, Mac: '', Sandbox: '' },
          [this.interface]: { IPConfigs: null, Mac: '', Sandbox: '' },
          eth0: { IPConfigs: [{ IP: this.address }], Mac: '', Sandbox: path },
        },
      },
    };
  }

  pod(fields: { phase?: string; deletionTimestamp?: string; hostNetwork?: boolean } = {}): ApiPod {
    const { phase = 'Running', deletionTimestamp, hostNetwork = false } = fields;
    const { uid, name, namespace } = this;
    return {
      metadata: {
        uid,
        name,
        namespace,
        ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
      },
      spec: { hostNetwork },
      status: { phase, podIPs: [{ ip: this.address }] },
    };
  }
}

/** This machine as a node: its own namespace, a bridge for pods, a runtime behind a socket, and an API server. */
export class NodeLab implements AsyncDisposable {
  readonly #resources: ResourceStack;
  readonly api: PodApi;
  readonly cri: CriServer;
  /** Name of the bridge that joins the pods. */
  readonly bridge: string;

  private constructor(
    resources: ResourceStack,
    parts: { api: PodApi; cri: CriServer; bridge: string },
  ) {
    this.#resources = resources;
    this.api = parts.api;
    this.cri = parts.cri;
    this.bridge = parts.bridge;
  }

  static async open(): Promise<NodeLab> {
    await using stack = new ResourceStack();
    const api = stack.use(await PodApi.start());
    const cri = stack.use(await CriServer.start());
    const bridge = `pb${randomBytes(4).toString('hex')}`;
    await ip('link', 'add', bridge, 'type', 'bridge');
    stack.defer(() => ip('link', 'del', bridge));
    return new NodeLab(stack.move(), { api, cri, bridge });
  }

  /** The lab's own namespace is that of this process: what else is on this machine is not looked at. */
  directory(options: Partial<PodDirectoryOptions> = {}): PodDirectory {
    return openPodDirectory({
      node: 'node-1',
      log: silentLog,
      access: this.api.access,
      criSocket: this.cri.socket,
      nodeProcess: 'self',
      ...options,
    });
  }

  /** A sandbox of this machine, removed with the lab. */
  async sandbox(name: string, options: SandboxOptions = {}): Promise<LabSandbox> {
    const sandbox = new LabSandbox(name, this.bridge, options);
    this.#resources.defer(() => sandbox.destroy());
    await sandbox.make();
    return sandbox;
  }

  /** A pod with its sandbox, known to runtime and API server. */
  async pod(name: string, options: SandboxOptions = {}): Promise<LabSandbox> {
    const sandbox = await this.sandbox(name, options);
    this.cri.put(sandbox.served());
    this.api.put(sandbox.pod());
    return sandbox;
  }

  defer(release: () => unknown): void {
    this.#resources.defer(release);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources[Symbol.asyncDispose]();
  }
}

function isRunning(pid: number): boolean {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false }) !== undefined;
}

/** A control group and those above it that were made for it: as far as they are empty. */
function removeGroups(folder: string): void {
  try {
    for (let path = folder; path.includes('kubepods'); path = join(path, '..')) rmdirSync(path);
  } catch {
    // Somebody else's group is in it, or processes are still on their way out.
  }
}
