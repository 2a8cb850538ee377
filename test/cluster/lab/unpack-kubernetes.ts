import { execFile } from 'node:child_process';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Software } from './software.ts';

const programsOfKubernetes = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
];

/** @param folder path of the cluster's folder @returns path of a folder with the programs of Kubernetes */
export async function unpackKubernetes({ kubernetes }: Software, folder: string): Promise<string> {
  const programs = join(folder, 'bin');
  await mkdir(programs);
  await promisify(execFile)('zstd', ['-dqf', kubernetes, '-o', join(programs, 'kubernetes')]);
  await chmod(join(programs, 'kubernetes'), 0o755);
  for (const name of programsOfKubernetes) await symlink('kubernetes', join(programs, name));
  return programs;
}
