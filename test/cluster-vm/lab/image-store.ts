import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TiedProcess } from '../../cluster/lab/tied-process.ts';
import { waitUntil } from '../../cluster/lab/wait-until.ts';

export interface ImageStoreSpec {
  /** Path of a folder to make. */
  readonly folder: string;
  /** Path of the folder with Debian's packages. */
  readonly programs: string;
  /** Paths of OCI archives. */
  readonly images: readonly string[];
}

/**
 * Makes what a containerd has in its folder when it has these images, unpacked. It takes seconds here and minutes under
 * emulation, where containerd starts with a copy of it (guest-node.sh).
 * @returns path of that folder
 */
export async function makeImageStore(spec: ImageStoreSpec): Promise<string> {
  const { folder, programs, images } = spec;
  const [root, socket] = [join(folder, 'root'), join(folder, 'containerd.sock')];
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'containerd.toml');
  await writeFile(config, containerdConfig({ root, state: join(folder, 'state'), socket }));
  // Layers are mounted to be unpacked: in a namespace that goes with the process.
  await using containerd = new TiedProcess({
    program: 'unshare',
    args: [
      ...['--mount', '--propagation', 'private', '--'],
      ...[join(programs, 'usr/bin/containerd'), '--config', config],
    ],
    log: join(folder, 'containerd.log'),
  });
  await waitUntil(() => existsSync(socket), {
    goal: 'running a containerd for images',
    intervalMs: 20,
    processes: [containerd],
  });
  const ctr = join(programs, 'usr/bin/ctr');
  for (const image of images)
    await promisify(execFile)(ctr, ['-a', socket, '-n', 'k8s.io', 'images', 'import', image]);
  return root;
}

function containerdConfig(paths: { root: string; state: string; socket: string }): string {
  return `version = 2
root = "${paths.root}"
state = "${paths.state}"
oom_score = 0
disabled_plugins = [
  "io.containerd.grpc.v1.cri",
  "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs",
  "io.containerd.internal.v1.opt",
]
[grpc]
  address = "${paths.socket}"
`;
}
