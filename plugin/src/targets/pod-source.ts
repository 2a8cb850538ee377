import { setMaxListeners } from 'node:events';
import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type ListOptions,
  type ResourceKind,
  type Watched,
} from '../kubernetes/kube-api.ts';
import type { WatchTroubles } from '../kubernetes/watch.ts';
import type { ReachedPort, ServedPort } from './service-ports.ts';

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

/** A pod to be traced. */
export interface PodTarget {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Empty while it is not scheduled. */
  readonly node: string;
  /** Texts, both families; empty while it has none. */
  readonly addresses: readonly string[];
  /** Its network namespace is the node's own. */
  readonly hostNetwork: boolean;
  /** What it has to do with the other targets is traced, and nothing else. */
  readonly addressesOnly: boolean;
  /** Where it is reached at its node. */
  readonly hostPorts: readonly ReachedPort[];
  /** What it is a pod of, as the user named it: `deploy/web`. */
  readonly targets: readonly string[];
  /** The next pod of this name is a target as well: by pod/NAME, or since a StatefulSet gives names again. */
  readonly followName: boolean;
}

/** Succeeded or Failed: its containers do not run again, it has no sandbox, and its address may be another's by now. */
export function isFinished(pod: V1Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Both families, the first one first. */
export function podAddresses(pod: V1Pod): string[] {
  const { podIP, podIPs = [] } = pod.status ?? {};
  const all = podIPs.flatMap(({ ip }) => (ip ? [ip] : []));
  return all.length > 0 || !podIP ? all : [podIP];
}

/** What objects of the API's own types and KubeObject have in common. */
interface HasMetadata {
  readonly metadata?:
    | {
        readonly uid?: string | undefined;
        readonly ownerReferences?:
          | ReadonlyArray<{ readonly uid: string; readonly controller?: boolean | undefined }>
          | undefined;
      }
    | undefined;
}

export function uidOf(object: HasMetadata): string {
  return object.metadata?.uid ?? '';
}

/** The uid of the controller that owns it; undefined for an object of its own. */
export function controllerOf(object: HasMetadata): string | undefined {
  return object.metadata?.ownerReferences?.find(({ controller }) => controller === true)?.uid;
}

/** `shop/web-6d4`, as messages name it. */
export function podText({ namespace, name }: Pick<PodTarget, 'namespace' | 'name'>): string {
  return `pod ${namespace}/${name}`;
}

/** Nothing can be traced of what was named. The message is all that the user is told, as that of a KubeError. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.FAILURE) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function tooManyNodes(count: number, maxNodes: number): TargetError {
  return new TargetError(
    `error: Cannot trace ${count} nodes: at most ${maxNodes} are traced without --max-nodes ${count}`,
    exitCodes.USAGE,
  );
}
