import type { Log } from '../core/log.ts';

type Level = keyof Log;

/** Lines of a level within a second: more than people read, and than clients that behave cause. */
const MAX_LINES = 50;

const secondMs = 1_000;

/**
 * A log of what clients do: writing a line takes time, of which a client could cause any number. Those that are left out are
 * counted, and the log tells how many there were.
 */
export class RationedLog implements Log {
  readonly #log: Log;
  /** Of this second. */
  readonly #lines = new Map<Level, number>();

  constructor(log: Log) {
    this.#log = log;
  }

  debug(fields: object, message: string): void {
    this.#write('debug', fields, message);
  }

  info(fields: object, message: string): void {
    this.#write('info', fields, message);
  }

  warn(fields: object, message: string): void {
    this.#write('warn', fields, message);
  }

  error(fields: object, message: string): void {
    this.#write('error', fields, message);
  }

  #write(level: Level, fields: object, message: string): void {
    if (this.#lines.size === 0) setTimeout(() => this.#endSecond(), secondMs).unref();
    const lines = (this.#lines.get(level) ?? 0) + 1;
    this.#lines.set(level, lines);
    if (lines <= MAX_LINES) this.#log[level](fields, message);
  }

  #endSecond(): void {
    for (const [level, lines] of this.#lines) {
      const leftOut = lines - MAX_LINES;
      if (leftOut > 0)
        this.#log[level]({ lines: leftOut }, 'Too many lines within a second: left out');
    }
    this.#lines.clear();
  }
}
