import { Counter, Gauge, type Registry } from 'prom-client';
import type { PodSourceHealth } from './pod-source-health.ts';

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
