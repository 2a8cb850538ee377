// prom-client's own collectors, one per file. What it exports for all of them at once, collectDefaultMetrics, starts a timer of
// 100 Hz, and gives names that promtool rejects.
declare module 'prom-client/lib/metrics/*' {
  import type { Registry } from 'prom-client';

  export default function register(registry: Registry): void;
}
