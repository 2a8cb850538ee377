import type { ClockOffset } from '../kubernetes/clock-offset.ts';

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
