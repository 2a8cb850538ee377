import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import type { ClusterNode } from '../lab/lab-cluster.ts';
import type { AgentProcess } from './agent-process.ts';

/** The network namespace of a sandbox that came while it was looked. Times of performance.now(). */
export interface SandboxNamespace {
  readonly inode: number;
  /** When its mount was there. */
  readonly cameMs: number;
  /** Whether the agent has ever held it open: from its first moment on, as a rule. */
  wasHeld: boolean;
  /** Whether a process of a pod has ever been in it. */
  wasInhabited: boolean;
  /** When its last process had ended, or its mount was gone, whichever came first. */
  endedMs: number | undefined;
  /** When its mount was gone. */
  unmountedMs: number | undefined;
  /** When the agent no longer held it. */
  releasedMs: number | undefined;
}

const lookEveryMs = 25;

/** Of the file system that namespaces are files of; a mount point before the mount is an ordinary file. */
const namespaceDevice = statSync('/proc/self/ns/net').dev;

/**
 * Looks, many times a second and from outside, at the network namespaces of a node's sandboxes: which of them have processes
 * and a mount, which the agent holds open.
 */
export class NamespaceLog implements Disposable {
  /** The longest time between two looks: no figure is better than that. */
  longestGapMs = 0;
  readonly #agent: AgentProcess;
  /** Below it the node's own /run and /proc. */
  readonly #root: string;
  /** By path of the mount: inode numbers are used again. */
  readonly #known = new Map<string, SandboxNamespace>();
  readonly #before: ReadonlySet<string>;
  readonly #timer: NodeJS.Timeout;
  #lookedMs = performance.now();

  private constructor(agent: AgentProcess, root: string) {
    this.#agent = agent;
    this.#root = root;
    this.#before = new Set(this.#mounted().keys());
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  /** Starts to look; what is there already does not count. */
  static async start(agent: AgentProcess, node: ClusterNode): Promise<NamespaceLog> {
    return new NamespaceLog(agent, `/proc/${await node.pid()}/root`);
  }

  /** Those that have come since the start. */
  get namespaces(): readonly SandboxNamespace[] {
    return [...this.#known.values()];
  }

  #look(): void {
    const mounted = this.#mounted();
    const inhabited = this.#inhabited();
    const held = this.#agent.heldNamespaces();
    const nowMs = performance.now();
    this.longestGapMs = Math.max(this.longestGapMs, nowMs - this.#lookedMs);
    this.#lookedMs = nowMs;
    for (const [path, inode] of mounted) {
      if (this.#before.has(path) || this.#known.has(path)) continue;
      const unknown = { endedMs: undefined, unmountedMs: undefined, releasedMs: undefined };
      this.#known.set(path, {
        inode,
        cameMs: nowMs,
        wasHeld: false,
        wasInhabited: false,
        ...unknown,
      });
    }
    const reused = new Set(mounted.values());
    for (const [path, namespace] of this.#known) {
      if (namespace.releasedMs !== undefined) continue;
      const { inode } = namespace;
      if (inhabited.has(inode)) {
        namespace.wasInhabited = true;
        // One process handed over to the next while /proc was read, as runc's stages do.
        if (mounted.get(path) === inode) namespace.endedMs = undefined;
      }
      if (mounted.get(path) !== inode) namespace.unmountedMs ??= nowMs;
      const isInhabited = inhabited.has(inode) || !namespace.wasInhabited;
      if (mounted.get(path) !== inode || !isInhabited) namespace.endedMs ??= nowMs;
      // A number that another namespace has was free: nobody can have held this one any more.
      const isHeld = held.has(inode) && (mounted.get(path) === inode || !reused.has(inode));
      if (isHeld) namespace.wasHeld = true;
      else if (namespace.endedMs !== undefined) namespace.releasedMs = nowMs;
    }
  }

  /** Inode numbers of namespaces by path, as the runtime has mounted them. */
  #mounted(): Map<string, number> {
    const folder = `${this.#root}/run/netns`;
    const found = new Map<string, number>();
    for (const name of readdirSync(folder)) {
      const status = statSync(`${folder}/${name}`, { throwIfNoEntry: false });
      if (status?.dev === namespaceDevice) found.set(name, status.ino);
    }
    return found;
  }

  /** Inode numbers of the namespaces that processes of pods are in. CNI plugins, which are in no pod, do not count. */
  #inhabited(): Set<number> {
    const folder = `${this.#root}/proc`;
    const found = new Set<number>();
    for (const pid of readdirSync(folder)) {
      if (!/^\d+$/.test(pid)) continue;
      try {
        if (!/pod[0-9a-f_-]{36}/.test(readFileSync(`${folder}/${pid}/cgroup`, 'latin1'))) continue;
        found.add(Number(readlinkSync(`${folder}/${pid}/ns/net`).slice('net:['.length, -1)));
      } catch {
        // It has ended; a process that has, and that nobody has waited for yet, is in no namespace.
      }
    }
    return found;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
