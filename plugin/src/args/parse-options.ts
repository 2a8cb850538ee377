import { readCommandLine } from './command-line.ts';
import type {
  CompleteOptions,
  CompletionOptions,
  DeployOptions,
  DoctorOptions,
  FunctionsOptions,
  SessionsOptions,
  StatusOptions,
  StopOptions,
  UndeployOptions,
  VersionOptions,
} from './command-options.ts';
import { type ClusterOptions, clusterOptions } from './connection.ts';
import type { CommandName } from './flag-table.ts';
import {
  parseCompletion,
  parseDeploy,
  parseFunctions,
  parseList,
  parseStop,
  parseUndeploy,
  parseVersion,
} from './parse-sub-command.ts';
import { parseTrace } from './parse-trace.ts';
import type { TraceOptions } from './trace-options.ts';

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
