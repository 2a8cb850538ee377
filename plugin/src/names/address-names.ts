import type { V1Node, V1Pod, V1Service } from '@kubernetes/client-node';
import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type ResourceKind,
} from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import { countObjects, PacedRuns } from '../targets/paced-runs.ts';
import { type AddressName, AddressTable } from './address-table.ts';
import { AskedPods } from './asked-pods.ts';
import { ClaimedAddresses } from './claimed-addresses.ts';
import {
  addressesOfNode,
  addressesOfPod,
  addressesOfService,
  keepOfNode,
  keepOfPod,
  keepOfService,
  type ObjectAddresses,
} from './object-addresses.ts';
import { PodRanges } from './pod-ranges.ts';

/** On which node an address is. */
export interface AddressHome {
  readonly node: string;
  /** Who has it; undefined: nobody is known to, and it is in the node's range of pod addresses. */
  readonly owner: AddressName | undefined;
}

export interface AddressNamesOptions {
  /** Whose pods and services are named at least; undefined: those of all. */
  readonly namespaces: readonly string[] | undefined;
  /** Takes, once, a sentence on the addresses that will have no names, and why. */
  readonly note: (text: string) => void;
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * More of a kind are neither listed nor watched all over the cluster, or in one namespace. A pod is some 10 kB to send: 500 are
 * 5 MB for each trace that begins. Nodes carry the list of their images.
 */
const MAX_OBJECTS = { pods: 500, services: 5_000, nodes: 1_000 } as const;
/** Between two questions for a pod's address. At 150,000 pods the server is busy for some 100 ms with one. */
const ASK_PACE_MS = { least: 100, most: 500, ofPodsPerMs: 300 } as const;
const PACE_MS = 100;
const PRUNE_MS = 10_000;

/** How objects of a kind are read. */
interface Naming<T extends KubeObject> {
  readonly addressesOf: (object: T) => ObjectAddresses;
  readonly keep: (object: T) => T;
}

const ofPods: Naming<V1Pod> = { addressesOf: addressesOfPod, keep: keepOfPod };
const ofServices: Naming<V1Service> = { addressesOf: addressesOfService, keep: keepOfService };
const ofNodes: Naming<V1Node> = { addressesOf: addressesOfNode, keep: keepOfNode };

/** Why objects of a kind are not watched. */
interface Gap {
  readonly text: string;
  /** How many there are, when that is why. */
  readonly tooMany: number | undefined;
}

/**
 * Names for the addresses in packets, with the rights of the user: pods, services and nodes, as they were at the time of the
 * event. It learns them in the background, and knows none at first. What the user may not list is left out, and so is what is
 * too much; of pods, where there are too many, those are asked for whose addresses are seen.
 */
export class AddressNames implements Disposable {
  /** Resolves when all that can be known is known for the first time. */
  readonly ready: Promise<void>;
  readonly #api: KubeApi;
  readonly #options: AddressNamesOptions;
  readonly #table = new AddressTable();
  readonly #claims: Array<{ update(table: AddressTable, nowMs: number): void }> = [];
  readonly #watches: Disposable[] = [];
  #nodes: ReadonlyMap<string, V1Node> = new Map();
  #asked: AskedPods | undefined;
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
    return this.nameAt(address, { start: 0, lengthBytes: address.length }, wallTimeMs);
  }

  /** The same of bytes within others. */
  nameAt(
    bytes: Uint8Array,
    place: { start: number; lengthBytes: number },
    wallTimeMs: number,
  ): AddressName | undefined {
    this.#asked?.see(bytes, place);
    return this.#table.findBytes(bytes, place, wallTimeMs);
  }

  /** Where each of these addresses (4 or 16 bytes) was at that time; undefined of one that is on no node, as far as is known. */
  homesOf(
    addresses: ReadonlyArray<{ readonly bytes: Uint8Array; readonly wallTimeMs: number }>,
  ): Array<AddressHome | undefined> {
    const ranges = new PodRanges(this.#nodes.values());
    return addresses.map(({ bytes, wallTimeMs }) => {
      const owner = this.nameOf(bytes, wallTimeMs);
      const node = owner === undefined ? ranges.nodeOf(bytes) : homeOf(owner);
      return node === undefined ? undefined : { node, owner };
    });
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#runs[Symbol.dispose]();
    for (const watch of this.#watches) watch[Symbol.dispose]();
  }

  async #open(): Promise<void> {
    const gaps = await Promise.all([
      this.#openPods(),
      this.#openNamespaced(kinds.service, ofServices),
      this.#openIn(kinds.node, undefined, ofNodes, (nodes) => {
        this.#nodes = nodes;
      }),
    ]);
    this.#runs.runNow();
    const all = gaps.flatMap((gap) => gap?.text ?? []);
    if (all.length > 0 && !this.#closed)
      this.#options.note(`Some addresses have no names: ${all.join(', ')}`);
  }

  async #openPods(): Promise<Gap | undefined> {
    const everywhere = await this.#openIn(kinds.pod, undefined, ofPods);
    if (everywhere?.tooMany === undefined) return this.#beside(everywhere, kinds.pod, ofPods);
    this.#askForPods(everywhere.tooMany);
    // Those of the namespaces are known from the start, unless they are too many as well.
    const { namespaces = [] } = this.#options;
    await Promise.all(namespaces.map((namespace) => this.#openIn(kinds.pod, namespace, ofPods)));
    return undefined;
  }

  #askForPods(podCount: number): void {
    if (this.#closed) return;
    const { least, most, ofPodsPerMs } = ASK_PACE_MS;
    const paceMs = Math.min(most, Math.max(least, podCount / ofPodsPerMs));
    const asked = new AskedPods({
      ask: async (address) => {
        const options = { fieldSelector: `status.podIP=${address}`, fromCache: true };
        return (await this.#api.list<V1Pod>(kinds.pod, options)).map(keepOfPod);
      },
      onChange: () => this.#runs.request(),
      ...{ paceMs, now: () => performance.now() },
    });
    this.#asked = asked;
    this.#watches.push(asked);
    this.#claims.push(new ClaimedAddresses<V1Pod>(asked.objects, addressesOfPod));
  }

  async #openNamespaced<T extends KubeObject>(
    kind: ResourceKind,
    naming: Naming<T>,
  ): Promise<Gap | undefined> {
    return this.#beside(await this.#openIn(kind, undefined, naming), kind, naming);
  }

  /** The namespaces alone, where not all could be had. @returns what is left out, and why */
  async #beside<T extends KubeObject>(
    everywhere: Gap | undefined,
    kind: ResourceKind,
    naming: Naming<T>,
  ): Promise<Gap | undefined> {
    if (everywhere === undefined) return undefined;
    const { namespaces = [] } = this.#options;
    const within = await Promise.all(
      namespaces.map((namespace) => this.#openIn(kind, namespace, naming)),
    );
    const named = namespaces.filter((_, index) => within[index] === undefined);
    if (named.length === 0) return everywhere;
    return { ...everywhere, text: `${everywhere.text} outside ${named.join(', ')}` };
  }

  async #openIn<T extends KubeObject>(
    kind: ResourceKind,
    namespace: string | undefined,
    { addressesOf, keep }: Naming<T>,
    onWatched?: (objects: ReadonlyMap<string, T>) => void,
  ): Promise<Gap | undefined> {
    try {
      const most = mostOf(kind);
      const count = await countObjects(this.#api, kind, namespace);
      if (count > most)
        return { tooMany: count, text: `${kind.plural} (${count}, more than ${most})` };
      const watched = await this.#api.watch<T>(
        kind,
        { namespace, keep },
        // Names stay as they are while a watch is broken.
        { onChange: () => this.#runs.request(), onTrouble: () => {} },
      );
      if (this.#closed) watched[Symbol.dispose]();
      this.#watches.push(watched);
      this.#claims.push(new ClaimedAddresses<T>(watched.objects, addressesOf));
      onWatched?.(watched.objects);
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof KubeError)) throw thrown;
      const why = thrown.status === 403 ? 'forbidden' : thrown.message;
      return { tooMany: undefined, text: `${kind.plural} (${why})` };
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

function homeOf({ kind, name, node }: AddressName): string | undefined {
  return kind === 'node' ? name : node;
}

function mostOf({ plural }: ResourceKind): number {
  return MAX_OBJECTS[plural as keyof typeof MAX_OBJECTS];
}
