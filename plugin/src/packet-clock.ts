import type { EventCursor } from './event-decoder.ts';

const TWO_32 = 2 ** 32;
/** Packets remembered: the last 32,768 different ones surely, up to twice that. */
const GENERATION_PACKETS = 32_768;

interface PacketTimes {
  /** Nanoseconds since the first event of the session. */
  readonly firstNs: number;
  lastNs: number;
}

/**
 * Times of a packet's events relative to each other. Remembers a bounded number of packets: a packet of which more than
 * 32,768 other packets were seen since may begin anew at 0. (Two generations of maps instead of an exact LRU: a look-up
 * then costs no reordering.)
 */
export class PacketClock {
  #recent = new Map<number | bigint, PacketTimes>();
  #older = new Map<number | bigint, PacketTimes>();
  #originHigh = 0;
  #originLow = 0;
  #hasOrigin = false;

  /** Since the packet's first event, of the event last given to `advance`; 0 for a packet without identity. */
  sinceFirstNs = 0;
  /** Since the packet's previous event. Can be negative: the kernel may publish events of one packet out of order. */
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
    const id = packetKey(cursor.packetIdHigh, cursor.packetIdLow);
    const times = id === 0 ? undefined : this.#timesOf(id);
    if (times === undefined) {
      this.sinceFirstNs = 0;
      this.sincePreviousNs = 0;
      if (id !== 0) this.#remember(id, { firstNs: nowNs, lastNs: nowNs });
      return;
    }
    this.sinceFirstNs = nowNs - times.firstNs;
    this.sincePreviousNs = nowNs - times.lastNs;
    times.lastNs = nowNs;
  }

  #timesOf(id: number | bigint): PacketTimes | undefined {
    const recent = this.#recent.get(id);
    if (recent !== undefined) return recent;
    const older = this.#older.get(id);
    if (older !== undefined) this.#remember(id, older);
    return older;
  }

  #remember(id: number | bigint, times: PacketTimes): void {
    if (this.#recent.size >= GENERATION_PACKETS) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(id, times);
  }
}

/** A number where that is exact, else a BigInt; 0 only for 0. */
function packetKey(high: number, low: number): number | bigint {
  return high < 2 ** 21 ? high * TWO_32 + low : (BigInt(high) << 32n) | BigInt(low);
}
