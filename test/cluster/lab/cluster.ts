import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { credentialsIn } from './credentials.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { ClusterPart, type Lifecycle } from './lifecycle.ts';
import { remoteLifecycle } from './lifecycle-socket.ts';
import { type NodeFacts, NodeHandle } from './node-handle.ts';
import { signServiceAccountToken } from './service-account-token.ts';
import type { KubectlVersion } from './software.ts';
import { waitUntil } from './wait-until.ts';

/** What any process of this machine must know to use a cluster. */
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

export interface KubectlOptions {
  readonly version?: KubectlVersion;
  /** Path; the administrator's unless given. */
  readonly kubeconfig?: string;
  /** For `-f -`. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

export interface PodName {
  /** `default` unless given. */
  readonly namespace?: string;
  readonly pod: string;
}

/** Path, in a cluster's folder, of what `Cluster.attach` reads. */
export function factsPath(folder: string): string {
  return join(folder, 'cluster.json');
}

/** Path, in a cluster's folder, of the socket at which its owner takes parts down and brings them back. */
export function lifecyclePath(folder: string): string {
  return join(folder, 'lifecycle.sock');
}

/** A running cluster, as any process of this machine can use it. Nothing here needs to be in a namespace of the cluster. */
export class Cluster {
  readonly folder: string;
  /** `https://ADDRESS` of the API server. */
  readonly server: string;
  /** Path of the administrator's kubeconfig, for KUBECONFIG. */
  readonly kubeconfig: string;
  readonly nodes: readonly ClusterNode[];
  readonly apiServer: ClusterPart;
  readonly #kubectl: Readonly<Record<KubectlVersion, string>>;

  constructor({ folder, server, nodes, kubectl }: ClusterFacts, lifecycle: Lifecycle) {
    this.folder = folder;
    this.server = server;
    this.kubeconfig = credentialsIn(folder).kubeconfig;
    this.nodes = nodes.map((facts, index) => new ClusterNode(facts, index + 1, lifecycle));
    this.apiServer = new ClusterPart('api-server', lifecycle);
    this.#kubectl = kubectl;
  }

  /** A cluster that another process started and owns. @param folder the cluster's */
  static async attach(folder: string): Promise<Cluster> {
    const facts = JSON.parse(await readFile(factsPath(folder), 'utf8')) as ClusterFacts;
    return new Cluster(facts, remoteLifecycle(lifecyclePath(folder)));
  }

  /** Path of Debian's kubectl, 1.20 unless asked for another. */
  kubectlPath(version: KubectlVersion = '1.20'): string {
    return this.#kubectl[version];
  }

  /** What a process needs in its environment to use the cluster as its administrator, by kubectl or otherwise. */
  get env(): NodeJS.ProcessEnv {
    return {
      KUBECONFIG: this.kubeconfig,
      // A machine that reaches the world through a proxy does not reach the cluster through it.
      NO_PROXY: [process.env['NO_PROXY'], '198.18.0.0/16'].filter(Boolean).join(),
    };
  }

  /**
   * Runs kubectl.
   * @returns what it wrote to stdout
   * @throws Error with what it wrote to stderr when it fails
   */
  async kubectl(args: readonly string[], options: KubectlOptions = {}): Promise<string> {
    const { version, kubeconfig = this.kubeconfig, input, timeoutMs = 60_000 } = options;
    const running = promisify(execFile)(this.kubectlPath(version), args, {
      // Its own home, for the cache that kubectl keeps there.
      env: { ...process.env, ...this.env, HOME: this.folder, KUBECONFIG: kubeconfig },
      maxBuffer: 32 * 1024 * 1024,
      timeout: timeoutMs,
    });
    running.child.stdin?.end(input);
    return (await running).stdout;
  }

  /** Creates or changes objects. @param manifest YAML or JSON, as `kubectl apply -f -` takes it */
  async apply(manifest: string | object): Promise<void> {
    const input = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
    await this.kubectl(['apply', '-f', '-'], { input });
  }

  /** Makes a namespace in which pods can be created at once: its default service account is there. */
  async makeNamespace(name: string): Promise<void> {
    await this.kubectl(['create', 'namespace', name]);
    const find = ['-n', name, 'get', 'serviceaccount', 'default', '-o', 'jsonpath={.secrets}'];
    await waitUntil(async () => (await this.kubectl(find).catch(() => '')) !== '', {
      goal: `giving the namespace ${name} a service account`,
    });
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

/** For the owner: writes what `Cluster.attach` reads. */
export async function writeFacts(facts: ClusterFacts): Promise<void> {
  await writeFile(factsPath(facts.folder), JSON.stringify(facts));
}
