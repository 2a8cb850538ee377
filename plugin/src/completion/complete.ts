import { type ClusterKind, clusterKinds, parseClusterKind } from '../cli/cluster-target.ts';
import { commandHelp } from '../cli/command-help.ts';
import {
  type CommandName,
  commandNames,
  type FlagName,
  flagSpec,
  flagsOf,
  flagTable,
  isFlagName,
} from '../cli/flag-table.ts';
import { type CompleteOptions, completionKinds } from '../cli/parse-command.ts';
import { tcpFlagNames } from '../cli/tcp-flags.ts';
import { outputFormats, sortOrders, timestampModes } from '../cli/trace-options.ts';

/** One thing that may stand at the cursor. */
interface Candidate {
  readonly value: string;
  readonly description?: string;
}

/** What is asked for from outside. Each gives nothing rather than an error. */
export interface CompletionSources {
  /** Names of objects in the namespace, of the connection's when it is undefined. */
  objects(
    kind: ClusterKind | 'namespace',
    namespace: string | undefined,
  ): Promise<readonly string[]>;
  /** Names that the kubeconfig has. */
  configured(what: 'context' | 'cluster' | 'user'): Promise<readonly string[]>;
  /** Names of functions that begin so. */
  functions(prefix: string): Promise<readonly string[]>;
  /** `NODE/ID` of the sessions that run. */
  sessions(): Promise<readonly string[]>;
  /** Names under /run/netns. */
  networkNamespaces(): Promise<readonly string[]>;
}

/** Bits of cobra's ShellCompDirective (github.com/spf13/cobra/completions.go). */
const FILES = 0;
const NO_SPACE = 2;
const NO_FILES = 4;

/**
 * What cobra's `__complete` prints, and kubectl reads: a candidate a line, behind a tab what it is, and in the last line the
 * directive.
 */
export async function completionText(
  { words, descriptions }: CompleteOptions,
  sourcesFor: (typed: TypedWords) => CompletionSources,
): Promise<string> {
  const typed = understandTyped(words);
  const { cursor } = typed;
  if (cursor.at === 'value' && isPath(cursor.flag)) return `:${FILES}\n`;
  const all = await candidates(typed, sourcesFor(typed));
  const begun = cursor.at === 'unknown' ? '' : cursor.typed;
  const fitting = all.filter(({ value }) => value.startsWith(begun));
  // After `deploy/` the name goes on.
  const goesOn = fitting.length > 0 && fitting.every(({ value }) => value.endsWith('/'));
  const lines = fitting.map(({ value, description }) =>
    descriptions && description !== undefined ? `${value}\t${description}` : value,
  );
  return `${[...lines, `:${goesOn ? NO_SPACE | NO_FILES : NO_FILES}`].join('\n')}\n`;
}

async function candidates(typed: TypedWords, sources: CompletionSources): Promise<Candidate[]> {
  const { cursor } = typed;
  switch (cursor.at) {
    case 'unknown':
      return [];
    case 'flag':
      return flagCandidates(typed);
    case 'value':
      return plain(await valueCandidates(cursor.flag, cursor.typed, { typed, sources }));
    case 'word':
      return wordCandidates(typed, cursor.typed, sources);
  }
}

function flagCandidates({ command, flags }: TypedWords): Candidate[] {
  return flagsOf(command)
    .filter((name) => flagSpec(name).repeatable === true || !flags.has(name))
    .map((name) => ({ value: `--${name}`, description: flagSpec(name).about }));
}

/** Values that are known by themselves. */
const fixedValues: Partial<Readonly<Record<FlagName, readonly string[]>>> = {
  output: outputFormats,
  timestamp: timestampModes,
  sort: sortOrders,
  backend: ['kprobe.multi', 'kprobe', 'tracepoint'],
  proto: ['tcp', 'udp', 'icmp', 'icmp6', 'sctp'],
  'host-network': ['node'],
};

async function valueCandidates(
  flag: FlagName,
  begun: string,
  { typed, sources }: { typed: TypedWords; sources: CompletionSources },
): Promise<readonly string[]> {
  const fixed = fixedValues[flag];
  if (fixed !== undefined) return fixed;
  if (flag === 'namespace' || flag === 'agent-namespace')
    return sources.objects('namespace', undefined);
  if (flag === 'tcp-flags') return tcpFlagLists(begun);
  if (flag === 'node') return listed(begun, await sources.objects('node', undefined));
  if (flag === 'context' || flag === 'cluster' || flag === 'user') return sources.configured(flag);
  if (flag === 'func') return sources.functions(begun);
  if (flag !== 'from' && flag !== 'to') return [];
  return (await targetCandidates(begun, typed, sources)).map(({ value }) => value);
}

/** An id alone will do, too. */
function sessionWords(begun: string, names: readonly string[]): readonly string[] {
  if (names.some((name) => name.startsWith(begun))) return names;
  return names.map((name) => name.slice(name.lastIndexOf('/') + 1));
}

async function wordCandidates(
  typed: TypedWords,
  begun: string,
  sources: CompletionSources,
): Promise<Candidate[]> {
  const { command, isCommandTyped, words } = typed;
  switch (command) {
    case 'trace': {
      const isFirst = !isCommandTyped && words.length === 0 && !begun.includes('/');
      const commands = commandNames.map((name) => ({
        value: name,
        description: commandHelp[name].summary,
      }));
      return [...(isFirst ? commands : []), ...(await targetCandidates(begun, typed, sources))];
    }
    case 'completion':
      return words.length === 0 ? plain(completionKinds) : [];
    case 'functions':
      return words.length === 0 ? plain(await sources.functions(begun)) : [];
    case 'stop':
      return plain(sessionWords(begun, await sources.sessions()));
    case 'sessions':
    case 'status':
    case 'doctor':
    case 'deploy':
    case 'undeploy':
    case 'version':
      return [];
  }
}

/** `NAME`, `KIND/NAME` and `NAMESPACE/KIND/NAME`, as far as it is begun. */
async function targetCandidates(
  begun: string,
  { flags }: TypedWords,
  sources: CompletionSources,
): Promise<Candidate[]> {
  const parts = begun.split('/');
  const namespace = flags.get('namespace')?.at(-1);
  if (parts.length === 1) {
    if (isLocal(flags)) return plain(['netns/', 'pid/']);
    const kinds = clusterKinds.map(({ short, kind }) => ({
      value: `${short}/`,
      description: `traces a ${kind}`,
    }));
    return [...plain(await sources.objects('pod', namespace)), ...kinds];
  }
  const [first = '', second = ''] = parts;
  if (first === 'netns') return prefixed('netns/', await sources.networkNamespaces());
  const kind = parseClusterKind(first);
  if (kind !== undefined && parts.length === 2) {
    return prefixed(`${first}/`, await sources.objects(kind, namespace));
  }
  const kindWithin = parseClusterKind(second);
  if (kindWithin !== undefined && parts.length === 3) {
    return prefixed(`${first}/${second}/`, await sources.objects(kindWithin, first));
  }
  return [];
}

function isLocal(flags: TypedWords['flags']): boolean {
  return flags.has('local') || flags.has('agent');
}

/** The last of several names with commas between, none of which comes twice. */
function listed(begun: string, names: readonly string[]): string[] {
  const before = begun.slice(0, begun.lastIndexOf(',') + 1);
  const used = new Set(before.split(','));
  return names.filter((name) => !used.has(name)).map((name) => `${before}${name}`);
}

/** The same with flags, of which each may have a "!". */
function tcpFlagLists(begun: string): string[] {
  const used = new Set(begun.toLowerCase().replaceAll('!', '').split(',').slice(0, -1));
  const sign = /(?:^|,)!\w*$/.test(begun) ? '!' : '';
  const names = tcpFlagNames.filter((name) => !used.has(name)).map((name) => `${sign}${name}`);
  return listed(begun, names);
}

function prefixed(prefix: string, names: readonly string[]): Candidate[] {
  return plain(names.map((name) => `${prefix}${name}`));
}

function plain(values: readonly string[]): Candidate[] {
  return values.map((value) => ({ value }));
}

function isPath(flag: FlagName): boolean {
  return flagSpec(flag).value === 'PATH';
}

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
