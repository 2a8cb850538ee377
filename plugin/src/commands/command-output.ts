import { printable } from '../printable.ts';
import { type Style, styleFor } from '../render/style.ts';
import { terminalWidth } from '../standard-streams.ts';

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
 * The process' own streams. A reader that goes away is no error: what is written afterwards is dropped. Writing waits for the
 * reader (Node writes to files, terminals and, on Linux, pipes at once), so that all is out when the command is done.
 */
export function openCommandOutput(): CommandOutput {
  const width = terminalWidth();
  let isSilent = false;
  const write = (stream: NodeJS.WriteStream, lines: readonly string[]) => {
    if (!isSilent && lines.length > 0 && !stream.destroyed) stream.write(`${lines.join('\n')}\n`);
  };
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stream.destroy());
  return {
    print: (...lines) => write(process.stdout, lines),
    tell: (...lines) => write(process.stderr, lines.map(printable)),
    width,
    style: styleFor(width !== undefined, process.env),
    silence: () => {
      isSilent = true;
    },
  };
}
