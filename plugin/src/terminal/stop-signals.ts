import { isatty } from 'node:tty';
import type { ExitCode } from '../exit-code.ts';

/** Without SIGHUP where whoever started this has it ignored (nohup): the launcher tells, since Node sets it back at its start. */
const signals: readonly NodeJS.Signals[] =
  process.env['PWRU_IGNORES_SIGHUP'] === '1'
    ? ['SIGINT', 'SIGTERM']
    : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Asked at the start: a terminal that is gone is no terminal. */
const hasTerminal = [0, 1, 2].some((fd) => isatty(fd));
let isHungUp = false;

/**
 * Calls `listener` for each signal that asks this process to end.
 * @returns ends that
 */
export function onStopSignal(listener: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    if (signal === 'SIGHUP') isHungUp = true;
    listener();
  };
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

/**
 * Ends this process. When its terminal has gone it ends by SIGHUP: Node restores the terminal's modes in `exit`, and aborts
 * when that fails.
 */
export function endProcess(exitCode: ExitCode): never {
  if (isHungUp && hasTerminal) {
    process.removeAllListeners('SIGHUP');
    process.kill(process.pid, 'SIGHUP');
  }
  process.exit(exitCode);
}
