import { randomBytes } from 'node:crypto';
import { test as base, inject } from 'vitest';
import { Cluster } from './lab/cluster.ts';

/**
 * vitest's `test` with the cluster that all files of this project share, and with a Kubernetes namespace of the file's own, which
 * goes with the file. Who takes a part of the cluster down brings it back.
 */
export const test = base.extend<{ clusterFolder: string; cluster: Cluster; namespace: string }>({
  clusterFolder: [inject('clusterFolder'), { scope: 'file' }],
  cluster: [
    async ({ clusterFolder }, use) => {
      await use(await Cluster.attach(clusterFolder));
    },
    { scope: 'file' },
  ],
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
