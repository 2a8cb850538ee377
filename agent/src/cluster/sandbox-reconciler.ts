import { messageOf } from '../core/errors.ts';
import { Backoff } from './api/backoff.ts';
import { scanCgroups } from './cgroup-scan.ts';
import type { ContainerRuntime } from './cri/container-runtime.ts';
import type { ListedSandbox } from './cri/cri-client.ts';
import type { DirectoryCounters } from './directory-counters.ts';
import type { HostPaths } from './host-paths.ts';
import type { HostInterfaces } from './interfaces/host-interfaces.ts';
import type { HeldSandbox, PodBook, PodEntry } from './pod-book.ts';
import type { PodRecord } from './pod-record.ts';
import type { Resolution, SandboxResolver } from './sandbox-resolver.ts';

export interface SandboxReconcilerOptions {
  readonly book: PodBook;
  readonly runtime: ContainerRuntime;
  readonly resolver: SandboxResolver;
  readonly interfaces: HostInterfaces;
  readonly paths: HostPaths;
  readonly counters: DirectoryCounters;
}

/** What went wrong with a pod, and when it is tried again. */
interface Trouble {
  readonly reason: string;
  readonly backoff: Backoff;
  readonly notBeforeMs: number;
}

/** A scan of all processes takes at most this part of the time. */
const scanShare = 1 / 50;
/** Once in a while after a sandbox was found: CNI may tell the runtime of interfaces that are not there yet. */
const maxInterfaceChecks = 5;

/**
 * Brings the book in line with the sandboxes that the node runs. Each pass compares levels, whatever happened in between, so
 * that a pass may fail, or be left out, and the next one does what it did not.
 */
export class SandboxReconciler {
  readonly #options: SandboxReconcilerOptions;
  /** Ids of the sandboxes that the runtime is being asked about, by the pod's uid. */
  readonly #asking = new Map<string, string>();
  readonly #troubles = new Map<string, Trouble>();
  /** How often the node's interfaces of a sandbox have been looked for and not found. */
  readonly #interfaceChecks = new WeakMap<HeldSandbox, number>();
  #nextScanMs = 0;

  constructor(options: SandboxReconcilerOptions) {
    this.#options = options;
  }

  /** Whether some pod is on its way: passes should come once a second. */
  get isUnsettled(): boolean {
    return [...this.#options.book.entries.values()].some(
      ({ record, isDeleted, finding }) =>
        finding.kind !== 'host-network' &&
        (finding.kind === 'sandbox' ? record.isTerminating || isDeleted : !record.isTerminating),
    );
  }

  /** Lets go of sandboxes that have ended, without asking the runtime. @returns whether there were any */
  checkAlive(): boolean {
    const { book } = this.#options;
    const ended = [...book.entries].filter(
      ([, { finding }]) => finding.kind === 'sandbox' && !finding.sandbox.isAlive(),
    );
    for (const [uid] of ended) book.settle(uid, { kind: 'waiting' });
    return ended.length > 0;
  }

  /**
   * One pass, of which there must be one at a time. About single sandboxes the runtime is asked beside it, so that a slow
   * answer holds nothing up. Never throws.
   */
  async pass(): Promise<void> {
    const { book, runtime } = this.#options;
    for (const uid of this.#troubles.keys()) {
      if (!book.entries.has(uid)) this.#troubles.delete(uid);
    }
    let listed: Map<string, ListedSandbox[]> | undefined;
    let refusal = '';
    try {
      listed = groupByPod(await runtime.listSandboxes());
    } catch (thrown) {
      refusal = messageOf(thrown);
    }
    for (const entry of [...book.entries.values()]) {
      const { record, finding } = entry;
      if (finding.kind === 'host-network' || listed === undefined) continue;
      this.#compare(entry, newestReady(listed.get(record.sandboxUid) ?? [], record));
    }
    await this.#scan(listed === undefined ? refusal : undefined);
  }

  #compare(entry: PodEntry, ready: ListedSandbox | undefined): void {
    const { book } = this.#options;
    const { finding, record } = entry;
    const { uid } = record.pod;
    const held = finding.kind === 'sandbox' ? finding.sandbox : undefined;
    if (ready === undefined) {
      this.#troubles.delete(uid);
      this.#asking.delete(uid);
      if (finding.kind !== 'waiting') book.settle(uid, { kind: 'waiting' });
    } else if (held?.facts.id === ready.id) {
      this.#checkInterfaces(uid, held);
    } else {
      // One that the runtime has replaced; one that was found without the runtime may be the same.
      if (held?.facts.id !== undefined) book.settle(uid, { kind: 'waiting' });
      void this.#ask(entry, ready);
    }
  }

  async #ask({ record }: PodEntry, sandbox: ListedSandbox): Promise<void> {
    const { uid } = record.pod;
    const { id } = sandbox;
    if (this.#asking.get(uid) === id || this.#isTooEarly(uid)) return;
    this.#asking.set(uid, id);
    const resolution = await this.#options.resolver.askRuntime(record, sandbox);
    if (this.#asking.get(uid) !== id) {
      // It has ended, or another one has taken its place.
      if (resolution.kind === 'found') resolution.sandbox[Symbol.dispose]();
      return;
    }
    this.#asking.delete(uid);
    this.#apply(uid, resolution);
  }

  #apply(uid: string, resolution: Resolution): void {
    const { book, interfaces } = this.#options;
    if (resolution.kind !== 'failed') this.#troubles.delete(uid);
    switch (resolution.kind) {
      case 'found': {
        const { sandbox } = resolution;
        const { netns, pairs } = sandbox.facts;
        const claims = interfaces.claims({ netns, ...pairs });
        book.settle(uid, { kind: 'sandbox', sandbox, claims });
        break;
      }
      case 'host-network':
        book.settle(uid, { kind: 'host-network' });
        break;
      case 'gone':
        if (book.entries.get(uid)?.finding.kind !== 'sandbox')
          book.settle(uid, { kind: 'waiting' });
        break;
      case 'failed': {
        const backoff =
          this.#troubles.get(uid)?.backoff ?? new Backoff({ firstMs: 1_000, longestMs: 30_000 });
        const { reason } = resolution;
        this.#troubles.set(uid, { reason, backoff, notBeforeMs: Date.now() + backoff.next() });
        if (book.entries.get(uid)?.finding.kind !== 'sandbox') {
          book.settle(uid, { kind: 'unresolved', reason });
        }
        break;
      }
    }
  }

  #isTooEarly(uid: string): boolean {
    return Date.now() < (this.#troubles.get(uid)?.notBeforeMs ?? 0);
  }

  #checkInterfaces(uid: string, held: HeldSandbox): void {
    const { book, interfaces } = this.#options;
    const finding = book.entries.get(uid)?.finding;
    const checks = this.#interfaceChecks.get(held) ?? 0;
    if (finding?.kind !== 'sandbox' || finding.claims.length > 0) return;
    if (checks >= maxInterfaceChecks) return;
    this.#interfaceChecks.set(held, checks + 1);
    const claims = interfaces.claims({ netns: held.facts.netns, ...held.facts.pairs });
    if (claims.length > 0) book.settle(uid, { kind: 'sandbox', sandbox: held, claims });
  }

  /**
   * Looks by control group for the pods that the runtime did not help with.
   * @param refusal why there is no list of sandboxes; undefined when there is one
   */
  async #scan(refusal: string | undefined): Promise<void> {
    const { book, paths, counters, resolver } = this.#options;
    const wanted = [...book.entries].filter(
      ([uid, { finding }]) =>
        finding.kind !== 'sandbox' &&
        finding.kind !== 'host-network' &&
        (refusal !== undefined || this.#troubles.has(uid)),
    );
    if (wanted.length === 0 || Date.now() < this.#nextScanMs) return;
    const startMs = performance.now();
    let found: Map<string, number>;
    let scanned = `no process of it is below ${paths.proc}`;
    try {
      counters.cgroupScans += 1;
      found = await scanCgroups({
        paths,
        uids: new Set(wanted.map(([uid]) => uid)),
        isMember: (pid) => !resolver.isOfNode(pid),
      });
    } catch (thrown) {
      found = new Map();
      scanned = messageOf(thrown);
    }
    this.#nextScanMs = Date.now() + (performance.now() - startMs) / scanShare;
    for (const [uid] of wanted) {
      const entry = book.entries.get(uid);
      const pid = found.get(uid);
      if (entry === undefined || entry.finding.kind === 'sandbox') continue;
      if (pid !== undefined) {
        const resolution = resolver.takeProcess(entry.record, pid);
        if (resolution.kind === 'failed') {
          // On top of what the runtime has against it; when it is asked again is for that to say.
          const first = refusal ?? this.#troubles.get(uid)?.reason;
          book.settle(uid, { kind: 'unresolved', reason: `${first}; ${resolution.reason}` });
        } else {
          this.#apply(uid, resolution);
        }
      } else if (refusal !== undefined) {
        // An address is proof that it has had a sandbox.
        const reason = `${refusal}; ${scanned}`;
        book.settle(
          uid,
          entry.record.addresses.length > 0 ? { kind: 'unresolved', reason } : { kind: 'waiting' },
        );
      }
    }
  }
}

function groupByPod(sandboxes: readonly ListedSandbox[]): Map<string, ListedSandbox[]> {
  const grouped = new Map<string, ListedSandbox[]>();
  for (const sandbox of sandboxes) {
    const ofPod = grouped.get(sandbox.podUid);
    if (ofPod === undefined) grouped.set(sandbox.podUid, [sandbox]);
    else ofPod.push(sandbox);
  }
  return grouped;
}

/**
 * The sandbox that a pod runs in: of those that are ready, the one of the last attempt. Namespace and name must be the pod's
 * as well as the uid, see PodRecord.sandboxUid.
 */
export function newestReady(
  sandboxes: readonly ListedSandbox[],
  { pod }: PodRecord,
): ListedSandbox | undefined {
  let newest: ListedSandbox | undefined;
  for (const sandbox of sandboxes) {
    const isOfPod = sandbox.namespace === pod.namespace && sandbox.name === pod.name;
    if (!isOfPod || !sandbox.isReady) continue;
    if (newest === undefined || isNewer(sandbox, newest)) newest = sandbox;
  }
  return newest;
}

function isNewer(sandbox: ListedSandbox, than: ListedSandbox): boolean {
  if (sandbox.attempt !== than.attempt) return sandbox.attempt > than.attempt;
  return sandbox.createdAt > than.createdAt;
}
