import type { ClockOffset } from '../kubernetes/clock-offset.ts';

/** A node's clock against this machine's: `+1.2ms`, `-3.4s`, `0ms` when it cannot be told apart. */
export function clockText({ offsetNs, uncertaintyNs }: ClockOffset): string {
  const magnitudeNs = offsetNs < 0n ? -offsetNs : offsetNs;
  if (magnitudeNs <= uncertaintyNs) return `0ms`;
  const milliseconds = Number(magnitudeNs) / 1e6;
  const sign = offsetNs < 0n ? '-' : '+';
  return milliseconds < 1_000
    ? `${sign}${milliseconds.toFixed(1)}ms`
    : `${sign}${(milliseconds / 1_000).toFixed(1)}s`;
}
