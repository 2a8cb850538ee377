import type { CommandOutput } from '../../src/terminal/output.ts';
import { plainStyle } from '../../src/terminal/style.ts';
import { printable } from '../../src/terminal/text.ts';

/** Keeps what a command writes. */
export class RecordedOutput implements CommandOutput {
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  readonly style = plainStyle;
  readonly width: number | undefined;

  /** @param width of the terminal that it would be; undefined: none */
  constructor(width?: number) {
    this.width = width;
  }

  print(...lines: readonly string[]): void {
    this.stdout.push(...lines);
  }

  tell(...lines: readonly string[]): void {
    this.stderr.push(...lines.map(printable));
  }

  silence(): void {}

  /** What was written to standard output, each line as JSON. */
  get json(): unknown[] {
    return this.stdout.map((line) => JSON.parse(line));
  }
}
