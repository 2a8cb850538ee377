import { EventEmitter, once } from 'node:events';
import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** What a command came to. */
export interface GuestResult {
  /** 128 + signal when one killed it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order of arrival. */
  readonly output: string;
}

/** Output kept of one command; a command that writes more is killed. */
const maxOutputBytes = 32 * 1024 * 1024;

/** A command in a guest. Disposing it kills it, if it runs, and waits for its end. */
export class GuestProcess implements AsyncDisposable {
  readonly #signal: (signal: number) => void;
  readonly #events = new EventEmitter();
  readonly #decoders = { out: new StringDecoder('utf8'), err: new StringDecoder('utf8') };
  readonly #text = { out: '', err: '', both: '' };
  readonly #script: string;
  #sizeBytes = 0;
  #pid: number | undefined;
  #exitCode: number | undefined;
  #failure: Error | undefined;

  /** @param signal sends a signal to the command's process group */
  constructor(script: string, signal: (signal: number) => void) {
    this.#script = script;
    this.#signal = signal;
    this.#events.setMaxListeners(0);
  }

  /** The pid of the command's bash, or of the command itself where it is one simple command (bash replaces itself). */
  get pid(): number {
    if (this.#pid === undefined) throw new Error('The command has not started');
    return this.#pid;
  }

  get stdout(): string {
    return this.#text.out;
  }

  get stderr(): string {
    return this.#text.err;
  }

  get output(): string {
    return this.#text.both;
  }

  /** Sends a signal to the command and its children. */
  signal(name: NodeJS.Signals): void {
    if (!this.hasEnded) this.#signal(constants.signals[name]);
  }

  /**
   * Waits for the end. On time-out the command is killed.
   * @throws Error when it lasts too long, writes too much, or the guest ends before it; with what it wrote.
   */
  async wait({ timeoutMs = 240_000 }: { timeoutMs?: number } = {}): Promise<GuestResult> {
    await this.#until(() => this.hasEnded, `end within ${timeoutMs} ms`, timeoutMs);
    if (this.#failure !== undefined) throw this.#failure;
    return {
      exitCode: this.#exitCode ?? -1,
      stdout: this.stdout,
      stderr: this.stderr,
      output: this.output,
    };
  }

  /**
   * Waits until what the command has written so far matches, and returns the match.
   * @throws Error when that takes too long (the command is killed) or the command ends first.
   */
  async waitForOutput(
    pattern: RegExp,
    { timeoutMs = 240_000 }: { timeoutMs?: number } = {},
  ): Promise<RegExpExecArray> {
    await this.#until(
      () => pattern.test(this.output) || this.hasEnded,
      `write ${pattern} within ${timeoutMs} ms`,
      timeoutMs,
    );
    const match = pattern.exec(this.output);
    if (match === null)
      throw (
        this.#failure ??
        this.#errorOf(`ended with exit code ${this.#exitCode} without writing ${pattern}`)
      );
    return match;
  }

  async #until(isDone: () => boolean, goal: string, timeoutMs: number): Promise<void> {
    const timeout = AbortSignal.timeout(timeoutMs);
    while (!isDone()) {
      try {
        await once(this.#events, 'change', { signal: timeout });
      } catch {
        this.signal('SIGKILL');
        throw this.#errorOf(`did not ${goal}`);
      }
    }
  }

  #errorOf(what: string): Error {
    return new Error(`Guest command ${what}: ${this.#script}\n${this.output}`);
  }

  get hasEnded(): boolean {
    return this.#exitCode !== undefined || this.#failure !== undefined;
  }

  /** Passes on what the command wrote and will write. */
  forward(streams: { readonly stdout: Writable; readonly stderr: Writable }): void {
    streams.stdout.write(this.stdout);
    streams.stderr.write(this.stderr);
    this.#events.on('out', (text: string) => streams.stdout.write(text));
    this.#events.on('err', (text: string) => streams.stderr.write(text));
  }

  /** For the guest alone: the command runs. */
  started(pid: number): void {
    this.#pid = pid;
    this.#events.emit('change');
  }

  /** Resolves once the command runs (or could not). */
  async untilStarted(): Promise<void> {
    await this.#until(() => this.#pid !== undefined || this.hasEnded, 'start', 240_000);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** For the guest alone: the command wrote. */
  wrote(stream: 'out' | 'err', bytes: Buffer): void {
    const text = this.#decoders[stream].write(bytes);
    this.#text[stream] += text;
    this.#text.both += text;
    this.#events.emit(stream, text);
    this.#sizeBytes += bytes.length;
    if (this.#sizeBytes > maxOutputBytes && this.#failure === undefined) {
      this.signal('SIGKILL');
      this.#failure = new Error(
        `Guest command wrote more than ${maxOutputBytes} bytes: ${this.#script}`,
      );
    }
    this.#events.emit('change');
  }

  /** For the guest alone: the command ended. */
  exited(exitCode: number): void {
    this.#exitCode = exitCode;
    this.#events.emit('change');
  }

  /** For the guest alone: the guest ended before the command. */
  lost(cause: Error): void {
    if (this.hasEnded) return;
    this.#failure = new Error(`${this.#errorOf('was lost').message}\n${cause.message}`, { cause });
    this.#events.emit('change');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.hasEnded) return;
    this.signal('SIGKILL');
    await this.#until(() => this.hasEnded, 'end by SIGKILL', 30_000);
  }
}
