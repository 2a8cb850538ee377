import type { Duplex } from 'node:stream';

/** A kind of resource, as its URL names it. */
export interface ResourceKind {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  /** 'pods' */
  readonly plural: string;
  /** 'Pod' */
  readonly kind: string;
  readonly namespaced: boolean;
}

/** What every object of the API has. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly OwnerReference[];
    readonly deletionTimestamp?: string | Date;
  };
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

export interface ListOptions {
  /** undefined: all namespaces (or a kind without them). */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /**
   * What the server has in its cache will do, which may be a moment old. It has an index of pods by spec.nodeName there; etcd has
   * none, and is read from end to end for a field selector. Not in pages: for what selects little.
   */
  readonly fromCache?: boolean | undefined;
}

export interface WatchOptions<T extends KubeObject> extends ListOptions {
  /** What is kept of each object, instead of all: one of 10 kB to send is some 30 kB to hold. */
  readonly keep?: ((object: T) => T) | undefined;
}

/** A listing that is kept up to date. */
export interface Watched<T extends KubeObject> extends Disposable {
  /** Latest objects by uid; the same map for as long as it lives. */
  readonly objects: ReadonlyMap<string, T>;
}

export interface WatchListener {
  /** After each change, a first time when the listing is complete. */
  onChange(): void;
  /**
   * The watch broke and is being tried again, or works again (undefined). The objects stay as they were. Told when it begins
   * and when the error becomes another one.
   */
  onTrouble(error: KubeError | undefined): void;
}

/** What an API server refused or could not be asked. `message` is worded as kubectl words it. */
export class KubeError extends Error {
  /**
   * metav1.Status reason ("NotFound", "Forbidden", "Unauthorized", ...); "" when no server answered;
   * "InvalidConfiguration" when the kubeconfig or the connection flags cannot be used.
   */
  readonly reason: string;
  /** HTTP status; 0 when no server answered. */
  readonly status: number;

  constructor(message: string, details: { reason: string; status: number; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.name = 'KubeError';
    this.reason = details.reason;
    this.status = details.status;
  }
}

/** The API server of one kubeconfig context, asked with its user's rights. */
export interface KubeApi {
  /** Namespace of the context or of --namespace; 'default' when neither names one. */
  readonly namespace: string;
  /** @throws KubeError */
  get<T extends KubeObject>(kind: ResourceKind, name: string, namespace?: string): Promise<T>;
  /** All pages. @throws KubeError */
  list<T extends KubeObject>(kind: ResourceKind, options: ListOptions): Promise<T[]>;
  /** Resolves when the first listing is complete. @throws KubeError when that fails. */
  watch<T extends KubeObject>(
    kind: ResourceKind,
    options: WatchOptions<T>,
    listener: WatchListener,
  ): Promise<Watched<T>>;
  /** Whether the server has the kind (discovery, cached). @throws KubeError */
  serves(kind: ResourceKind): Promise<boolean>;
  /** Any other request: SelfSubjectAccessReview, server-side apply, delete. @throws KubeError */
  request<T>(request: KubeRequest): Promise<T>;
  /**
   * One connection to a port of a pod, with backpressure both ways; at most 20 are dialled at a time. When it breaks later, the
   * stream fails with a TunnelError. @throws KubeError
   */
  connectToPod(pod: { namespace: string; name: string }, port: number): Promise<Duplex>;
  /** Ends all watches and connections. Idempotent. */
  close(): Promise<void>;
}

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** '/api/v1/namespaces/demo/pods/client' */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** 'application/json' unless told otherwise, for instance 'application/apply-patch+yaml'. */
  readonly contentType?: string;
}
