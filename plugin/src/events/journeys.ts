import { pwru } from '../../../proto/gen/pwru.js';
import type { EventCursor } from './cursor.ts';
import type { Dictionary } from './dictionary.ts';
import { packetKey } from './packets.ts';

const { DropClass } = pwru.v1;
const TWO_32 = 2 ** 32;

/** Packets that are known at a time; the one that was seen first makes room. */
const MAX_PACKETS = 32_768;
/** Of one packet that are told apart; of further ones it is only known that there are some. */
const MAX_BUFFERS = 32;
/** A packet's end makes several events: when none has come for so long, by the kernel's clock or by ours, they are all there. */
const grace = { ns: 2_000_000, ms: 50 } as const;
/** What was lost is about to end: for that it has so long. Where nothing tells its end, it is told after this. */
const lostGrace = { ns: 1_000_000_000, ms: 1_000 } as const;

/**
 * - `dropped`: all of it that could reach the destination.
 * - `copy-dropped`: another copy went on, or arrived.
 * - `not-known`: dropped while another sk_buff had its bytes, a copy that may have arrived or a capture's.
 * - `discarded`: it had reached the socket or the protocol that it was for.
 * - `consumed`: without any drop.
 * - `waiting`: the end of an sk_buff of it was not seen when the session ended: it was in a queue or on its way, or nothing that
 *   is traced tells its end.
 * - `session-ended`: the same, and the session was cut off.
 * - `pushed-out`: too many others came.
 */
export type PacketEndKind =
  | 'dropped'
  | 'copy-dropped'
  | 'not-known'
  | 'discarded'
  | 'consumed'
  | 'waiting'
  | 'session-ended'
  | 'pushed-out';

/** Where a packet was seen: ids of the session's dictionary, 0 for none, and the inode number of the network namespace. */
export interface PacketPlace {
  readonly functionId: number;
  readonly netnsInode: number;
  readonly interfaceId: number;
}

export interface PacketDrop extends PacketPlace {
  /** Address of the sk_buff, as two unsigned halves. */
  readonly skbHigh: number;
  readonly skbLow: number;
  readonly reasonId: number;
  readonly locationId: number;
  readonly dropClass: pwru.v1.DropClass;
}

/** What became of a packet, as far as its events tell. */
export interface PacketEnd {
  /** Two unsigned halves. */
  readonly idHigh: number;
  readonly idLow: number;
  readonly kind: PacketEndKind;
  /** That were shown. */
  readonly events: number;
  /** CLOCK_BOOTTIME, nanoseconds, as two unsigned halves. */
  readonly firstBootTimeNsHigh: number;
  readonly firstBootTimeNsLow: number;
  /** From the first to the last of its events. */
  readonly durationNs: number;
  readonly first: PacketPlace;
  readonly last: PacketPlace;
  /** The gravest. */
  readonly drop: PacketDrop | undefined;
}

/** By class: which of two drops means more for the packet. */
const gravity: ReadonlyMap<pwru.v1.DropClass, number> = new Map(
  [
    DropClass.DROP_CLASS_UNSPECIFIED,
    DropClass.DROP_CLASS_NOT_A_PACKET,
    DropClass.DROP_CLASS_COPY,
    DropClass.DROP_CLASS_DISCARDED,
    DropClass.DROP_CLASS_UNWANTED,
    DropClass.DROP_CLASS_NOT_KNOWN,
    DropClass.DROP_CLASS_LOST,
  ].map((dropClass, index) => [dropClass, index]),
);

function placeOf({ functionId, netnsInode, interfaceId }: EventCursor): PacketPlace {
  return { functionId, netnsInode, interfaceId };
}

/** One packet on its way. */
class Journey {
  readonly idHigh: number;
  readonly idLow: number;
  readonly firstHigh: number;
  readonly firstLow: number;
  readonly first: PacketPlace;
  lastHigh: number;
  lastLow: number;
  events = 0;
  functionId = 0;
  netnsInode = 0;
  interfaceId = 0;
  drop: PacketDrop | undefined;
  /** Addresses of sk_buffs that have not ended, as numbers that tell them apart. */
  readonly #living: number[] = [];
  readonly #dropped: number[] = [];
  #hasMore = false;
  #hasEnded = false;
  /** An sk_buff of it ended without a drop. */
  #isConsumed = false;
  /** When it seemed to be over, by our clock. */
  endedAtMs = 0;

  constructor(cursor: EventCursor) {
    this.idHigh = cursor.packetIdHigh;
    this.idLow = cursor.packetIdLow;
    this.firstHigh = cursor.bootTimeNsHigh;
    this.firstLow = cursor.bootTimeNsLow;
    this.first = placeOf(cursor);
    this.lastHigh = this.firstHigh;
    this.lastLow = this.firstLow;
  }

  /** No sk_buff of it lives. */
  get isGone(): boolean {
    return this.#hasEnded && this.#living.length === 0 && !this.#hasMore;
  }

  /** What could reach the destination was dropped. */
  get isLost(): boolean {
    return this.drop?.dropClass === DropClass.DROP_CLASS_LOST;
  }

  get isOver(): boolean {
    return this.isGone || this.isLost;
  }

  /** Exact: a packet does not live for 104 days. The kernel may publish its events out of order. */
  get durationNs(): number {
    return Math.max(0, (this.lastHigh - this.firstHigh) * TWO_32 + (this.lastLow - this.firstLow));
  }

  see(buffer: number): void {
    if (this.#living.includes(buffer)) return;
    if (this.#living.length < MAX_BUFFERS) this.#living.push(buffer);
    else this.#hasMore = true;
  }

  /** The second time, nothing. Of a packet that was seen nowhere else, its end is the first thing that is seen. */
  end(buffer: number): void {
    if (!this.#hasEnded && this.#living.length === 0) this.see(buffer);
    const at = this.#living.indexOf(buffer);
    if (at < 0) return;
    this.#living.splice(at, 1);
    this.#hasEnded = true;
    const droppedAt = this.#dropped.indexOf(buffer);
    if (droppedAt < 0) this.#isConsumed = true;
    else this.#dropped.splice(droppedAt, 1);
  }

  noteDrop(buffer: number, drop: PacketDrop): void {
    this.see(buffer);
    if (!this.#dropped.includes(buffer)) this.#dropped.push(buffer);
    const before = gravity.get(this.drop?.dropClass ?? DropClass.DROP_CLASS_UNSPECIFIED) ?? 0;
    if (this.drop === undefined || (gravity.get(drop.dropClass) ?? 0) > before) this.drop = drop;
  }

  /** Of one that is over. */
  get kind(): PacketEndKind {
    const dropClass = this.drop?.dropClass;
    if (dropClass === undefined) return 'consumed';
    if (dropClass === DropClass.DROP_CLASS_COPY) return 'copy-dropped';
    if (dropClass === DropClass.DROP_CLASS_DISCARDED) return 'discarded';
    const isInDoubt = dropClass === DropClass.DROP_CLASS_NOT_KNOWN && this.#isConsumed;
    return isInDoubt ? 'not-known' : 'dropped';
  }
}

/**
 * What becomes of the packets of one session: each is told once, when it has ended or when nothing more will be known of it. Its
 * agent has to be asked for events of the kind END.
 */
export class Journeys {
  readonly #dictionary: Dictionary;
  readonly #tell: (end: PacketEnd) => void;
  readonly #now: () => number;
  readonly #packets = new Map<number | bigint, Journey>();
  /** Those that seem to be over, in this order: gone, and lost but not gone. */
  readonly #gone = new Set<Journey>();
  readonly #lost = new Set<Journey>();
  /** Of the last event. */
  #current: Journey | undefined;

  /** @param now monotonic, milliseconds */
  constructor(dictionary: Dictionary, tell: (end: PacketEnd) => void, now: () => number) {
    this.#dictionary = dictionary;
    this.#tell = tell;
    this.#now = now;
  }

  /** Takes in the event that `cursor` stands on. @param isShown it is a hit, which was shown */
  advance(cursor: EventCursor, isShown: boolean): void {
    // Most events are of the sk_buff of the one before, which goes on as it was.
    const isSame = this.#current !== undefined && cursor.repeatsIdentity;
    const journey = isSame ? this.#current : this.#journeyOf(cursor);
    if (journey === undefined) return;
    journey.lastHigh = cursor.bootTimeNsHigh;
    journey.lastLow = cursor.bootTimeNsLow;
    if (isShown) {
      journey.events++;
      journey.functionId = cursor.functionId;
      if (!isSame || !cursor.repeatsPacket) {
        journey.netnsInode = cursor.netnsInode;
        journey.interfaceId = cursor.interfaceId;
      }
    }
    if (!isSame || cursor.endsBuffer || cursor.dropReasonId !== 0) this.#follow(journey, cursor);
  }

  /** Tells of what has ended for good by now. @returns whether there is something that may be so soon */
  settle(): boolean {
    const nowMs = this.#now();
    this.#settle(this.#gone, (journey) => nowMs - journey.endedAtMs >= grace.ms);
    this.#settle(this.#lost, (journey) => nowMs - journey.endedAtMs >= lostGrace.ms);
    return this.#gone.size + this.#lost.size > 0;
  }

  /** Nothing more comes. @param isOrderly the agent has said that it has told all */
  close(isOrderly: boolean): void {
    const rest = isOrderly ? 'waiting' : 'session-ended';
    for (const journey of [...this.#packets.values()])
      this.#finish(journey, journey.isOver ? journey.kind : rest);
    this.#current = undefined;
  }

  /** Undefined when the event is of no known packet. */
  #journeyOf(cursor: EventCursor): Journey | undefined {
    const { packetIdHigh, packetIdLow } = cursor;
    const current = this.#current;
    if (current?.idLow === packetIdLow && current.idHigh === packetIdHigh) return current;
    this.#current =
      (packetIdHigh | packetIdLow) === 0
        ? undefined
        : this.#find(cursor, packetIdHigh, packetIdLow);
    return this.#current;
  }

  /** What happens to the sk_buff. */
  #follow(journey: Journey, cursor: EventCursor): void {
    const buffer = (cursor.skbAddressHigh & 0x1f_ffff) * TWO_32 + cursor.skbAddressLow;
    const hasDrop = cursor.dropReasonId !== 0;
    if (hasDrop) journey.noteDrop(buffer, this.#dropOf(cursor));
    if (cursor.endsBuffer) journey.end(buffer);
    else if (!hasDrop) journey.see(buffer);
    this.#noteEnding(journey);
  }

  #find(cursor: EventCursor, idHigh: number, idLow: number): Journey {
    this.#settleBefore(cursor);
    const key = packetKey(idHigh, idLow);
    const known = this.#packets.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.#packets.values();
    if (this.#packets.size >= MAX_PACKETS && oldest !== undefined)
      this.#finish(oldest, oldest.isOver ? oldest.kind : 'pushed-out');
    const journey = new Journey(cursor);
    this.#packets.set(key, journey);
    return journey;
  }

  /** Another packet's event shows how late it is. */
  #settleBefore(cursor: EventCursor): void {
    const sinceNs = ({ lastHigh, lastLow }: Journey) =>
      (cursor.bootTimeNsHigh - lastHigh) * TWO_32 + (cursor.bootTimeNsLow - lastLow);
    this.#settle(this.#gone, (journey) => sinceNs(journey) >= grace.ns);
    this.#settle(this.#lost, (journey) => sinceNs(journey) >= lostGrace.ns);
  }

  /** @param ending in the order in which they ended */
  #settle(ending: ReadonlySet<Journey>, isDue: (journey: Journey) => boolean): void {
    for (const journey of ending) {
      if (!isDue(journey)) return;
      this.#finish(journey, journey.kind);
    }
  }

  #noteEnding(journey: Journey): void {
    const ending = journey.isGone ? this.#gone : journey.isLost ? this.#lost : undefined;
    if (ending?.has(journey)) return;
    this.#gone.delete(journey);
    this.#lost.delete(journey);
    journey.endedAtMs = this.#now();
    ending?.add(journey);
  }

  #finish(journey: Journey, kind: PacketEndKind): void {
    const { idHigh, idLow, events, drop, durationNs } = journey;
    this.#gone.delete(journey);
    this.#lost.delete(journey);
    this.#packets.delete(packetKey(idHigh, idLow));
    if (this.#current === journey) this.#current = undefined;
    if (events === 0) return;
    this.#tell({
      ...{ idHigh, idLow, kind, events, durationNs, drop },
      ...{ firstBootTimeNsHigh: journey.firstHigh, firstBootTimeNsLow: journey.firstLow },
      first: journey.first,
      last: {
        ...{ functionId: journey.functionId, netnsInode: journey.netnsInode },
        interfaceId: journey.interfaceId,
      },
    });
  }

  #dropOf(cursor: EventCursor): PacketDrop {
    return {
      ...placeOf(cursor),
      reasonId: cursor.dropReasonId,
      ...{ skbHigh: cursor.skbAddressHigh, skbLow: cursor.skbAddressLow },
      locationId: cursor.dropLocationId,
      dropClass: this.#dictionary.dropClass(cursor.dropReasonId),
    };
  }
}
