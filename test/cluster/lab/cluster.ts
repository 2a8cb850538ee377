import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { KubectlVersion } from './software.ts';
import { waitUntil } from './wait-until.ts';

/** What any process of this machine must know to use a cluster. */
export interface ClusterAccess {
  /** Path of a folder for what programs that use it keep. */
  readonly folder: string;
  /** Path of an administrator's kubeconfig, for KUBECONFIG. */
  readonly kubeconfig: string;
  readonly nodes: ReadonlyArray<{ readonly name: string }>;
  readonly kubectl: Readonly<Record<KubectlVersion, string>>;
  /** Which kubectl to use unless one is asked for. */
  readonly kubectlVersion: KubectlVersion;
}

export interface KubectlOptions {
  readonly version?: KubectlVersion;
  /** Path; the administrator's unless given. */
  readonly kubeconfig?: string;
  /** For `-f -`. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** A running cluster, whose ever it is. */
export class Cluster {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly nodes: ReadonlyArray<{ readonly name: string }>;
  readonly #kubectl: Readonly<Record<KubectlVersion, string>>;
  readonly #kubectlVersion: KubectlVersion;

  constructor({ folder, kubeconfig, nodes, kubectl, kubectlVersion }: ClusterAccess) {
    this.folder = folder;
    this.kubeconfig = kubeconfig;
    this.nodes = nodes;
    this.#kubectl = kubectl;
    this.#kubectlVersion = kubectlVersion;
  }

  /** Path of Debian's kubectl. */
  kubectlPath(version = this.#kubectlVersion): string {
    return this.#kubectl[version];
  }

  /** What a process needs in its environment to use the cluster as its administrator, by kubectl or otherwise. */
  get env(): NodeJS.ProcessEnv {
    return { KUBECONFIG: this.kubeconfig };
  }

  /**
   * Runs kubectl.
   * @returns what it wrote to stdout
   * @throws Error with what it wrote to stderr when it fails
   */
  async kubectl(args: readonly string[], options: KubectlOptions = {}): Promise<string> {
    const { version, kubeconfig = this.kubeconfig, input, timeoutMs = 300_000 } = options;
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
    await waitUntil(() => this.hasServiceAccount(name), {
      goal: `giving the namespace ${name} a service account`,
    });
  }

  protected async hasServiceAccount(namespace: string): Promise<boolean> {
    const find = ['-n', namespace, 'get', 'serviceaccount', 'default'];
    return this.kubectl(find).then(
      () => true,
      () => false,
    );
  }
}
