import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { credentialsIn } from './credentials.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import type { ClusterNetwork } from './network.ts';
import { type NodeConfigSpec, writeNodeConfig } from './node-config.ts';
import type { NodeFacts } from './node-handle.ts';

/** What every node has of its cluster. */
export interface NodeGround {
  /** The cluster's folder, and its name. */
  readonly clusterFolder: string;
  readonly clusterName: string;
  /** Path of the folder with the kubelet. */
  readonly kubernetes: string;
  /** Path of the folder with Debian's packages. */
  readonly programs: string;
  /** Paths of OCI archives that it has from the start. */
  readonly images: readonly string[];
  readonly network: ClusterNetwork;
}

/** Path, in a node's folder, of the kubelet's own. */
export function nodeKubeconfig(folder: string): string {
  return join(folder, 'kubeconfig');
}

/** In what nodes differ. */
export type NodeSettings = Pick<NodeConfigSpec, 'controlGroup' | 'kubelet'>;

/** Makes a node's folder with its certificates and all that its programs read. */
export async function writeNodeFiles(
  { clusterFolder, network }: NodeGround,
  facts: NodeFacts,
  settings: NodeSettings,
): Promise<void> {
  const { name, address, folder } = facts;
  const { authority } = credentialsIn(clusterFolder);
  await mkdir(folder, { recursive: true });
  const [user, serving] = await Promise.all([
    authority.issue({
      name,
      commonName: `system:node:${name}`,
      organisations: ['system:nodes'],
    }),
    authority.issue({
      name: `${name}-serving`,
      commonName: name,
      serverNames: [`DNS:${name}`, `IP:${address}`],
    }),
  ]);
  await writeKubeconfig(nodeKubeconfig(folder), {
    server: `https://${network.apiAddress}`,
    authority: authority.certificate,
    user,
  });
  await writeNodeConfig({
    ...facts,
    ...settings,
    authority: authority.certificate,
    serving,
  });
}
