import { messageOf } from '../core/errors.ts';
import { NetworkNamespace } from '../kernel/netns.ts';
import { type HostPaths, processPath } from './host-paths.ts';

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
