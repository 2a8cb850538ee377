import { existsSync } from 'node:fs';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { InterfaceKey, NewNamespace, NodePod, PodPlace, PodSandbox } from '../core/pods.ts';
import type { NetworkNamespace } from '../kernel/netns.ts';
import {
  assignInterfaces,
  type InterfaceClaim,
  type PairRequest,
} from './interfaces/host-interfaces.ts';
import type { PodRecord } from './pod-record.ts';

/** Where a pod's packets are, before interfaces are shared out. */
export type Finding =
  | Exclude<PodPlace, { readonly kind: 'sandbox' }>
  | {
      readonly kind: 'sandbox';
      readonly sandbox: HeldSandbox;
      readonly claims: readonly InterfaceClaim[];
    };

/** A namespace without a pod, as its owner has it. */
export interface FoundNamespace extends NewNamespace {
  readonly netns: NetworkNamespace;
}

/** A pod and what was found of it. */
export interface PodEntry {
  readonly record: PodRecord;
  /** The API has no such pod any more; it is kept while its sandbox runs. */
  readonly isDeleted: boolean;
  readonly finding: Finding;
}

/**
 * What is known of the node's pods, and what listeners have been told of it. Changes are collected and told together, on the
 * next turn of the event loop; the namespaces that they leave behind are closed right after.
 */
export class PodBook implements Disposable {
  readonly #log: Log;
  /** Inode number of the node's own namespace; undefined: interfaces of the node cannot be named. */
  readonly #nodeInode: number | undefined;
  readonly #entries = new Map<string, PodEntry>();
  readonly #listeners = new Set<() => void>();
  readonly #abandoned: Disposable[] = [];
  /** Namespaces whose pod is not known yet, by inode number. */
  readonly #newNamespaces = new Map<number, FoundNamespace>();
  #told: readonly NodePod[] = [];
  #toldNew: readonly NewNamespace[] = [];
  #telling: NodeJS.Immediate | undefined;
  #isClosed = false;

  constructor(options: { nodeInode: number | undefined; log: Log }) {
    this.#nodeInode = options.nodeInode;
    this.#log = options.log;
  }

  /** What listeners have been told last. */
  get told(): readonly NodePod[] {
    return this.#told;
  }

  /** The same of namespaces without a pod. */
  get toldNew(): readonly NewNamespace[] {
    return this.#toldNew;
  }

  /** Namespaces without a pod now. */
  get newNamespaces(): ReadonlyMap<number, FoundNamespace> {
    return this.#newNamespaces;
  }

  /** The state now, by the pod's uid. */
  get entries(): ReadonlyMap<string, PodEntry> {
    return this.#entries;
  }

  subscribe(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  /** Notes a pod as the API has it now. What was found of it stays. */
  put(record: PodRecord): void {
    const { uid } = record.pod;
    if (record.hasEnded) {
      this.drop(uid);
      return;
    }
    const finding = this.#entries.get(uid)?.finding ?? firstFinding(record);
    this.#set(uid, { record, isDeleted: false, finding });
  }

  /**
   * Notes that the API has the pod no more. One whose sandbox still runs is kept until that ends: a forced deletion does not
   * wait for it. Not so a mirror pod: its static pod goes on under another mirror.
   */
  remove(uid: string): void {
    const entry = this.#entries.get(uid);
    if (entry === undefined) return;
    if (entry.finding.kind === 'sandbox' && entry.record.sandboxUid === uid) {
      this.#set(uid, { ...entry, isDeleted: true });
    } else {
      this.drop(uid);
    }
  }

  /** Notes what was found of a pod; a sandbox is the book's from now on, whatever becomes of it. */
  settle(uid: string, finding: Finding): void {
    const entry = this.#entries.get(uid);
    if (entry === undefined || this.#isClosed) {
      if (finding.kind === 'sandbox') finding.sandbox[Symbol.dispose]();
      return;
    }
    if (entry.isDeleted && finding.kind !== 'sandbox') {
      this.drop(uid);
      return;
    }
    if (finding.kind === 'sandbox') this.forgetNamespace(finding.sandbox.facts.netns.inode);
    this.#set(uid, { ...entry, finding });
  }

  /** Notes a namespace that may become a pod's; it is the book's from now on. No other with its number may be in the book. */
  noticeNamespace(fresh: FoundNamespace): void {
    if (this.#isClosed) {
      fresh.netns[Symbol.dispose]();
      return;
    }
    this.#newNamespaces.set(fresh.netns.inode, fresh);
    this.#tellSoon();
  }

  /** A namespace is no longer one of those without a pod: it has one now, or never will. */
  forgetNamespace(inode: number): void {
    const fresh = this.#newNamespaces.get(inode);
    if (fresh === undefined) return;
    this.#newNamespaces.delete(inode);
    this.#abandoned.push(fresh.netns);
    this.#tellSoon();
  }

  /** Forgets a pod at once. */
  drop(uid: string): void {
    const entry = this.#entries.get(uid);
    if (entry === undefined) return;
    this.#entries.delete(uid);
    this.#abandon(entry.finding, undefined);
    this.#tellSoon();
  }

  #set(uid: string, entry: PodEntry): void {
    const before = this.#entries.get(uid);
    this.#entries.set(uid, entry);
    if (before !== undefined) this.#abandon(before.finding, entry.finding);
    this.#tellSoon();
  }

  #abandon(before: Finding, now: Finding | undefined): void {
    if (before.kind !== 'sandbox') return;
    if (now?.kind === 'sandbox' && now.sandbox === before.sandbox) return;
    this.#abandoned.push(before.sandbox);
  }

  #tellSoon(): void {
    this.#telling ??= setImmediate(() => this.#tell());
  }

  #tell(): void {
    this.#telling = undefined;
    const now = this.#places();
    const nowNew = [...this.#newNamespaces.values()];
    const isSameNew =
      nowNew.length === this.#toldNew.length &&
      nowNew.every((fresh, position) => fresh === this.#toldNew[position]);
    if (!isSame(this.#told, now) || !isSameNew) {
      this.#told = now;
      this.#toldNew = nowNew;
      for (const listener of [...this.#listeners]) {
        try {
          listener();
        } catch (thrown) {
          this.#log.error({ error: messageOf(thrown) }, 'A listener to pods failed');
        }
      }
    }
    for (const sandbox of this.#abandoned.splice(0)) sandbox[Symbol.dispose]();
  }

  #places(): NodePod[] {
    const entries = [...this.#entries.values()];
    const interfaces = assignInterfaces(
      new Map(
        entries.flatMap(({ finding }) =>
          finding.kind === 'sandbox' ? [[finding.sandbox, finding.claims] as const] : [],
        ),
      ),
    );
    return entries.map(({ record, finding }) => ({
      pod: record.pod,
      place:
        finding.kind === 'sandbox'
          ? {
              kind: 'sandbox',
              sandbox: {
                netns: finding.sandbox.facts.netns,
                sinceNs: finding.sandbox.facts.sinceNs,
                // The pod's status names those of its last sandbox until the kubelet has written the new ones.
                addresses: finding.sandbox.facts.addresses ?? record.addresses,
                hostInterfaces: this.#keys(interfaces.get(finding.sandbox) ?? []),
                method: finding.sandbox.facts.method,
              },
            }
          : finding,
    }));
  }

  #keys(indexes: readonly number[]): InterfaceKey[] {
    const netnsInode = this.#nodeInode;
    return netnsInode === undefined ? [] : indexes.map((index) => ({ netnsInode, index }));
  }

  /** Tells listeners that there are no pods, and closes what is held. Idempotent. */
  [Symbol.dispose](): void {
    this.#isClosed = true;
    for (const uid of [...this.#entries.keys()]) this.drop(uid);
    for (const inode of [...this.#newNamespaces.keys()]) this.forgetNamespace(inode);
    clearImmediate(this.#telling);
    this.#tell();
    this.#listeners.clear();
  }
}

function firstFinding({ isHostNetwork }: PodRecord): Finding {
  return { kind: isHostNetwork ? 'host-network' : 'waiting' };
}

/** Pods keep their order: the map's. */
function isSame(before: readonly NodePod[], now: readonly NodePod[]): boolean {
  return (
    before.length === now.length &&
    before.every((pod, position) => {
      const other = now[position];
      return other !== undefined && isSamePod(pod, other);
    })
  );
}

function isSamePod({ pod, place }: NodePod, other: NodePod): boolean {
  if (pod.uid !== other.pod.uid) return false;
  if (place.kind === 'sandbox' && other.place.kind === 'sandbox') {
    const [one, two] = [place.sandbox, other.place.sandbox];
    return (
      one.netns === two.netns &&
      one.method === two.method &&
      keyOf(one.addresses) === keyOf(two.addresses) &&
      one.hostInterfaces.map(({ index }) => index).join() ===
        two.hostInterfaces.map(({ index }) => index).join()
    );
  }
  if (place.kind === 'unresolved' && other.place.kind === 'unresolved') {
    return place.reason === other.place.reason;
  }
  return place.kind === other.place.kind;
}

function keyOf(addresses: readonly Uint8Array[]): string {
  return addresses.map((address) => address.join('.')).join();
}

export interface SandboxFacts {
  /** The runtime's id; undefined when the runtime was not asked. */
  readonly id: string | undefined;
  readonly netns: NetworkNamespace;
  /** CLOCK_BOOTTIME in nanoseconds since when the namespace has been there; undefined: not known. */
  readonly sinceNs: number | undefined;
  /** Path by which the namespace was found. */
  readonly path: string;
  /** Folder of the sandbox's process in the node's procfs; undefined when it was not there to be seen. */
  readonly processFolder: string | undefined;
  /** As the runtime tells them; undefined when it does not, and the pod's status has to do. */
  readonly addresses: readonly Uint8Array[] | undefined;
  readonly pairs: Omit<PairRequest, 'netns'>;
  readonly method: PodSandbox['method'];
}

/** A sandbox whose namespace is held open. Whoever has it disposes of it. */
export class HeldSandbox implements Disposable {
  readonly facts: SandboxFacts;

  constructor(facts: SandboxFacts) {
    this.facts = facts;
  }

  /**
   * Whether its namespace is still where it was found, and its process still there: two system calls. Runtimes unmount and
   * remove the namespace when they end a sandbox; the process is gone at once when the sandbox crashes.
   */
  isAlive(): boolean {
    const { netns, path, processFolder } = this.facts;
    return netns.isAt(path) && (processFolder === undefined || existsSync(processFolder));
  }

  [Symbol.dispose](): void {
    this.facts.netns[Symbol.dispose]();
  }
}
