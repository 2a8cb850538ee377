import { describe, expect, test } from 'vitest';
import { RecordedOutput } from '../../testing/commands/recorded-output.ts';
import { printTable } from './text-table.ts';

const columns = [
  { header: 'NAME', text: ([name = '']: string[]) => name },
  { header: 'CLIENT', text: ([, client = '']: string[]) => client, canBeCut: true },
  { header: 'FILTER', text: ([, , filter = '']: string[]) => filter, canBeCut: true },
];

function lines(rows: string[][], width?: number, headers = true): string[] {
  const output = new RecordedOutput(width);
  printTable(output, { columns, rows, headers });
  return output.stdout;
}

describe('a table', () => {
  test('aligns its columns, and leaves nothing at the ends of lines', () => {
    expect(
      lines([
        ['a', 'bb', ''],
        ['long', '', 'x'],
      ]),
    ).toEqual(['NAME   CLIENT   FILTER', 'a      bb       -', 'long   -        x']);
  });

  test('counts what characters take of a line', () => {
    expect(
      lines([
        ['日本', 'x'],
        ['a', '🦊🦊🦊'],
      ]),
    ).toEqual(['NAME   CLIENT   FILTER', '日本   x        -', 'a      🦊🦊🦊   -']);
    expect(lines([['a', '🦊'.repeat(20)]], 24, false)).toEqual([`a   ${'🦊'.repeat(7)}~    -`]);
  });

  test('takes no more room than it has, from the widest cells that can be cut', () => {
    const rows = [['name-of-a-node', 'c'.repeat(30), 'f'.repeat(60)]];
    expect(lines(rows, 60, false)).toEqual([
      `name-of-a-node   ${'c'.repeat(19)}~   ${'f'.repeat(19)}~`,
    ]);
    expect(lines(rows, undefined, false)[0]).toHaveLength(14 + 30 + 60 + 6);
  });

  test('leaves something of every cell, however narrow the terminal is', () => {
    const rows = [['name-of-a-node', 'c'.repeat(30), 'f'.repeat(60)]];
    expect(lines(rows, 10, false)).toEqual([
      `name-of-a-node   ${'c'.repeat(11)}~   ${'f'.repeat(11)}~`,
    ]);
  });

  test('leaves out what it has to, in its order, and keeps the rest', () => {
    const wide = [
      { header: 'A', text: () => 'aaaaa' },
      { header: 'B', text: () => 'bbbbb', dropRank: 2 },
      { header: 'C', text: () => 'ccccc', dropRank: 1 },
    ];
    const table = { columns: wide, rows: [undefined], headers: false };
    const shown = [21, 20, 12, 1].map((width) => {
      const output = new RecordedOutput(width);
      printTable(output, table);
      return output.stdout[0];
    });
    expect(shown).toEqual(['aaaaa   bbbbb   ccccc', 'aaaaa   bbbbb', 'aaaaa', 'aaaaa']);
  });

  test('shows what could move the cursor or break a line as text', () => {
    expect(lines([['\x1b[31m', 'a\nb', '\u202e']], undefined, false)).toEqual([
      '\\x1b[31m   a\\x0ab   \\u{202e}',
    ]);
  });
});
