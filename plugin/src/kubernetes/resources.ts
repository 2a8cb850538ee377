import { KubeError, type ResourceKind } from './kube-api.ts';
import type { ServerConnection } from './server-connection.ts';

interface ResourceList {
  readonly resources?: ReadonlyArray<{ readonly name: string }> | null;
}

/** Which kinds a server has. Each group is asked for once; what failed is asked for again. */
export class Discovery {
  readonly #connection: ServerConnection;
  /** Plural names by group path. */
  readonly #groups = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(connection: ServerConnection) {
    this.#connection = connection;
  }

  /** @throws KubeError */
  async serves(kind: ResourceKind): Promise<boolean> {
    const path = groupPath(kind);
    let group = this.#groups.get(path);
    if (group === undefined) {
      group = this.#read(path);
      this.#groups.set(path, group);
      group.catch(() => this.#groups.delete(path));
    }
    return (await group).has(kind.plural);
  }

  async #read(path: string): Promise<ReadonlySet<string>> {
    try {
      const { resources } = await this.#connection.ask<ResourceList>({ method: 'GET', path });
      return new Set((resources ?? []).map(({ name }) => name));
    } catch (thrown) {
      if (thrown instanceof KubeError && thrown.status === 404) return new Set();
      throw thrown;
    }
  }
}

/** The kinds that the plugin asks for. */
export const kinds = {
  pod: core('Pod', 'pods'),
  node: { ...core('Node', 'nodes'), namespaced: false },
  namespace: { ...core('Namespace', 'namespaces'), namespaced: false },
  service: core('Service', 'services'),
  endpoints: core('Endpoints', 'endpoints'),
  replicationController: core('ReplicationController', 'replicationcontrollers'),
  deployment: apps('Deployment', 'deployments'),
  statefulSet: apps('StatefulSet', 'statefulsets'),
  daemonSet: apps('DaemonSet', 'daemonsets'),
  replicaSet: apps('ReplicaSet', 'replicasets'),
  job: kindOf('batch', 'v1', 'Job', 'jobs'),
  cronJob: kindOf('batch', 'v1', 'CronJob', 'cronjobs'),
  cronJobBeta: kindOf('batch', 'v1beta1', 'CronJob', 'cronjobs'),
  endpointSlice: kindOf('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices'),
  endpointSliceBeta: kindOf('discovery.k8s.io', 'v1beta1', 'EndpointSlice', 'endpointslices'),
} as const satisfies Record<string, ResourceKind>;

function core(kind: string, plural: string): ResourceKind {
  return kindOf('', 'v1', kind, plural);
}

function apps(kind: string, plural: string): ResourceKind {
  return kindOf('apps', 'v1', kind, plural);
}

function kindOf(group: string, version: string, kind: string, plural: string): ResourceKind {
  return { group, version, kind, plural, namespaced: true };
}

/** `/api/v1`, `/apis/apps/v1` */
export function groupPath({ group, version }: ResourceKind): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** Of one namespace, or of all (or of a kind without them). */
export function collectionPath(kind: ResourceKind, namespace: string | undefined): string {
  const scope =
    kind.namespaced && namespace !== undefined
      ? `/namespaces/${encodeURIComponent(namespace)}`
      : '';
  return `${groupPath(kind)}${scope}/${kind.plural}`;
}

export function objectPath(
  kind: ResourceKind,
  name: string,
  namespace: string | undefined,
): string {
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;
}
