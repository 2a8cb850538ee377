import {
  type CommandLine,
  commaList,
  mapFlag,
  mapGiven,
  oneOf,
  readCommandLine,
} from './command-line.ts';
import { type ClusterOptions, clusterOptions } from './connection.ts';
import type { CommandName, TextFlag } from './flag-table.ts';
import { parseTrace } from './parse-trace.ts';
import {
  type AgentChoice,
  agentChoice,
  functionRegex,
  functionSelection,
  type OutputFormat,
  outputFormats,
  type TraceOptions,
} from './trace-options.ts';
import { parseDurationMs, parseLabels, UsageError, unusable } from './values.ts';

export type Command =
  | { readonly kind: 'help'; readonly command: CommandName }
  | { readonly kind: 'overview'; readonly options: ClusterOptions }
  | { readonly kind: 'trace'; readonly options: TraceOptions }
  | { readonly kind: 'functions'; readonly options: FunctionsOptions }
  | { readonly kind: 'sessions'; readonly options: SessionsOptions }
  | { readonly kind: 'stop'; readonly options: StopOptions }
  | { readonly kind: 'status'; readonly options: StatusOptions }
  | { readonly kind: 'doctor'; readonly options: DoctorOptions }
  | { readonly kind: 'deploy'; readonly options: DeployOptions }
  | { readonly kind: 'undeploy'; readonly options: UndeployOptions }
  | { readonly kind: 'version'; readonly options: VersionOptions }
  | { readonly kind: 'completion'; readonly options: CompletionOptions }
  | { readonly kind: 'complete'; readonly options: CompleteOptions };

/** cobra's hidden sub-commands, which kubectl_complete-pwru and the shells' scripts run. */
const COMPLETE = '__complete';
const COMPLETE_WITHOUT_DESCRIPTIONS = '__completeNoDesc';

/**
 * Understands the arguments after the program's name.
 * @throws UsageError naming the flag or the word, and what it must be
 */
export function parseCommand(args: readonly string[]): Command {
  const [first, ...words] = args;
  if (first === COMPLETE || first === COMPLETE_WITHOUT_DESCRIPTIONS) {
    return { kind: 'complete', options: { words, descriptions: first === COMPLETE } };
  }
  const line = readCommandLine(args);
  if (args.length === 0) return { kind: 'overview', options: clusterOptions(line) };
  if (line.help) return { kind: 'help', command: line.command };
  switch (line.command) {
    case 'trace':
      return line.isOn('version')
        ? { kind: 'version', options: parseVersion(readCommandLine(['version', '--client'])) }
        : { kind: 'trace', options: parseTrace(line) };
    case 'functions':
      return { kind: 'functions', options: parseFunctions(line) };
    case 'sessions':
    case 'status':
    case 'doctor':
      return { kind: line.command, options: parseList(line) };
    case 'stop':
      return { kind: 'stop', options: parseStop(line) };
    case 'deploy':
      return { kind: 'deploy', options: parseDeploy(line) };
    case 'undeploy':
      return { kind: 'undeploy', options: parseUndeploy(line) };
    case 'version':
      return { kind: 'version', options: parseVersion(line) };
    case 'completion':
      return { kind: 'completion', options: parseCompletion(line) };
  }
}

/** A rollout of one DaemonSet on many nodes. */
const DEFAULT_DEPLOY_TIMEOUT_MS = 120_000;

/** sessions, status and doctor. */
export function parseList(line: CommandLine): ListOptions {
  refuseWords(line, 0);
  return listOptions(line);
}

export function parseFunctions(line: CommandLine): FunctionsOptions {
  refuseWords(line, 1);
  const selection = functionSelection(line);
  const [word] = line.words;
  if (word !== undefined && selection.functionRegex !== undefined) {
    throw new UsageError(`Cannot use "${word}" together with --func: give the expression once`);
  }
  return {
    ...listOptions(line),
    ...selection,
    functionRegex: selection.functionRegex ?? functionRegex(word || undefined),
  };
}

/** What stands before the last slash is a node, or the address of an agent. */
const sessionWord = /^(?:(?<node>\S{1,300})\/)?(?<id>[\w.:-]{1,128})$/;

function sessionName(word: string): SessionName {
  const { node, id = '' } = sessionWord.exec(word)?.groups ?? {};
  return { node, id };
}

export function parseStop(line: CommandLine): StopOptions {
  if (line.words.length === 0) {
    throw new UsageError('Cannot stop: name a session, as "kubectl pwru sessions" lists them');
  }
  const wrong = line.words.find((word) => !sessionWord.test(word));
  if (wrong !== undefined) {
    throw new UsageError(`Cannot stop "${wrong}": that is no id of a session`);
  }
  refuseExpression(line);
  return { ...agentOptions(line), sessions: [...new Set(line.words)].map(sessionName) };
}

export function parseVersion(line: CommandLine): VersionOptions {
  refuseWords(line, 0);
  return { ...listOptions(line), clientOnly: line.isOn('client') };
}

export function parseUndeploy(line: CommandLine): UndeployOptions {
  refuseWords(line, 0);
  return {
    ...clusterOptions(line),
    wait: line.switch('wait') ?? true,
    timeoutMs: mapFlag(line, 'timeout', parseDurationMs) ?? DEFAULT_DEPLOY_TIMEOUT_MS,
  };
}

export function parseDeploy(line: CommandLine): DeployOptions {
  return {
    ...parseUndeploy(line),
    image: mapFlag(line, 'image', image),
    printOnly: line.isOn('print-only'),
    nodeSelector: mapFlag(line, 'node-selector', parseLabels) ?? {},
    runtimeSocket: line.switch('runtime-socket') ?? true,
  };
}

export function parseCompletion(line: CommandLine): CompletionOptions {
  refuseWords(line, 1);
  const [word] = line.words;
  const kind = completionKinds.find((name) => name === word);
  if (kind === undefined) {
    throw new UsageError(
      `Cannot complete for ${word === undefined ? 'no shell' : `"${word}"`}: it must be one of ${completionKinds.join(', ')}`,
    );
  }
  return { kind };
}

function listOptions(line: CommandLine): ListOptions {
  return {
    ...agentOptions(line),
    output: mapGiven(line, 'output', (value, flag) => oneOf(flag, value, outputFormats)) ?? 'table',
    headers: !line.isOn('no-headers'),
  };
}

function agentOptions(line: CommandLine): AgentOptions {
  return {
    ...clusterOptions(line),
    agent: agentChoice(line),
    nodes: commaList(line, 'node'),
  };
}

/** As the container runtimes take it, so that a typing error is not found minutes later in the kubelet's events. */
function image(value: string, flag: TextFlag): string {
  if (!/^\w[\w./:@-]*$/.test(value)) {
    throw unusable(flag, value, 'it must be an image such as NAME:TAG or NAME@sha256:DIGEST');
  }
  return value;
}

function refuseWords(line: CommandLine, allowed: number): void {
  const surplus = line.words[allowed];
  if (surplus !== undefined) {
    throw new UsageError(
      `Cannot use "${surplus}" with ${line.command}: it takes ${allowed === 0 ? 'no words' : 'one word'}`,
    );
  }
  refuseExpression(line);
}

function refuseExpression(line: CommandLine): void {
  if (line.expression !== undefined) {
    throw new UsageError(`Cannot use "--" with ${line.command}: only a trace has a filter`);
  }
}

/** Which agents a sub-command asks. */
export interface AgentOptions extends ClusterOptions {
  readonly agent: AgentChoice;
  /** Only those of these nodes; empty: of all. */
  readonly nodes: readonly string[];
}

export interface ListOptions extends AgentOptions {
  readonly output: OutputFormat;
  readonly headers: boolean;
}

export type SessionsOptions = ListOptions;
export type StatusOptions = ListOptions;
export type DoctorOptions = ListOptions;

export interface FunctionsOptions extends ListOptions {
  /** RE2 expression for the whole name; undefined: all. */
  readonly functionRegex: string | undefined;
  readonly backend: string | undefined;
  readonly modules: 'all' | readonly string[];
}

/** A session as the command line names it: `ID` or `NODE/ID`. */
export interface SessionName {
  /** Undefined: on whichever node it is. */
  readonly node: string | undefined;
  /** A whole id, or the beginning of one. */
  readonly id: string;
}

export interface StopOptions extends AgentOptions {
  /** At least one. */
  readonly sessions: readonly SessionName[];
}

export interface VersionOptions extends ListOptions {
  /** Ask no agent. */
  readonly clientOnly: boolean;
}

export interface UndeployOptions extends ClusterOptions {
  readonly wait: boolean;
  readonly timeoutMs: number;
}

export interface DeployOptions extends UndeployOptions {
  /** Undefined: the one that belongs to this version. */
  readonly image: string | undefined;
  readonly printOnly: boolean;
  /** Empty: agents on all nodes. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** The agents may ask the container runtime, which makes them root on their node. */
  readonly runtimeSocket: boolean;
}

/** `kubectl` is the file that kubectl itself runs for completion. */
export const completionKinds = ['bash', 'zsh', 'fish', 'kubectl'] as const;

export interface CompletionOptions {
  readonly kind: (typeof completionKinds)[number];
}

/** What stands on a command line that is being written. */
export interface CompleteOptions {
  /** The last one is the word at the cursor, perhaps empty. */
  readonly words: readonly string[];
  readonly descriptions: boolean;
}
