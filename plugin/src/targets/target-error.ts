import { type ExitCode, exitCodes } from '../exit-code.ts';

/** Nothing can be traced of what was named. The message is all that the user is told, as that of a KubeError. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.FAILURE) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function tooManyNodes(count: number, maxNodes: number): TargetError {
  return new TargetError(
    `error: Cannot trace ${count} nodes: at most ${maxNodes} are traced without --max-nodes ${count}`,
    exitCodes.USAGE,
  );
}
