import type { V1Node, V1Pod, V1Service } from '@kubernetes/client-node';
import { kinds } from '../kubernetes/kinds.ts';
import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type ResourceKind,
} from '../kubernetes/kube-api.ts';
import { countObjects } from '../targets/count-objects.ts';
import { PacedRuns } from '../targets/paced-runs.ts';
import { type AddressName, AddressTable } from './address-table.ts';
import { ClaimedAddresses } from './claimed-addresses.ts';
import {
  addressesOfNode,
  addressesOfPod,
  addressesOfService,
  type ObjectAddresses,
} from './object-addresses.ts';

export interface AddressNamesOptions {
  /** Whose pods and services are named at least; undefined: those of all. */
  readonly namespaces: readonly string[] | undefined;
  /** Takes, once, a sentence on the addresses that will have no names, and why. */
  readonly note: (text: string) => void;
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * More of a kind are neither listed nor watched all over the cluster: each is some 10 kB to send, and some 30 kB to hold.
 * Nodes carry the list of their images.
 */
const MAX_OBJECTS = { pods: 5_000, services: 5_000, nodes: 1_000 } as const;
const PACE_MS = 100;
const PRUNE_MS = 10_000;

/**
 * Names for the addresses in packets, with the rights of the user: pods, services and nodes, as they were at the time of the
 * event. It learns them in the background, and knows none at first. What the user may not list is left out, and so is what is
 * too much.
 */
export class AddressNames implements Disposable {
  /** Resolves when all that can be known is known for the first time. */
  readonly ready: Promise<void>;
  readonly #api: KubeApi;
  readonly #options: AddressNamesOptions;
  readonly #table = new AddressTable();
  readonly #claims: Array<{ update(table: AddressTable, nowMs: number): void }> = [];
  readonly #watches: Disposable[] = [];
  readonly #runs: PacedRuns;
  #prunedMs: number;
  #closed = false;

  constructor(api: KubeApi, options: AddressNamesOptions) {
    this.#api = api;
    this.#options = options;
    this.#prunedMs = options.now();
    this.#runs = new PacedRuns(() => this.#update(), {
      leastMs: PACE_MS,
      now: () => performance.now(),
    });
    this.ready = this.#open();
  }

  /**
   * Who had this address at that time; undefined when nobody is known to.
   * @param address text in its usual form (RFC 5952), or 4 or 16 bytes @param wallTimeMs milliseconds since 1970
   */
  nameOf(address: string | Uint8Array, wallTimeMs: number): AddressName | undefined {
    if (typeof address === 'string') return this.#table.findText(address, wallTimeMs);
    return this.#table.findBytes(address, { start: 0, lengthBytes: address.length }, wallTimeMs);
  }

  /** The same of bytes within others. */
  nameAt(
    bytes: Uint8Array,
    place: { start: number; lengthBytes: number },
    wallTimeMs: number,
  ): AddressName | undefined {
    return this.#table.findBytes(bytes, place, wallTimeMs);
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#runs[Symbol.dispose]();
    for (const watch of this.#watches) watch[Symbol.dispose]();
  }

  async #open(): Promise<void> {
    const gaps = await Promise.all([
      this.#openNamespaced<V1Pod>(kinds.pod, addressesOfPod),
      this.#openNamespaced<V1Service>(kinds.service, addressesOfService),
      this.#openAll<V1Node>(kinds.node, addressesOfNode),
    ]);
    this.#runs.runNow();
    const all = gaps.filter((gap) => gap !== undefined);
    if (all.length > 0 && !this.#closed)
      this.#options.note(`Some addresses have no names: ${all.join(', ')}`);
  }

  /** @returns what is left out, and why */
  async #openNamespaced<T extends KubeObject>(
    kind: ResourceKind,
    addressesOf: (object: T) => ObjectAddresses,
  ): Promise<string | undefined> {
    const everywhere = await this.#openAll(kind, addressesOf);
    if (everywhere === undefined) return undefined;
    const { namespaces = [] } = this.#options;
    const within = await Promise.all(
      namespaces.map((namespace) => this.#openIn(kind, namespace, addressesOf)),
    );
    const refused = namespaces.filter((_, index) => within[index] !== undefined);
    const named = namespaces.filter((namespace) => !refused.includes(namespace));
    return named.length === 0 ? everywhere : `${everywhere} outside ${named.join(', ')}`;
  }

  #openAll<T extends KubeObject>(
    kind: ResourceKind,
    addressesOf: (object: T) => ObjectAddresses,
  ): Promise<string | undefined> {
    return this.#openIn(kind, undefined, addressesOf);
  }

  async #openIn<T extends KubeObject>(
    kind: ResourceKind,
    namespace: string | undefined,
    addressesOf: (object: T) => ObjectAddresses,
  ): Promise<string | undefined> {
    try {
      const count = await countObjects(this.#api, kind, namespace);
      const most = MAX_OBJECTS[kind.plural as keyof typeof MAX_OBJECTS];
      if (count > most) return `${kind.plural} (${count}, more than ${most})`;
      const watched = await this.#api.watch<T>(
        kind,
        { namespace },
        // Names stay as they are while a watch is broken.
        { onChange: () => this.#runs.request(), onTrouble: () => {} },
      );
      if (this.#closed) watched[Symbol.dispose]();
      this.#watches.push(watched);
      this.#claims.push(new ClaimedAddresses<T>(watched.objects, addressesOf));
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof KubeError)) throw thrown;
      return `${kind.plural} (${thrown.status === 403 ? 'forbidden' : thrown.message})`;
    }
  }

  #update(): void {
    const nowMs = this.#options.now();
    for (const claims of this.#claims) claims.update(this.#table, nowMs);
    if (nowMs - this.#prunedMs < PRUNE_MS) return;
    this.#prunedMs = nowMs;
    this.#table.prune(nowMs);
  }
}
