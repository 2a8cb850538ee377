// Controls (terminal commands), line and paragraph separators, formats (direction, zero width), lone surrogates.
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Cs}]/gu;

/**
 * Text that came over the wire (a process may call itself what it likes), fit for a terminal: what could move the
 * cursor, change colours or break the line is written as `\x1b` or `\u{202e}`.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
  });
}

/** `value` as JSON that is fit for a terminal too: all of the above are `\uXXXX` escapes. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(unprintable, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** Of a name that ends in what tells it from others, such as a Deployment's pods: `-x2x7k`. */
const MAX_TAIL = 6;

/** `text` in at most `width` columns, with `~` where something is missing. */
export function cutStart(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `~${lastOf(text, width - 1)}`;
}

export function cutEnd(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${firstOf(text, width - 1)}~`;
}

/** Keeps the beginning and the end: `check~-x2x7k`. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const tail = Math.min(MAX_TAIL, (width - 1) >> 1);
  return `${firstOf(text, width - 1 - tail)}~${lastOf(text, tail)}`;
}

function firstOf(text: string, width: number): string {
  return fitting(charactersOf(text), width).join('');
}

function lastOf(text: string, width: number): string {
  return fitting(charactersOf(text).reverse(), width).reverse().join('');
}

/** Characters from the first on that take no more than `width` columns. */
function fitting(characters: readonly string[], width: number): string[] {
  let rest = width;
  const end = characters.findIndex((character) => {
    rest -= widthOfCharacter(character);
    return rest < 0;
  });
  return characters.slice(0, end < 0 ? characters.length : end);
}

/** Characters that take two columns (Unicode Standard Annex 11: Wide and Fullwidth, and emoji). */
const wide =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const segmenter = new Intl.Segmenter();

/** How many columns of a terminal a text takes that is fit for one. */
export function displayWidth(text: string): number {
  if (isAscii(text)) return text.length;
  let width = 0;
  for (const character of charactersOf(text)) width += widthOfCharacter(character);
  return width;
}

/** As a reader counts them: with the accents, and the joined parts, that belong to each. */
export function charactersOf(text: string): string[] {
  return isAscii(text)
    ? text.split('')
    : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

export function widthOfCharacter(character: string): number {
  return wide.test(character) ? 2 : 1;
}

function isAscii(text: string): boolean {
  return !/[^ -~]/.test(text);
}

const MAX_LISTED = 5;

/** `a`, `a and b`, `a, b and c`; of many the first ones, `a, b, c, d, e and 12 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.length > MAX_LISTED + 1 ? names.slice(0, MAX_LISTED) : names;
  const rest = names.length - shown.length;
  const parts = rest === 0 ? shown : [...shown, `${rest} more`];
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

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
