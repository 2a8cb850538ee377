import type { EventCursor } from '../event-decoder.ts';
import type { WallClock } from '../wall-clock.ts';
import { decimal64 } from './decimal64.ts';
import type { TextBuffer } from './text-buffer.ts';

const utf8 = new TextEncoder();
const BEGIN = '{"type":"event","time":"';
const SECOND = '2026-11-22T17:33:54.';
const DIGITS = 9;
const NS_PER_SECOND = 10 ** DIGITS;
const WALL_DIGITS_AT = BEGIN.length + SECOND.length;

/**
 * The beginning of a line of `-o json`, up to the digits of `bootTimeNs`. Within a second only nine digits of each time change:
 * the rest is copied from what was made for an earlier event.
 */
export class JsonTimes {
  readonly #wallClock: WallClock;
  /** Made for an event of this boot time; these are its nanoseconds within the second. */
  #pattern = new Uint8Array(0);
  #high = 0;
  #low = 0;
  #wallNs = Number.NaN;
  #bootNs = Number.NaN;

  constructor(wallClock: WallClock) {
    this.#wallClock = wallClock;
  }

  put(out: TextBuffer, { bootTimeNsHigh, bootTimeNsLow }: EventCursor): void {
    const sinceNs = (bootTimeNsHigh - this.#high) * 2 ** 32 + (bootTimeNsLow - this.#low);
    const wallNs = this.#wallNs + sinceNs;
    const bootNs = this.#bootNs + sinceNs;
    if (wallNs >= 0 && wallNs < NS_PER_SECOND && bootNs >= 0 && bootNs < NS_PER_SECOND) {
      const start = out.lengthBytes;
      out.bytes(this.#pattern);
      out.setNineDigits(start + WALL_DIGITS_AT, wallNs);
      out.setNineDigits(start + this.#pattern.length - DIGITS, bootNs);
    } else {
      this.#renew(bootTimeNsHigh, bootTimeNsLow);
      out.bytes(this.#pattern);
    }
  }

  #renew(high: number, low: number): void {
    const wall = this.#wallClock.format(high, low);
    const boot = decimal64(high, low);
    this.#pattern = utf8.encode(`${BEGIN}${wall}","bootTimeNs":"${boot}`);
    this.#high = high;
    this.#low = low;
    this.#wallNs = Number(wall.slice(SECOND.length, SECOND.length + DIGITS));
    // In the machine's first second there are fewer digits: nothing can be copied.
    this.#bootNs = boot.length > DIGITS ? Number(boot.slice(-DIGITS)) : Number.NaN;
  }
}
