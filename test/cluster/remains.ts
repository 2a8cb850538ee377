import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { basename } from 'node:path';
import type { LabCluster } from './lab/lab-cluster.ts';

/** By what a cluster's traces on this machine are recognised. */
export interface ClusterMarks {
  /** Of its folder and its control groups; its processes' arguments have it. */
  readonly name: string;
  /** `198.18.N.`: what addresses of its node network begin with. */
  readonly network: string;
  /** Network namespaces of its nodes, as `net:[INODE]`. */
  readonly namespaces: ReadonlySet<string>;
}

export async function marksOf(cluster: LabCluster): Promise<ClusterMarks> {
  const namespaces = await Promise.all(
    cluster.nodes.map(async (node) => readlink(`/proc/${await node.pid()}/ns/net`)),
  );
  const network = /[\d.]+\./.exec(cluster.server)?.[0] ?? cluster.server;
  return { name: basename(cluster.folder), network, namespaces: new Set(namespaces) };
}

/** Everything of a cluster that this machine has, one line for each: processes, mounts, control groups, interfaces, folders. */
export async function remainsOf(marks: ClusterMarks): Promise<string[]> {
  const { name, network } = marks;
  const mounts = (await readFile('/proc/self/mounts', 'utf8'))
    .split('\n')
    .filter((line) => line.includes(name));
  const groups = ['/sys/fs/cgroup', ...foldersIn('/sys/fs/cgroup')]
    .flatMap(foldersIn)
    .filter((path) => basename(path) === name);
  const interfaces = Object.entries(networkInterfaces())
    .filter(([, addresses]) => addresses?.some(({ address }) => address.startsWith(network)))
    .map(([key]) => key);
  return [
    ...processesOf(marks),
    ...mounts.map((line) => `mount ${line}`),
    ...groups.map((path) => `control group ${path}`),
    ...interfaces.map((key) => `interface ${key}`),
    ...readdirSync(tmpdir()).filter((entry) => entry === name),
  ];
}

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${path}/${entry.name}`);
}

function processesOf({ name, namespaces }: ClusterMarks): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(name) ||
          readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(name) ||
          namespaces.has(readlinkSync(`/proc/${pid}/ns/net`))
        );
      } catch {
        // It has ended, or is one that even root may not look into.
        return false;
      }
    })
    .map((pid) => `process ${pid} ${readCommand(pid)}`);
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '(ended)';
  }
}
