import { createWriteStream, fstatSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';

const STDOUT = 1;
const STDERR = 2;

/** Standard output and error. On one terminal both are one stream, so that their lines keep their order. */
export interface StandardStreams {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Standard streams for a long-lived program. Node writes to a terminal synchronously: while the user holds it with
 * Ctrl-S the whole program stands still, heartbeats too, and the agent would take the client for dead. Writing through
 * the file API happens in a thread instead. Pipes and files are Node's own streams; pipes do not block.
 *
 * A closed standard error takes nothing from the trace: its errors are dropped.
 */
export function openStandardStreams(): StandardStreams {
  const stdout = isatty(STDOUT) ? openTerminal(STDOUT) : process.stdout;
  const stderr = isatty(STDERR)
    ? isSameTerminal()
      ? stdout
      : openTerminal(STDERR)
    : process.stderr;
  stderr.on('error', () => {});
  return { stdout, stderr };
}

function openTerminal(fd: number): Writable {
  return createWriteStream('', { fd, autoClose: false });
}

function isSameTerminal(): boolean {
  return isatty(STDOUT) && fstatSync(STDOUT).rdev === fstatSync(STDERR).rdev;
}

/** Whether progress can be rewritten in place. */
export function hasTerminalForProgress(): boolean {
  return isatty(STDERR) && process.env['TERM'] !== 'dumb';
}

/** Columns of the terminal that progress is shown on; undefined when it does not say. */
export function progressWidth(): number | undefined {
  return isatty(STDERR) ? process.stderr.columns : undefined;
}

/** Characters of a line; undefined when standard output is not a terminal. */
export function terminalWidth(): number | undefined {
  return isatty(STDOUT) ? process.stdout.columns || 80 : undefined;
}
