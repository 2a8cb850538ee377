/** A pod of the Kubernetes API. */
export interface PodReference {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** An interface by the namespace that it is in and its index there. */
export interface InterfaceKey {
  readonly netnsInode: number;
  readonly index: number;
}

/** A network namespace that is held open, so that no other one can have its inode number. */
export interface HeldNamespace {
  readonly inode: number;
  /** What its owner calls it. */
  readonly label: string;
}

/** A pod's sandbox that runs on this node. */
export interface PodSandbox {
  /**
   * Owned by the source: open until every listener has been told that it is gone. Compare inode numbers: another object may
   * stand for the same namespace after a change, opened before this one is closed.
   */
  readonly netns: HeldNamespace;
  /** CLOCK_BOOTTIME in nanoseconds since when the namespace has been there; undefined: not known. */
  readonly sinceNs?: number | undefined;
  /** IPv4 and IPv6, network byte order, 4 or 16 bytes each. */
  readonly addresses: readonly Uint8Array[];
  /** The node's ends of the pod's veth pairs, as far as they are proved to be that; each is given to one pod only. */
  readonly hostInterfaces: readonly InterfaceKey[];
  /** How the namespace was found: asked of the container runtime, or by the pod's uid in /proc/PID/cgroup. */
  readonly method: 'cri' | 'cgroup';
}

/** A network namespace that somebody made lately, a container runtime as a rule, and of which no pod is known yet. */
export interface NewNamespace {
  /** Owned by the source, as that of a PodSandbox. */
  readonly netns: HeldNamespace;
  /** CLOCK_BOOTTIME in nanoseconds since when it has been there. */
  readonly sinceNs: number;
}

/** What is known of where a pod's packets are. */
export type PodPlace =
  /** No sandbox (yet): pending, or on its way to the end. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sandbox'; readonly sandbox: PodSandbox }
  /** Its namespace is the node's own. */
  | { readonly kind: 'host-network' }
  /** `reason` is one sentence, for instance that the runtime's socket refuses. */
  | { readonly kind: 'unresolved'; readonly reason: string };

/** A pod of this node that has not ended. */
export interface NodePod {
  readonly pod: PodReference;
  readonly place: PodPlace;
}

/** The pods of this node and where their packets are. */
export interface PodSource {
  /** The node's own network namespace; undefined when the agent cannot see it. Owned by the source. */
  readonly nodeNamespace: HeldNamespace | undefined;
  /** Addresses of the node's own network namespace, as they are now: network byte order, 4 or 16 bytes each. */
  nodeAddresses(): readonly Uint8Array[];
  /** All pods that are known and have not ended, in no order. */
  pods(): readonly NodePod[];
  /**
   * Namespaces that may become a pod's: one leaves this list when its pod is known, or when it is clear that it is no pod's,
   * after 15 s at the latest.
   */
  newNamespaces(): readonly NewNamespace[];
  /**
   * Calls `listener`, which must not throw, after each change of `pods()` and `newNamespaces()`, before a namespace that is
   * no longer in them is closed. Dispose to end it.
   */
  subscribe(listener: () => void): Disposable;
}
