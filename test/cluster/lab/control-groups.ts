import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = '/sys/fs/cgroup';

/**
 * Makes the control group `path` (`cluster/node`) below the root of every hierarchy of cgroup v1, for a kubelet to put its pods in,
 * empty as after a boot: groups without processes that were below it go. The undertaker removes it.
 * @throws Error on a machine with cgroup v2 only, which this lab cannot use
 */
export async function makeControlGroup(path: string): Promise<void> {
  const hierarchies = (await readdir(root)).filter((name) =>
    existsSync(join(root, name, 'cgroup.procs')),
  );
  if (!hierarchies.includes('memory'))
    throw new Error(`This lab needs cgroup v1, and ${root} has only: ${hierarchies.join()}`);
  for (const hierarchy of hierarchies) {
    const group = join(root, hierarchy, path);
    // A group is removed as a folder is, with the files in it.
    if (existsSync(group))
      await promisify(execFile)('find', [group, '-depth', '-type', 'd', '-delete']);
    await makeGroup(join(root, hierarchy), path);
  }
}

async function makeGroup(hierarchy: string, path: string): Promise<void> {
  let parent = hierarchy;
  for (const name of path.split('/')) {
    const group = join(parent, name);
    await mkdir(group, { recursive: true });
    // A new group of cpuset takes no process before it has CPUs and memory nodes.
    for (const file of ['cpuset.cpus', 'cpuset.mems'])
      if (existsSync(join(group, file)))
        await writeFile(join(group, file), await readFile(join(parent, file)));
    parent = group;
  }
}
