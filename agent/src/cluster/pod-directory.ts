import { join } from 'node:path';
import type { pwru } from '../../../proto/gen/pwru.js';
import type { Log } from '../core/log.ts';
import type { NewNamespace, NodePod, PodSource } from '../core/pods.ts';
import { ResourceStack } from '../core/resource.ts';
import type { NetworkNamespace } from '../kernel/netns.ts';
import { inClusterAccess } from './api/in-cluster-access.ts';
import type { ApiAccess } from './api/request.ts';
import { ContainerRuntime, type RuntimeStatus, socketCandidates } from './cri/container-runtime.ts';
import { DirectoryCounters } from './directory-counters.ts';
import { type HostPaths, type NodeNamespace, openNodeNamespace } from './host-paths.ts';
import { HostInterfaces } from './interfaces/host-interfaces.ts';
import { NewNamespaces } from './new-namespaces.ts';
import { readNodeAddresses } from './node-addresses.ts';
import { PassLoop } from './pass-loop.ts';
import { PodBook } from './pod-book.ts';
import type { PodRecord } from './pod-record.ts';
import { type PodListener, PodWatch, type WatchStatus } from './pod-watch.ts';
import { SandboxReconciler } from './sandbox-reconciler.ts';
import { SandboxResolver } from './sandbox-resolver.ts';

export interface PodDirectoryOptions {
  /** Name of this node in the cluster (spec.nodeName of its pods). */
  readonly node: string;
  readonly log: Log;
  /** The API server; that of the pod that this process runs in unless given. */
  readonly access?: ApiAccess;
  /** Path of the container runtime's socket as this process sees it; undefined: looked for in the usual places. */
  readonly criSocket?: string | undefined;
  /** Where the node's /run is, mounted with HostToContainer propagation; "/run". */
  readonly hostRun?: string | undefined;
  /** A procfs of the node's pid namespace; "/proc". */
  readonly hostProc?: string | undefined;
  /** A sysfs of the node's network namespace; "/sys". */
  readonly hostSys?: string | undefined;
  /** Below hostProc: a process in the node's network namespace; "1". */
  readonly nodeProcess?: string | undefined;
}

export interface PodDirectoryStatus {
  readonly watch: WatchStatus;
  readonly runtime: RuntimeStatus;
  /** Why the node's own namespace cannot be seen; undefined when it can. */
  readonly nodeNamespaceError: string | undefined;
}

/** The pods of this node, from the API server and the container runtime. */
export interface PodDirectory extends PodSource, AsyncDisposable {
  readonly counters: DirectoryCounters;
  /** Sandboxes whose namespaces are held open now. */
  readonly trackedNamespaces: number;
  status(): PodDirectoryStatus;
  /** What GetInfo says of the node's pods. */
  describe(): pwru.v1.ClusterInfo.$Properties;
}

/** Below /run: where containerd and CRI-O, and where Docker keeps the namespaces of sandboxes. */
const runtimeFolders = ['netns', 'docker/netns'] as const;

/** A sandbox that ends while the runtime says nothing is let go of after this long at most. */
const aliveCheckMs = 1_000;
/** How often the runtime is asked for its sandboxes: while it is making one, while some pod is on its way, and else. */
const passIntervalMs = { expecting: 100, unsettled: 1_000, settled: 10_000 } as const;
const passRestMs = 100;

/**
 * Starts to follow this node's pods. What it does not know yet shows up in time, and it never gives up: the API server and the
 * runtime may be down now and come later.
 * @throws PwruError NOT_FOUND when this process runs in no pod and has no other access
 */
export function openPodDirectory(options: PodDirectoryOptions): PodDirectory {
  return new RunningDirectory(options, options.access ?? inClusterAccess());
}

class RunningDirectory implements PodDirectory {
  readonly counters = new DirectoryCounters();
  readonly #resources = new ResourceStack();
  readonly #paths: HostPaths;
  readonly #node: NodeNamespace;
  readonly #book: PodBook;
  readonly #runtime: ContainerRuntime;
  readonly #reconciler: SandboxReconciler;
  readonly #passes: PassLoop;
  readonly #watch: PodWatch;

  constructor(options: PodDirectoryOptions, access: ApiAccess) {
    const { log, node, criSocket } = options;
    const { counters } = this;
    const paths = hostPaths(options);
    this.#paths = paths;
    this.#node = openNodeNamespace(paths);
    if (this.#node.netns !== undefined) this.#resources.use(this.#node.netns);
    this.#book = this.#resources.use(new PodBook({ nodeInode: this.#node.netns?.inode, log }));
    this.#runtime = this.#resources.use(
      new ContainerRuntime({
        sockets:
          criSocket === undefined ? socketCandidates(paths) : criSocket === '' ? [] : [criSocket],
        errors: counters.criErrors,
        log,
      }),
    );
    const newNamespaces = this.#resources.use(
      new NewNamespaces({
        folders: runtimeFolders.map((folder) => join(paths.run, folder)),
        book: this.#book,
        nodeInode: this.#node.netns?.inode,
        onChange: () => {
          this.#reconciler.checkAlive();
          this.#passes.call();
        },
      }),
    );
    this.#reconciler = new SandboxReconciler({
      book: this.#book,
      runtime: this.#runtime,
      resolver: new SandboxResolver({
        ...{ paths, runtime: this.#runtime, node: this.#node, counters },
        sinceNs: (inode) => newNamespaces.sinceNs(inode),
      }),
      interfaces: new HostInterfaces(paths),
      paths,
      counters,
    });
    this.#passes = this.#resources.use(
      new PassLoop({
        pass: async () => {
          newNamespaces.ensure();
          await this.#reconciler.pass();
        },
        intervalMs: () => {
          if (newNamespaces.isExpecting) return passIntervalMs.expecting;
          return passIntervalMs[this.#reconciler.isUnsettled ? 'unsettled' : 'settled'];
        },
        restMs: passRestMs,
        log,
      }),
    );
    const aliveTimer = setInterval(() => {
      if (this.#reconciler.checkAlive()) this.#passes.call();
    }, aliveCheckMs);
    this.#resources.defer(() => clearInterval(aliveTimer));
    this.#watch = this.#resources.use(
      new PodWatch({ access, node, listener: this.#listener(), counters, log }),
    );
  }

  #listener(): PodListener {
    return {
      replace: (pods) => {
        const listed = new Set(pods.map(({ pod }) => pod.uid));
        for (const uid of [...this.#book.entries.keys()]) {
          if (!listed.has(uid)) this.#book.remove(uid);
        }
        for (const pod of pods) this.#book.put(pod);
        this.#passes.call();
      },
      put: (pod) => {
        this.#book.put(pod);
        if (this.#isOfInterest(pod)) this.#passes.call();
      },
      remove: (uid) => {
        this.#book.remove(uid);
        if (this.#book.entries.has(uid)) this.#passes.call();
      },
    };
  }

  /** Whether the runtime may have news of a pod that changed. Most changes are of a pod that runs: probes, annotations. */
  #isOfInterest({ pod, isTerminating }: PodRecord): boolean {
    const finding = this.#book.entries.get(pod.uid)?.finding;
    if (finding === undefined || finding.kind === 'host-network') return false;
    return finding.kind !== 'sandbox' || isTerminating;
  }

  get nodeNamespace(): NetworkNamespace | undefined {
    return this.#node.netns;
  }

  get trackedNamespaces(): number {
    let count = 0;
    for (const { finding } of this.#book.entries.values())
      if (finding.kind === 'sandbox') count += 1;
    return count;
  }

  pods(): readonly NodePod[] {
    return this.#book.told;
  }

  nodeAddresses(): readonly Uint8Array[] {
    return readNodeAddresses(this.#paths);
  }

  newNamespaces(): readonly NewNamespace[] {
    return this.#book.toldNew;
  }

  subscribe(listener: () => void): Disposable {
    return this.#book.subscribe(listener);
  }

  status(): PodDirectoryStatus {
    return {
      watch: this.#watch.status,
      runtime: this.#runtime.status,
      nodeNamespaceError: this.#node.missing,
    };
  }

  describe(): pwru.v1.ClusterInfo.$Properties {
    const { watch, runtime, nodeNamespaceError } = this.status();
    const missing = [watch.error, nodeNamespaceError].filter((reason) => reason !== undefined);
    return {
      podsSynced: watch.synced,
      podsReason: missing.join('; '),
      podsResolved: this.trackedNamespaces,
      pods: this.pods().length,
      runtime: runtime.name ?? '',
      runtimeSocket: runtime.socket ?? '',
      runtimeReason: runtime.error ?? '',
    };
  }

  /** Tells listeners that there are no pods, then closes everything. Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources[Symbol.asyncDispose]();
  }
}

function hostPaths(options: PodDirectoryOptions): HostPaths {
  return {
    run: options.hostRun ?? '/run',
    proc: options.hostProc ?? '/proc',
    sys: options.hostSys ?? '/sys',
    nodeProcess: options.nodeProcess ?? '1',
  };
}
