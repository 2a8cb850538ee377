import { charactersOf, displayWidth, widthOfCharacter } from './display-width.ts';

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
