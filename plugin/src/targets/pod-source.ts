import { setMaxListeners } from 'node:events';
import type { V1Pod, V1Service } from '@kubernetes/client-node';
import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type ListOptions,
  type ResourceKind,
  type Watched,
} from '../kubernetes/kube-api.ts';
import type { ReachedPort, ServedPort } from './service-ports.ts';
import type { WatchTroubles } from './watch-troubles.ts';

/** One target of the command line, as the cluster has it now. */
export interface PodSource {
  /** As the user named it: `deploy/web`, `-l app=web`. */
  readonly text: string;
  /** See PodTarget.followName. */
  readonly followsNames: boolean;
  /** It may have no pods now and have some later, as a CronJob between its Jobs: they are waited for. */
  readonly maybeIdle: boolean;
  /**
   * What it means when it gets a pod of a controller of which it had none: `rolled out` of a Deployment with a new
   * ReplicaSet. Undefined where that means nothing.
   */
  readonly newController: string | undefined;
  /** What it means when a pod is no longer among its pods. */
  readonly gone: string;
  /** All its pods, finished ones too. */
  pods(): readonly V1Pod[];
  /**
   * Addresses that are not those of its pods: of a service its cluster addresses, which packets have on the client's side
   * until they are translated, and those of endpoints that are no pods.
   */
  addresses(): readonly string[];
  /** Of a service: where it is reached beside, see servicePorts. */
  ports(): readonly ReachedPort[];
  /** Of its pods is traced what goes to the addresses and ports of the targets, or comes from there. */
  readonly addressesOnly?: true;
  /** Of a service: see ServedPort. */
  servedPorts?(): readonly ServedPort[];
  /** The service that it is, while there is one. */
  service?(): V1Service | undefined;
}

export const DELETED = 'deleted';

/** What sources are opened with, and the owner of all their watches. */
export class SourceContext implements Disposable {
  readonly api: KubeApi;
  /** Of what is named. */
  readonly namespace: string;
  /** To be called when a source says something else than before. */
  readonly onChange: () => void;
  readonly troubles: WatchTroubles;
  readonly #closing = new AbortController();
  readonly #watches = new Set<Disposable>();

  constructor(parts: {
    api: KubeApi;
    namespace: string;
    onChange: () => void;
    troubles: WatchTroubles;
  }) {
    this.api = parts.api;
    this.namespace = parts.namespace;
    this.onChange = parts.onChange;
    this.troubles = parts.troubles;
    // Each source waits with it between its attempts, and there is no bound on what may be named.
    setMaxListeners(0, this.#closing.signal);
  }

  /** Aborts when the sources are no longer wanted. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** The same in another namespace; its watches end with this one's. */
  within(namespace: string): SourceContext {
    const { api, onChange, troubles } = this;
    const inner = new SourceContext({ api, namespace, onChange, troubles });
    this.#watches.add(inner);
    return inner;
  }

  /** A watch that ends with the context, or when it is disposed. @throws KubeError */
  async watch<T extends KubeObject>(kind: ResourceKind, options: ListOptions): Promise<Watched<T>> {
    const key = {};
    const watched = await this.api.watch<T>(kind, options, {
      onChange: this.onChange,
      onTrouble: (error) => this.troubles.report(key, error),
    });
    const owned = {
      objects: watched.objects,
      [Symbol.dispose]: () => {
        this.#watches.delete(owned);
        watched[Symbol.dispose]();
        this.troubles.report(key, undefined);
      },
    };
    this.#watches.add(owned);
    if (this.closing.aborted) owned[Symbol.dispose]();
    return owned;
  }

  /** The one object of a name, now and later. @throws KubeError NotFound when there is none now */
  async watchNamed<T extends KubeObject>(kind: ResourceKind, name: string): Promise<Watched<T>> {
    const watched = await this.watch<T>(kind, {
      namespace: kind.namespaced ? this.namespace : undefined,
      fieldSelector: `metadata.name=${name}`,
    });
    if (watched.objects.size === 0) throw notFound(kind, name);
    return watched;
  }

  [Symbol.dispose](): void {
    this.#closing.abort();
    for (const watched of this.#watches) watched[Symbol.dispose]();
  }
}

/** As the server words it, where a list came back empty. */
function notFound({ plural, group }: ResourceKind, name: string): KubeError {
  return new KubeError(
    `Error from server (NotFound): ${plural}${group === '' ? '' : `.${group}`} "${name}" not found`,
    { reason: 'NotFound', status: 404 },
  );
}
