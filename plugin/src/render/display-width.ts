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
