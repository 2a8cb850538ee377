import { RE2JS } from 're2js';
import { messageOf, PwruError } from '../../core/errors.ts';
import { requestLimits } from '../../core/limits.ts';
import { programSizeBound } from '../../core/probe/expression-size.ts';
import { type BackendName, backendNames, type TraceSpec } from './trace-spec.ts';

/** Which functions are probed, and by what: the part of a TraceSpec that ListFunctions shares with Trace. */
export type FunctionSelection = Pick<TraceSpec, 'functionRegex' | 'backend' | 'modules'>;

/** The fields that StartTrace and ListFunctionsRequest have in common. */
export interface SelectionRequest {
  readonly functionRegex?: string | null;
  readonly backend?: string | null;
  readonly modules?: readonly string[] | null;
  readonly allModules?: boolean | null;
}

/**
 * @param prefix of the field paths in errors: `start.` or empty
 * @throws PwruError INVALID_ARGUMENT, REGEX_SYNTAX
 */
export function parseSelection(request: SelectionRequest, prefix: string): FunctionSelection {
  const modules = parseModules(request.modules ?? [], prefix);
  return {
    functionRegex: parseRegex(request.functionRegex ?? '', prefix),
    backend: parseBackend(request.backend ?? '', prefix),
    modules: request.allModules === true ? 'all' : modules,
  };
}

function parseRegex(text: string, prefix: string): RE2JS | undefined {
  if (text === '') return undefined;
  const field: RequestField = { path: `${prefix}function_regex`, name: 'function expression' };
  checkText(field, text, requestLimits.regexBytes);
  const instructions = programSizeBound(text);
  if (instructions > requestLimits.regexInstructions) {
    throw new PwruError(
      'INVALID_ARGUMENT',
      `Cannot use the function expression: it would make a program of about ${instructions} instructions, at most ${requestLimits.regexInstructions} are allowed`,
      { field: field.path },
    );
  }
  try {
    return RE2JS.compile(text);
  } catch (thrown) {
    const why = messageOf(thrown).replace(/^error parsing regexp: /, '');
    const position = positionOf(thrown, text);
    throw new PwruError('REGEX_SYNTAX', `Cannot use function expression: ${why} (RE2 syntax)`, {
      field: field.path,
      ...(position === undefined ? {} : { position }),
      cause: thrown,
    });
  }
}

/** re2js names the offending part, not its position: known when the part is not the whole and occurs only once. */
function positionOf(thrown: unknown, text: string): number | undefined {
  const part = thrown instanceof Error && 'input' in thrown ? thrown.input : undefined;
  if (typeof part !== 'string' || part === '' || part === text) return undefined;
  const position = text.indexOf(part);
  return position !== -1 && position === text.lastIndexOf(part) ? position : undefined;
}

function parseBackend(name: string, prefix: string): BackendName | undefined {
  if (name === '') return undefined;
  const known = backendNames.find((candidate) => candidate === name);
  if (known === undefined) {
    const field: RequestField = { path: `${prefix}backend`, name: 'backend' };
    checkText(field, name, 64);
    throw new PwruError(
      'INVALID_ARGUMENT',
      `Unknown backend ${quote(name)}: known are ${backendNames.join(', ')}`,
      { field: field.path },
    );
  }
  return known;
}

/** Module names as the kernel spells them (`-` is `_` there), without repetitions. */
function parseModules(names: readonly string[], prefix: string): readonly string[] {
  if (names.length > requestLimits.modules) {
    const why = `there are ${names.length}, the limit is ${requestLimits.modules}`;
    throw refuse({ path: `${prefix}modules`, name: 'modules' }, undefined, why);
  }
  const spelled = names.map((name, index) => {
    if (!/^[A-Za-z0-9_-]{1,56}$/.test(name)) {
      const field = { path: `${prefix}modules[${index}]`, name: 'module name' };
      const why = 'it must have 1 to 56 letters, digits, "_" or "-"';
      throw refuse(field, quote(name.slice(0, 64)), why);
    }
    return name.replaceAll('-', '_');
  });
  return Object.freeze([...new Set(spelled)]);
}

/** A field of a request, for the error that refuses it: `path` for programs, `name` for people. */
export interface RequestField {
  /** For instance `start.targets[0].netns_name`. */
  readonly path: string;
  /** For instance `network namespace name`. */
  readonly name: string;
}

/** The error "Cannot use <name> <value>: <why>". `value` is left out when undefined. */
export function refuse(field: RequestField, value: string | undefined, why: string): PwruError {
  const shown = value === undefined ? '' : ` ${value}`;
  return new PwruError('INVALID_ARGUMENT', `Cannot use ${field.name}${shown}: ${why}`, {
    field: field.path,
  });
}

/**
 * Checks what holds for every text of a request: at most `maxBytes` of UTF-8, no NUL byte.
 * @throws PwruError INVALID_ARGUMENT
 */
export function checkText(field: RequestField, text: string, maxBytes: number): string {
  const lengthBytes = Buffer.byteLength(text);
  if (lengthBytes > maxBytes) {
    throw refuse(field, undefined, `it has ${lengthBytes} bytes, the limit is ${maxBytes}`);
  }
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    throw new PwruError(
      'INVALID_ARGUMENT',
      `Cannot use ${field.name}: it has a NUL byte at position ${nul}`,
      { field: field.path, position: nul },
    );
  }
  return text;
}

/** Text as it may stand in a message: quoted, control characters escaped. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
