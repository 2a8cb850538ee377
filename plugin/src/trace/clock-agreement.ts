import type { ClockOffset } from '../kubernetes/clock-offset.ts';

/**
 * Whose clock can be believed. Nodes are told the time by a common source, better than it can be measured through a tunnel;
 * so clocks that may be the same, as far as measured, are taken as the same, however far away this machine's own is.
 * A clock that cannot be the same as those before it is corrected by its measured distance from them.
 */
export class ClockAgreement {
  /** Where the offset of the nodes that agree may be, in nanoseconds; undefined: none was measured yet. */
  #common: { readonly leastNs: bigint; readonly mostNs: bigint } | undefined;

  /** Nanoseconds to take from this node's wall-clock times, so that they compare with those of the nodes before it. */
  correctionNs({ offsetNs, uncertaintyNs }: ClockOffset): bigint {
    const leastNs = offsetNs - uncertaintyNs;
    const mostNs = offsetNs + uncertaintyNs;
    const common = this.#common;
    if (common === undefined) {
      this.#common = { leastNs, mostNs };
      return 0n;
    }
    const overlap = {
      leastNs: larger(leastNs, common.leastNs),
      mostNs: -larger(-mostNs, -common.mostNs),
    };
    if (overlap.leastNs > overlap.mostNs) {
      return offsetNs - (common.leastNs + common.mostNs) / 2n;
    }
    this.#common = overlap;
    return 0n;
  }
}

function larger(one: bigint, other: bigint): bigint {
  if (one > other) return one;
  return other;
}
