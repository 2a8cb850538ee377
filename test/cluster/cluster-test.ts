import { randomBytes } from 'node:crypto';
import { test as base, inject } from 'vitest';
import type { Cluster } from './lab/cluster.ts';
import { LabCluster } from './lab/lab-cluster.ts';
import { namedClusterSettings, needsLab, openNamedCluster } from './lab/named-cluster.ts';
import type { SharedCluster } from './lab/shared-cluster.ts';

/**
 * vitest's `test` with the cluster that all files of this project share, and with a Kubernetes namespace of the file's own, which
 * goes with the file. Who takes a part of the cluster down brings it back.
 *
 * `lab` is the same cluster for tests that need it to be the lab's: nodes of known names that are on this machine, parts that can
 * be taken down, a certificate authority. Where PWRU_TEST_KUBECONFIG names another cluster they are skipped.
 */
export const test = base.extend<{
  shared: SharedCluster;
  cluster: Cluster;
  lab: LabCluster;
  namespace: string;
}>({
  shared: [inject('sharedCluster'), { scope: 'file' }],
  cluster: [
    async ({ shared }, use) => {
      await use(await open(shared));
    },
    { scope: 'file' },
  ],
  lab: async ({ cluster, skip }, use) => {
    if (!(cluster instanceof LabCluster)) {
      skip(needsLab);
      return;
    }
    await use(cluster);
  },
  namespace: [
    async ({ cluster }, use) => {
      const name = `test-${randomBytes(3).toString('hex')}`;
      await cluster.makeNamespace(name);
      await use(name);
      await cluster.kubectl(['delete', 'namespace', name, '--wait=false']);
    },
    { scope: 'file' },
  ],
});

async function open({ kind, folder }: SharedCluster): Promise<Cluster> {
  if (kind === 'lab') return LabCluster.attach(folder);
  const settings = namedClusterSettings();
  if (settings === undefined) throw new Error('PWRU_TEST_KUBECONFIG names no cluster any more');
  return openNamedCluster(settings, folder);
}
