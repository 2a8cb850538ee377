import { agentChoice } from './agent-choice.ts';
import type { CommandLine } from './command-line.ts';
import {
  type AgentOptions,
  type CompletionOptions,
  completionKinds,
  type DeployOptions,
  type FunctionsOptions,
  type ListOptions,
  type SessionName,
  type StopOptions,
  type UndeployOptions,
  type VersionOptions,
} from './command-options.ts';
import { clusterOptions } from './connection.ts';
import type { TextFlag } from './flag-table.ts';
import { functionRegex, functionSelection } from './function-selection.ts';
import { commaList, mapFlag, mapGiven, oneOf } from './read-value.ts';
import { outputFormats } from './trace-options.ts';
import { UsageError, unusable } from './usage-error.ts';
import { parseDurationMs, parseLabels } from './values.ts';

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
