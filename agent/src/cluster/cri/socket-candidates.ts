import { join } from 'node:path';
import { type HostPaths, processPath } from '../host-paths.ts';

/**
 * Where container runtimes listen, the particular ones first: a machine with k3s may have a containerd of its own (Docker's,
 * for instance) at the usual place as well, but not the other way round.
 */
const belowRun = [
  'k3s/containerd/containerd.sock', // k3s, RKE2
  'k0s/containerd.sock',
  'crio/crio.sock',
  'cri-dockerd.sock',
  'containerd/containerd.sock',
];

/** Not below /run; reached by way of the node's first process. */
const microk8s = 'root/var/snap/microk8s/common/run/containerd.sock';

export function socketCandidates(paths: HostPaths): readonly string[] {
  return [
    ...belowRun.map((name) => join(paths.run, name)),
    processPath(paths, paths.nodeProcess, microk8s),
  ];
}
