import { terminalWidth } from './standard-streams.ts';
import { type Style, styleFor } from './style.ts';
import { printable } from './text.ts';

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

/** The process' own streams. */
export interface ProcessOutput extends CommandOutput {
  /**
   * Why standard output could not be written, once everything is; undefined when it was, and when its reader has gone away,
   * which is no error.
   */
  failure(): Promise<Error | undefined>;
}

/** Of a pipe and of a socket. */
const readerGone: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET']);

/**
 * Writing waits for the reader (Node writes to files, terminals and, on Linux, pipes at once), so that all is out when a
 * command is done; what is written to a reader that has gone away is dropped.
 */
export function openCommandOutput(): ProcessOutput {
  const width = terminalWidth();
  let isSilent = false;
  let problem: NodeJS.ErrnoException | undefined;
  const write = (stream: NodeJS.WriteStream, lines: readonly string[]) => {
    if (!isSilent && lines.length > 0 && !stream.destroyed) stream.write(`${lines.join('\n')}\n`);
  };
  process.stdout.on('error', (error) => {
    problem ??= error;
    process.stdout.destroy();
  });
  process.stderr.on('error', () => process.stderr.destroy());
  return {
    print: (...lines) => write(process.stdout, lines),
    tell: (...lines) => write(process.stderr, lines.map(printable)),
    width,
    style: styleFor(width !== undefined, process.env),
    silence: () => {
      isSilent = true;
    },
    failure: async () => {
      // Errors are told in the turn after the write.
      await new Promise((resolve) => setImmediate(resolve));
      return readerGone.has(problem?.code ?? '') ? undefined : problem;
    },
  };
}
