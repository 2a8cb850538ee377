import { type CommandLine, readCommandLine, type TextFlag } from './flags.ts';
import { packetFilter } from './packet-filter.ts';
import { parseTarget } from './target.ts';
import {
  type AgentChoice,
  outputFormats,
  type TimestampMode,
  type TraceOptions,
  timestampModes,
} from './trace-options.ts';
import { UsageError, unusable } from './usage-error.ts';
import { parseAgentAddress, parseDurationMs, parseMark, parseModules } from './values.ts';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'trace'; readonly options: TraceOptions };

/** Of StartTrace.function_regex. */
const MAX_REGEX_BYTES = 4_096;

/**
 * Understands the arguments after the program's name.
 * @throws UsageError naming the flag or the word, and what it must be
 */
export function parseCommand(args: readonly string[]): Command {
  const line = readCommandLine(args);
  if (line.isOn('help')) return { kind: 'help' };
  if (line.isOn('version')) return { kind: 'version' };
  return { kind: 'trace', options: traceOptions(line) };
}

function traceOptions(line: CommandLine): TraceOptions {
  return {
    agent: agentChoice(line),
    targets: line.words.map(parseTarget),
    filter: packetFilter(line),
    dropsOnly: line.isOn('drops'),
    functionRegex: functionRegex(line),
    backend: nonEmpty(line, 'backend'),
    modules: modules(line),
    mark: mapFlag(line, 'mark', parseMark),
    interfaceName: mapFlag(line, 'ifname', interfaceName),
    limit: mapFlag(line, 'limit', limit),
    timeoutMs: mapFlag(line, 'timeout', parseDurationMs),
    stack: line.isOn('stack'),
    track: line.isOn('track'),
    timestamp: mapFlag(line, 'timestamp', timestampMode) ?? 'none',
    output: mapFlag(line, 'output', (value) => oneOf('output', value, outputFormats)) ?? 'table',
    quiet: line.isOn('quiet'),
    headers: !line.isOn('no-headers'),
  };
}

function mapFlag<T>(line: CommandLine, flag: TextFlag, parse: (value: string) => T): T | undefined {
  const value = line.text(flag);
  return value === undefined ? undefined : parse(value);
}

function nonEmpty(line: CommandLine, flag: TextFlag): string | undefined {
  const value = line.text(flag);
  if (value === '') throw unusable(flag, value, 'it must not be empty');
  return value;
}

function oneOf<T extends string>(flag: TextFlag, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found === undefined) throw unusable(flag, value, `it must be one of ${allowed.join(', ')}`);
  return found;
}

function agentChoice(line: CommandLine): AgentChoice {
  const address = mapFlag(line, 'agent', parseAgentAddress);
  const local = line.isOn('local');
  if (local && address !== undefined) {
    throw new UsageError(
      'Cannot use --local together with --agent: trace this machine, or ask that agent',
    );
  }
  if (address !== undefined) return { kind: 'address', address };
  return { kind: local ? 'local' : 'default' };
}

function functionRegex(line: CommandLine): string | undefined {
  const regex = nonEmpty(line, 'func');
  if (regex !== undefined && Buffer.byteLength(regex) > MAX_REGEX_BYTES) {
    throw new UsageError(
      `Cannot use --func: the expression has ${Buffer.byteLength(regex)} bytes, at most ${MAX_REGEX_BYTES} are allowed`,
    );
  }
  return regex;
}

function modules(line: CommandLine): 'all' | readonly string[] {
  const named = mapFlag(line, 'kmods', parseModules);
  const all = line.isOn('all-kmods');
  if (all && named !== undefined)
    throw new UsageError('Cannot use --kmods together with --all-kmods: it is one of them');
  return all ? 'all' : (named ?? []);
}

/** IFNAMSIZ - 1, and what dev_valid_name() allows (net/core/dev.c). */
function interfaceName(value: string): string {
  const lengthBytes = Buffer.byteLength(value);
  if (
    lengthBytes < 1 ||
    lengthBytes > 15 ||
    /[/:\s]/.test(value) ||
    value === '.' ||
    value === '..'
  ) {
    throw unusable(
      'ifname',
      value,
      'an interface name has 1 to 15 bytes, none of them "/", ":" or blank',
    );
  }
  return value;
}

function limit(value: string): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1 || !Number.isSafeInteger(count)) {
    throw unusable('limit', value, 'it must be a number of events, 1 or more');
  }
  return count;
}

function timestampMode(value: string): TimestampMode {
  return oneOf('timestamp', value, timestampModes);
}
