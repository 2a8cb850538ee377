import { expect, test } from 'vitest';
import { printable, printableJson } from './text.ts';

test.each([
  ['curl', 'curl'],
  ['tmux: server', 'tmux: server'],
  ['größe 漢字 🙂', 'größe 漢字 🙂'],
  ['\x1b[2J\x1b]0;x\x07', '\\x1b[2J\\x1b]0;x\\x07'],
  ['a\r\nb\tc\0', 'a\\x0d\\x0ab\\x09c\\x00'],
  ['\x7f\x9b31m', '\\x7f\\x9b31m'],
  ['\u202eevil\u2066', '\\u{202e}evil\\u{2066}'],
  ['\u2028\u200b\ufeff', '\\u{2028}\\u{200b}\\u{feff}'],
  ['\ud800x', '\\u{d800}x'],
  ['\u{e0041}', '\\u{e0041}'],
])('printable of %j', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test.each(['curl', '"\\', '\x1b\x7f\x9b\u202e\u2028\ud800\u{e0041}🙂'])(
  'printableJson of %j is the same to a parser, and nothing in it needs printable',
  (text) => {
    const json = printableJson({ text });
    expect(JSON.parse(json)).toEqual({ text });
    expect(printable(json)).toBe(json);
  },
);
