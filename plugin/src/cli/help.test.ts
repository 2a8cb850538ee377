import { describe, expect, test } from 'vitest';
import { readCommandLine } from './command-line.ts';
import { commandNames, flagsOf } from './flag-table.ts';
import { helpFor } from './help.ts';
import { parseCommand } from './parse-command.ts';

describe.each(commandNames)('helpFor(%s)', (command) => {
  const text = helpFor(command);

  test('fits 80 columns', () => {
    const tooLong = text.split('\n').filter((line) => line.length > 80);
    expect(tooLong).toEqual([]);
  });

  test('names every flag that the command takes, and no other', () => {
    const named = new Set(
      [...withoutExamples(text).matchAll(/--([a-z][a-z-]*)/g)].map(([, name]) => `${name}`),
    );
    expect([...named].sort()).toEqual([...flagsOf(command)].sort());
    for (const flag of named)
      expect(() => readCommandLine([command, `--${flag}=true`])).not.toThrow();
  });

  test('shows examples that can be used', () => {
    const examples = [...text.matchAll(/^ {2}# .*\n {2}kubectl pwru (.*)$/gm)];
    expect(examples.length).toBeGreaterThan(0);
    for (const [, line = ''] of examples) {
      const { kind } = parseCommand(shellWords(line));
      expect(kind, line).toBe(command);
    }
  });
});

function withoutExamples(text: string): string {
  return text
    .replace(/^Examples:\n(?: {2}.*\n)*/m, '')
    .replace(/^Commands \(.*\n(?: {2}.*\n)*/m, '');
}

/** What a shell would make of it: single quotes, and no redirection. */
function shellWords(line: string): string[] {
  return [...line.replace(/ > .*/, '').matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
}
