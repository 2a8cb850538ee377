import { parseArgs } from 'node:util';
import { habitHint } from './flag-habits.ts';
import {
  type CommandName,
  commandNames,
  type FlagName,
  flagSpec,
  flagsOf,
  flagTable,
  isFlagName,
  type SwitchFlag,
  type TextFlag,
} from './flag-table.ts';
import { editDistance } from './mistyped-word.ts';
import { UsageError, unusable } from './values.ts';

/** What stands on the command line, before any value is looked at. */
export interface CommandLine {
  readonly command: CommandName;
  /** The command was `help`, or one of -h and --help was given: only `command` counts. */
  readonly help: boolean;
  /** The value of a flag, the last one when it is given more than once. */
  text(flag: TextFlag): string | undefined;
  /** All values of a repeatable flag, in order. */
  texts(flag: TextFlag): readonly string[];
  /** Undefined: not given. */
  switch(flag: SwitchFlag): boolean | undefined;
  isOn(flag: SwitchFlag): boolean;
  /** What stands behind `=` of a switch that takes words as well: `--drops=all`; undefined: nothing, or true or false. */
  choice(flag: SwitchFlag): string | undefined;
  /** In the order in which they were first given. */
  readonly flags: readonly FlagName[];
  /** Words before `--`, without the sub-command. */
  readonly words: readonly string[];
  /** Everything after `--`, joined by spaces; undefined without `--`. */
  readonly expression: string | undefined;
}

/**
 * Splits the arguments into sub-command (the first word, when it is one), flags, words and the expression after `--`.
 * Flags may stand anywhere before `--`, as `--flag value`, `--flag=value`, `-o value`, `-ovalue` and `-o=value`;
 * switches also as `--flag=true|false`.
 * @throws UsageError for an unknown flag, one of another sub-command, a missing value, a switch with
 * another value
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...args],
    options: flagTable,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: OptionToken[] = [];
  const words: string[] = [];
  let expressionWords: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') expressionWords = [];
    else if (token.kind === 'positional') (expressionWords ?? words).push(token.value);
    else options.push(token);
  }
  const asksForHelp = words[0] === 'help';
  if (asksForHelp) words.shift();
  const named = commandNames.find((name) => name === words[0]);
  if (named !== undefined) words.shift();
  const command = named ?? 'trace';
  const values = readFlags(options, command);
  const isOn = (flag: SwitchFlag) => (values.get(flag)?.at(-1) ?? 'false') !== 'false';
  return {
    command,
    help: asksForHelp || isOn('help'),
    text: (flag) => values.get(flag)?.at(-1),
    texts: (flag) => values.get(flag) ?? [],
    switch: (flag) => (values.has(flag) ? isOn(flag) : undefined),
    isOn,
    choice: (flag) => values.get(flag)?.findLast((value) => value !== 'true' && value !== 'false'),
    flags: [...values.keys()],
    words,
    expression: expressionWords?.join(' '),
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function readFlags(
  tokens: readonly OptionToken[],
  command: CommandName,
): Map<FlagName, readonly string[]> {
  const values = new Map<FlagName, string[]>();
  for (const token of tokens) {
    const { name, rawName } = token;
    if (!isFlagName(name)) throw unknownFlag(rawName, name, command);
    const { short, commands, repeatable } = flagSpec(name);
    if (!commands.includes(command)) throw foreignFlag(rawName, name, command);
    const shown = rawName === `-${short}` ? `-${short}/--${name}` : `--${name}`;
    // Of others the last one counts, as for kubectl.
    const before = repeatable === true ? (values.get(name) ?? []) : [];
    values.set(name, [...before, readValue(shown, name, token)]);
  }
  return values;
}

function readValue(shown: string, name: FlagName, token: OptionToken): string {
  if (flagSpec(name).type === 'boolean') {
    const value = token.value ?? 'true';
    const { choices = [] } = flagSpec(name);
    if (value !== 'true' && value !== 'false' && !choices.includes(value)) {
      const words = [...choices, 'true', 'false'].join(', ').replace(/, (?=false$)/, ' or ');
      throw new UsageError(`Cannot use ${shown}=${value}: it takes no value, or ${words}`);
    }
    return value;
  }
  // parseArgs takes whatever follows: a flag or `--` there means that the value was forgotten.
  if (
    token.value === undefined ||
    (token.inlineValue === false && /^--?([a-z]|$)/i.test(token.value))
  ) {
    throw new UsageError(`Cannot use ${shown}: it needs a value`);
  }
  const isShort = !token.rawName.startsWith('--');
  return isShort && token.value.startsWith('=') ? token.value.slice(1) : token.value;
}

function unknownFlag(rawName: string, name: string, command: CommandName): UsageError {
  const nearest = nearestFlag(name, command);
  const hint =
    habitHint(rawName, command) ??
    (nearest === undefined ? undefined : `did you mean --${nearest}?`);
  return new UsageError(`Cannot use ${rawName}: there is no such flag${hintText(hint)}`);
}

function foreignFlag(rawName: string, name: FlagName, command: CommandName): UsageError {
  return new UsageError(
    `Cannot use ${rawName} with ${command}: it is a flag of ${flagSpec(name).commands.join(', ')}${hintText(habitHint(rawName, command))}`,
  );
}

function hintText(hint: string | undefined): string {
  return hint === undefined ? '' : `; ${hint}`;
}

/** The flag of this sub-command that was probably meant by a name that is none. */
export function nearestFlag(name: string, command: CommandName): FlagName | undefined {
  if (name.length < 2) return undefined;
  const names = flagsOf(command);
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best !== undefined && best.distance <= Math.max(1, Math.floor(name.length / 3)))
    return best.candidate;
  // pwru's own names: --filter-mark, --output-stack, --output-limit-lines.
  return names.find(
    (candidate) =>
      name.split('-').includes(candidate) && candidate !== 'filter' && candidate !== 'output',
  );
}

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
