import { HIT, RECORD } from '../../core/record/layout.ts';
import { PacketTable } from '../../core/record/packet-table.ts';
import { EventRecord } from '../../core/record/record-view.ts';

const NONE = -1;
const PACKET_WORD = RECORD.packet_id.offset / 4;
/** The same in a hit and in an end. */
const NETNS_WORD = HIT.netns.offset / 4;

/** The usual memory for the events of one namespace, and of all, in bytes. */
const limits = { namespaceBytes: 2 * 1024 * 1024, allBytes: 8 * 1024 * 1024 } as const;
/** As many as the kernel side tells apart: identityEntries. A power of two. */
const maxPackets = 65_536;
/** A program that found a namespace in the map may take so long until its record is there. */
const programNs = 10_000_000;
const maxClosed = 4_096;

interface HeldRecord {
  readonly cpu: number;
  readonly memory: ArrayBuffer;
}

/** A namespace of which it is not known whether it is a target's, or what has become of it. */
interface Undecided {
  verdict: 'held' | 'target' | 'foreign';
  readonly records: HeldRecord[];
  bytes: number;
  packets: number;
  /** By CPU number: records that found no room. */
  readonly noRoom: Float64Array;
}

/** Whether an event would be admitted by its own place, whatever its packet was before. */
export type PlaceTest = (record: EventRecord) => boolean;

/**
 * Holds back the events of namespaces that were made lately until it is known whose they are: those of a target's pod are
 * let go of then, those of others are never shown. With a namespace go the packets that were first seen in it, wherever
 * they are followed to: of one of another's namespace is shown what is in a place of the session, as of any packet.
 */
export class UndecidedEvents {
  /** Events by CPU number that the programs took for the session's, and that were not. */
  readonly foreign: Float64Array;
  /** Events by CPU number of targets that found no room. */
  readonly pushedOut: Float64Array;
  readonly #namespaceBytes: number;
  readonly #allBytes: number;
  /** Packets that the programs took for the session's, and that were not. */
  foreignPackets = 0;
  readonly #namespaces = new Map<number, Undecided>();
  /** Until when (CLOCK_BOOTTIME, nanoseconds) records of a namespace that turned out to be another's may still come. */
  readonly #closed = new Map<number, { readonly untilNs: number; readonly undecided: Undecided }>();
  #closedUntilNs = 0;
  #packets: PacketTable | undefined;
  /** By place in `#packets`: the namespace in which it was seen first. */
  readonly #origins: Undecided[] = [];
  #bytes = 0;
  #heldEvents = 0;
  #released: HeldRecord[] = [];
  #isOwnPlace: PlaceTest = () => false;

  /**
   * @param cpus one more than the largest CPU number
   * @param heldShare as TraceSpec.heldShare
   */
  constructor(cpus: number, heldShare = 1) {
    this.#namespaceBytes = limits.namespaceBytes * heldShare;
    this.#allBytes = limits.allBytes * heldShare;
    this.foreign = new Float64Array(cpus);
    this.pushedOut = new Float64Array(cpus);
  }

  /** Records that wait for a verdict, or to be handed out. */
  get heldEvents(): number {
    return this.#heldEvents;
  }

  /** There is something to be handed out. */
  get hasReleased(): boolean {
    return this.#released.length > 0;
  }

  /** Records of which it is not known that they are the session's. */
  get undecidedEvents(): number {
    return this.#heldEvents - this.#released.length;
  }

  /** Packets of which it is not known that they are the session's. */
  get undecidedPackets(): number {
    let packets = 0;
    for (const { packets: own } of this.#namespaces.values()) packets += own;
    return packets;
  }

  /** What is the session's own: from now on, and for what is held. */
  setPlaces(isOwnPlace: PlaceTest): void {
    this.#isOwnPlace = isOwnPlace;
  }

  /** Holds the events of a namespace. To be called before the programs admit any. */
  begin(inode: number): void {
    if (this.#namespaces.has(inode)) return;
    this.#namespaces.set(inode, {
      ...{ verdict: 'held', records: [], bytes: 0, packets: 0 },
      noRoom: new Float64Array(this.foreign.length),
    });
  }

  /**
   * Says whose a namespace is. To be called when the programs do not admit any more what is another's.
   * @param nowNs CLOCK_BOOTTIME
   */
  decide(inode: number, isTarget: boolean, nowNs: number): void {
    const undecided = this.#namespaces.get(inode);
    if (undecided === undefined) return;
    this.#namespaces.delete(inode);
    undecided.verdict = isTarget ? 'target' : 'foreign';
    this.#bytes -= undecided.bytes;
    for (const [cpu, events] of undecided.noRoom.entries())
      add(isTarget ? this.pushedOut : this.foreign, cpu, events);
    for (const record of undecided.records.splice(0)) {
      if (isTarget || this.#isOwnPlace(viewOf(record))) this.#released.push(record);
      else {
        this.#heldEvents -= 1;
        add(this.foreign, record.cpu, 1);
      }
    }
    if (isTarget) return;
    this.foreignPackets += undecided.packets;
    this.#closed.delete(inode);
    this.#closedUntilNs = nowNs + programNs;
    this.#closed.set(inode, { untilNs: this.#closedUntilNs, undecided });
    const [oldest] = this.#closed.keys();
    if (this.#closed.size > maxClosed && oldest !== undefined) this.#closed.delete(oldest);
  }

  /**
   * Looks at a record, after `nextReleased` has said that there is nothing more.
   * @returns false when it is the session's; true when it is held, or counted as another's.
   */
  hold(record: EventRecord): boolean {
    // In most sessions it is so all the time.
    if (this.#packets === undefined && this.#namespaces.size + this.#closed.size === 0)
      return false;
    const undecided = this.#originOf(record);
    if (undecided === undefined || undecided.verdict === 'target') return false;
    if (undecided.verdict === 'held') {
      this.#keep(record, undecided);
      return true;
    }
    if (this.#isOwnPlace(record)) return false;
    add(this.foreign, record.cpu, 1);
    return true;
  }

  /** The next record that was let go, valid until the next call; undefined when there is none. */
  nextReleased(): EventRecord | undefined {
    const record = this.#released.shift();
    if (record === undefined) return undefined;
    this.#heldEvents -= 1;
    return viewOf(record);
  }

  /** The session is over: what has no verdict is never shown. */
  abandonAll(nowNs: number): void {
    for (const inode of [...this.#namespaces.keys()]) this.decide(inode, false, nowNs);
  }

  /** The undecided namespace in which the record's packet was seen first, or in which it is. */
  #originOf(record: EventRecord): Undecided | undefined {
    const word = record.offset >>> 2;
    const low = record.words[word + PACKET_WORD] ?? 0;
    const high = record.words[word + PACKET_WORD + 1] ?? 0;
    const place = (low | high) === 0 ? NONE : (this.#packets?.find(low, high) ?? NONE);
    if (place !== NONE) return this.#origins[place];
    const inode = (record.words[word + NETNS_WORD] ?? 0) >>> 0;
    const undecided = this.#namespaces.get(inode) ?? this.#closedAt(inode, record);
    if (undecided !== undefined && (low | high) !== 0) this.#note(low, high, undecided);
    return undecided;
  }

  #closedAt(inode: number, record: EventRecord): Undecided | undefined {
    // Records come in the order of their times.
    if (record.timeNs > this.#closedUntilNs) this.#closed.clear();
    const closed = this.#closed.get(inode);
    return closed !== undefined && record.timeNs <= closed.untilNs ? closed.undecided : undefined;
  }

  #note(low: number, high: number, undecided: Undecided): void {
    this.#packets ??= new PacketTable(maxPackets);
    if (this.#packets.size === this.#packets.capacity) this.#packets.remove(this.#packets.oldest);
    this.#origins[this.#packets.add(low, high)] = undecided;
    undecided.packets += 1;
    if (undecided.verdict === 'foreign') this.foreignPackets += 1;
  }

  #keep(record: EventRecord, undecided: Undecided): void {
    const lengthBytes = record.usedBytes;
    const isFull =
      undecided.bytes + lengthBytes > this.#namespaceBytes ||
      this.#bytes + lengthBytes > this.#allBytes;
    if (isFull) {
      add(undecided.noRoom, record.cpu, 1);
      return;
    }
    const memory = record.bytes.slice(record.offset, record.offset + lengthBytes).buffer;
    undecided.records.push({ cpu: record.cpu, memory });
    undecided.bytes += lengthBytes;
    this.#bytes += lengthBytes;
    this.#heldEvents += 1;
  }
}

function viewOf({ cpu, memory }: HeldRecord): EventRecord {
  return new EventRecord(cpu, memory);
}

function add(counts: Float64Array, cpu: number, events: number): void {
  counts[cpu] = (counts[cpu] ?? 0) + events;
}
