import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { namedClusterSettings, openNamedCluster } from './named-cluster.ts';
import { startCluster } from './start-cluster.ts';

/** Where the cluster is that all files share. */
export interface SharedCluster {
  readonly kind: 'lab' | 'named';
  /** Of the lab's cluster; for one that is named, for what programs keep. */
  readonly folder: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly sharedCluster: SharedCluster;
  }
}

/**
 * vitest's globalSetup of the project `cluster`: one cluster for all its files, which `cluster-test.ts` gives to tests. The one that
 * PWRU_TEST_KUBECONFIG names, else one of the lab with two nodes.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const settings = namedClusterSettings();
  if (settings === undefined) {
    const cluster = await startCluster({ nodes: 2 });
    project.provide('sharedCluster', { kind: 'lab', folder: cluster.folder });
    return () => cluster[Symbol.asyncDispose]();
  }
  const folder = await mkdtemp(join(tmpdir(), 'pwru-named-cluster-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await openNamedCluster(settings, folder);
  } catch (failure) {
    await remove();
    throw failure;
  }
  project.provide('sharedCluster', { kind: 'named', folder });
  return remove;
}
