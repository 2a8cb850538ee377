import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cluster } from './cluster.ts';
import { credentialsIn } from './credentials.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { ClusterPart, type Lifecycle } from './lifecycle.ts';
import { remoteLifecycle } from './lifecycle-socket.ts';
import { type NodeFacts, NodeHandle } from './node-handle.ts';
import { signServiceAccountToken } from './service-account-token.ts';
import type { KubectlVersion } from './software.ts';

/** What any process of this machine must know to use a cluster of the lab. */
export interface ClusterFacts {
  /** Path of the cluster's folder, with its logs. */
  readonly folder: string;
  /** `https://ADDRESS` of the API server, which this machine reaches. */
  readonly server: string;
  readonly nodes: readonly NodeFacts[];
  readonly kubectl: Readonly<Record<KubectlVersion, string>>;
}

/** A node of a cluster. */
export class ClusterNode extends NodeHandle {
  /** The whole node: taking it down is a power cut. */
  readonly power: ClusterPart;
  /** Its kubelet: pods run on without it. */
  readonly kubelet: ClusterPart;

  constructor(facts: NodeFacts, number: number, lifecycle: Lifecycle) {
    super(facts);
    this.power = new ClusterPart(`node-${number}`, lifecycle);
    this.kubelet = new ClusterPart(`node-${number}/kubelet`, lifecycle);
  }
}

export interface PodName {
  /** `default` unless given. */
  readonly namespace?: string;
  readonly pod: string;
}

/** Path, in a cluster's folder, of what `LabCluster.attach` reads. */
export function factsPath(folder: string): string {
  return join(folder, 'cluster.json');
}

/** Path, in a cluster's folder, of the socket at which its owner takes parts down and brings them back. */
export function lifecyclePath(folder: string): string {
  return join(folder, 'lifecycle.sock');
}

/** A running cluster of this lab, as any process of this machine can use it. Nothing here needs to be in a namespace of the cluster. */
export class LabCluster extends Cluster {
  /** `https://ADDRESS` of the API server. */
  readonly server: string;
  override readonly nodes: readonly ClusterNode[];
  readonly apiServer: ClusterPart;

  constructor({ folder, server, nodes, kubectl }: ClusterFacts, lifecycle: Lifecycle) {
    const handles = nodes.map((facts, index) => new ClusterNode(facts, index + 1, lifecycle));
    const { kubeconfig } = credentialsIn(folder);
    super({ folder, kubeconfig, nodes: handles, kubectl, kubectlVersion: '1.20' });
    this.server = server;
    this.nodes = handles;
    this.apiServer = new ClusterPart('api-server', lifecycle);
  }

  /** A cluster that another process started and owns. @param folder the cluster's */
  static async attach(folder: string): Promise<LabCluster> {
    const facts = JSON.parse(await readFile(factsPath(folder), 'utf8')) as ClusterFacts;
    return new LabCluster(facts, remoteLifecycle(lifecyclePath(folder)));
  }

  override get env(): NodeJS.ProcessEnv {
    // A machine that reaches the world through a proxy does not reach the cluster through it.
    const direct = [process.env['NO_PROXY'], '198.18.0.0/16'].filter(Boolean).join();
    return { ...super.env, NO_PROXY: direct };
  }

  /** Also its token, which pods mount in this version of Kubernetes. */
  protected override async hasServiceAccount(namespace: string): Promise<boolean> {
    const find = ['-n', namespace, 'get', 'serviceaccount', 'default'];
    const secrets = await this.kubectl([...find, '-o', 'jsonpath={.secrets}']).catch(() => '');
    return secrets !== '';
  }

  /** Gives an image to every node that runs. @param archive path of an OCI archive */
  async importImage(archive: string): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.importImage(archive)));
  }

  /** A new user, known by a client certificate: what they may do is for RBAC to say. @returns path of their kubeconfig */
  async addUser(user: {
    readonly name: string;
    readonly groups?: readonly string[];
  }): Promise<string> {
    const { authority } = credentialsIn(this.folder);
    const certificate = await authority.issue({
      name: `user-${randomBytes(4).toString('hex')}`,
      commonName: user.name,
      organisations: user.groups ?? [],
    });
    return this.#writeKubeconfig(certificate);
  }

  /** @returns path of a kubeconfig for who has this bearer token */
  async kubeconfigWithToken(token: string): Promise<string> {
    return this.#writeKubeconfig({ token });
  }

  /**
   * A token of a service account as the API server would sign it, for any time and audience: TokenRequest gives at least 10 minutes.
   * @param account `lifetimeMs` from now on; a negative one has expired. For the API server unless `audiences` are given.
   */
  async signToken(account: {
    readonly namespace: string;
    readonly serviceAccount: string;
    readonly lifetimeMs: number;
    readonly audiences?: readonly string[];
  }): Promise<string> {
    const { namespace, serviceAccount: name, ...rest } = account;
    const uid = await this.kubectl([
      ...['-n', namespace, 'get', 'serviceaccount', name, '-o', 'jsonpath={.metadata.uid}'],
    ]);
    const { serviceAccountKey } = credentialsIn(this.folder);
    return signServiceAccountToken(serviceAccountKey, { namespace, name, uid, ...rest });
  }

  /**
   * Path of a running pod's network namespace, for `nsenter --net=PATH` on this machine: to lay down a rule that drops, or to
   * compare inode numbers. Good while the pod's first container runs.
   */
  async podNetwork({ namespace = 'default', pod }: PodName): Promise<string> {
    const path = '{.spec.nodeName} {.status.containerStatuses[0].containerID}';
    const [nodeName, containerId] = (
      await this.kubectl(['-n', namespace, 'get', 'pod', pod, '-o', `jsonpath=${path}`])
    ).split(' ');
    const node = this.nodes.find(({ name }) => name === nodeName);
    if (node === undefined || containerId === undefined || containerId === '')
      throw new Error(`The pod ${namespace}/${pod} has no running container`);
    return node.networkOf(containerId);
  }

  async #writeKubeconfig(user: Parameters<typeof writeKubeconfig>[1]['user']): Promise<string> {
    const { authority } = credentialsIn(this.folder);
    const folder = join(this.folder, 'users');
    await mkdir(folder, { recursive: true });
    return writeKubeconfig(join(folder, randomBytes(4).toString('hex')), {
      server: this.server,
      authority: authority.certificate,
      user,
    });
  }
}

/** For the owner: writes what `LabCluster.attach` reads. */
export async function writeFacts(facts: ClusterFacts): Promise<void> {
  await writeFile(factsPath(facts.folder), JSON.stringify(facts));
}
