import {
  type DropClass,
  dropClasses,
  verdictNumbers,
  verdictOf,
} from '../../core/drops/drop-class.ts';
import { gravity } from '../../core/drops/drop-gravity.ts';
import { type DropJudge, dropFacts, stampVerdict } from '../../core/drops/drop-judge.ts';
import { pieceOf, WHOLE } from '../../core/record/datagram-piece.ts';
import { PWRU_DROP_SHARERS } from '../../core/record/layout.ts';
import { PacketTable } from '../../core/record/packet-table.ts';
import type { EventRecord } from '../../core/record/record-view.ts';

/** What is known of a packet when it is reported. */
export interface ReportedPacket {
  /** The packet's. */
  readonly verdict: number;
  /** Bits of enum pwru_drop_fact about the receiving socket. */
  readonly receiver: number;
  /** All of it has reached its destination, whatever became of it there. */
  readonly hasArrived: boolean;
}

/**
 * Packets that were reported, so that what comes later of one is reported too, and a later drop is judged by what is known of
 * its packet: of one that TCP sends again, say. The packet that was reported first makes room for a new one.
 */
export class ReportedPackets {
  readonly #judge: DropJudge;
  readonly #packets: PacketTable;
  /** By place: the gravest so far. */
  readonly #verdicts: Uint8Array;
  readonly #receivers: Uint32Array;
  readonly #hasArrived: Uint8Array;

  /** @param capacity a power of two */
  constructor(capacity: number, judge: DropJudge) {
    this.#judge = judge;
    this.#packets = new PacketTable(capacity);
    this.#verdicts = new Uint8Array(capacity);
    this.#receivers = new Uint32Array(capacity);
    this.#hasArrived = new Uint8Array(capacity);
  }

  /** Place of a packet by the words of its id; -1 when it is not one of them. */
  find(low: number, high: number): number {
    return this.#packets.find(low, high);
  }

  /** One that `find` does not know. */
  add(low: number, high: number, { verdict, receiver, hasArrived }: ReportedPacket): void {
    const packets = this.#packets;
    if (packets.size === packets.capacity) packets.remove(packets.oldest);
    const place = packets.add(low, high);
    this.#verdicts[place] = verdict;
    this.#receivers[place] = receiver;
    this.#hasArrived[place] = hasArrived ? 1 : 0;
  }

  noteHit(place: number, record: EventRecord): void {
    this.#receivers[place] = this.#judge.receiverFacts(record) || (this.#receivers[place] ?? 0);
  }

  /**
   * Writes the verdict into the record.
   * @returns the class that the packet is of now, if this drop means more for it than those before
   */
  noteDrop(place: number, record: EventRecord): DropClass | undefined {
    const verdict = this.#verdict(place, record);
    stampVerdict(record, verdict);
    if (gravity(verdict) <= gravity(this.#verdicts[place] ?? 0)) return undefined;
    this.#verdicts[place] = verdict;
    return verdictOf(verdict).class;
  }

  #verdict(place: number, record: EventRecord): number {
    const own = this.#judge.verdict(record, this.#receivers[place]);
    const { class: dropClass } = verdictOf(own);
    if (dropClass !== dropClasses.lost && dropClass !== dropClasses.unwanted) return own;
    const isWhole = (pieceOf(record) ?? WHOLE) === WHOLE;
    if (isWhole && this.#hasArrived[place] === 1) return verdictNumbers.copy;
    const isShared = (dropFacts(record) & PWRU_DROP_SHARERS) !== 0;
    return isShared && own === verdictNumbers.lost ? verdictNumbers.notKnown : own;
  }
}
