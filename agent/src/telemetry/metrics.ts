import { Gauge, Registry } from 'prom-client';
import { CallMetrics } from './call-metrics.ts';
import { registerPodMetrics } from './pod-metrics.ts';
import type { PodSourceHealth } from './pod-source-health.ts';
import { registerProcessMetrics } from './process-metrics.ts';
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
