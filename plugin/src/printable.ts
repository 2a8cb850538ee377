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
