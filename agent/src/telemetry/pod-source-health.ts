/** How often something has happened since the agent's start, by kind; all kinds are there from the start. */
export type Counts = Readonly<Record<string, number>>;

/** What metrics and readiness want to know of the agent's view of its node's pods. Reading it costs nothing. */
export interface PodSourceHealth {
  /** Network namespaces that are held open. */
  readonly trackedNamespaces: number;
  readonly counters: {
    /** Lists and watches that failed, by why. */
    readonly watchErrors: Counts;
    /** Questions to the container runtime that failed, by why. */
    readonly criErrors: Counts;
    /** Tries to find a pod's network namespace: by method, then by result. */
    readonly resolves: Readonly<Record<string, Counts>>;
  };
  status(): {
    readonly watch: {
      /** The pods have been listed once: what is known may be old, and is complete. */
      readonly synced: boolean;
      /** Changes are coming in now. */
      readonly connected: boolean;
      /** Why not. */
      readonly error: string | undefined;
    };
  };
}

/** One sentence on why the node's pods are not known; undefined when they are. */
export function unsyncedReason(pods: PodSourceHealth): string | undefined {
  const { synced, error } = pods.status().watch;
  if (synced) return undefined;
  return `the list of this node's pods has not come yet${error === undefined ? '' : ` (${error})`}`;
}
