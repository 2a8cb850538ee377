import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

const flagTable = {
  local: { type: 'boolean' },
  agent: { type: 'string' },
  filter: { type: 'string' },
  src: { type: 'string' },
  dst: { type: 'string' },
  host: { type: 'string' },
  'src-port': { type: 'string' },
  'dst-port': { type: 'string' },
  port: { type: 'string' },
  proto: { type: 'string' },
  drops: { type: 'boolean' },
  func: { type: 'string' },
  backend: { type: 'string' },
  'all-kmods': { type: 'boolean' },
  kmods: { type: 'string' },
  mark: { type: 'string' },
  ifname: { type: 'string' },
  limit: { type: 'string' },
  timeout: { type: 'string' },
  stack: { type: 'boolean' },
  track: { type: 'boolean' },
  timestamp: { type: 'string' },
  output: { type: 'string', short: 'o' },
  quiet: { type: 'boolean', short: 'q' },
  'no-headers': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type FlagTable = typeof flagTable;
export type FlagName = keyof FlagTable;
export type TextFlag = {
  [N in FlagName]: FlagTable[N]['type'] extends 'string' ? N : never;
}[FlagName];
export type SwitchFlag = Exclude<FlagName, TextFlag>;

/** What stands on the command line, before any value is looked at. */
export interface CommandLine {
  text(flag: TextFlag): string | undefined;
  isOn(flag: SwitchFlag): boolean;
  /** Words before `--`. */
  readonly words: readonly string[];
  /** Everything after `--`, joined by spaces; undefined without `--`. */
  readonly expression: string | undefined;
}

/**
 * Splits the arguments into flags, words and the expression after `--`. Flags may stand anywhere before `--`, as
 * `--flag value`, `--flag=value`, `-o value`, `-ovalue` and `-o=value`; switches also as `--flag=true|false`.
 * @throws UsageError for an unknown flag, a flag given twice, a missing value, a switch with another value
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...args],
    options: flagTable,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string>();
  const words: string[] = [];
  let expressionWords: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') expressionWords = [];
    else if (token.kind === 'positional') (expressionWords ?? words).push(token.value);
    else {
      if (!isFlagName(token.name)) throw unknownFlag(token.rawName, token.name);
      const name =
        token.rawName === `-${token.name[0]}`
          ? `-${token.name[0]}/--${token.name}`
          : `--${token.name}`;
      if (values.has(token.name)) throw new UsageError(`Cannot use ${name} twice`);
      values.set(token.name, readValue(name, flagTable[token.name].type, token));
    }
  }
  return {
    text: (flag) => values.get(flag),
    isOn: (flag) => values.get(flag) === 'true',
    words,
    expression: expressionWords?.join(' '),
  };
}

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function readValue(name: string, type: 'string' | 'boolean', token: OptionToken): string {
  if (type === 'boolean') {
    const value = token.value ?? 'true';
    if (value !== 'true' && value !== 'false') {
      throw new UsageError(`Cannot use ${name}=${value}: it takes no value, or true or false`);
    }
    return value;
  }
  // parseArgs takes whatever follows: a flag or `--` there means that the value was forgotten.
  if (
    token.value === undefined ||
    (token.inlineValue === false && /^--?([a-z]|$)/i.test(token.value))
  ) {
    throw new UsageError(`Cannot use ${name}: it needs a value`);
  }
  const isShort = !token.rawName.startsWith('--');
  return isShort && token.value.startsWith('=') ? token.value.slice(1) : token.value;
}

function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flagTable, name);
}

function unknownFlag(rawName: string, name: string): UsageError {
  const nearest = nearestFlag(name);
  return new UsageError(
    `Cannot use ${rawName}: there is no such flag${nearest === undefined ? '' : `; did you mean --${nearest}?`}`,
  );
}

function nearestFlag(name: string): FlagName | undefined {
  if (name.length < 2) return undefined;
  const names = Object.keys(flagTable).filter(isFlagName);
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

/** Levenshtein distance. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(
        Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1),
      );
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
