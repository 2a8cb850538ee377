import type Long from 'long';

const NS_PER_SECOND = 1_000_000_000;
const TWO_32 = 2 ** 32;

/**
 * Turns boot times of one node into UTC wall-clock time, exactly to the nanosecond: both are 64-bit numbers beyond
 * what a JavaScript number holds, so seconds and nanoseconds are kept apart.
 */
export class WallClock {
  readonly #offsetSeconds: number;
  /** 0 to 999,999,999. */
  readonly #offsetNs: number;
  #cachedSecond = Number.NaN;
  #cachedText = '';

  /** @param bootToWallNs `Started.boot_to_wall_ns` */
  constructor(bootToWallNs: Long) {
    const offset = BigInt(bootToWallNs.toString());
    const ns = ((offset % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
    this.#offsetNs = Number(ns);
    this.#offsetSeconds = Number((offset - ns) / 1_000_000_000n);
  }

  /** RFC 3339 with nine decimals, `2026-11-22T17:33:54.123456789Z`, of the boot time high * 2^32 + low. */
  format(bootTimeNsHigh: number, bootTimeNsLow: number): string {
    let seconds: number;
    let ns: number;
    if (bootTimeNsHigh < 2 ** 21) {
      const bootTimeNs = bootTimeNsHigh * TWO_32 + bootTimeNsLow;
      ns = bootTimeNs % NS_PER_SECOND;
      seconds = (bootTimeNs - ns) / NS_PER_SECOND;
    } else {
      const bootTimeNs = (BigInt(bootTimeNsHigh) << 32n) | BigInt(bootTimeNsLow);
      seconds = Number(bootTimeNs / 1_000_000_000n);
      ns = Number(bootTimeNs % 1_000_000_000n);
    }
    seconds += this.#offsetSeconds;
    ns += this.#offsetNs;
    if (ns >= NS_PER_SECOND) {
      seconds++;
      ns -= NS_PER_SECOND;
    }
    return `${this.#secondText(seconds)}.${String(ns).padStart(9, '0')}Z`;
  }

  /** The same as milliseconds since 1970, with a fraction. */
  milliseconds(bootTimeNsHigh: number, bootTimeNsLow: number): number {
    const offsetMs = this.#offsetSeconds * 1_000 + this.#offsetNs / 1e6;
    return offsetMs + (bootTimeNsHigh * TWO_32 + bootTimeNsLow) / 1e6;
  }

  #secondText(seconds: number): string {
    if (seconds !== this.#cachedSecond) {
      this.#cachedSecond = seconds;
      this.#cachedText = new Date(seconds * 1_000).toISOString().slice(0, -'.000Z'.length);
    }
    return this.#cachedText;
  }
}
