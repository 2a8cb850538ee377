import type { SymbolTable } from './symbol-table.ts';
import { SymbolTableBuilder } from './symbol-table-builder.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;

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
export function parseSymbolLines(text: Uint8Array, format: LineFormat): SymbolTable {
  const builder = new SymbolTableBuilder(text, Math.ceil(text.length / shortestLineBytes(format)));
  addLines(text, builder, prefixOf(format));
  return builder.build();
}

/** What a line holds before the name, as the loop over the lines looks at it. */
interface LinePrefix {
  readonly address: boolean;
  /** Of the letter and the blank behind it, if there are any. */
  readonly typeBytes: number;
  /** By the byte that stands there, 1: the line counts. */
  readonly types: Uint8Array;
  readonly afterType: Uint8Array;
}

function prefixOf({ address, types }: LineFormat): LinePrefix {
  if (types === undefined) {
    const every = new Uint8Array(256).fill(1);
    return { address, typeBytes: 0, types: every, afterType: every };
  }
  return {
    address,
    typeBytes: 2,
    types: bytesOf(types),
    afterType: bytesOf(' '),
  };
}

/** 1 for each byte of the text. */
function bytesOf(ascii: string): Uint8Array {
  const bytes = new Uint8Array(256);
  for (const character of ascii) bytes[character.charCodeAt(0)] = 1;
  return bytes;
}

/**
 * Adds each line's symbol. V8 compiles this loop while it runs, once, if it meets nothing new on its way: the formats
 * differ in values, not in branches, and what is rare (modules) is left to the builder's end.
 */
function addLines(text: Uint8Array, builder: SymbolTableBuilder, prefix: LinePrefix): void {
  const { address, typeBytes, types, afterType } = prefix;
  for (let at = 0; at < text.length; at++) {
    const start = at;
    let high = 0;
    let low = 0;
    let isPrefixed = true;
    if (address) {
      let value = hexValue[text[at] ?? 0] ?? 0;
      for (; value < 16; value = hexValue[text[++at] ?? 0] ?? 0) {
        high = (high << 4) | (low >>> 28);
        low = (low << 4) | value;
      }
      isPrefixed = at > start && text[at] === SPACE;
      at += Number(isPrefixed);
    }
    if (isPrefixed && types[text[at] ?? 0] === 1 && afterType[text[at + 1] ?? 0] === 1) {
      at = builder.add(at + typeBytes, high, low);
    }
    // Not by indexOf: its way into native code costs more than the rest of a line.
    while (at < text.length && text[at] !== NEWLINE) at++;
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
