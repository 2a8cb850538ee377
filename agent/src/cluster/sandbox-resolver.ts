import { existsSync, readFileSync } from 'node:fs';
import { messageOf } from '../core/errors.ts';
import { BootClock } from '../kernel/boot-clock.ts';
import { NetworkNamespace } from '../kernel/netns.ts';
import { podOfProcess } from './cgroup-scan.ts';
import type { ContainerRuntime } from './cri/container-runtime.ts';
import { asCriFailure, type ListedSandbox } from './cri/cri-client.ts';
import type { SandboxInfo } from './cri/sandbox-info.ts';
import type { DirectoryCounters, ResolveMethod, ResolveResult } from './directory-counters.ts';
import { type HostPaths, type NodeNamespace, processPath, runPath } from './host-paths.ts';
import { HeldSandbox } from './pod-book.ts';
import type { PodRecord } from './pod-record.ts';

/** What came of looking for a sandbox's namespace. */
export type Resolution =
  | { readonly kind: 'found'; readonly sandbox: HeldSandbox }
  | { readonly kind: 'host-network' }
  /** It ended meanwhile. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface SandboxResolverOptions {
  readonly paths: HostPaths;
  readonly runtime: ContainerRuntime;
  readonly node: NodeNamespace;
  readonly counters: DirectoryCounters;
  /** Since when a namespace has been there, see NewNamespaces; undefined: longer than it was watched for. */
  readonly sinceNs: (netnsInode: number) => number | undefined;
}

/** Opens the network namespaces of sandboxes. Never throws; what it hands out is the caller's to dispose of. */
export class SandboxResolver {
  readonly #options: SandboxResolverOptions;
  readonly #clock = new BootClock();
  /** Known once a sandbox's process was seen in `proc`. */
  #seesProcesses = false;

  constructor(options: SandboxResolverOptions) {
    this.#options = options;
  }

  /** Asks the runtime about one of its sandboxes. */
  async askRuntime(record: PodRecord, { id, createdAt }: ListedSandbox): Promise<Resolution> {
    return this.#counted('cri', await this.#ask(record, id, this.#bootTimeNs(createdAt)));
  }

  /** Takes the namespace of a process that a scan of control groups has found. */
  takeProcess(record: PodRecord, pid: number): Resolution {
    return this.#counted('cgroup', this.#take(record, pid));
  }

  /** Whether a process is known to be in the node's own namespace. */
  isOfNode(pid: number): boolean {
    const { node, paths } = this.#options;
    return node.netns?.isAt(processPath(paths, pid, 'ns/net')) === true;
  }

  /** @param wallNs Unix time; 0 where the runtime does not tell */
  #bootTimeNs(wallNs: bigint): number | undefined {
    return wallNs === 0n ? undefined : Number(wallNs - this.#clock.wallOffsetNs());
  }

  async #ask(record: PodRecord, id: string, createdNs: number | undefined): Promise<Resolution> {
    try {
      const { isReady, isHostNetwork, addresses, info } =
        await this.#options.runtime.sandboxStatus(id);
      if (isHostNetwork) return { kind: 'host-network' };
      if (!isReady || info.hasEnded || this.#hasNoProcess(record, id, info))
        return { kind: 'gone' };
      return this.#open(record, { id, createdNs, addresses, info });
    } catch (thrown) {
      const { kind, message } = asCriFailure(thrown);
      return kind === 'not-found'
        ? { kind: 'gone' }
        : failed(`the container runtime does not tell: ${message}`);
    }
  }

  #open(
    record: PodRecord,
    answer: {
      id: string;
      createdNs: number | undefined;
      addresses: readonly Uint8Array[];
      info: SandboxInfo;
    },
  ): Resolution {
    const { info, id, createdNs } = answer;
    const { paths } = this.#options;
    const reasons: string[] = [];
    for (const path of this.#namespacePaths(record, answer, reasons)) {
      try {
        const netns = NetworkNamespace.at(path, `${record.pod.namespace}/${record.pod.name}`);
        const processFolder =
          info.pid !== undefined && this.#seesProcesses
            ? processPath(paths, info.pid, '')
            : undefined;
        return this.#admit({
          id,
          netns,
          sinceNs: this.#options.sinceNs(netns.inode) ?? createdNs,
          path,
          processFolder,
          addresses: answer.addresses.length > 0 ? answer.addresses : undefined,
          pairs: { nodeInterfaces: info.nodeInterfaces, pid: info.pid },
          method: 'cri',
        });
      } catch (thrown) {
        reasons.push(messageOf(thrown));
      }
    }
    return failed(reasons.join('; ') || 'the container runtime tells neither path nor process');
  }

  /** Where the namespace may be, best first; why not elsewhere goes to `reasons`. */
  #namespacePaths(
    record: PodRecord,
    { id, info }: { id: string; info: SandboxInfo },
    reasons: string[],
  ): string[] {
    const { paths, node } = this.#options;
    const found: string[] = [];
    if (info.namespacePath !== undefined) {
      const path = runPath(paths, info.namespacePath);
      if (path !== undefined) found.push(path);
      else reasons.push(`${info.namespacePath} is not below /run`);
    }
    if (info.pid !== undefined) {
      if (!this.#isOf(record, info.pid, id)) {
        reasons.push(`process ${info.pid} is not in a control group of the pod`);
      } else if (node.netns === undefined) {
        reasons.push(`${node.missing}, without which a process's namespace may be the node's own`);
      } else {
        found.push(processPath(paths, info.pid, 'ns/net'));
      }
    }
    return found;
  }

  #take(record: PodRecord, pid: number): Resolution {
    const { paths, node } = this.#options;
    if (node.netns === undefined) {
      return failed(`${node.missing}, without which a process's namespace may be the node's own`);
    }
    const path = processPath(paths, pid, 'ns/net');
    try {
      const netns = NetworkNamespace.at(path, `${record.pod.namespace}/${record.pod.name}`);
      if (podOfProcess(paths, pid) !== record.pod.uid) {
        netns[Symbol.dispose]();
        return { kind: 'gone' };
      }
      return this.#admit({
        id: undefined,
        netns,
        sinceNs: this.#options.sinceNs(netns.inode),
        path,
        processFolder: undefined,
        addresses: undefined,
        pairs: { nodeInterfaces: [], pid },
        method: 'cgroup',
      });
    } catch (thrown) {
      return existsSync(processPath(paths, pid, '')) ? failed(messageOf(thrown)) : { kind: 'gone' };
    }
  }

  /** A namespace that is the node's own is never a pod's, whoever says so. */
  #admit(facts: HeldSandbox['facts']): Resolution {
    const sandbox = new HeldSandbox(facts);
    if (facts.netns.inode !== this.#options.node.netns?.inode) return { kind: 'found', sandbox };
    sandbox[Symbol.dispose]();
    return { kind: 'host-network' };
  }

  /**
   * A sandbox whose process is gone has ended, though the runtime may not know yet. Only where `proc` shows the node's
   * processes, and not those of the agent's own pod.
   */
  #hasNoProcess(record: PodRecord, id: string, { pid }: SandboxInfo): boolean {
    if (pid === undefined) return false;
    this.#seesProcesses ||= this.#isOf(record, pid, id);
    return this.#seesProcesses && !existsSync(processPath(this.#options.paths, pid, ''));
  }

  /** By the pod's uid or the sandbox's id in its control group: process ids are used again. */
  #isOf(record: PodRecord, pid: number, sandboxId: string): boolean {
    try {
      const groups = readFileSync(processPath(this.#options.paths, pid, 'cgroup'), 'latin1');
      return (
        groups.includes(sandboxId) || podOfProcess(this.#options.paths, pid) === record.pod.uid
      );
    } catch {
      return false;
    }
  }

  #counted(method: ResolveMethod, resolution: Resolution): Resolution {
    const result: ResolveResult = resolution.kind === 'host-network' ? 'found' : resolution.kind;
    this.#options.counters.resolves[method][result] += 1;
    return resolution;
  }
}

function failed(reason: string): Resolution {
  return { kind: 'failed', reason };
}
