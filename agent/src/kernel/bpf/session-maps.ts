import { PwruError } from '../../core/errors.ts';
import { CONTROL } from '../../core/record/layout.ts';
import { errnoName } from '../../native/errno.ts';
import { countEntries, objectInfo, updateMap } from '../../native/libbpf.ts';
import { BpfObject } from './bpf-object.ts';
import { CounterTable } from './counters.ts';
import { EventRings, RingReader } from './rings.ts';
import { TargetMaps } from './target-maps.ts';

/** Sizes of a session's maps. An LRU map that the session does not need may have 0 entries: it gets as many as the kernel wants. */
export interface SessionMapSizes {
  /** CPUs that may be there: each has counters, and a place for its ring. */
  readonly cpus: number;
  /** Packets that are known at the same time (struct identity: 32 bytes of kernel memory, its key, and overhead each). */
  readonly packets: number;
  /** Data that clones share. */
  readonly heads: number;
  /** Datagrams in fragments (some 110 bytes each). */
  readonly datagrams: number;
  /** Flows whose answers are known, and packets that may be translated. */
  readonly flows: number;
  /** Whether there are pods among the targets. */
  readonly pods: boolean;
}

/** struct pwru_control (bpf/include/session.h) in the field's own words. */
export interface Control {
  /** The programs produce. */
  readonly ready: boolean;
  /** The namespace of a session that has one, and no pods; else 0. */
  readonly onlyNetns: number;
  /** Entries of pod_ports. */
  readonly ports: number;
  /** Ends of packets may pass unseen at any time: nothing tells when. */
  readonly alwaysDoubt: boolean;
  /** Grows when ends may have passed unseen that the count of blind softirqs does not tell of. */
  readonly epoch: number;
}

/**
 * The maps that all programs of a session share (bpf/include/maps.h). Owns them, the rings and the memory that is mapped; nothing
 * is pinned.
 */
export class SessionMaps implements Disposable {
  readonly counters: CounterTable;
  readonly targets: TargetMaps;
  /** By name, for `BpfObject.load`. The fds stay here. */
  readonly shared: ReadonlyMap<string, number>;
  readonly #owned: Disposable[];
  #isClosed = false;
  #control: Control = {
    ...{ ready: false, onlyNetns: 0, ports: 0 },
    ...{ alwaysDoubt: true, epoch: 0 },
  };

  private constructor(object: BpfObject, counters: CounterTable) {
    this.#owned = [object, counters];
    this.counters = counters;
    this.shared = object.mapFds();
    this.targets = new TargetMaps({
      namespaces: object.mapFd('netns_set'),
      interfaces: object.mapFd('pod_interfaces'),
      addresses: object.mapFd('pod_addresses'),
      ports: object.mapFd('pod_ports'),
    });
  }

  /**
   * Makes all of them but the rings, which take time.
   * @param elf bpf/session_maps.bpf.c
   * @param blind of struct pwru_blind, which stays the caller's; undefined: nobody counts blind softirqs
   * @throws PwruError SYSTEM or PRIVILEGE_MISSING.
   */
  static async create(
    elf: Uint8Array,
    sizes: SessionMapSizes,
    blind?: { readonly mapFd: number },
  ): Promise<SessionMaps> {
    const { cpus } = sizes;
    // An LRU map wants entries for each CPU's own list.
    const lru = (entries: number) => Math.max(entries, 128 * cpus);
    const object = await BpfObject.load({
      elf,
      name: 'session_maps',
      programs: [],
      maxEntries: {
        ...{ counters: cpus, rings: cpus },
        ...{ identities: lru(sizes.packets), data_heads: lru(sizes.heads) },
        datagrams: lru(sizes.datagrams),
        ...{ flow_starts: lru(sizes.flows), answers: lru(sizes.flows) },
        // Memory that a session without pods would never use.
        ...(sizes.pods ? {} : { pod_interfaces: 1, pod_addresses: 1, pod_ports: 1 }),
      },
      shared: new Map(blind === undefined ? [] : [['.data.blind', blind.mapFd]]),
    });
    try {
      return new SessionMaps(object, new CounterTable(object.mapFd('counters'), cpus));
    } catch (failure) {
      object[Symbol.dispose]();
      throw failure;
    }
  }

  /**
   * Gives each CPU its ring. Once.
   * @returns what reads them; it is closed with the maps.
   * @throws PwruError SYSTEM or PRIVILEGE_MISSING.
   */
  async openRings(request: {
    readonly cpus: readonly number[];
    readonly budgetBytes: number;
  }): Promise<RingReader> {
    const rings = this.#own(await EventRings.create(request));
    rings.connect(this.#fdOf('rings'));
    return this.#own(await RingReader.open(rings.rings));
  }

  /** Takes effect at once on all CPUs. @throws PwruError SYSTEM. */
  setControl(change: Partial<Control>): void {
    this.#control = { ...this.#control, ...change };
    const result = updateMap(
      this.#fdOf('.data.control'),
      new Uint8Array(4),
      encodeControl(this.#control),
    );
    if (result < 0) {
      throw new PwruError(
        'SYSTEM',
        `Cannot tell the programs what to do: ${errnoName(-result)} (BPF map .data.control)`,
      );
    }
  }

  /** Packets that the kernel pushed out of its table to make room. */
  packetEvictions(): number {
    const inserted = this.counters.total('identity_inserted');
    const gone = this.counters.total('identity_deleted');
    const fd = this.#fdOf('identities');
    const { keyBytes, valueBytes, maxEntries } = mapInfo(fd);
    // Below half of the table nothing is pushed out; counting the entries is not free.
    if (inserted - gone < maxEntries / 2) return 0;
    const present = countEntries(fd, keyBytes, valueBytes);
    return present === undefined ? 0 : Math.max(0, inserted - gone - present);
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    for (const owned of this.#owned.splice(0).reverse()) owned[Symbol.dispose]();
  }

  #own<T extends Disposable>(resource: T): T {
    if (this.#isClosed) {
      resource[Symbol.dispose]();
      throw new PwruError('SYSTEM', 'Cannot open the event rings: the session has ended');
    }
    this.#owned.push(resource);
    return resource;
  }

  #fdOf(name: string): number {
    const fd = this.shared.get(name);
    if (fd === undefined) throw new PwruError('SYSTEM', `Cannot find BPF map ${name}`);
    return fd;
  }
}

/** The bytes of .data.control. */
function encodeControl({ ready, onlyNetns, ports, alwaysDoubt, epoch }: Control): Uint8Array {
  const bytes = Buffer.alloc(CONTROL.SIZE);
  bytes.writeUInt32LE(ready ? 1 : 0, CONTROL.ready.offset);
  bytes.writeUInt32LE(onlyNetns, CONTROL.netns_single.offset);
  bytes.writeUInt32LE(ports, CONTROL.port_count.offset);
  bytes.writeUInt32LE(alwaysDoubt ? 1 : 0, CONTROL.always_doubt.offset);
  bytes.writeBigUInt64LE(BigInt(epoch), CONTROL.epoch.offset);
  return bytes;
}

/** struct bpf_map_info (include/uapi/linux/bpf.h). */
const mapInfoLayout = { sizeBytes: 20, keyBytes: 8, valueBytes: 12, maxEntries: 16 } as const;

function mapInfo(fd: number) {
  const info = objectInfo(fd, mapInfoLayout.sizeBytes);
  if (info === undefined)
    throw new PwruError('SYSTEM', `Cannot read the sizes of BPF map fd ${fd}`);
  return {
    keyBytes: info.readUInt32LE(mapInfoLayout.keyBytes),
    valueBytes: info.readUInt32LE(mapInfoLayout.valueBytes),
    maxEntries: info.readUInt32LE(mapInfoLayout.maxEntries),
  };
}
