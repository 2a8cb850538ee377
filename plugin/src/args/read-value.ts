import type { CommandLine } from './command-line.ts';
import type { TextFlag } from './flag-table.ts';
import { unusable } from './usage-error.ts';

/** What `parse` makes of the flag's value; undefined when it was not given. */
export function mapFlag<T>(
  line: CommandLine,
  flag: TextFlag,
  parse: (value: string, flag: TextFlag) => T,
): T | undefined {
  const value = line.text(flag);
  return value === undefined ? undefined : parse(value, flag);
}

/** As `mapFlag`; an empty value is as good as none, as for kubectl. */
export function mapGiven<T>(
  line: CommandLine,
  flag: TextFlag,
  parse: (value: string, flag: TextFlag) => T,
): T | undefined {
  return line.text(flag) === '' ? undefined : mapFlag(line, flag, parse);
}

/** @throws UsageError when it is empty */
export function nonEmpty(line: CommandLine, flag: TextFlag): string | undefined {
  return mapFlag(line, flag, (value) => {
    if (value === '') throw unusable(flag, value, 'it must not be empty');
    return value;
  });
}

/** @throws UsageError naming what is allowed */
export function oneOf<T extends string>(flag: TextFlag, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found === undefined) {
    const names = allowed.length === 1 ? allowed[0] : `one of ${allowed.join(', ')}`;
    throw unusable(flag, value, `it must be ${names}`);
  }
  return found;
}

/** The values of a repeatable flag, each of them a list, as one list without repetitions. */
export function commaList(line: CommandLine, flag: TextFlag): readonly string[] {
  const names = line.texts(flag).flatMap((text) => {
    const parts = text.split(',').map((part) => part.trim());
    if (parts.includes(''))
      throw unusable(flag, text, 'it must be names separated by commas, none of them empty');
    return parts;
  });
  return [...new Set(names)];
}
