import type { ClockOffset } from '../kubernetes/clock-offset.ts';

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
