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

/** One question for the time of a remote clock; all nanoseconds since 1970, ours before and after, its own in between. */
export interface ClockSample {
  readonly askedNs: bigint;
  readonly remoteNs: bigint;
  readonly answeredNs: bigint;
}

/** What has to be added to our time to get the remote's. */
export interface ClockOffset {
  readonly offsetNs: bigint;
  /** The true offset is at most this far away, as long as no clock was set. */
  readonly uncertaintyNs: bigint;
}

/**
 * Each sample bounds the offset: the remote clock was read after we asked and before we had the answer. Where all bounds
 * overlap, the middle is taken; when they do not, since a clock was set, the shortest round trip decides.
 * @param samples at least one
 */
export function clockOffset(samples: readonly ClockSample[]): ClockOffset {
  const bounds = samples.map(({ askedNs, remoteNs, answeredNs }) => ({
    least: remoteNs - answeredNs,
    most: remoteNs - askedNs,
  }));
  const least = bounds.reduce((a, b) => (b.least > a.least ? b : a)).least;
  const most = bounds.reduce((a, b) => (b.most < a.most ? b : a)).most;
  const narrowest = bounds.reduce((a, b) => (b.most - b.least < a.most - a.least ? b : a));
  const range = least <= most ? { least, most } : narrowest;
  const width = range.most - range.least;
  return { offsetNs: range.least + width / 2n, uncertaintyNs: (width + 1n) / 2n };
}

/** The common time of all nodes of a trace, beginning with the trace. */
export class TimeLine {
  /** Nanoseconds since 1970. */
  readonly #originNs: bigint;
  readonly #clocks = new ClockAgreement();

  constructor(originMs: number) {
    this.#originNs = BigInt(Math.round(originMs)) * 1_000_000n;
  }

  /** What was measured of a node, before its session begins. */
  measured(node: string, clock: ClockOffset): void {
    this.#clocks.measured(node, clock);
  }

  /** What to take from the wall-clock times of a node whose clock was measured, when its session begins. */
  correctionNs(clock: ClockOffset): bigint {
    return this.#clocks.correctionNs(clock);
  }

  /** The boot time of a node at which the time line begins; negative where it was started later. */
  bootOriginNs(bootToWallNs: Long, correctionNs: bigint): bigint {
    return this.#originNs + correctionNs - BigInt(bootToWallNs.toString());
  }
}

/** Where a clock's offset may be, in nanoseconds. */
interface Interval {
  readonly leastNs: bigint;
  readonly mostNs: bigint;
}

/**
 * Whose clock can be believed. Nodes are told the time by a common source, better than it can be measured through a tunnel;
 * so clocks that may be the same, as far as measured, are taken as the same, however far away this machine's own is.
 * The largest number of nodes that agree has the time of the trace, once the first session begins; a clock that cannot be the
 * same is corrected by its measured distance from it.
 */
export class ClockAgreement {
  readonly #measured = new Map<string, Interval>();
  /** Undefined: no session has begun. Events are printed by it, so it becomes more exact and never another one. */
  #common: Interval | undefined;

  /** What was measured of a node, before its session begins. */
  measured(node: string, clock: ClockOffset): void {
    if (this.#common === undefined) this.#measured.set(node, intervalOf(clock));
  }

  /** Nanoseconds to take from this node's wall-clock times, so that they compare with those of the others. */
  correctionNs(clock: ClockOffset): bigint {
    const own = intervalOf(clock);
    this.#common ??= agreedBy([...this.#measured.values()]) ?? own;
    const overlap = overlapOf(own, this.#common);
    if (overlap === undefined) {
      return clock.offsetNs - (this.#common.leastNs + this.#common.mostNs) / 2n;
    }
    this.#common = overlap;
    return 0n;
  }
}

function intervalOf({ offsetNs, uncertaintyNs }: ClockOffset): Interval {
  return { leastNs: offsetNs - uncertaintyNs, mostNs: offsetNs + uncertaintyNs };
}

/** What most of them have in common; of as many, those that were measured first. */
function agreedBy(clocks: readonly Interval[]): Interval | undefined {
  const [first] = clocks;
  if (first === undefined) return undefined;
  // As numbers, since there may be thousands, each to be compared with each.
  const near = (ns: bigint) => Number(ns - first.leastNs);
  const leastNs = Float64Array.from(clocks, (clock) => near(clock.leastNs));
  const mostNs = Float64Array.from(clocks, (clock) => near(clock.mostNs));
  // What clocks have in common begins where one of them begins.
  const groupAt = (atNs: number) =>
    clocks.flatMap((_, index) =>
      (leastNs[index] ?? 0) <= atNs && atNs <= (mostNs[index] ?? 0) ? [index] : [],
    );
  let largest: readonly number[] = [];
  for (const atNs of leastNs) {
    const group = groupAt(atNs);
    if (group.length > largest.length || isBefore(group, largest)) largest = group;
  }
  return largest
    .flatMap((index) => clocks[index] ?? [])
    .reduce((common, clock) => overlapOf(common, clock) ?? common);
}

/** Of two lists of as many indices. */
function isBefore(group: readonly number[], other: readonly number[]): boolean {
  if (group.length !== other.length) return false;
  const place = group.findIndex((index, at) => index !== other[at]);
  return place >= 0 && (group[place] ?? 0) < (other[place] ?? 0);
}

function overlapOf(one: Interval, other: Interval): Interval | undefined {
  const [, leastNs] = inOrder(one.leastNs, other.leastNs);
  const [mostNs] = inOrder(one.mostNs, other.mostNs);
  return leastNs > mostNs ? undefined : { leastNs, mostNs };
}

function inOrder(one: bigint, other: bigint): [bigint, bigint] {
  return one < other ? [one, other] : [other, one];
}

/**
 * A node's clock against this machine's: `+1.2ms`, `-3.4s`, `0ms` when it cannot be told apart, with what it may be wrong by
 * where that is more than a tenth of it: `+4.1s (±1.2s)`.
 */
export function clockText({ offsetNs, uncertaintyNs }: ClockOffset): string {
  const magnitudeNs = offsetNs < 0n ? -offsetNs : offsetNs;
  if (magnitudeNs <= uncertaintyNs) return `0ms`;
  const sign = offsetNs < 0n ? '-' : '+';
  const text = `${sign}${duration(magnitudeNs)}`;
  return uncertaintyNs * 10n > magnitudeNs ? `${text} (±${duration(uncertaintyNs)})` : text;
}

function duration(ns: bigint): string {
  const milliseconds = Number(ns) / 1e6;
  return milliseconds < 1_000
    ? `${milliseconds.toFixed(1)}ms`
    : `${(milliseconds / 1_000).toFixed(1)}s`;
}
