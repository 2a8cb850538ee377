import type { PodSource } from '../../core/pods.ts';
import type { NetworkNamespaceName } from '../../core/record/event-names.ts';
import type { BootClock } from '../../kernel/boot-clock.ts';
import { type NetworkNamespace, type NodeFolders, namedNamespace } from '../../kernel/netns.ts';

/** A pod's name is kept for this long after its end, for its events that are still in the rings. */
const keepAfterEndMs = 60_000;

type Names = ReadonlyMap<number, NetworkNamespaceName>;

interface Change {
  /** CLOCK_BOOTTIME from which it holds. */
  readonly fromNs: number;
  /** By inode number, those that are other ones from then on; undefined: it has none any more. */
  readonly names: Map<number, NetworkNamespaceName | undefined>;
}

export interface NamespaceNamesOptions {
  /** Those that the session was asked for, with what the user called them. */
  readonly namespaces: readonly NetworkNamespace[];
  /** undefined: this agent knows no pods. */
  readonly pods: PodSource | undefined;
  readonly clock: BootClock;
  /** Where the node's namespaces have their names; undefined: where this process sees them. */
  readonly folders?: NodeFolders | undefined;
}

/**
 * Whose network namespace an inode number is, at the time of the events that are being encoded: numbers are reused, and
 * events may wait in the rings, so a change of the pods holds for the events after it only. A sandbox that was found holds
 * from its namespace's beginning on, though: events of before may be held until it is found.
 */
export class NamespaceNames implements Disposable {
  readonly #labels: ReadonlyMap<number, string>;
  readonly #source: PodSource | undefined;
  readonly #clock: BootClock;
  readonly #folders: NodeFolders | undefined;
  readonly #subscription: Disposable | undefined;
  readonly #names: Map<number, NetworkNamespaceName>;
  #latest: Names;
  /** In the order of their times. */
  readonly #changes: Change[] = [];
  /** By inode number: when its pod was gone, performance.now(). */
  readonly #goneAtMs = new Map<number, number>();

  constructor({ namespaces, pods, clock, folders }: NamespaceNamesOptions) {
    this.#folders = folders;
    this.#labels = new Map(namespaces.map(({ inode, label }) => [inode, label]));
    this.#source = pods;
    this.#clock = clock;
    this.#latest = this.#read(new Map());
    this.#names = new Map(this.#latest);
    this.#subscription = pods?.subscribe(() => this.#note());
  }

  /** At the time to which `advance` has come. */
  of(inode: number): NetworkNamespaceName {
    const known = this.#names.get(inode);
    const name =
      this.#labels.get(inode) ?? (known === undefined ? namedNamespace(inode, this.#folders) : '');
    return { ...known, name };
  }

  /** CLOCK_BOOTTIME in nanoseconds from which the next change holds; undefined when there is none yet. */
  get nextChangeNs(): number | undefined {
    return this.#changes[0]?.fromNs;
  }

  /** Goes on to the next change. */
  advance(): void {
    const change = this.#changes.shift();
    for (const [inode, name] of change?.names ?? []) {
      if (name === undefined) this.#names.delete(inode);
      else this.#names.set(inode, name);
    }
  }

  [Symbol.dispose](): void {
    this.#subscription?.[Symbol.dispose]();
  }

  #note(): void {
    const names = this.#read(this.#latest);
    const changed = changesBetween(this.#latest, names);
    if (changed.size === 0) return;
    for (const { netns, sinceNs } of this.#source?.newNamespaces() ?? []) {
      if (this.#latest.has(netns.inode)) this.#nameFrom(sinceNs, netns.inode, undefined);
    }
    for (const { pod, place } of this.#source?.pods() ?? []) {
      if (place.kind !== 'sandbox' || place.sandbox.sinceNs === undefined) continue;
      const { inode } = place.sandbox.netns;
      if (this.#latest.get(inode)?.pod?.uid !== pod.uid)
        this.#nameFrom(place.sandbox.sinceNs, inode, { name: '', pod });
    }
    this.#latest = names;
    this.#changes.push({ fromNs: this.#clock.nowNs(), names: changed });
  }

  /** Gives a namespace a name, or none, from a time on, which may be over. */
  #nameFrom(fromNs: number, inode: number, name: NetworkNamespaceName | undefined): void {
    const after = this.#changes.findIndex((change) => change.fromNs >= fromNs);
    const position = after < 0 ? this.#changes.length : after;
    for (const later of this.#changes.slice(position)) later.names.delete(inode);
    this.#changes.splice(position, 0, { fromNs, names: new Map([[inode, name]]) });
  }

  /** What the source says, and who was there before where it says nothing. */
  #read(before: Names): Names {
    const names = new Map<number, NetworkNamespaceName>();
    const node = this.#source?.nodeNamespace?.inode;
    if (node !== undefined) names.set(node, { name: '', isNode: true });
    for (const { pod, place } of this.#source?.pods() ?? []) {
      if (place.kind === 'sandbox') names.set(place.sandbox.netns.inode, { name: '', pod });
    }
    const fresh = new Set(this.#source?.newNamespaces().map(({ netns }) => netns.inode));
    const nowMs = performance.now();
    for (const inode of names.keys()) this.#goneAtMs.delete(inode);
    for (const [inode, name] of before) {
      // A namespace that is new has the number now.
      if (names.has(inode) || fresh.has(inode)) continue;
      const goneAtMs = this.#goneAtMs.get(inode) ?? nowMs;
      if (nowMs - goneAtMs < keepAfterEndMs) names.set(inode, name);
      if (names.has(inode)) this.#goneAtMs.set(inode, goneAtMs);
      else this.#goneAtMs.delete(inode);
    }
    return names;
  }
}

function changesBetween(before: Names, after: Names): Change['names'] {
  const changed: Change['names'] = new Map();
  for (const inode of before.keys()) if (!after.has(inode)) changed.set(inode, undefined);
  for (const [inode, name] of after) {
    const old = before.get(inode);
    const isSame =
      old !== undefined && old.pod?.uid === name.pod?.uid && old.isNode === name.isNode;
    if (!isSame) changed.set(inode, name);
  }
  return changed;
}
