import {
  PWRU_ADDRESS_LIMIT,
  PWRU_INTERFACE_LIMIT,
  PWRU_NETNS_LIMIT,
  PWRU_NETNS_NODE,
  PWRU_NETNS_POD,
  PWRU_NETNS_TARGET,
  PWRU_PORT_LIMIT,
} from '../../core/record/layout.ts';
import { deleteFromMap, updateMap } from '../../native/libbpf.ts';

/** What a session traces, as its programs see it. */
export interface TargetPlaces {
  /** Inode numbers: everything in these namespaces. */
  readonly namespaces: Iterable<number>;
  /** Inode numbers of other namespaces in which interfaces, addresses and ports count. */
  readonly addressed?: Iterable<number>;
  /** Inode number of the node's own namespace, in which what follows counts; undefined when it is not known. */
  readonly nodeNamespace?: number | undefined;
  /** Inode numbers of other namespaces of this node, into which packets are followed. */
  readonly otherPods?: Iterable<number>;
  /** The node's ends of the pods' veth pairs. */
  readonly interfaces?: Iterable<{ readonly netnsInode: number; readonly index: number }>;
  /** Network byte order, 4 or 16 bytes each. */
  readonly addresses?: Iterable<Uint8Array>;
  /** Ports of addresses that count with these ports only, in the node's own namespace. */
  readonly ports?: Iterable<PlacePort>;
}

/** A port of an address. */
export interface PlacePort {
  /** Network byte order, 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly port: number;
  /** IP protocol number. */
  readonly protocol: number;
}

export interface TargetMapFds {
  readonly namespaces: number;
  readonly interfaces: number;
  readonly addresses: number;
  readonly ports: number;
}

/** Keeps the maps of a session's targets (bpf/include/maps.h) as they should be. The fds stay their owner's. */
export class TargetMaps {
  readonly #namespaces: KeptMap;
  readonly #interfaces: KeptMap;
  readonly #addresses: KeptMap;
  readonly #ports: KeptMap;

  constructor(fds: TargetMapFds) {
    this.#namespaces = new KeptMap(fds.namespaces, PWRU_NETNS_LIMIT);
    this.#interfaces = new KeptMap(fds.interfaces, PWRU_INTERFACE_LIMIT);
    this.#addresses = new KeptMap(fds.addresses, PWRU_ADDRESS_LIMIT);
    this.#ports = new KeptMap(fds.ports, PWRU_PORT_LIMIT);
  }

  /** Ports that the programs are to look for. */
  get portCount(): number {
    return this.#ports.size;
  }

  /**
   * Traces these places and no others; takes effect at once on all CPUs. What goes is taken out before what comes is
   * put in.
   * @returns how many entries found no room: what they stand for is not traced.
   */
  set(places: TargetPlaces): number {
    const namespaces = new Map<number, number>();
    for (const inode of places.otherPods ?? []) namespaces.set(inode, PWRU_NETNS_POD);
    for (const inode of places.addressed ?? []) namespaces.set(inode, PWRU_NETNS_NODE);
    for (const inode of places.namespaces) namespaces.set(inode, PWRU_NETNS_TARGET);
    const node = places.nodeNamespace;
    if (node !== undefined) namespaces.set(node, (namespaces.get(node) ?? 0) | PWRU_NETNS_NODE);
    return (
      this.#namespaces.set([...namespaces].map(([inode, flags]) => [words(inode), flags])) +
      this.#interfaces.set(
        [...(places.interfaces ?? [])].map((key) => [words(key.netnsInode, key.index), 1]),
      ) +
      this.#addresses.set([...(places.addresses ?? [])].map((address) => [mapped(address), 1])) +
      this.#ports.set([...(places.ports ?? [])].map((port) => [portKey(port), 1]))
    );
  }
}

/** A hash map with values of one byte, and what is in it. */
class KeptMap {
  readonly #fd: number;
  readonly #limit: number;
  readonly #present = new Map<string, number>();

  constructor(fd: number, limit: number) {
    this.#fd = fd;
    this.#limit = limit;
  }

  get size(): number {
    return this.#present.size;
  }

  set(entries: ReadonlyArray<readonly [Uint8Array, number]>): number {
    const wanted = new Map(entries.map(([key, value]) => [textOf(key), { key, value }]));
    for (const text of this.#present.keys()) {
      if (wanted.has(text)) continue;
      deleteFromMap(this.#fd, Buffer.from(text, 'hex'));
      this.#present.delete(text);
    }
    let homeless = 0;
    for (const [text, { key, value }] of wanted) {
      const before = this.#present.get(text);
      if (before === value) continue;
      const isFull = before === undefined && this.#present.size >= this.#limit;
      if (isFull || updateMap(this.#fd, key, Uint8Array.of(value)) < 0) homeless++;
      else this.#present.set(text, value);
    }
    return homeless;
  }
}

function textOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.length).toString('hex');
}

/** In the CPU's byte order, which is little-endian (RingReader sees to it). */
function words(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

/** struct pwru_port. */
function portKey({ address, port, protocol }: PlacePort): Uint8Array {
  return Uint8Array.of(...mapped(address), port >> 8, port & 0xff, protocol, 0);
}

/** struct pwru_address: IPv4 as ::ffff:a.b.c.d. */
function mapped(address: Uint8Array): Uint8Array {
  if (address.length === 16) return address;
  return Uint8Array.of(...Array.from({ length: 10 }, () => 0), 0xff, 0xff, ...address);
}
