import { connect } from 'node:net';
import { join } from 'node:path';
import { containerdSocket } from './node-config.ts';
import { nodeKubeconfig } from './node-files.ts';
import type { NodeFacts } from './node-handle.ts';
import { podImage } from './pod-image.ts';

/** At which the API server asks for logs and the like. */
const port = 10250;

/** For a node whose files are written. */
export function kubeletFlags({ name, address, folder }: NodeFacts): string[] {
  const endpoint = `unix://${containerdSocket}`;
  return [
    `--config=${join(folder, 'kubelet.json')}`,
    `--kubeconfig=${nodeKubeconfig(folder)}`,
    `--cert-dir=${join(folder, 'kubelet-pki')}`,
    `--hostname-override=${name}`,
    `--node-ip=${address}`,
    '--container-runtime=remote',
    `--container-runtime-endpoint=${endpoint}`,
    `--image-service-endpoint=${endpoint}`,
    `--pod-infra-container-image=${podImage}`,
    '--runtime-cgroups=/',
  ];
}

/** Whether the node's kubelet can be asked for logs and the like. */
export function hasKubelet({ address: host }: NodeFacts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
