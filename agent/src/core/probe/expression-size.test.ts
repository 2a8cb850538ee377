import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../../test/support/event-records.ts';
import { programSizeBound } from './expression-size.ts';

/** Instructions of the program that RE2 makes; undefined when it refuses the expression. */
function programSize(expression: string): number | undefined {
  try {
    return RE2JS.compile(expression).programSize();
  } catch {
    return undefined;
  }
}

type Choices = readonly [string, ...string[]];

const atoms: Choices = [
  'a',
  ...String.raw`. \d \pL \p{Greek} \x41 \x{1F600} \101 \. ^ $ \b \C \z \\ \( \[ { {,3} {a} } 😀`.split(
    ' ',
  ),
  ...String.raw`[a-z] []a] [^]{5}] [[:alpha:]{9}] [\]{3}] [\pL{2}] [(] [[] [^a\x{10}b]`.split(' '),
  ...String.raw`\Qab{3}(\E \Q\E (?i) (?s-m) (?i)k () (|a)`.split(' '),
];
const repetitions: Choices = [
  '',
  ...' * + ? *? {3} {2,} {0} {0,} {1,} {0,7} {2,5}? {0,1}'.split(' '),
];
const openings: Choices = ['(', '(?:', '(?i:', '(?s-m:', '(?P<n>', '(?<n>'];
const signs: Choices = [
  '\n',
  ...String.raw`a b ( ) [ ] { } | * + ? \ ^ $ . - , : ! < > = P p Q E i L d x 0 1 2 3`.split(' '),
  ...['{2,9}', '(?', '\\Q', '\\E', '[[:', '[^', '\\p{'],
];

function randomExpression(random: Random, depth: number): string {
  const pieces = Array.from({ length: random.below(6) }, () => {
    const piece =
      depth > 0 && random.below(3) === 0
        ? `${random.pick(openings)}${randomExpression(random, depth - 1)})`
        : random.pick(atoms);
    return piece + random.pick(repetitions);
  });
  return pieces.join(random.pick(['', '|']));
}

/** Expressions that RE2 takes and of which less was expected than it makes; and how many it took. */
function underrated(count: number, make: () => string): { taken: number; wrong: string[] } {
  const wrong: string[] = [];
  let taken = 0;
  for (let index = 0; index < count; index += 1) {
    const expression = make();
    const size = programSize(expression);
    if (size === undefined) continue;
    taken += 1;
    if (programSizeBound(expression) < size) wrong.push(expression);
  }
  return { taken, wrong };
}

describe('programSizeBound', () => {
  test('is never less than what RE2 makes of a well-formed expression', () => {
    const random = new Random(1);
    const { taken, wrong } = underrated(3_000, () => randomExpression(random, 3));
    expect(wrong).toEqual([]);
    expect(taken).toBeGreaterThan(1_000);
  });

  test('is never less than what RE2 makes of any signs that it takes', () => {
    const random = new Random(2);
    const { taken, wrong } = underrated(20_000, () =>
      Array.from({ length: random.below(12) }, () => random.pick(signs)).join(''),
    );
    expect(wrong).toEqual([]);
    expect(taken).toBeGreaterThan(1_000);
  });

  test.each(['\\p{L}', '\\x{41}', '\\x{', '[:alpha:]', '[', '[[:', '\\'])(
    'comes to an end for a class without end, of many %s',
    (piece) => {
      const text = `[${piece.repeat(4_096)}`.slice(0, 4_096);
      expect(programSizeBound(text)).toBeGreaterThan(0);
    },
  );

  test.each(['a{00}', 'a{007}', 'a{0,01}', '(?P<n>b){000}'])(
    'takes %s for text, as RE2',
    (text) => {
      const size = programSize(text) ?? 0;
      expect(size).toBeGreaterThan(5);
      expect(programSizeBound(text)).toBeGreaterThanOrEqual(size);
    },
  );

  test.each([
    { text: '.{0,1000}', size: 2_000 },
    { text: '((a{10}){10}){9}', size: 900 },
    { text: '(?:.{0,9}){9}', size: 162 },
    { text: '\\pL{1000}', size: 21_000 },
    { text: '(a|b){500}', size: 1_000 },
  ])('counts what $text repeats', ({ text, size }) => {
    expect(programSizeBound(text)).toBeGreaterThanOrEqual(size);
  });

  test.each([
    { name: 'text', text: 'x'.repeat(4_096) },
    { name: 'alternatives', text: 'tcp_.*|'.repeat(585) },
    { name: 'classes', text: '[a-z]+_rcv'.repeat(400) },
  ])('is at most twice the length of $name without counted repetitions', ({ text }) => {
    expect(programSizeBound(text)).toBeLessThan(2 * 4_096);
  });
});
