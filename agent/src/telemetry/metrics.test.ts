import { expect, test } from 'vitest';
import { parseSamples, sample } from '../../../test/support/metrics-text.ts';
import { Metrics, type PodSourceHealth, unsyncedReason } from './metrics.ts';

class CountedPods implements PodSourceHealth {
  watch = { synced: false, connected: false, error: undefined as string | undefined };
  trackedNamespaces = 0;
  counters = {
    watchErrors: { connection: 0, expired: 0 },
    criErrors: { denied: 0 },
    resolves: { cri: { found: 0, failed: 0 }, cgroup: { found: 0, failed: 0 } },
  };

  status() {
    return { watch: this.watch };
  }
}

test('what the pod source counts is shown as it is, scrape after scrape', async () => {
  const pods = new CountedPods();
  const metrics = new Metrics({ version: '1.2.3', pods });
  const before = parseSamples(await metrics.render());
  expect(sample(before, 'pwru_kube_cache_synced{resource="pods"}')).toBe(0);
  expect(sample(before, 'pwru_kube_watch_errors_total{reason="expired",resource="pods"}')).toBe(0);
  pods.watch = { synced: true, connected: true, error: undefined };
  pods.trackedNamespaces = 12;
  pods.counters.watchErrors.expired = 3;
  pods.counters.criErrors.denied = 2;
  pods.counters.resolves.cri.found = 12;
  pods.counters.resolves.cgroup.failed = 1;
  await metrics.render();
  const after = parseSamples(await metrics.render());
  expect(sample(after, 'pwru_kube_cache_synced{resource="pods"}')).toBe(1);
  expect(sample(after, 'pwru_kube_watch_connected{resource="pods"}')).toBe(1);
  expect(sample(after, 'pwru_kube_watch_errors_total{reason="expired",resource="pods"}')).toBe(3);
  expect(sample(after, 'pwru_cri_errors_total{reason="denied"}')).toBe(2);
  expect(sample(after, 'pwru_tracked_netns')).toBe(12);
  expect(sample(after, 'pwru_netns_resolve_total{method="cri",result="found"}')).toBe(12);
  expect(sample(after, 'pwru_netns_resolve_total{method="cgroup",result="failed"}')).toBe(1);
});

test('pods are known once they were listed, also while the watch is down', () => {
  const pods = new CountedPods();
  expect(unsyncedReason(pods)).toBe("the list of this node's pods has not come yet");
  pods.watch.error = 'connection refused';
  expect(unsyncedReason(pods)).toMatch(/ \(connection refused\)$/);
  pods.watch.synced = true;
  expect(unsyncedReason(pods)).toBeUndefined();
});

test('without Kubernetes there is nothing about it; the process and its build are always there', async () => {
  const text = await new Metrics({ version: '1.2.3' }).render();
  expect(text).not.toMatch(/kube|netns/);
  const samples = parseSamples(text);
  const build = `arch="${process.arch}",node_version="${process.version}",version="1.2.3"`;
  expect(sample(samples, `pwru_build_info{${build}}`)).toBe(1);
  for (const name of [
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'process_open_fds',
    'process_start_time_seconds',
    'nodejs_heap_size_used_bytes',
  ]) {
    expect(sample(samples, name)).toBeGreaterThan(0);
  }
});
