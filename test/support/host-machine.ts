import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { GuestProcess, type GuestResult } from '../vm/lab/guest-process.ts';
import type { TestMachine } from './machine.ts';

/** This machine as a place for scenarios: bash scripts in process groups of their own. */
export const hostMachine: TestMachine = {
  async run(script, options) {
    await using process = await start(script);
    return await process.wait(options);
  },
  async mustRun(script, options) {
    const result: GuestResult = await this.run(script, options);
    if (result.exitCode !== 0) {
      throw new Error(
        `Command ended with exit code ${result.exitCode}: ${script}\n${result.output}`,
      );
    }
    return result.output;
  },
  start,
};

async function start(script: string): Promise<GuestProcess> {
  const child = spawn('bash', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const command = new GuestProcess(script, (signal) => {
    try {
      process.kill(-pid, signal);
    } catch {
      // The group is gone.
    }
  });
  command.started(pid);
  child.stdout.on('data', (bytes: Buffer) => command.wrote('out', bytes));
  child.stderr.on('data', (bytes: Buffer) => command.wrote('err', bytes));
  child.on('close', (code, signal) =>
    command.exited(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
  );
  return command;
}
