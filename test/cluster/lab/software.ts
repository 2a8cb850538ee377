import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

/** kubectl as Debian 12 has it, of the cluster's own version, and a later one. */
export type KubectlVersion = '1.20' | '1.32';

/** What a cluster is made of; the shape that `tools/setup/kubernetes.mjs` prints. */
export interface Software {
  /** Path of API server, controllers and kubelet in one program, compressed by zstd. */
  readonly kubernetes: string;
  /** Debian's packages, unpacked: the path of a folder with `usr/bin/etcd` and so on. */
  readonly programs: string;
  readonly kubectl: Readonly<Record<KubectlVersion, string>>;
  /** Path of the cache's folder. */
  readonly cache: string;
}

/**
 * Finds the software in the cache. What is not there yet is fetched from Debian, and Kubernetes built: 5 to 15 minutes, once,
 * with a line on stderr that says so.
 * @throws Error when the set-up could not; it has said why on stderr.
 */
export async function getSoftware(): Promise<Software> {
  return (await runSetup('kubernetes.mjs')) as Software;
}

/**
 * Runs one of `tools/setup`, whose progress goes to stderr.
 * @returns what it printed, from JSON
 */
export async function runSetup(name: string, args: readonly string[] = []): Promise<unknown> {
  const program = resolve(import.meta.dirname, '../../../tools/setup', name);
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (exitCode !== 0) throw new Error(`tools/setup/${name} ended with exit code ${exitCode}`);
  return JSON.parse(output);
}
