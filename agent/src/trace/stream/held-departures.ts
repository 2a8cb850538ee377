import { HIT, RECORD } from '../../core/record/layout.ts';
import type { EventRecord } from '../../core/record/record-view.ts';

/**
 * In which the kernel gives a packet to a device (net/core/dev.c, dev_hard_start_xmit()): a function, and a tracepoint. A client
 * looks for the same names.
 */
const transmitNames: ReadonlySet<string> = new Set(['dev_hard_start_xmit', 'net_dev_start_xmit']);

/** Packets of a node may go to any number of addresses: as many as a client keeps. */
const maxDepartures = 1_000;

const PLACE_WORD = RECORD.place.offset / 4;
const NETNS_WORD = HIT.netns.offset / 4;
const IFINDEX_WORD = HIT.ifindex.offset / 4;
const DESTINATION_WORD = HIT.outer_daddr.offset / 4;
const DESTINATION_WORDS = HIT.outer_daddr.size / 4;

/** The node gave packets for an address to one of its devices. */
export interface HeldDeparture {
  readonly interfaceIndex: number;
  readonly interfaceName: string;
  /** 4 or 16 bytes. */
  readonly destination: Uint8Array;
  /** CLOCK_BOOTTIME of the last of them. */
  lastNs: number;
}

export interface HeldDeparturesOptions {
  /** Functions and tracepoints of the session by `place` of their records. */
  readonly places: Iterable<readonly [place: bigint, named: { readonly name: string }]>;
  /** Inode number of the node's own network namespace; undefined: not known. */
  readonly nodeNetns: () => number | undefined;
  /** Default 1,000. */
  readonly limit?: number;
}

/**
 * By which devices of the node packets left whose events are held back, and for where: a client that only sees lost packets
 * cannot tell otherwise that what became of the others is not known here.
 */
export class HeldDepartures {
  /** `place` of records in which a packet leaves, by its low word. */
  readonly #highOf: ReadonlyMap<number, number>;
  readonly #nodeNetns: () => number | undefined;
  readonly #limit: number;
  readonly #all = new Map<string, HeldDeparture>();
  /** What the record before had, as most have it. */
  readonly #lastWords = new Int32Array(1 + DESTINATION_WORDS);
  #last: HeldDeparture | undefined;

  constructor({ places, nodeNetns, limit = maxDepartures }: HeldDeparturesOptions) {
    const transmit = Array.from(places).filter(([, { name }]) => transmitNames.has(name));
    this.#highOf = new Map(
      transmit.map(([address]) => [
        Number(BigInt.asIntN(32, address)),
        Number(BigInt.asIntN(32, address >> 32n)),
      ]),
    );
    this.#nodeNetns = nodeNetns;
    this.#limit = limit;
  }

  get all(): Iterable<Readonly<HeldDeparture>> {
    return this.#all.values();
  }

  /** There may be others, which were not kept. */
  get isFull(): boolean {
    return this.#all.size >= this.#limit;
  }

  see(record: EventRecord): void {
    const { words } = record;
    const word = record.offset >>> 2;
    const high = this.#highOf.get(words[word + PLACE_WORD] ?? 0);
    if (high === undefined || high !== words[word + PLACE_WORD + 1]) return;
    if ((words[word + NETNS_WORD] ?? 0) >>> 0 !== this.#nodeNetns()) return;
    if (this.#last !== undefined && this.#isAsBefore(record, word)) {
      this.#last.lastNs = record.timeNs;
      return;
    }
    this.#last = this.#find(record);
  }

  #isAsBefore({ words }: EventRecord, word: number): boolean {
    if (words[word + IFINDEX_WORD] !== this.#lastWords[0]) return false;
    for (let index = 0; index < DESTINATION_WORDS; index += 1) {
      if (words[word + DESTINATION_WORD + index] !== this.#lastWords[1 + index]) return false;
    }
    return true;
  }

  /** @returns undefined when it has no address, or there is no room for it */
  #find(record: EventRecord): HeldDeparture | undefined {
    const { bytes, words, offset } = record;
    const ipVersion = bytes[offset + HIT.outer_ip_version.offset];
    if (ipVersion !== 4 && ipVersion !== 6) return undefined;
    const word = offset >>> 2;
    this.#lastWords[0] = words[word + IFINDEX_WORD] ?? 0;
    this.#lastWords.set(
      words.subarray(word + DESTINATION_WORD, word + DESTINATION_WORD + DESTINATION_WORDS),
      1,
    );
    const key = this.#lastWords.join();
    const known = this.#all.get(key);
    if (known !== undefined) {
      known.lastNs = record.timeNs;
      return known;
    }
    if (this.isFull) return undefined;
    const start = offset + HIT.outer_daddr.offset;
    const departure = {
      interfaceIndex: (words[word + IFINDEX_WORD] ?? 0) >>> 0,
      interfaceName: nameIn(bytes, offset + HIT.ifname.offset),
      destination: bytes.slice(start, start + (ipVersion === 4 ? 4 : 16)),
      lastNs: record.timeNs,
    };
    this.#all.set(key, departure);
    return departure;
  }
}

/** A name of IFNAMSIZ bytes with a NUL behind it. */
function nameIn(bytes: Uint8Array, start: number): string {
  const field = bytes.subarray(start, start + HIT.ifname.size);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString();
}
