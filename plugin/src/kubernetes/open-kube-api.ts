import { homedir } from 'node:os';
import type { Duplex } from 'node:stream';
import {
  type ConnectionFlags,
  type ConnectionSettings,
  resolveSettings,
} from './connection-settings.ts';
import type {
  KubeApi,
  KubeObject,
  KubeRequest,
  ListOptions,
  ResourceKind,
  Watched,
  WatchListener,
  WatchOptions,
} from './kube-api.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import { openPodTunnel } from './open-pod-tunnel.ts';
import { Limiter } from './pacing.ts';
import { Discovery, objectPath } from './resources.ts';
import { ServerConnection } from './server-connection.ts';
import { listAll, ObjectWatch } from './watch.ts';

/** How many tunnels may be on their way at a time; each makes the API server ask a kubelet. */
const MAX_DIALS = 20;

/**
 * Opens the API server that kubectl would ask with these flags: the files of --kubeconfig, $KUBECONFIG or ~/.kube/config, or
 * this pod's service account. Nothing is asked yet, except that the configuration has to be usable.
 * @throws KubeError "InvalidConfiguration"
 */
export async function openKubeApi(flags: ConnectionFlags): Promise<KubeApi> {
  return new KubeconfigApi(new ServerConnection(() => loadSettings(flags)));
}

function loadSettings(flags: ConnectionFlags): ConnectionSettings {
  const kubeconfig = loadKubeconfig({
    explicitPath: flags.kubeconfig,
    environment: process.env,
    homeDirectory: homedir(),
  });
  return resolveSettings({ flags, kubeconfig, environment: process.env });
}

class KubeconfigApi implements KubeApi {
  readonly namespace: string;
  readonly #connection: ServerConnection;
  readonly #discovery: Discovery;
  readonly #dials = new Limiter(MAX_DIALS);

  constructor(connection: ServerConnection) {
    this.#connection = connection;
    this.#discovery = new Discovery(connection);
    this.namespace = connection.settings.namespace;
  }

  get<T extends KubeObject>(kind: ResourceKind, name: string, namespace?: string): Promise<T> {
    return this.#connection.ask({
      method: 'GET',
      path: objectPath(kind, name, namespace ?? this.namespace),
    });
  }

  async list<T extends KubeObject>(kind: ResourceKind, options: ListOptions): Promise<T[]> {
    return (await listAll<T>(this.#connection, kind, options)).items;
  }

  watch<T extends KubeObject>(
    kind: ResourceKind,
    options: WatchOptions<T>,
    listener: WatchListener,
  ): Promise<Watched<T>> {
    return ObjectWatch.open({ connection: this.#connection, kind, options }, listener);
  }

  serves(kind: ResourceKind): Promise<boolean> {
    return this.#discovery.serves(kind);
  }

  request<T>(request: KubeRequest): Promise<T> {
    return this.#connection.ask(request);
  }

  connectToPod(pod: { namespace: string; name: string }, port: number): Promise<Duplex> {
    return this.#dials.run(() => openPodTunnel(this.#connection, pod, port));
  }

  async close(): Promise<void> {
    this.#connection.close();
  }
}
