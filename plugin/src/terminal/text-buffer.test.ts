import { expect, test } from 'vitest';
import { Random } from '../../testing/random.ts';
import { Fragment, TextBuffer } from './text-buffer.ts';

const textOf = (out: TextBuffer) => new TextDecoder().decode(out.view());

/** Of every length in decimal digits, and at the borders at which numbers are written another way. */
const numbers = [
  ...Array.from({ length: 17 }, (_, digits) => [10 ** digits - 1, 10 ** digits, 10 ** digits + 1]),
  ...[4_194_304, 8_388_608, 9_007_198].map((s) => [s * 1e9 - 1, s * 1e9, s * 1e9 + 1]),
  [0, 2 ** 31 - 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER, 2 ** 60],
].flat();

test.each(numbers)('writes %d and its negative in decimal', (number) => {
  const out = new TextBuffer();
  out.decimal(number);
  out.character(0x20);
  out.decimal(-number);
  expect(textOf(out)).toBe(`${String(number)} ${String(-number)}`);
});

test('writes what a string would hold, whatever is put in', () => {
  const random = new Random(5);
  const out = new TextBuffer();
  const texts = ['', 'a', 'nf_hook_slow', 'ü', '€', '\u{1f980}', 'x'.repeat(300), 'é'.repeat(90)];
  for (let round = 0; round < 100; round++) {
    let expected = '';
    for (let parts = random.below(60); parts > 0; parts--) {
      const text = texts[random.below(texts.length)] ?? '';
      const number = Math.floor(random.uint32() / 2 ** random.below(32));
      switch (random.below(7)) {
        case 0:
          out.text(text);
          expected += text;
          break;
        case 1:
          out.bytes(new TextEncoder().encode(text));
          expected += text;
          break;
        case 2:
          out.character(0x0a);
          expected += '\n';
          break;
        case 3:
          out.decimal(number);
          expected += number;
          break;
        case 4:
          out.fragment(new Fragment(text));
          expected += text;
          break;
        case 5:
          out.text('123');
          out.cut(3);
          break;
        default:
          out.text('#########');
          out.setNineDigits(out.lengthBytes - 9, number % 1e9);
          expected += String(number % 1e9).padStart(9, '0');
      }
    }
    expect(textOf(out)).toBe(expected);
    expect(out.lengthBytes).toBe(Buffer.byteLength(expected));
    out.clear();
    expect(out.lengthBytes).toBe(0);
  }
});
