import type { SymbolTable } from './symbol-table.ts';
import { SymbolTableBuilder } from './symbol-table-builder.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const LEFT_BRACKET = 0x5b;

/** What a line holds before the name. */
export interface LineFormat {
  /** The line begins with an address in hexadecimal and a space. */
  readonly address: boolean;
  /** A letter and a space follow; only lines with one of these letters count. */
  readonly types: string | undefined;
}

/**
 * Parses lines of symbols: `[address ][type ]name[ or tab][[module]]`; what follows is ignored, and lines that are not
 * like this are skipped, since the formats of these files grow. Works on bytes: the files have up to 20 MB.
 */
export function parseSymbolLines(text: Uint8Array, { address, types }: LineFormat): SymbolTable {
  const builder = new SymbolTableBuilder(
    text,
    Math.ceil(text.length / shortestLineBytes({ address, types })),
  );
  const wanted = new Uint8Array(256);
  for (const type of types ?? '') wanted[type.charCodeAt(0)] = 1;
  const end = text.length;
  let at = 0;
  while (at < end) {
    at = addLine(at);
    // Not by indexOf: its way into native code costs more than the rest of a line.
    while (at < end && text[at] !== NEWLINE) at++;
    at++;
  }
  return builder.build();

  /** Adds the symbol of the line that begins here, if it has one. @returns a place in the line behind what it read. */
  function addLine(start: number): number {
    let at = start;
    let high = 0;
    let low = 0;
    if (address) {
      for (
        let value = hexValue[text[at] ?? 0] ?? 0;
        value < 16;
        value = hexValue[text[++at] ?? 0] ?? 0
      ) {
        high = (high << 4) | (low >>> 28);
        low = (low << 4) | value;
      }
      if (at === start || text[at] !== SPACE) return at;
      at++;
    }
    if (types !== undefined) {
      if (wanted[text[at] ?? 0] === 0 || text[at + 1] !== SPACE) return at;
      at += 2;
    }
    const nameStart = at;
    at = builder.add(nameStart, high, low);
    if (at > nameStart && text[at] !== NEWLINE && text[at + 1] === LEFT_BRACKET) {
      return builder.setModule(at + 2);
    }
    return at;
  }
}

/** A name of one byte and the newline, and what the format puts before them: the bound of how many lines there are. */
function shortestLineBytes({ address, types }: LineFormat): number {
  return 2 + (address ? 2 : 0) + (types === undefined ? 0 : 2);
}

/** Value of each byte as an ASCII hexadecimal digit; 16 for those that are none. */
const hexValue = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? 16 : value;
});
