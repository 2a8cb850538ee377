import type { TraceOptions } from '../cli/trace-options.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { AgentError } from './agent-client.ts';

/** What the user is told of an error, and what the program exits with. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly message: string;
  /** Printed below the message. */
  readonly detailLines: readonly string[];
}

/** What the user asked for, and how far it came. */
export interface FailureContext {
  readonly options: Pick<TraceOptions, 'filter' | 'functionRegex'>;
  /** All probes were on when the error came, so there is a trace, and it is not whole. */
  readonly tracing: boolean;
}

/** The one place that turns an agent's error into an exit code. */
export function failureOf(error: AgentError, { options, tracing }: FailureContext): Failure {
  return {
    exitCode: tracing ? exitCodes.PARTIAL : exitCodeOf(error),
    message: error.message,
    detailLines: pointIntoRequest(error, options),
  };
}

function exitCodeOf({ kind, details }: AgentError): ExitCode {
  switch (kind) {
    case 'unreachable':
    case 'lost':
      return exitCodes.NO_AGENT;
    case 'forbidden':
      return exitCodes.FORBIDDEN;
    case 'refused':
      return (
        exitCodeOfReason[details.reason ?? ''] ??
        exitCodeOfGrpcStatus[details.grpcStatus ?? 0] ??
        exitCodes.FAILURE
      );
  }
}

/** The agent's own codes (agent/src/core/errors.ts). */
const exitCodeOfReason: Readonly<Record<string, ExitCode>> = {
  INVALID_ARGUMENT: exitCodes.USAGE,
  FILTER_SYNTAX: exitCodes.USAGE,
  FILTER_UNSUPPORTED: exitCodes.USAGE,
  REGEX_SYNTAX: exitCodes.USAGE,
  NOT_FOUND: exitCodes.USAGE,
  NO_FUNCTIONS: exitCodes.USAGE,
  KERNEL_FEATURE_MISSING: exitCodes.FAILURE,
  LIBRARY_MISSING: exitCodes.FAILURE,
  PRIVILEGE_MISSING: exitCodes.FAILURE,
  LIMIT_REACHED: exitCodes.FAILURE,
  CANCELLED: exitCodes.FAILURE,
  SYSTEM: exitCodes.FAILURE,
};

/** For an agent that gives no reason, or one that this program does not know; all others are failures. */
const exitCodeOfGrpcStatus: Readonly<Record<number, ExitCode>> = {
  3: exitCodes.USAGE, // INVALID_ARGUMENT
  4: exitCodes.NO_AGENT, // DEADLINE_EXCEEDED
  5: exitCodes.USAGE, // NOT_FOUND
  7: exitCodes.FORBIDDEN, // PERMISSION_DENIED
  11: exitCodes.USAGE, // OUT_OF_RANGE
  14: exitCodes.NO_AGENT, // UNAVAILABLE
  16: exitCodes.FORBIDDEN, // UNAUTHENTICATED
};

/**
 * The text that is wrong, with a caret below the place that the agent names. Of a filter that is the user's own
 * expression, which stands first, or the whole when the place is behind it, in the terms of flags.
 */
function pointIntoRequest({ details }: AgentError, options: FailureContext['options']): string[] {
  const { field, position } = details;
  if (field === 'start.function_regex') return caretLines(options.functionRegex ?? '', position);
  if (field !== 'start.filter') return [];
  const { text, expression } = options.filter;
  const isInExpression =
    expression !== '' && position !== undefined && position <= expression.length;
  return caretLines(isInExpression ? expression : text, position);
}

function caretLines(text: string, position: number | undefined): string[] {
  if (text === '') return [];
  if (position === undefined || position > text.length) return [`  ${text}`];
  return [`  ${text}`, `  ${' '.repeat(position)}^`];
}
