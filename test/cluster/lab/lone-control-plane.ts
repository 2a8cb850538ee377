import { join } from 'node:path';
import { ResourceStack } from '../../../agent/src/core/resource.ts';
import { ClusterFolder } from './cluster-folder.ts';
import { ControlPlane } from './control-plane.ts';
import { etcdUrlAt } from './control-plane-flags.ts';
import { makeCredentials } from './credentials.ts';
import { type ClusterFacts, LabCluster } from './lab-cluster.ts';
import type { Lifecycle } from './lifecycle.ts';
import { ClusterNetwork } from './network.ts';
import { getSoftware } from './software.ts';
import { unpackKubernetes } from './unpack-kubernetes.ts';

/** With 150,000 pods in etcd, on a machine that has other things to do. */
const readyTimeoutMs = 600_000;

/** etcd and an API server that this process owns, and nothing that acts by itself on what they have. */
export class LoneControlPlane extends LabCluster implements AsyncDisposable {
  /** Where etcd answers. */
  readonly etcdUrl: string;
  readonly #controlPlane: ControlPlane;
  readonly #resources: ResourceStack;

  private constructor(
    parts: { folder: string; address: string; kubectl: ClusterFacts['kubectl'] },
    controlPlane: ControlPlane,
    resources: ResourceStack,
  ) {
    const { folder, address, kubectl } = parts;
    super({ folder, server: `https://${address}`, nodes: [], kubectl }, lifecycleOf(controlPlane));
    this.etcdUrl = etcdUrlAt(address);
    this.#controlPlane = controlPlane;
    this.#resources = resources;
  }

  static async start(): Promise<LoneControlPlane> {
    const software = await getSoftware();
    await using stack = new ResourceStack();
    const { path: folder } = stack.use(await ClusterFolder.make());
    const kubernetes = await unpackKubernetes(software, folder);
    const network = stack.use(await ClusterNetwork.make(folder));
    const { apiAddress: address } = network;
    await makeCredentials(folder, address);
    const etcd = join(software.programs, 'usr/bin/etcd');
    const controlPlane = stack.use(
      await ControlPlane.make({
        ...{ folder, kubernetes, etcd, network },
        ...{ controllers: false, readyTimeoutMs },
      }),
    );
    await controlPlane.startApiServer();
    const { kubectl } = software;
    return new LoneControlPlane({ folder, address, kubectl }, controlPlane, stack.move());
  }

  /** Those that run now. */
  get pids(): ControlPlane['pids'] {
    return this.#controlPlane.pids;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]();
  }
}

function lifecycleOf(controlPlane: ControlPlane): Lifecycle {
  return {
    kill: () => controlPlane.killApiServer(),
    start: () => controlPlane.startApiServer(),
  };
}
