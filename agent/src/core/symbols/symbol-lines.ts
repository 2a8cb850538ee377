import type { SymbolTable } from './symbol-table.ts';
import { SymbolTableBuilder } from './symbol-table-builder.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const LEFT_BRACKET = 0x5b;
const RIGHT_BRACKET = 0x5d;

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
  let lineEnd = 0;
  for (let at = 0; at < text.length; at = lineEnd + 1) {
    lineEnd = text.indexOf(NEWLINE, at);
    if (lineEnd === -1) lineEnd = text.length;
    let high = 0;
    let low = 0;
    if (address) {
      const start = at;
      for (
        let value = hexValue[text[at] ?? 0] ?? 0;
        value < 16;
        value = hexValue[text[++at] ?? 0] ?? 0
      ) {
        high = (high << 4) | (low >>> 28);
        low = (low << 4) | value;
      }
      if (at === start || text[at++] !== SPACE) continue;
    }
    if (types !== undefined) {
      if (wanted[text[at] ?? 0] === 0 || text[at + 1] !== SPACE) continue;
      at += 2;
    }
    const nameStart = at;
    at = builder.add(nameStart, high, low);
    if (at > nameStart && at + 1 < lineEnd && text[at + 1] === LEFT_BRACKET) {
      const moduleEnd = text.indexOf(RIGHT_BRACKET, at);
      if (moduleEnd !== -1 && moduleEnd < lineEnd) {
        builder.setModule(String.fromCharCode(...text.subarray(at + 2, moduleEnd)));
      }
    }
  }
  return builder.build();
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
