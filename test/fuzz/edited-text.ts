import fc from 'fast-check';
import { type Edit, editedPlaces } from './edited-places.ts';

/** What texts are not expected to have. */
const oddities = [
  ...[
    '\0',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u202e',
    '\ufeff',
  ],
  // Halves of a pair, a pair, what has several code points, what changes its length with its case.
  ...['\ud800', '\udfff', '😀', 'e\u0301', 'İ', 'ß', '\ufffd'],
  ...["'", '"', '`', '\\', '/', '%', '%00', '$', '$(x)', '#', ':', ';', ',', '.', '-', '--', '='],
  ...['(', ')', '[', ']', '{', '}', '<', '>', '&', '|', '*', '+', '?', '^', '~', '!', '@', '_'],
  ...['0', '-1', '1e999', 'NaN', 'Infinity', '0x', '0xffffffffffffffffffff', '4294967296'],
  ...['9007199254740993', '18446744073709551616', '00000000000000000000001', '1'.repeat(400)],
  ...['null', 'undefined', 'true', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
  ...['../../', '127.0.0.1', '::1', '::ffff:1.2.3.4', 'fe80::1%eth0', 'a'.repeat(300)],
];

const textEdits: ReadonlyArray<Edit<string>> = [
  (text, at, value) => text.slice(0, at) + oddity(value) + text.slice(at),
  (text, at, value) => text.slice(0, at) + oddity(value) + text.slice(at + 1),
  (text, at) => text.slice(0, at),
  (text, at, value) => text.slice(0, at) + text.slice(at + 1 + (value % 16)),
  // A piece comes again, up to 64 times.
  (text, at, value) => {
    const piece = text.slice(at, at + 1 + (value % 12));
    return text.slice(0, at) + piece.repeat(1 + ((value >>> 8) & 63)) + text.slice(at);
  },
  // The next number is another one.
  (text, at, value) => text.slice(0, at) + text.slice(at).replace(/\d+/, () => oddity(value)),
  // Two pieces change places.
  (text, at, value) => {
    const middle = at + 1 + (value % 8);
    const end = middle + 1 + ((value >>> 8) % 8);
    return `${text.slice(0, at)}${text.slice(middle, end)}${text.slice(at, middle)}${text.slice(end)}`;
  },
  (text, at, value) =>
    text.slice(0, at) + String.fromCharCode(value & 0xff) + text.slice(at + (value >>> 15)),
];

function oddity(value: number): string {
  return oddities[value % oddities.length] ?? '';
}

/** Text changed in up to five places. */
export function editedText(valid: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return editedPlaces(valid, textEdits);
}

/** A word that some field may get: odd, long, or as it should be. */
export function oddWords(valid: readonly string[]): fc.Arbitrary<string> {
  return editedText(fc.constantFrom(...valid));
}
