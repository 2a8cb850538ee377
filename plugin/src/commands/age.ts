const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** How long something lasts, as kubectl writes it: `45s`, `3m5s`, `75m`, `4h10m`, `30h`, `5d`. */
export function ageText(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / SECOND_MS));
  if (seconds < 2 * MINUTE_S) return `${seconds}s`;
  if (seconds < 10 * MINUTE_S) return twoUnits(seconds, [MINUTE_S, 'm'], [1, 's']);
  if (seconds < 3 * HOUR_S) return `${Math.floor(seconds / MINUTE_S)}m`;
  if (seconds < 8 * HOUR_S) return twoUnits(seconds, [HOUR_S, 'h'], [MINUTE_S, 'm']);
  if (seconds < 2 * DAY_S) return `${Math.floor(seconds / HOUR_S)}h`;
  return `${Math.floor(seconds / DAY_S)}d`;
}

type Unit = readonly [seconds: number, letter: string];

/** The smaller unit is left out when there is none of it. */
function twoUnits(seconds: number, [larger, letter]: Unit, [smaller, smallerLetter]: Unit): string {
  const rest = Math.floor((seconds % larger) / smaller);
  return `${Math.floor(seconds / larger)}${letter}${rest === 0 ? '' : `${rest}${smallerLetter}`}`;
}
