import { mkdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ResourceStack } from '../../../agent/src/core/resource.ts';
import { makeControlGroup } from './control-groups.ts';
import { credentialsIn } from './credentials.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import type { ClusterNetwork } from './network.ts';
import { NetworkNamespace } from './network-namespace.ts';
import { containerdSocket, writeNodeConfig } from './node-config.ts';
import { type NodeFacts, NodeHandle } from './node-handle.ts';
import { podImage } from './pod-image.ts';
import { TiedProcess } from './tied-process.ts';
import { waitUntil } from './wait-until.ts';

export interface VirtualNodeSpec {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly podSubnet: string;
  /** The cluster's folder, and its name. */
  readonly clusterFolder: string;
  readonly clusterName: string;
  /** Path of the folder with the kubelet. */
  readonly kubernetes: string;
  /** Path of the folder with Debian's packages. */
  readonly programs: string;
  /** Paths of OCI archives that it has from the start. */
  readonly images: readonly string[];
  readonly network: ClusterNetwork;
}

/** The kubelet's port, at which the API server asks for logs and the like. */
const kubeletPort = 10250;

interface Running {
  readonly resources: ResourceStack;
  kubelet: TiedProcess | undefined;
}

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
    await this.#writeConfig();
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
    const wire = { namespace: new NetworkNamespace(Number(pid)), address, podSubnet };
    stack.defer(() => this.#spec.network.disconnect(wire));
    await this.#spec.network.connect(wire);
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
        kubeletFlags(this.facts, this.#kubeconfig),
      );
    await waitUntil(() => canConnect(this.facts.address, kubeletPort), {
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

  async #writeConfig(): Promise<void> {
    const { clusterFolder, clusterName, network } = this.#spec;
    const { name, address, folder } = this.facts;
    const controlGroup = `${clusterName}/${name}`;
    const { authority } = credentialsIn(clusterFolder);
    await mkdir(folder, { recursive: true });
    await makeControlGroup(controlGroup);
    const [user, serving] = await Promise.all([
      authority.issue({
        name,
        commonName: `system:node:${name}`,
        organisations: ['system:nodes'],
      }),
      authority.issue({
        name: `${name}-serving`,
        commonName: name,
        serverNames: [`DNS:${name}`, `IP:${address}`],
      }),
    ]);
    await writeKubeconfig(this.#kubeconfig, {
      server: `https://${network.apiAddress}`,
      authority: authority.certificate,
      user,
    });
    await writeNodeConfig({
      ...this.facts,
      controlGroup,
      authority: authority.certificate,
      serving,
    });
  }

  get #pidFile(): string {
    return join(this.facts.folder, 'init.pid');
  }

  get #kubeconfig(): string {
    return join(this.facts.folder, 'kubeconfig');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}

function kubeletFlags({ name, address, folder }: NodeFacts, kubeconfig: string): string[] {
  const endpoint = `unix://${containerdSocket}`;
  return [
    `--config=${join(folder, 'kubelet.json')}`,
    `--kubeconfig=${kubeconfig}`,
    `--cert-dir=${join(folder, 'kubelet-pki')}`,
    `--hostname-override=${name}`,
    `--node-ip=${address}`,
    '--container-runtime=remote',
    `--container-runtime-endpoint=${endpoint}`,
    `--image-service-endpoint=${endpoint}`,
    `--pod-infra-container-image=${podImage}`,
    '--runtime-cgroups=/',
  ];
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
