import { Counter, Gauge, Registry } from 'prom-client';
import registerGarbageCollection from 'prom-client/lib/metrics/gc.js';
import registerHeap from 'prom-client/lib/metrics/heapSizeAndUsed.js';
import registerHeapSpaces from 'prom-client/lib/metrics/heapSpacesSizeAndUsed.js';
import registerMemory from 'prom-client/lib/metrics/osMemoryHeap.js';
import registerCpuTime from 'prom-client/lib/metrics/processCpuTotal.js';
import registerMaxDescriptors from 'prom-client/lib/metrics/processMaxFileDescriptors.js';
import registerOpenDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js';
import registerStartTime from 'prom-client/lib/metrics/processStartTime.js';
import registerVersion from 'prom-client/lib/metrics/version.js';
import { CallMetrics } from './call-metrics.ts';
import { SessionMetrics } from './session-metrics.ts';

export interface MetricsOptions {
  readonly version: string;
  /** Absent on a machine without Kubernetes. */
  readonly pods?: PodSourceHealth | undefined;
}

/** Everything that an agent counts. Between two renderings it costs what an event costs to count. */
export class Metrics {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  readonly sessions: SessionMetrics;
  readonly calls: CallMetrics;
  readonly #registry = new Registry();

  constructor({ version, pods }: MetricsOptions) {
    const build = new Gauge({
      name: 'pwru_build_info',
      help: 'Always 1: what this agent is, in its labels.',
      labelNames: ['version', 'node_version', 'arch'],
      registers: [this.#registry],
    });
    build.set({ version, node_version: process.version, arch: process.arch }, 1);
    this.sessions = new SessionMetrics(this.#registry);
    this.calls = new CallMetrics(this.#registry);
    if (pods !== undefined) registerPodMetrics(this.#registry, pods);
    registerProcessMetrics(this.#registry);
  }

  /** Prometheus' text format, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/ */
  render(): Promise<string> {
    this.sessions.collect();
    return this.#registry.metrics();
  }
}

/** `process_*` and `nodejs_*` as other programs on Node.js have them, less the event loop's lag: measuring it costs a timer. */
export function registerProcessMetrics(registry: Registry): void {
  registerCpuTime(registry);
  registerStartTime(registry);
  registerMemory(registry);
  registerOpenDescriptors(registry);
  registerMaxDescriptors(registry);
  registerHeap(registry);
  registerHeapSpaces(registry);
  registerGarbageCollection(registry);
  registerVersion(registry);
}

/** The metrics about the node's pods, read from `pods` at each scrape. */
export function registerPodMetrics(registry: Registry, pods: PodSourceHealth): void {
  const registers = [registry];
  const resource = 'pods';
  new Gauge({
    name: 'pwru_kube_cache_synced',
    help: "1 once this node's objects have been listed: what is known of them may be old, and is complete.",
    labelNames: ['resource'],
    registers,
    collect() {
      this.set({ resource }, pods.status().watch.synced ? 1 : 0);
    },
  });
  new Gauge({
    name: 'pwru_kube_watch_connected',
    help: '1 while the API server tells changes.',
    labelNames: ['resource'],
    registers,
    collect() {
      this.set({ resource }, pods.status().watch.connected ? 1 : 0);
    },
  });
  new Counter({
    name: 'pwru_kube_watch_errors_total',
    help: 'Lists and watches that failed, by why.',
    labelNames: ['resource', 'reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of Object.entries(pods.counters.watchErrors)) {
        this.inc({ resource, reason }, count);
      }
    },
  });
  new Counter({
    name: 'pwru_cri_errors_total',
    help: 'Questions to the container runtime that failed, by why.',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of Object.entries(pods.counters.criErrors)) {
        this.inc({ reason }, count);
      }
    },
  });
  new Counter({
    name: 'pwru_netns_resolve_total',
    help: "Tries to find a pod's network namespace, by where it was looked for and what came out.",
    labelNames: ['method', 'result'],
    registers,
    collect() {
      this.reset();
      for (const [method, results] of Object.entries(pods.counters.resolves)) {
        for (const [result, count] of Object.entries(results)) this.inc({ method, result }, count);
      }
    },
  });
  new Gauge({
    name: 'pwru_tracked_netns',
    help: 'Network namespaces of pods that are held open.',
    registers,
    collect() {
      this.set(pods.trackedNamespaces);
    },
  });
}

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
