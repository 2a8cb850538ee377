import { dropClasses, verdictNumbers, verdictOf } from '../../core/drops/drop-class.ts';
import { gravity } from '../../core/drops/drop-gravity.ts';
import { type DropJudge, stampVerdict } from '../../core/drops/drop-judge.ts';
import {
  PWRU_FLAG_CAPTURE,
  PWRU_FLAG_DROP,
  PWRU_FLAG_FREED,
  RECORD,
} from '../../core/record/layout.ts';
import { PacketTable } from '../../core/record/packet-table.ts';
import type { EventRecord } from '../../core/record/record-view.ts';
import { HeldRecords } from './held-records.ts';
import { PacketCopies } from './packet-copies.ts';
import { ReportedPackets } from './reported-packets.ts';

const NONE = -1;
const PACKET_WORD = RECORD.packet_id.offset / 4;

/** So long a packet with a dropped copy waits for the end of its other copies. */
const patienceNs = 5_000_000_000;

/** Packets that were pushed out and are remembered, so that what is missing is counted if they are dropped later. */
const pushedOutPackets = 65_536;

export interface DropJourneysOptions {
  /** Whether records carry call stacks. */
  readonly stack: boolean;
  /** One more than the largest CPU number. */
  readonly cpus: number;
  readonly judge: DropJudge;
  /** Whether PWRU_FLAG_ENDED is told: in a session with release hooks. */
  readonly tellsFirstEnds: boolean;
  /** Ends that nobody sees (EventRecord.isEnd) are events of their packet as hits are; else they only decide. Default false. */
  readonly reportsEnds?: boolean;
  /** Report drops of every class; else those of lost packets. */
  readonly showsAll: boolean;
  /** Packets whose fate is waited for at a time, and that are remembered as reported; a power of two. Default 8,192. */
  readonly maxPackets?: number;
  /** Memory for held records, in bytes, if the session has the usual. Default 16 MiB. */
  readonly maxBytes?: number;
  /** As TraceSpec.heldShare; default 1. */
  readonly heldShare?: number;
}

/**
 * Holds back the records of a packet until its fate is known, so that only packets that were lost are reported, with all
 * their events. A packet is lost when its last copy that could reach its destination is dropped; `drop-class.ts` tells what
 * the drop of one copy means, `PacketCopies` which others live. So a record that says PWRU_FLAG_DROP lets go of what is
 * held, in the order in which it came, at once when no other copy lives, else when the last of them has ended. A packet
 * whose copies have all ended otherwise is forgotten (`withheld`). Records come out late: between packets they are not in
 * the order of time.
 *
 * Bounded: the oldest packet is pushed out when a new one does not fit. Its records count as withheld, and as `pushedOut`
 * when it is lost after all. A record without a packet id is judged by itself.
 */
export class DropJourneys {
  /** Events by CPU number. */
  readonly withheld: Float64Array;
  readonly pushedOut: Float64Array;
  /**
   * Packets with drops by class (index: DropClass); each once for each time that all its copies had ended, and of one that was
   * reported for each drop that meant more for it than those before.
   */
  readonly packets = new Float64Array(8);
  readonly #judge: DropJudge;
  readonly #showsAll: boolean;
  readonly #reportsEnds: boolean;
  readonly #undecided: PacketTable;
  readonly #reported: ReportedPackets;
  readonly #copies: PacketCopies;
  readonly #records: HeldRecords;
  /** In `#records`, behind those of undecided packets. */
  readonly #placeOfLaterDrops: number;
  /** By place in `#undecided`: the gravest verdict on its dropped copies, 0 for none. */
  readonly #verdicts: Uint8Array;
  /** By place: bits of enum pwru_drop_fact about the receiving socket, as functions that were hit before a drop imply them. */
  readonly #receivers: Uint32Array;
  /** By place: records of it that had to be given up, and the CPU that they are counted on. */
  readonly #givenUp: Uint32Array;
  readonly #givenUpCpu: Uint32Array;
  /** Places of packets with a drop that wait for other copies, and since when (time of the drop, ns), oldest first. */
  readonly #waiting = new Map<number, number>();
  readonly #pushedOutPackets = new PacketTable(pushedOutPackets);
  /** By place in `#pushedOutPackets`. */
  readonly #pushedOutEvents = new Uint32Array(pushedOutPackets);
  readonly #pushedOutCpu = new Uint32Array(pushedOutPackets);

  constructor(options: DropJourneysOptions) {
    const { stack, cpus, maxPackets = 8_192, heldShare = 1 } = options;
    const { maxBytes: usualBytes = 16 * 1024 * 1024 } = options;
    const maxBytes = usualBytes * heldShare;
    this.withheld = new Float64Array(cpus);
    this.pushedOut = new Float64Array(cpus);
    this.#judge = options.judge;
    this.#showsAll = options.showsAll;
    this.#reportsEnds = options.reportsEnds ?? false;
    this.#undecided = new PacketTable(maxPackets);
    this.#reported = new ReportedPackets(maxPackets, options.judge);
    this.#copies = new PacketCopies(maxPackets, options.tellsFirstEnds);
    this.#placeOfLaterDrops = maxPackets;
    this.#records = new HeldRecords({ capacity: maxPackets + 1, maxBytes, stack });
    this.#verdicts = new Uint8Array(maxPackets);
    this.#receivers = new Uint32Array(maxPackets);
    this.#givenUp = new Uint32Array(maxPackets);
    this.#givenUpCpu = new Uint32Array(maxPackets);
  }

  /** Records that wait for their packet's fate, or to be handed out. */
  get heldEvents(): number {
    return this.#records.held;
  }

  /**
   * Decides about one record, after `nextReleased` has said that there is nothing more.
   * @returns true when it is to be reported at once; false when it is counted, held, or comes out of `nextReleased`.
   */
  admit(record: EventRecord): boolean {
    const word = record.offset >>> 2;
    const low = record.words[word + PACKET_WORD] ?? 0;
    const high = record.words[word + PACKET_WORD + 1] ?? 0;
    if ((low | high) === 0) return this.#admitAlone(record);
    const reported = this.#reported.find(low, high);
    if (reported !== NONE) return this.#admitLater(reported, record);
    let place = this.#undecided.find(low, high);
    if (place === NONE) {
      if (record.isEnd) {
        count(this.withheld, record.cpu, 1);
        return false;
      }
      place = this.#addPacket(low, high);
    }
    if (record.isEnd && !this.#reportsEnds) count(this.withheld, record.cpu, 1);
    else this.#hold(record, place);
    if ((record.flags & PWRU_FLAG_DROP) !== 0) this.#noteDrop(record, place);
    else this.#noteHit(record, place);
    this.#decide(place, record);
    return false;
  }

  /** Whether `nextReleased` has something. */
  get hasReleased(): boolean {
    return this.#records.hasReleased;
  }

  /** The next record that was let go, valid until the next call; undefined when there is none. */
  nextReleased(): EventRecord | undefined {
    return this.#records.nextReleased();
  }

  /**
   * Decides about packets whose other copies have not ended for too long: one that was seen lives on, of one that only the kernel
   * has counted nothing is known.
   * @param nowNs CLOCK_BOOTTIME up to which all records were admitted
   */
  decideOverdue(nowNs: number): void {
    for (const [place, sinceNs] of this.#waiting) {
      if (sinceNs > nowNs - patienceNs) return;
      this.#settle(place, this.#verdictWhileCopiesLive(place));
    }
  }

  /** The session is over: what is still held was not lost while it ran. */
  withholdAll(): void {
    this.decideOverdue(Number.POSITIVE_INFINITY);
    for (let place = this.#undecided.oldest; place !== NONE; place = this.#undecided.oldest) {
      this.#withhold(place);
    }
  }

  /** Its packet cannot be told from others. */
  #admitAlone(record: EventRecord): boolean {
    if ((record.flags & PWRU_FLAG_DROP) === 0) {
      count(record.isEnd ? this.withheld : this.pushedOut, record.cpu, 1);
      return false;
    }
    const { class: dropClass } = verdictOf(this.#judge.verdictAlone(record));
    const isShown = this.#shows(dropClass);
    count(this.packets, dropClass, 1);
    if (!isShown) count(this.withheld, record.cpu, 1);
    return isShown;
  }

  /** Something of a packet that was reported. */
  #admitLater(reported: number, record: EventRecord): boolean {
    if (record.isEnd && this.#reportsEnds) return true;
    if (record.isEnd) {
      count(this.withheld, record.cpu, 1);
      return false;
    }
    if ((record.flags & PWRU_FLAG_DROP) === 0) {
      this.#reported.noteHit(reported, record);
      return true;
    }
    this.#reportLaterDrop(reported, record);
    return false;
  }

  /** The verdict is written into a copy: a ring's memory is the kernel's. */
  #reportLaterDrop(reported: number, record: EventRecord): void {
    const place = this.#placeOfLaterDrops;
    this.#hold(record, place);
    this.#records.forEach(place, (held) => {
      const graver = this.#reported.noteDrop(reported, held);
      if (graver !== undefined) count(this.packets, graver, 1);
    });
    this.#records.release(place);
  }

  #noteHit(record: EventRecord, place: number): void {
    if (this.#judge.isSolicitation(record)) this.#copies.setAside(place, record);
    else this.#copies.note(place, record);
    this.#receivers[place] = this.#judge.receiverFacts(record) || (this.#receivers[place] ?? 0);
  }

  #noteDrop(record: EventRecord, place: number): void {
    const verdict = this.#judge.verdict(record, this.#receivers[place]);
    const { class: dropClass } = verdictOf(verdict);
    const isCapture = (record.flags & PWRU_FLAG_CAPTURE) !== 0;
    const isGravest = gravity(verdict) >= gravity(this.#verdicts[place] ?? 0);
    this.#copies.noteDrop(place, record, isGravest);
    if (dropClass === dropClasses.discarded) this.#copies.setDroppedArrived(place);
    // What becomes of a capture's copy says nothing of the packet.
    if (isCapture && dropClass === dropClasses.copy && !this.#showsAll) return;
    if (isGravest) this.#verdicts[place] = verdict;
  }

  /** Whether the packet's fate is known now that this record has come. */
  #decide(place: number, record: EventRecord): void {
    const hasDrop = this.#verdicts[place] !== verdictNumbers.undecided;
    if (hasDrop && this.#isLost(place)) {
      this.#settle(place);
    } else if (this.#copies.isAnyAlive(place)) {
      if (hasDrop && !this.#waiting.has(place)) this.#waiting.set(place, record.timeNs);
    } else if (hasDrop) {
      this.#settle(place);
    } else if (this.#copies.hasArrived(place) || (record.flags & PWRU_FLAG_FREED) !== 0) {
      this.#withhold(place);
    }
  }

  /** Without one of its fragments, whatever becomes of the others. */
  #isLost(place: number): boolean {
    const { class: dropClass } = verdictOf(this.#finalVerdict(place));
    return dropClass === dropClasses.lost && !this.#copies.isDroppedAlive(place);
  }

  #settle(place: number, verdict = this.#finalVerdict(place)): void {
    const { class: dropClass } = verdictOf(verdict);
    count(this.packets, dropClass, 1);
    if (this.#shows(dropClass)) this.#report(place, verdict);
    else this.#withhold(place);
  }

  #finalVerdict(place: number): number {
    const verdict = this.#verdicts[place] ?? 0;
    const { class: dropClass, isLossOfSender = false } = verdictOf(verdict);
    if (dropClass !== dropClasses.lost && dropClass !== dropClasses.unwanted) return verdict;
    if (this.#copies.hasDroppedArrived(place)) return verdictNumbers.copy;
    return isLossOfSender && this.#copies.isSentHere(place) ? verdictNumbers.lost : verdict;
  }

  #verdictWhileCopiesLive(place: number): number {
    if (this.#copies.isDroppedSeenAlive(place)) this.#copies.setDroppedArrived(place);
    const verdict = this.#finalVerdict(place);
    const { class: dropClass } = verdictOf(verdict);
    return dropClass === dropClasses.lost ? verdictNumbers.notKnown : verdict;
  }

  #shows(dropClass: number): boolean {
    return this.#showsAll || dropClass === dropClasses.lost;
  }

  /** Lets go of what is held for the packet; what comes later for it is reported at once. */
  #report(place: number, verdict: number): void {
    const { class: dropClass } = verdictOf(verdict);
    this.#records.forEach(place, (record) => {
      if ((record.flags & PWRU_FLAG_DROP) === 0) return;
      const own = this.#judge.verdict(record, this.#receivers[place]);
      const isOwn = ![dropClasses.lost, dropClasses.unwanted].some(
        (changing) => changing === verdictOf(own).class,
      );
      const shown = isOwn || dropClass === dropClasses.unwanted ? own : verdict;
      stampVerdict(record, shown);
    });
    const low = this.#undecided.lowOf(place);
    const high = this.#undecided.highOf(place);
    this.#reported.add(low, high, {
      verdict,
      receiver: this.#receivers[place] ?? 0,
      hasArrived: this.#copies.hasWholeArrived(place),
    });
    this.#countLosses(place, low, high);
    this.#records.release(place);
    this.#remove(place);
  }

  /** What had to be given up of a packet that is reported now is lost. */
  #countLosses(place: number, low: number, high: number): void {
    this.#moveToPushedOut(this.#givenUp[place] ?? 0, this.#givenUpCpu[place] ?? 0);
    const before = this.#pushedOutPackets.find(low, high);
    if (before === NONE) return;
    this.#moveToPushedOut(this.#pushedOutEvents[before] ?? 0, this.#pushedOutCpu[before] ?? 0);
    this.#pushedOutPackets.remove(before);
  }

  #moveToPushedOut(events: number, cpu: number): void {
    count(this.withheld, cpu, -events);
    count(this.pushedOut, cpu, events);
  }

  #withhold(place: number): void {
    while (this.#records.count(place) > 0) count(this.withheld, this.#records.shift(place), 1);
    this.#remove(place);
  }

  #remove(place: number): void {
    this.#waiting.delete(place);
    this.#undecided.remove(place);
  }

  #hold(record: EventRecord, place: number): void {
    while (this.#records.isFull) this.#makeRoom(place);
    this.#records.push(place, record);
  }

  /** Gives up the oldest packet, or the oldest record of the one that wants room when there is no other. */
  #makeRoom(place: number): void {
    const { oldest } = this.#undecided;
    if (oldest !== place) {
      this.#pushOut(oldest);
      return;
    }
    this.#giveUpOldest(place);
  }

  #giveUpOldest(place: number): void {
    const cpu = this.#records.shift(place);
    if (this.#givenUp[place] === 0) this.#givenUpCpu[place] = cpu;
    this.#givenUp[place] = (this.#givenUp[place] ?? 0) + 1;
    count(this.withheld, this.#givenUpCpu[place] ?? 0, 1);
  }

  /** Counts what is held of the packet as withheld, and remembers how much that was. */
  #pushOut(place: number): void {
    while (this.#records.count(place) > 0) this.#giveUpOldest(place);
    if (this.#verdicts[place] !== verdictNumbers.undecided) {
      // A drop that waited for other copies.
      const { class: dropClass } = verdictOf(this.#verdictWhileCopiesLive(place));
      count(this.packets, dropClass, 1);
    } else {
      this.#rememberPushedOut(place);
    }
    this.#remove(place);
  }

  #rememberPushedOut(place: number): void {
    const low = this.#undecided.lowOf(place);
    const high = this.#undecided.highOf(place);
    const packets = this.#pushedOutPackets;
    let known = packets.find(low, high);
    if (known === NONE) {
      if (packets.size === packets.capacity) packets.remove(packets.oldest);
      known = packets.add(low, high);
      this.#pushedOutEvents[known] = 0;
      this.#pushedOutCpu[known] = this.#givenUpCpu[place] ?? 0;
    }
    const cpu = this.#givenUpCpu[place] ?? 0;
    const events = this.#givenUp[place] ?? 0;
    // All of a packet's are counted on one CPU, so that they can be moved together.
    count(this.withheld, cpu, -events);
    count(this.withheld, this.#pushedOutCpu[known] ?? 0, events);
    this.#pushedOutEvents[known] = (this.#pushedOutEvents[known] ?? 0) + events;
  }

  #addPacket(low: number, high: number): number {
    if (this.#undecided.size === this.#undecided.capacity) this.#pushOut(this.#undecided.oldest);
    const place = this.#undecided.add(low, high);
    this.#copies.reset(place);
    this.#verdicts[place] = verdictNumbers.undecided;
    this.#receivers[place] = 0;
    this.#givenUp[place] = 0;
    return place;
  }
}

function count(counts: Float64Array, index: number, events: number): void {
  counts[index] = (counts[index] ?? 0) + events;
}
