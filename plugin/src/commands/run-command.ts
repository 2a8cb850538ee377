import type { Command } from '../cli/parse-command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { CommandOutput, Output } from '../terminal/output.ts';
import { CommandError, commandFailure } from './command-error.ts';

/** Everything but a trace, and what only prints. */
export type SubCommand = Exclude<
  Command,
  { readonly kind: 'help' | 'trace' | 'completion' | 'complete' }
>;

/** Does what a command line says, and tells what stands in the way. Each command loads only what it needs. */
export async function runCommand(command: SubCommand, output: Output): Promise<ExitCode> {
  try {
    const exitCode = await run(command, output);
    await output.flush();
    const { failure } = output.stdout;
    if (failure === undefined) return exitCode;
    throw new CommandError(`Cannot write: ${failure.message}`);
  } catch (thrown) {
    const failure = commandFailure(thrown);
    if (failure === undefined) throw thrown;
    output.tell(...failure.lines);
    return failure.exitCode;
  }
}

async function run(command: SubCommand, output: CommandOutput): Promise<ExitCode> {
  switch (command.kind) {
    case 'overview':
      return (await import('./overview.ts')).runOverview(command.options, output);
    case 'functions':
      return (await import('./functions.ts')).runFunctions(command.options, output);
    case 'sessions':
      return (await import('./sessions.ts')).runSessions(command.options, output);
    case 'stop':
      return (await import('./stop.ts')).runStop(command.options, output);
    case 'status':
      return (await import('./status.ts')).runStatus(command.options, output);
    case 'doctor':
      return (await import('./doctor.ts')).runDoctor(command.options, output);
    case 'deploy':
      return (await import('./deploy.ts')).runDeploy(command.options, output);
    case 'undeploy':
      return (await import('./undeploy.ts')).runUndeploy(command.options, output);
    case 'version':
      return (await import('./version.ts')).runVersion(command.options, output);
  }
}
