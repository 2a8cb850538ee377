import { formatIpv4, formatIpv6, parseIpNetwork } from '../events/ip-address.ts';

/** Whose address it is. */
export interface AddressName {
  readonly kind: 'pod' | 'service' | 'node';
  /** Undefined for a node. */
  readonly namespace?: string;
  readonly name: string;
  /** Of a pod: where it runs. */
  readonly node?: string;
}

/** The word of the better rank counts. An external address of a service may be anything: a node's, or another pod's. */
export const ranks = { pod: 3, service: 2, node: 1, serviceOutside: 0 } as const;

/** An object says that it has an address, from some time on. Wall-clock times, milliseconds since 1970. */
export interface Claim {
  /** Of the object. */
  readonly uid: string;
  readonly name: AddressName;
  readonly rank: number;
  readonly beginMs: number;
}

interface Interval extends Claim {
  beginMs: number;
  /** Infinity: still has it. */
  endMs: number;
  /** The end is what the node said, not when it was heard. */
  endIsExact: boolean;
}

interface Entry {
  readonly address: Uint8Array;
  readonly text: string;
  readonly intervals: Interval[];
}

/** Packets of a pod that has ended are on their way for a while, and so are their events. */
const TOMBSTONE_MS = 60_000;
/** Clocks of nodes differ, and timestamps of objects are whole seconds. */
const SLACK_MS = 2_000;
/** From a sandbox to its address in the API, about. */
const HEARD_LATE_MS = 3_000;

/**
 * Who has had which address, and when. An address has one pod at a time: when another pod gets it, the one before has lost
 * it, whatever the API still says of it.
 */
export class AddressTable {
  readonly #byText = new Map<string, Entry>();
  /** By hash of the bytes; looked up for each event, so without making a key. */
  readonly #byHash = new Map<number, Entry[]>();

  /** How many addresses are known. */
  get size(): number {
    return this.#byText.size;
  }

  /** @param address text; what is none is left out */
  claim(address: string, claim: Claim, nowMs: number): void {
    const entry = this.#entryOf(address);
    if (entry === undefined) return;
    const { intervals } = entry;
    if (intervals.some(({ uid, endMs }) => uid === claim.uid && endMs === Number.POSITIVE_INFINITY))
      return;
    let { beginMs } = claim;
    for (const other of intervals) {
      if (other.rank !== claim.rank || claim.name.kind !== 'pod') continue;
      if (other.endMs === Number.POSITIVE_INFINITY) {
        beginMs = Math.max(beginMs, nowMs - HEARD_LATE_MS);
        other.endMs = beginMs;
      } else beginMs = Math.max(beginMs, other.endMs);
    }
    intervals.push({ ...claim, beginMs, endMs: Number.POSITIVE_INFINITY, endIsExact: false });
  }

  /** `end` without `exactMs`: it was gone at `nowMs`, or before. */
  release(address: string, uid: string, end: { nowMs: number; exactMs: number | undefined }): void {
    const entry = this.#entryOf(address);
    for (const interval of entry?.intervals ?? []) {
      if (interval.uid !== uid || interval.endIsExact) continue;
      const before = interval.endMs;
      const endMs = Math.max(interval.beginMs, Math.min(end.exactMs ?? end.nowMs, end.nowMs));
      if (endMs >= before) continue;
      interval.endMs = endMs;
      interval.endIsExact = end.exactMs !== undefined;
      // Whoever came next began when this one was guessed to end.
      for (const next of entry?.intervals ?? [])
        if (next !== interval && next.beginMs === before) next.beginMs = endMs;
    }
  }

  /** Forgets what no event can be about any more. */
  prune(nowMs: number): void {
    for (const entry of this.#byText.values()) {
      const { intervals } = entry;
      for (let index = intervals.length - 1; index >= 0; index--) {
        const endMs = intervals[index]?.endMs ?? 0;
        if (endMs + TOMBSTONE_MS < nowMs) intervals.splice(index, 1);
      }
      if (intervals.length === 0) this.#remove(entry);
    }
  }

  findText(address: string, wallTimeMs: number): AddressName | undefined {
    const entry = this.#byText.get(address);
    return entry === undefined ? undefined : nameAt(entry, wallTimeMs);
  }

  /** Of the 4 or 16 bytes at `start`. */
  findBytes(
    bytes: Uint8Array,
    { start, lengthBytes }: { start: number; lengthBytes: number },
    wallTimeMs: number,
  ): AddressName | undefined {
    const entry = this.#lookUp(bytes, start, lengthBytes);
    return entry === undefined ? undefined : nameAt(entry, wallTimeMs);
  }

  #lookUp(bytes: Uint8Array, start: number, lengthBytes: number): Entry | undefined {
    const bucket = this.#byHash.get(hash(bytes, start, lengthBytes));
    if (bucket === undefined) return undefined;
    for (const entry of bucket)
      if (entry.address.length === lengthBytes && isAt(entry.address, bytes, start)) return entry;
    return undefined;
  }

  #entryOf(address: string): Entry | undefined {
    const known = this.#byText.get(address);
    if (known !== undefined || address.includes('/')) return known;
    const bytes = parseIpNetwork(address)?.address;
    if (bytes === undefined) return undefined;
    // The API takes IPv6 addresses as people write them.
    const text = bytes.length === 4 ? formatIpv4(bytes, 0) : formatIpv6(bytes, 0);
    const same = this.#byText.get(text);
    if (same !== undefined) return same;
    const entry: Entry = { address: bytes, text, intervals: [] };
    this.#byText.set(text, entry);
    const key = hash(bytes, 0, bytes.length);
    const bucket = this.#byHash.get(key);
    if (bucket === undefined) this.#byHash.set(key, [entry]);
    else bucket.push(entry);
    return entry;
  }

  #remove(entry: Entry): void {
    this.#byText.delete(entry.text);
    const key = hash(entry.address, 0, entry.address.length);
    const rest = this.#byHash.get(key)?.filter((other) => other !== entry) ?? [];
    if (rest.length === 0) this.#byHash.delete(key);
    else this.#byHash.set(key, rest);
  }
}

/** How well an interval fits a time. */
const COVERS = 3;
const HAS_JUST_ENDED = 2;
const IS_ABOUT_TO_BEGIN = 1;
const NOT_AT_ALL = 0;

function nameAt({ intervals }: Entry, wallTimeMs: number): AddressName | undefined {
  let best: Interval | undefined;
  let bestFit = NOT_AT_ALL;
  for (const interval of intervals) {
    const fit = fitOf(interval, wallTimeMs);
    if (fit === NOT_AT_ALL || fit < bestFit) continue;
    if (fit === bestFit && best !== undefined && !isBetter(interval, best)) continue;
    best = interval;
    bestFit = fit;
  }
  return best?.name;
}

function fitOf({ beginMs, endMs }: Interval, wallTimeMs: number): number {
  if (wallTimeMs < beginMs) return wallTimeMs < beginMs - SLACK_MS ? NOT_AT_ALL : IS_ABOUT_TO_BEGIN;
  if (wallTimeMs < endMs) return COVERS;
  return wallTimeMs < endMs + TOMBSTONE_MS ? HAS_JUST_ENDED : NOT_AT_ALL;
}

function isBetter(one: Interval, other: Interval): boolean {
  return one.rank === other.rank ? one.beginMs > other.beginMs : one.rank > other.rank;
}

/** FNV-1a, 32 bits, as a signed integer: those need no memory as a key. */
function hash(bytes: Uint8Array, start: number, lengthBytes: number): number {
  let value = 0x811c9dc5 | 0;
  for (let index = start; index < start + lengthBytes; index++)
    value = Math.imul(value ^ (bytes[index] ?? 0), 0x01000193);
  return value;
}

function isAt(address: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < address.length; index++)
    if (address[index] !== bytes[start + index]) return false;
  return true;
}
