// The executable kubectl-pwru. Only what --help and usage errors need is loaded before a trace is asked for.
import { helpFor } from './cli/help.ts';
import { type Command, parseCommand } from './cli/parse-command.ts';
import { UsageError } from './cli/values.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { Output } from './terminal/output.ts';
import { endProcess } from './terminal/stop-signals.ts';

// Held by waiting writes to a terminal and, with --local, by links that close in parallel. Read when first used.
process.env['UV_THREADPOOL_SIZE'] ??= '16';

const output = Output.open();

void main(process.argv.slice(2)).then(async (exitCode) => {
  await output.flush();
  endProcess(exitCode);
});

async function main(args: readonly string[]): Promise<ExitCode> {
  let command: Command;
  try {
    command = parseCommand(args);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    output.tell(...`error: ${thrown.message}`.split('\n'), "See 'kubectl pwru --help' for usage.");
    return exitCodes.USAGE;
  }
  switch (command.kind) {
    case 'help':
      output.stdout.send(helpFor(command.command));
      return exitCodes.OK;
    case 'trace': {
      const { runTrace } = await import('./commands/trace/trace.ts');
      return runTrace(command.options, output);
    }
    case 'completion': {
      const { completionScripts } = await import('./completion/completion-scripts.ts');
      output.stdout.send(completionScripts[command.options.kind]);
      return exitCodes.OK;
    }
    case 'complete': {
      const { agentCompletion } = await import('./commands/completion.ts');
      const { runCompletion } = await import('./completion/run-completion.ts');
      const agents = agentCompletion(command.options.words);
      output.stdout.send(await runCompletion(command.options, agents));
      return exitCodes.OK;
    }
    case 'overview':
    case 'functions':
    case 'sessions':
    case 'stop':
    case 'status':
    case 'doctor':
    case 'deploy':
    case 'undeploy':
    case 'version': {
      const { runCommand } = await import('./commands/run-command.ts');
      return runCommand(command, output);
    }
  }
}
