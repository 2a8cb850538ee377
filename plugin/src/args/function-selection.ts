import type { CommandLine } from './command-line.ts';
import { mapFlag, nonEmpty } from './read-value.ts';
import type { TraceOptions } from './trace-options.ts';
import { UsageError } from './usage-error.ts';
import { parseModules } from './values.ts';

/** Of StartTrace.function_regex. */
const MAX_REGEX_BYTES = 4_096;

/** What --func, --backend, --kmods and --all-kmods say. @throws UsageError */
export function functionSelection(
  line: CommandLine,
): Pick<TraceOptions, 'functionRegex' | 'backend' | 'modules'> {
  return {
    functionRegex: functionRegex(nonEmpty(line, 'func')),
    backend: nonEmpty(line, 'backend'),
    modules: modules(line),
  };
}

export function functionRegex(regex: string | undefined): string | undefined {
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
