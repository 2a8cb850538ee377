import { AgentError } from '../agents/agent-client.ts';
import { failureOf } from '../agents/failure.ts';
import { UsageError } from '../cli/values.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { KubeError } from '../kubernetes/kube-api.ts';

/** A command cannot do what it was asked for. The message says it all. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.FAILURE) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What a user is told of an error, and what the command exits with. */
export interface CommandFailure {
  readonly exitCode: ExitCode;
  /** At least one; the first one begins with `error: ` or as kubectl would begin. */
  readonly lines: readonly string[];
}

/**
 * @param functionRegex of the request, for an agent that points into it
 * @returns undefined for what is no failure of the outside world but a mistake in this program
 */
export function commandFailure(
  thrown: unknown,
  functionRegex?: string,
): CommandFailure | undefined {
  if (thrown instanceof AgentError) {
    const { exitCode, message, detailLines } = failureOf(thrown, {
      options: { filter: noFilter, functionRegex },
      tracing: false,
    });
    return { exitCode, lines: [`error: ${oneLine(message)}`, ...detailLines] };
  }
  if (thrown instanceof KubeError) {
    const isForbidden = thrown.status === 401 || thrown.status === 403;
    const exitCode = isForbidden ? exitCodes.FORBIDDEN : exitCodes.FAILURE;
    // Worded, and begun, as kubectl does.
    return { exitCode, lines: thrown.message.split('\n') };
  }
  if (thrown instanceof CommandError)
    return { exitCode: thrown.exitCode, lines: [`error: ${thrown.message}`] };
  if (thrown instanceof UsageError)
    return { exitCode: exitCodes.USAGE, lines: [`error: ${thrown.message}`] };
  return undefined;
}

const noFilter = { text: '', expression: '' };

/** Some refusals list what they miss over several lines. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
