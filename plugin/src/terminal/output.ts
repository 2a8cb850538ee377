import { createWriteStream, fstatSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { Channel } from './channel.ts';
import { type Style, styleFor } from './style.ts';
import { printable } from './text.ts';

const STDOUT = 1;
const STDERR = 2;
/** Of a terminal that does not say. */
const DEFAULT_COLUMNS = 80;

/** Where a sub-command writes, and how it may look there. */
export interface CommandOutput {
  /** Lines for standard output, as they are: what came over the wire has to be printable by now. */
  print(...lines: readonly string[]): void;
  /** Lines for standard error, made printable. */
  tell(...lines: readonly string[]): void;
  /** Characters of a line of standard output; undefined: it is not a terminal, and nothing is cut. */
  readonly width: number | undefined;
  readonly style: Style;
  /** Nothing is written from now on. */
  silence(): void;
}

/**
 * The process' own streams, for all of its life: nothing else writes to them. Main flushes them before it exits, since a pipe
 * takes 64 KiB at once and the rest as its reader reads.
 */
export class Output implements CommandOutput {
  readonly stdout: Channel;
  readonly stderr: Channel;
  readonly style: Style;
  /** Whether progress can be rewritten in place on standard error. */
  readonly canRewrite: boolean;
  readonly #impatient = new AbortController();
  #isSilent = false;

  private constructor(stdout: Channel, stderr: Channel) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.style = styleFor(isatty(STDOUT), process.env);
    this.canRewrite = isatty(STDERR) && process.env['TERM'] !== 'dumb';
  }

  /**
   * Node writes to a terminal synchronously: while the user holds it with Ctrl-S the whole program stands still, heartbeats too,
   * and the agent would take the client for dead. Writing through the file API happens in a thread instead. Pipes and files are
   * Node's own streams; pipes do not block. On one terminal both are one stream, so that their lines keep their order.
   */
  static open(): Output {
    const stdout = new Channel(isatty(STDOUT) ? openTerminal(STDOUT) : process.stdout);
    if (isSameTerminal()) return new Output(stdout, stdout);
    return new Output(stdout, new Channel(isatty(STDERR) ? openTerminal(STDERR) : process.stderr));
  }

  get width(): number | undefined {
    return isatty(STDOUT) ? process.stdout.columns || DEFAULT_COLUMNS : undefined;
  }

  /** Columns of the terminal that standard error is; undefined when it does not say. */
  get progressWidth(): number | undefined {
    return isatty(STDERR) ? process.stderr.columns : undefined;
  }

  /** @param listener called with the new width each time that the terminal of standard output changes its size */
  onResize(listener: (columns: number) => void): void {
    process.stdout.on('resize', () => listener(process.stdout.columns));
  }

  print(...lines: readonly string[]): void {
    this.#send(this.stdout, lines);
  }

  tell(...lines: readonly string[]): void {
    this.#send(this.stderr, lines.map(printable));
  }

  silence(): void {
    this.#isSilent = true;
  }

  /** The user wants an end: from now on no reader is waited for longer than half a second. */
  hurry(): void {
    this.#impatient.abort();
  }

  /**
   * Waits until everything is written or its reader is gone: for standard output as long as its reader takes, unless there is a hurry;
   * for standard error never long.
   */
  async flush(): Promise<void> {
    await this.stdout.flush(this.#impatient.signal);
    await this.stderr.flush(AbortSignal.abort());
  }

  #send(channel: Channel, lines: readonly string[]): void {
    if (!this.#isSilent && lines.length > 0) channel.send(`${lines.join('\n')}\n`);
  }
}

function openTerminal(fd: number): Writable {
  return createWriteStream('', { fd, autoClose: false });
}

function isSameTerminal(): boolean {
  return isatty(STDOUT) && isatty(STDERR) && fstatSync(STDOUT).rdev === fstatSync(STDERR).rdev;
}
