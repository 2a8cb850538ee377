import type { TestProject } from 'vitest/node';
import { startCluster } from './start-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the folder of the cluster that all files share. */
    readonly clusterFolder: string;
  }
}

/** vitest's globalSetup of the project `cluster`: one cluster of two nodes for all its files, which `cluster-test.ts` gives to tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster({ nodes: 2 });
  project.provide('clusterFolder', cluster.folder);
  return () => cluster[Symbol.asyncDispose]();
}
