import { readClockNs } from '../native/clock.ts';

const remeasureAfterMs = 1_000;
const samples = 3;

/**
 * CLOCK_BOOTTIME without a system call through koffi each time: Node's monotonic clock plus an offset, which is measured
 * again each second. The two differ by the time that the machine was suspended: after a resume `nowNs` is too early, by
 * as long as the sleep was, for at most a second, and never too late.
 */
export class BootClock {
  #offsetNs = 0;
  #measuredAtMs = -Infinity;

  /** Nanoseconds on CLOCK_BOOTTIME, to about 1 us. */
  nowNs(): number {
    const nowMs = performance.now();
    if (nowMs - this.#measuredAtMs >= remeasureAfterMs) this.#measure();
    return nowMs * 1e6 + this.#offsetNs;
  }

  /** What to add to a time of CLOCK_BOOTTIME for the wall clock, in nanoseconds, now. */
  wallOffsetNs(): bigint {
    return readClockNs('CLOCK_REALTIME') - readClockNs('CLOCK_BOOTTIME');
  }

  /** Takes the sample that was read fastest, in which the process was not interrupted. */
  #measure(): void {
    let shortestMs = Infinity;
    for (let sample = 0; sample < samples; sample++) {
      const beforeMs = performance.now();
      const bootNs = Number(readClockNs('CLOCK_BOOTTIME'));
      const afterMs = performance.now();
      if (afterMs - beforeMs >= shortestMs) continue;
      shortestMs = afterMs - beforeMs;
      this.#offsetNs = bootNs - ((beforeMs + afterMs) / 2) * 1e6;
      this.#measuredAtMs = afterMs;
    }
  }
}
