import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PwruError } from '../core/errors.ts';
import { BootClock } from '../kernel/boot-clock.ts';
import { NetworkNamespace } from '../kernel/netns.ts';
import { NetnsFolder } from './netns-folder.ts';
import type { PodBook } from './pod-book.ts';

/** A runtime makes a file, then mounts the namespace on it, of which inotify tells nothing: it is looked at again. */
const mountWaitMs = { first: 1, longest: 20, all: 2_000 } as const;
/** A namespace that has no pod after this time has none: a runtime takes seconds to make a sandbox. */
const longestMs = 15_000;
/** ... and most of them in this time. */
const expectingMs = 5_000;
/** Each is held open. */
const maxNamespaces = 128;
/** When they came: those of the sandboxes that a node runs, and of what was made beside them. */
const maxTimes = 4_096;

export interface NewNamespacesOptions {
  /** Folders in which container runtimes mount the namespaces that they make. */
  readonly folders: readonly string[];
  readonly book: PodBook;
  /** Inode number of the node's own namespace. */
  readonly nodeInode: number | undefined;
  /** Something came or went in a folder. */
  readonly onChange: () => void;
}

/**
 * Knows a network namespace from its first moment on, long before the runtime says whose sandbox it is: the time between is
 * when a pod sends its first packets. What it finds goes to the book.
 */
export class NewNamespaces implements Disposable {
  readonly #options: NewNamespacesOptions;
  readonly #clock = new BootClock();
  readonly #folders: readonly NetnsFolder[];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Paths that are looked at. */
  readonly #paths = new Set<string>();
  /** CLOCK_BOOTTIME in nanoseconds when a namespace came, by inode number: the oldest entry is forgotten first. */
  readonly #sinceNs = new Map<number, number>();

  constructor(options: NewNamespacesOptions) {
    this.#options = options;
    this.#folders = options.folders.map(
      (folder) => new NetnsFolder(folder, (name) => this.#onChange(folder, name)),
    );
  }

  /** Watches folders that were not there before. To be called now and then. */
  ensure(): void {
    for (const folder of this.#folders) folder.ensure();
  }

  /** Whether some namespace may get its pod soon: it is time to ask the runtime often. */
  get isExpecting(): boolean {
    const nowNs = this.#clock.nowNs();
    return [...this.#options.book.newNamespaces.values()].some(
      ({ sinceNs }) => nowNs - sinceNs < expectingMs * 1e6,
    );
  }

  /** CLOCK_BOOTTIME in nanoseconds when a namespace came; undefined when it was there before. */
  sinceNs(inode: number): number | undefined {
    return this.#sinceNs.get(inode);
  }

  #onChange(folder: string, name: string | null): void {
    if (name !== null) {
      const path = join(folder, name);
      if (!existsSync(path)) this.#forgetGone();
      else if (!this.#paths.has(path)) {
        this.#paths.add(path);
        this.#look(path, this.#clock.nowNs(), mountWaitMs.first);
      }
    }
    this.#options.onChange();
  }

  /** @param sinceNs when the file came @param waitMs until the next look, when it is no namespace yet */
  #look(path: string, sinceNs: number, waitMs: number): void {
    let netns: NetworkNamespace;
    try {
      netns = NetworkNamespace.at(path, path);
    } catch (thrown) {
      const isEarly = thrown instanceof PwruError && thrown.code === 'NOT_FOUND';
      const isLate = this.#clock.nowNs() - sinceNs > mountWaitMs.all * 1e6;
      if (!isEarly || isLate || !existsSync(path)) this.#paths.delete(path);
      else
        this.#later(waitMs, () =>
          this.#look(path, sinceNs, Math.min(2 * waitMs, mountWaitMs.longest)),
        );
      return;
    }
    this.#paths.delete(path);
    this.#take(netns, sinceNs);
  }

  #take(netns: NetworkNamespace, sinceNs: number): void {
    const { book, nodeInode, onChange } = this.#options;
    const { inode } = netns;
    if (inode === nodeInode || book.newNamespaces.has(inode) || hasSandbox(book, inode)) {
      netns[Symbol.dispose]();
      return;
    }
    this.#sinceNs.delete(inode);
    this.#sinceNs.set(inode, sinceNs);
    const [oldest] = this.#sinceNs.keys();
    if (this.#sinceNs.size > maxTimes && oldest !== undefined) this.#sinceNs.delete(oldest);
    if (book.newNamespaces.size >= maxNamespaces) {
      netns[Symbol.dispose]();
      return;
    }
    book.noticeNamespace({ netns, sinceNs });
    this.#later(longestMs, () => {
      if (book.newNamespaces.get(inode)?.netns === netns) book.forgetNamespace(inode);
    });
    onChange();
  }

  /** A runtime removes the file when it ends the sandbox, which it lists no more. */
  #forgetGone(): void {
    const { book } = this.#options;
    for (const [inode, { netns }] of [...book.newNamespaces]) {
      if (!netns.isAt(netns.label)) book.forgetNamespace(inode);
    }
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  [Symbol.dispose](): void {
    for (const folder of this.#folders) folder[Symbol.dispose]();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

function hasSandbox(book: PodBook, inode: number): boolean {
  return [...book.entries.values()].some(
    ({ finding }) => finding.kind === 'sandbox' && finding.sandbox.facts.netns.inode === inode,
  );
}
