import type { EventCursor } from './cursor.ts';

const TWO_32 = 2 ** 32;
/** Packets remembered: the last 32,768 different ones surely, up to twice that. */
const GENERATION_PACKETS = 32_768;

interface KnownTimes {
  /** Nanoseconds since the first event of the session. */
  readonly firstNs: number;
  lastNs: number;
}

/** Where an event stands among those of its packet. */
export interface PacketTimes {
  /** Nanoseconds since the packet's first event; 0 for a packet without identity. */
  readonly sinceFirstNs: number;
  /** Since the packet's previous event. Can be negative: the kernel may publish events of one packet out of order. */
  readonly sincePreviousNs: number;
}

/**
 * Times of a packet's events relative to each other. Remembers a bounded number of packets: a packet of which more than
 * 32,768 other packets were seen since may begin anew at 0. (Two generations of maps instead of an exact LRU: a look-up
 * then costs no reordering.)
 */
export class PacketClock implements PacketTimes {
  #recent = new Map<number | bigint, KnownTimes>();
  #older = new Map<number | bigint, KnownTimes>();
  #originHigh = 0;
  #originLow = 0;
  #hasOrigin = false;
  /** Of the last event that had a packet id; most events are of the packet of the one before. */
  #lastIdHigh = 0;
  #lastIdLow = 0;
  #lastTimes: KnownTimes | undefined;

  /** Of the event last given to `advance`, as the next one. */
  sinceFirstNs = 0;
  sincePreviousNs = 0;

  /** Takes in the event that `cursor` stands on. */
  advance(cursor: EventCursor): void {
    if (!this.#hasOrigin) {
      this.#hasOrigin = true;
      this.#originHigh = cursor.bootTimeNsHigh;
      this.#originLow = cursor.bootTimeNsLow;
    }
    // Exact below 2^53 ns, that is for sessions of up to 104 days, whatever the machine's uptime.
    const nowNs =
      (cursor.bootTimeNsHigh - this.#originHigh) * TWO_32 +
      (cursor.bootTimeNsLow - this.#originLow);
    const { packetIdHigh, packetIdLow } = cursor;
    if ((packetIdHigh | packetIdLow) === 0) {
      this.sinceFirstNs = 0;
      this.sincePreviousNs = 0;
      return;
    }
    let times = this.#lastTimes;
    if (
      times === undefined ||
      packetIdLow !== this.#lastIdLow ||
      packetIdHigh !== this.#lastIdHigh
    ) {
      times = this.#timesOf(packetKey(packetIdHigh, packetIdLow), nowNs);
      this.#lastIdHigh = packetIdHigh;
      this.#lastIdLow = packetIdLow;
      this.#lastTimes = times;
    }
    this.sinceFirstNs = nowNs - times.firstNs;
    this.sincePreviousNs = nowNs - times.lastNs;
    times.lastNs = nowNs;
  }

  /** Of a packet that is not known: from now on. */
  #timesOf(id: number | bigint, nowNs: number): KnownTimes {
    const recent = this.#recent.get(id);
    if (recent !== undefined) return recent;
    const times = this.#older.get(id) ?? { firstNs: nowNs, lastNs: nowNs };
    if (this.#recent.size >= GENERATION_PACKETS) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(id, times);
    return times;
  }
}

/** A number where that is exact, else a BigInt. */
export function packetKey(high: number, low: number): number | bigint {
  return high < 2 ** 21 ? high * TWO_32 + low : (BigInt(high) << 32n) | BigInt(low);
}
