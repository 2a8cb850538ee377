import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ResourceStack } from '../../../agent/src/core/resource.ts';
import { ApiClient } from './api-client.ts';
import { apiServerFlags, controllerFlags, etcdFlags } from './control-plane-flags.ts';
import { credentialsIn } from './credentials.ts';
import type { ClusterNetwork } from './network.ts';
import { TiedProcess } from './tied-process.ts';
import { waitUntil } from './wait-until.ts';

export interface ControlPlaneSpec {
  /** The cluster's folder. */
  readonly folder: string;
  /** Path of the folder with kube-apiserver and so on. */
  readonly kubernetes: string;
  /** Path of etcd. */
  readonly etcd: string;
  readonly network: ClusterNetwork;
  /** Without them objects stay as they are written: no node is called unready, no pod is deleted. True unless given. */
  readonly controllers?: boolean;
  /** For the API server, which reads all that etcd has first; a minute unless given. */
  readonly readyTimeoutMs?: number;
}

/** etcd, API server, controller manager and scheduler, in a network namespace of their own. */
export class ControlPlane implements AsyncDisposable {
  readonly api: ApiClient;
  readonly #spec: ControlPlaneSpec;
  readonly #resources: ResourceStack;
  readonly #etcd: TiedProcess;
  #apiServer: TiedProcess | undefined;
  readonly #controllers = new Map<string, TiedProcess>();

  private constructor(
    spec: ControlPlaneSpec,
    parts: { api: ApiClient; etcd: TiedProcess; resources: ResourceStack },
  ) {
    this.#spec = spec;
    this.api = parts.api;
    this.#etcd = parts.etcd;
    this.#resources = parts.resources;
  }

  /** Starts etcd. The credentials must be in the cluster's folder. */
  static async make(spec: ControlPlaneSpec): Promise<ControlPlane> {
    await using stack = new ResourceStack();
    const { authority, admin } = credentialsIn(spec.folder);
    const api = await ApiClient.make(spec.network.apiAddress, authority.certificate, admin);
    await mkdir(join(spec.folder, 'etcd'), { mode: 0o700 });
    const flags = etcdFlags(spec.folder, spec.network.apiAddress);
    const etcd = stack.use(startProgram(spec, spec.etcd, flags));
    return new ControlPlane(spec, { api, etcd, resources: stack.move() });
  }

  /** The pids of etcd and of the API server, which runs. */
  get pids(): { readonly etcd: number; readonly apiServer: number } {
    if (this.#apiServer === undefined) throw new Error('There is no API server');
    return { etcd: this.#etcd.pid, apiServer: this.#apiServer.pid };
  }

  /** Starts the API server, unless it runs, and what of the controllers does not run; resolves when it is ready. */
  async startApiServer(): Promise<void> {
    if (this.#apiServer === undefined || this.#apiServer.hasEnded)
      this.#apiServer = this.#start(
        'kube-apiserver',
        apiServerFlags(this.#spec.folder, this.#spec.network.apiAddress),
      );
    await waitUntil(() => this.api.isReady(), {
      goal: 'serving its API',
      timeoutMs: this.#spec.readyTimeoutMs ?? 180_000,
      processes: [this.#apiServer],
    });
    if (this.#spec.controllers === false) return;
    for (const [name, flags] of Object.entries(controllerFlags(this.#spec.folder))) {
      if (this.#controllers.get(name)?.hasEnded === false) continue;
      this.#controllers.set(name, this.#start(name, flags));
    }
  }

  /** Those that a working cluster needs. */
  get processes(): TiedProcess[] {
    const apiServer = this.#apiServer === undefined ? [] : [this.#apiServer];
    return [...apiServer, ...this.#controllers.values()];
  }

  async killApiServer(): Promise<void> {
    await this.#apiServer?.kill();
  }

  #start(name: string, flags: readonly string[]): TiedProcess {
    return startProgram(this.#spec, join(this.#spec.kubernetes, name), flags);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.processes.map((process) => process.kill()));
    await this.#resources[Symbol.asyncDispose]();
  }
}

function startProgram(
  { folder, network }: ControlPlaneSpec,
  program: string,
  args: readonly string[],
): TiedProcess {
  const name = program.slice(program.lastIndexOf('/') + 1);
  return new TiedProcess({
    program,
    args,
    log: join(folder, `${name}.log`),
    namespaces: [network.controlPlane.enter],
  });
}
