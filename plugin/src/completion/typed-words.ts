import {
  type CommandName,
  commandNames,
  type FlagName,
  flagSpec,
  flagTable,
  isFlagName,
} from '../args/flag-table.ts';

/** A command line that is being typed, as far as it can be understood. */
export interface TypedWords {
  readonly command: CommandName;
  /** Whether the sub-command is typed; if not, the word at the cursor may be one. */
  readonly isCommandTyped: boolean;
  /** Words before the one at the cursor that are neither flags nor values of flags, without the sub-command. */
  readonly words: readonly string[];
  /** Values by flag; of a switch none. */
  readonly flags: ReadonlyMap<FlagName, readonly string[]>;
  /** Where the cursor is. */
  readonly cursor:
    | { readonly at: 'word'; readonly typed: string }
    | { readonly at: 'flag'; readonly typed: string }
    | { readonly at: 'value'; readonly flag: FlagName; readonly typed: string }
    /** In the filter after `--`, or behind a flag that there is not. */
    | { readonly at: 'unknown' };
}

/** @param typed what stands behind the program's name; the last one is the word at the cursor, perhaps empty */
export function understandTyped(typed: readonly string[]): TypedWords {
  const current = typed.at(-1) ?? '';
  const words: string[] = [];
  const flags = new Map<FlagName, string[]>();
  let pending: FlagName | undefined;
  let isFilter = false;
  for (const word of typed.slice(0, -1)) {
    if (pending !== undefined) {
      flags.get(pending)?.push(word);
      pending = undefined;
    } else if (word === '--') isFilter = true;
    else if (!word.startsWith('-') || word === '-') words.push(word);
    else {
      const { flag, value } = splitFlag(word);
      if (flag === undefined) continue;
      const values = flags.get(flag) ?? [];
      flags.set(flag, values);
      if (value !== undefined) values.push(value);
      else if (flagSpec(flag).type === 'string') pending = flag;
    }
  }
  const named = commandNames.find((name) => name === words[0]);
  return {
    command: named ?? 'trace',
    isCommandTyped: named !== undefined,
    words: named === undefined ? words : words.slice(1),
    flags,
    cursor: isFilter ? { at: 'unknown' } : cursorOf(current, pending),
  };
}

function cursorOf(current: string, pending: FlagName | undefined): TypedWords['cursor'] {
  if (pending !== undefined) return { at: 'value', flag: pending, typed: current };
  if (!current.startsWith('-')) return { at: 'word', typed: current };
  const { flag, value } = splitFlag(current);
  if (value !== undefined) {
    return flag === undefined ? { at: 'unknown' } : { at: 'value', flag, typed: value };
  }
  return { at: 'flag', typed: current };
}

const byShort = new Map(
  Object.keys(flagTable)
    .filter(isFlagName)
    .flatMap((name) => {
      const { short } = flagSpec(name);
      return short === undefined ? [] : [[short, name] as const];
    }),
);

/** `--flag`, `--flag=value`, `-f`, `-fvalue`, `-f=value`. */
function splitFlag(word: string): { flag: FlagName | undefined; value: string | undefined } {
  if (word.startsWith('--')) {
    const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    return { flag: isFlagName(name) ? name : undefined, value };
  }
  const flag = byShort.get(word[1] ?? '');
  const rest = word.slice(2);
  return { flag, value: rest === '' ? undefined : rest.replace(/^=/, '') };
}
