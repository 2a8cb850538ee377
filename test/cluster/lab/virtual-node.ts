import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ResourceStack } from '../../../agent/src/core/resource.ts';
import { makeControlGroup } from './control-groups.ts';
import { hasKubelet, kubeletFlags } from './kubelet.ts';
import { NetworkNamespace } from './network-namespace.ts';
import { type NodeGround, writeNodeFiles } from './node-files.ts';
import { type NodeFacts, NodeHandle } from './node-handle.ts';
import { TiedProcess } from './tied-process.ts';
import { waitUntil } from './wait-until.ts';

export interface VirtualNodeSpec extends NodeGround {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly podSubnet: string;
}

interface Running {
  readonly resources: ResourceStack;
  kubelet: TiedProcess | undefined;
}

/** A node is ready so much sooner: what it looks at first is not up yet. It reports when something has changed. */
const kubelet = { nodeStatusUpdateFrequency: '1s', nodeStatusReportFrequency: '10s' };

const initScript = join(import.meta.dirname, 'node-init.sh');

/**
 * A node of a cluster on this machine's kernel: containerd and a kubelet in net, mount, pid and uts namespaces of their own.
 * Killing its process 1 ends every process of it, and its mounts and its pods' namespaces with them.
 */
export class VirtualNode implements AsyncDisposable {
  readonly facts: NodeFacts;
  readonly #spec: VirtualNodeSpec;
  readonly #handle: NodeHandle;
  #running: Running | undefined;

  constructor(spec: VirtualNodeSpec) {
    this.#spec = spec;
    this.facts = {
      name: spec.name,
      address: spec.network.addressOf(spec.number),
      podSubnet: spec.podSubnet,
      folder: join(spec.clusterFolder, spec.name),
      programs: spec.programs,
    };
    this.#handle = new NodeHandle(this.facts);
  }

  /** Boots it, unless it runs, as far as a node comes without an API server: containerd has its images. */
  async boot(): Promise<void> {
    if (this.#running !== undefined) return;
    await using stack = new ResourceStack();
    const { name, folder, address, podSubnet } = this.facts;
    const controlGroup = `${this.#spec.clusterName}/${name}`;
    await makeControlGroup(controlGroup);
    await writeNodeFiles(this.#spec, this.facts, { controlGroup, kubelet });
    const init = stack.use(
      new TiedProcess({
        program: 'unshare',
        args: [
          ...['--net', '--mount', '--pid', '--uts', '--propagation', 'private'],
          ...['--fork', '--kill-child', '--', 'bash', initScript, name, folder],
        ],
        log: join(folder, 'init.log'),
        inPidNamespace: true,
      }),
    );
    stack.defer(() => rm(this.#pidFile, { force: true }));
    const pid = await waitUntil(() => readFile(this.#pidFile, 'utf8').catch(() => undefined), {
      goal: `booting ${name}`,
      intervalMs: 10,
      processes: [init],
    });
    const connection = {
      stack: new NetworkNamespace(Number(pid)),
      wire: { namespacePid: Number(pid) },
      address,
      podSubnet,
    };
    stack.defer(() => this.#spec.network.disconnect(connection));
    await this.#spec.network.connect(connection);
    const containerd = stack.use(
      await this.#startProgram(join(this.facts.programs, 'usr/bin/containerd'), [
        ...['--config', join(folder, 'containerd.toml')],
      ]),
    );
    await waitUntil(() => this.#handle.hasContainerd(), {
      goal: `running containerd on ${name}`,
      intervalMs: 20,
      processes: [containerd],
    });
    for (const image of this.#spec.images) await this.#handle.importImage(image);
    this.#running = { resources: stack.move(), kubelet: undefined };
  }

  /** Starts the kubelet, unless it runs; resolves when it can be asked for logs and the like. */
  async startKubelet(): Promise<void> {
    if (this.#running === undefined) throw new Error(`${this.facts.name} does not run`);
    if (this.#running.kubelet?.hasEnded !== false)
      this.#running.kubelet = await this.#startProgram(
        join(this.#spec.kubernetes, 'kubelet'),
        kubeletFlags(this.facts),
      );
    await waitUntil(() => hasKubelet(this.facts), {
      goal: `running a kubelet on ${this.facts.name}`,
      processes: [this.#running.kubelet],
    });
  }

  /** Those that a working node needs. */
  get processes(): TiedProcess[] {
    return this.#running?.kubelet === undefined ? [] : [this.#running.kubelet];
  }

  async killKubelet(): Promise<void> {
    await this.#running?.kubelet?.kill();
  }

  /** Ends everything on it at once, as a power cut does; what is on its disk stays. */
  async kill(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.kubelet?.kill();
    await running?.resources[Symbol.asyncDispose]();
  }

  async #startProgram(program: string, args: readonly string[]): Promise<TiedProcess> {
    const name = program.slice(program.lastIndexOf('/') + 1);
    return new TiedProcess({
      program,
      args,
      log: join(this.facts.folder, `${name}.log`),
      namespaces: await this.#handle.enter(),
      inPidNamespace: true,
      // For containerd, which looks for its shim.
      path: [join(this.facts.programs, 'usr/bin')],
    });
  }

  get #pidFile(): string {
    return join(this.facts.folder, 'init.pid');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}
