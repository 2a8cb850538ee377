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
