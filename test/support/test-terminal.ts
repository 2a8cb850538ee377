import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { GuestProcess, GuestResult } from '../vm/lab/guest-process.ts';
import type { TestMachine } from './machine.ts';

const terminalTool = join(import.meta.dirname, 'terminal.py');

/** Keys as a terminal sends them. */
export const keys = { ctrlC: '03', ctrlQ: '11', ctrlS: '13' } as const;

/** A command in a terminal of its own. Disposing it kills it. */
export class TestTerminal implements AsyncDisposable {
  readonly #machine: TestMachine;
  readonly #process: GuestProcess;
  readonly #controlPath: string;

  private constructor(machine: TestMachine, process: GuestProcess, controlPath: string) {
    this.#machine = machine;
    this.#process = process;
    this.#controlPath = controlPath;
  }

  /** @param command goes to bash as it is */
  static async start(
    machine: TestMachine,
    { command, columns }: { readonly command: string; readonly columns: number },
  ): Promise<TestTerminal> {
    const controlPath = join(tmpdir(), `pwru-terminal-${randomBytes(6).toString('hex')}`);
    const process = await machine.start(
      `exec python3 ${terminalTool} ${controlPath} ${columns} 24 ${command}`,
    );
    return new TestTerminal(machine, process, controlPath);
  }

  /** All that it has shown, with its escape sequences. */
  get shown(): string {
    return this.#process.stdout;
  }

  /** Lines that are complete, from a position in `shown` on, as they stand there in the end. */
  linesFrom(position: number): string[] {
    const text = stripVTControlCharacters(this.shown.slice(position));
    const lines = text.split('\r\n').slice(0, -1);
    return lines.map((line) => line.slice(line.lastIndexOf('\r') + 1));
  }

  async waitFor(pattern: RegExp): Promise<void> {
    await this.#process.waitForOutput(pattern, { timeoutMs: 120_000 });
  }

  async resize(columns: number): Promise<void> {
    await this.#control(`size ${columns} 24`);
  }

  async press(key: string): Promise<void> {
    await this.#control(`keys ${key}`);
  }

  /** Waits for the command's end. Standard error says so when it leaves the terminal in other modes. */
  end(): Promise<GuestResult> {
    return this.#process.wait({ timeoutMs: 120_000 });
  }

  async #control(line: string): Promise<void> {
    await this.#machine.mustRun(
      `until [ -p ${this.#controlPath} ]; do sleep 0.1; done; echo '${line}' > ${this.#controlPath}`,
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#process[Symbol.asyncDispose]();
  }
}
