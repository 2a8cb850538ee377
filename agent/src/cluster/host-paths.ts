import { join, normalize } from 'node:path';
import { messageOf } from '../core/errors.ts';
import { NetworkNamespace } from '../kernel/netns.ts';

/** Where the node's own file systems are, as this process sees them. */
export interface HostPaths {
  /** The node's /run, with the mounts that come and go there: "/host/run" in a pod, mounted HostToContainer. */
  readonly run: string;
  /** A procfs of the node's own pid namespace. */
  readonly proc: string;
  /** A sysfs of the node's own network namespace. */
  readonly sys: string;
  /** Below `proc`: a process in the node's network namespace, "1" as a rule. */
  readonly nodeProcess: string;
}

/** /var/run has been a link to /run everywhere for ten years. */
const runFolders = ['/run/', '/var/run/'];

/**
 * Translates a path below the node's /run, which somebody else named, to where this process sees it.
 * @returns undefined for any other path
 */
export function runPath(paths: HostPaths, nodePath: string): string | undefined {
  const normal = normalize(nodePath);
  const folder = runFolders.find((candidate) => normal.startsWith(candidate));
  return folder === undefined ? undefined : join(paths.run, normal.slice(folder.length));
}

export function processPath(paths: HostPaths, pid: number | string, name: string): string {
  return join(paths.proc, String(pid), name);
}

/** The node's own network namespace, or the reason why this process cannot see it. */
export type NodeNamespace =
  | { readonly netns: NetworkNamespace; readonly missing: undefined }
  | { readonly netns: undefined; readonly missing: string };

/** Opens the namespace of the node's first process, which takes CAP_SYS_PTRACE. Never throws. */
export function openNodeNamespace(paths: HostPaths): NodeNamespace {
  try {
    const path = processPath(paths, paths.nodeProcess, 'ns/net');
    return { netns: NetworkNamespace.at(path, 'node'), missing: undefined };
  } catch (thrown) {
    return { netns: undefined, missing: messageOf(thrown) };
  }
}
